"""New items: answers → the file of an item without errors."""

import re
from collections.abc import Mapping
from datetime import date
from itertools import count
from pathlib import PurePosixPath

from msgspec import Struct

from clusterpress.config.settings import Settings
from clusterpress.content.checks import placeholder
from clusterpress.content.date_ranges import read_range
from clusterpress.content.dates import read_moment
from clusterpress.content.items import Issue, Partner
from clusterpress.content.reader import read_item
from clusterpress.content.serialise import write_source
from clusterpress.library.publication import resolve_path
from clusterpress.newsletters.new_issue import first_values
from clusterpress.parsing.values import Value, ValueFault
from clusterpress.scaffolding.models import Model
from clusterpress.scaffolding.questions import QUESTIONS, Question, Records, needs_of
from clusterpress.values.kinds import FOLDER_OF, Kind
from clusterpress.values.problems import errors, with_hint
from clusterpress.values.slugs import slugify

_MAX_SLUG_LENGTH = 60
"""Characters of a slug that is made from a title; longer ones are cut between words."""

_BODIES: Mapping[Kind, str] = {
    "news": "the text. An empty line starts a new paragraph.",
    "event": "what awaits those who come.",
    "programme": "what the programme does, and for whom.",
    "cluster": "who the cluster is, and what it does.",
    "partner": "who the partner is, and what it does in the project.",
    "author": "a few words about the author, shown under each of their items.",
    "issue": "the editorial, addressed to your readers.",
    "page": "the text. An empty line starts a new paragraph.",
}


class ScaffoldError(Exception):
    """The answers cannot become a file."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(with_hint(message, hint))


class NewFile(Struct, frozen=True):
    """A file to write."""

    path: str
    """Relative to the project's root, with forward slashes."""
    text: str


def scaffold_item(
    kind: Kind, answers: Mapping[str, Value], records: Records, today: date, model: Model | None = None
) -> NewFile:
    """Return the file of a new item.

    Args:
        kind: what it is.
        answers: key, perhaps dotted → a text, or a list of texts; records are named by their slugs.
        records: of the project.
        today: the date of new items.
        model: the item that it follows.

    Raises:
        ScaffoldError: the title makes no address, or an answer is not valid for its key.
    """
    settings = records.settings
    model = model or Model()
    given = {
        question.key: answers.get(question.key)
        or ("" if question.key.partition(".")[0] in model.values else question.default)
        for question in QUESTIONS[kind]
    }
    values = _nest({key: today.isoformat() if one == "today" else one for key, one in given.items()})
    values = {**model.values, **{key: _merge(model.values.get(key), one) for key, one in values.items()}}
    if kind == "issue":
        values = fill_issue(values, records)
    values |= _as_days(values, settings)
    if kind == "partner" and str(values.get("number", "")).isdigit():
        values["number"] = f"PP{values['number']}"
    path = _path(kind, values, settings, model)
    if "description" in needs_of(answers) and not values.get("boilerplate"):
        values["boilerplate"] = placeholder("aims, results, and the support of the European Union.")
    _check_logo(values, path, records)
    body = placeholder(_BODIES[kind])
    if kind in {"news", "event"} and not values.get("summary"):
        values["summary"] = placeholder("one or two sentences that say it all.")
    text = write_source(values, body, kind)
    item, problems = read_item(text.encode(), path, settings)
    if wrong := errors(problems):
        raise ScaffoldError("\n".join(problem.message_and_hint for problem in wrong))
    if isinstance(item, Partner) and (taken := check_number(item.number, item.slug, records)):
        raise ScaffoldError(taken)
    return NewFile(path, text)


def validate_answer(kind: Kind, question: Question, answer: Value, records: Records) -> str:
    """Return what is wrong with one answer, by the rules of `check`; "" if nothing is.

    Args:
        kind: of the new item.
        question: that was answered.
        answer: to validate.
        records: of the project.
    """
    if question.key == "newsletter" and answer not in records.settings.newsletters:
        return f"the newsletters of this site are: {', '.join(records.settings.newsletters)}"
    probe: dict[str, Value] = {"title": "Title", "slug": "title"}
    text = write_source(probe | _nest({question.key: answer}), "", kind)
    _, problems = read_item(text.encode(), f"content/{FOLDER_OF[kind]}/probe.md", records.settings)
    top = question.key.partition(".")[0]
    wrong = (p.message_and_hint for p in errors(problems) if p.field.split(".")[0] == top)
    return next(wrong, "")


def _nest(values: Mapping[str, Value]) -> dict[str, Value]:
    """Return dotted keys as blocks, without empty values and without the funding rules "none"."""
    nested: dict[str, Value] = {}
    for key, value in values.items():
        if not value or (key == "funding.rules" and value == "none"):
            continue
        top, dot, inner = key.partition(".")
        if dot:
            block = nested.setdefault(top, {})
            assert isinstance(block, dict)  # noqa: S101 -- no question asks for a block and for a key in it
            block[inner] = value
        else:
            nested[top] = value
    return nested


def _merge(inherited: Value | None, given: Value) -> Value:
    """Return a value; the parts of a block complete those of the model."""
    return {**inherited, **given} if isinstance(inherited, dict) and isinstance(given, dict) else given


def _path(kind: Kind, values: dict[str, Value], settings: Settings, model: Model) -> str:
    """Return the path of the file; the slug is removed from the values, since the file's name holds it."""
    lang = str(values.get("lang") or settings.language)
    suffix = "" if lang == settings.language else f".{lang}"
    if not suffix:
        values.pop("lang", None)
    if model.stem:
        values.pop("slug", None)
        return f"{model.folder}/{model.stem}{suffix}.md"
    own_folders = (folder for folder, folder_kind in settings.kinds.items() if folder_kind == kind)
    folder = PurePosixPath(model.folder or f"content/{next(own_folders, FOLDER_OF[kind]).strip('/')}")
    if kind == "issue":
        return str(folder / str(values["newsletter"]) / f"{int(str(values['number'])):02}{suffix}.md")
    from_title = slugify(str(values["title"]))
    if len(from_title) > _MAX_SLUG_LENGTH:
        from_title = from_title[: _MAX_SLUG_LENGTH + 1].rpartition("-")[0]
    slug = slugify(str(values.pop("slug", "") or from_title))
    if not slug:
        raise ScaffoldError(
            f'no address can be made from "{values["title"]}"',
            "add --slug with a few words in letters a to z, such as --slug forum-in-linz",
        )
    if kind == "news" and not model.folder:
        try:
            moment = read_moment(str(values["date"]), settings.time_zone, settings.languages)
        except ValueFault as fault:
            raise ScaffoldError(fault.message, fault.hint) from None
        folder /= str(moment.day.year)
    return str(folder / f"{slug}{suffix}.md")


def path_of_new(
    kind: Kind, values: Mapping[str, Value], settings: Settings, model: Model, today: date
) -> str:
    """Return where the file of a new item goes, whatever else its values are.

    Args:
        kind: of the item.
        values: its front matter; an item whose date cannot be read goes to this year's folder.
        settings: of the project.
        model: the item that it follows; its folder and the start of its name count, if it has them.
        today: the current date.

    Raises:
        ScaffoldError: no name can be made of its title, newsletter or number.
    """
    known: dict[str, Value] = {key: value for key, value in values.items() if value}
    if kind == "issue":
        if str(known.get("newsletter", "")) not in settings.newsletters:
            raise ScaffoldError(
                "an issue needs a newsletter", 'describe one under "newsletters:" in site_config.yml'
            )
        if not str(known.get("number", "")).isdecimal():
            raise ScaffoldError("an issue needs a number before it can be saved")
    try:
        read_moment(str(known.get("date", "")), settings.time_zone, settings.languages)
    except ValueFault:
        known["date"] = today.isoformat()
    return _path(kind, known, settings, model)


def _check_logo(values: Mapping[str, Value], path: str, records: Records) -> None:
    logo = values.get("logo")
    source = str(logo["src"]) if isinstance(logo, dict) else ""
    if source and resolve_path(path, source) not in records.files:
        raise ScaffoldError(f"there is no {resolve_path(path, source)}", "save the picture there first")


def check_number(number: str, slug: str, records: Records) -> str:
    """Return who has a partner's number already; "" if it is free. Versions of one partner share its number.

    Args:
        number: as typed: ``PP8``, ``8``.
        slug: of the partner.
        records: of the project.
    """
    digits = re.fullmatch(r"(?:pp|p)?[\s.-]*(\d{1,9})", number.strip(), re.IGNORECASE)
    wanted = f"PP{int(digits[1])}" if digits else number
    holder = records.numbers.get(wanted, "")
    if not holder or PurePosixPath(holder).name.startswith(f"{slug}."):
        return ""
    free = next(one for one in (f"PP{n}" for n in count(1)) if one not in records.numbers)
    return f"{wanted} already is the number of {holder}; {free} is free"


def _as_days(values: Mapping[str, Value], settings: Settings) -> dict[str, Value]:
    """Return dates as ``check --fix`` writes them. Dates with a time, and periods, stay."""
    found: dict[str, Value] = {}
    for key in ("date", "start"):
        text = str(values.get(key, ""))
        try:
            span = read_range(text, settings.time_zone, settings.languages) if key == "start" else None
            moments = span or (read_moment(text, settings.time_zone, settings.languages),)
        except ValueFault:
            continue
        if not any(moment.at for moment in moments):
            found |= {name: moment.iso for name, moment in zip((key, "end"), moments, strict=False)}
    return found


def fill_issue(values: Mapping[str, Value], records: Records) -> dict[str, Value]:
    """Return the front matter of an issue: the answers, completed from the previous issues."""
    newsletter = str(values["newsletter"])
    lang = str(values.get("lang") or records.settings.language)
    earlier = [
        item.number
        for item in records.of("issue")
        if isinstance(item, Issue) and item.newsletter == newsletter and item.lang == lang
    ]
    return {**first_values(records.settings.newsletters[newsletter].name, earlier, values), **values}
