"""Normalises values that depend on several sources: title, language, slug, date, time of an event.

Each function changes one of them in a `PartialItem`, before types are checked.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial
from html import unescape
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from clusterpress.config.reader import is_time_zone
from clusterpress.config.settings import Settings
from clusterpress.content.dates import GENERAL_HINTS, read_moment
from clusterpress.content.front_matter import split_heading
from clusterpress.content.item_values import Image, Moment, Period
from clusterpress.content.paths import FileName
from clusterpress.funding.record import Logo
from clusterpress.parsing.values import Position, Readers, Value, ValueFault, problem_at
from clusterpress.parsing.yaml_repair import OPENING_QUOTES, without_curly_quotes
from clusterpress.values.kinds import PROSE_KEYS
from clusterpress.values.problems import Problem, Severity, did_you_mean
from clusterpress.values.rules import default_severity
from clusterpress.values.slugs import full_slug, slugify


class PartialItem(Struct):
    """The values of an item before their types are checked."""

    values: dict[str, Any]
    """Field → value; plain, or already an instance of the field's class."""
    lines: dict[str, Position]
    """Dotted name → place."""
    body: str
    body_line: int
    name: FileName
    path: str
    settings: Settings
    problems: list[Problem] = field(default_factory=list)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which the item's dates are most likely written."""
        return (self.values["lang"], *self.settings.languages, "en")

    @property
    def zone(self) -> str:
        """The zone of the item's times."""
        own = self.values.get("time_zone")
        return own if isinstance(own, str) and is_time_zone(own) else self.settings.time_zone

    def report(self, name: str, message: str, hint: str, severity: Severity = Severity.ERROR) -> None:
        """Add a problem at the position of a key.

        Args:
            name: dotted name of the key.
            message: the fault.
            hint: how to mend it.
            severity: error or warning.
        """
        self.problems.append(problem_at(name, self.lines, self.path, message, hint, severity))


DATE_KEYS = frozenset({"date", "end", "expires", "publish", "start", "updated"})
"""Keys that take a moment."""

_LETTER = re.compile(r"[^\W\d]")

Normaliser = Callable[[PartialItem, frozenset[str]], None]
"""Changes an item whose kind has the given fields."""


def readers_for(item: PartialItem) -> Readers:
    """Return the functions that read dates, periods and pictures from text."""
    return {
        Moment: partial(_from_text, partial(read_moment, zone=item.zone, languages=item.languages), "a date"),
        Period: partial(_from_text, partial(_read_period, languages=item.languages), "a period"),
        Image: _picture,
        Logo: _picture,
    }


# The grammars of ranges and periods are imported where an item has one: most items do not, and their patterns
# take longer to compile than such an item to read.
def _read_period(text: str, languages: tuple[str, ...]) -> Period:
    from clusterpress.content.periods import read_period

    return read_period(text, languages)


def _read_range(text: str, item: PartialItem) -> tuple[Moment, Moment] | None:
    from clusterpress.content.date_ranges import read_range

    return read_range(text, item.zone, item.languages)


def _find_doubt(text: str, item: PartialItem) -> tuple[str, str] | None:
    if not _LETTER.search(text):
        return None
    from clusterpress.content.date_ranges import find_doubt

    return find_doubt(text, item.zone, item.languages)


def _picture(value: Any) -> Any:
    """Accept the name of a file in place of a picture."""
    return {"src": value} if isinstance(value, str) else value


def _from_text(read: Callable[[str], Any], what: str, value: Value | Moment | Period) -> Any:
    if isinstance(value, list | dict):
        raise ValueFault(f"{what} is one text", 'write it like "15 June 2019"')
    return read(value) if isinstance(value, str) else value


def _title(item: PartialItem, _: frozenset[str]) -> None:
    """Take the title from a first H1; an H1 that only repeats the title is left out of the body."""
    heading = split_heading(item.body)
    title = item.values.get("title")
    if heading is None or (title is not None and _alike(heading.title) != _alike(title)):
        return
    if title is None:
        item.values["title"] = _decoded("title", heading.title)
        item.lines["title"] = (item.body_line, 1)
    item.body = heading.rest
    item.body_line += heading.skipped


_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_ADDRESSES = frozenset({"aliases", "email", "id", "path", "slug", "src", "url", "web"})


def _entities(item: PartialItem, _: frozenset[str]) -> None:
    """Decode the entities that exports of other programs leave in texts: "The FCC&#8217;s maps"."""
    for key, value in item.values.items():
        item.values[key] = _decoded(key, value)


def _decoded(key: str, value: Any) -> Any:
    if isinstance(value, str):
        return (
            _ENTITY.sub(lambda found: unescape(found[0]), value)
            if key not in _ADDRESSES and "&" in value
            else value
        )
    if isinstance(value, dict):
        return {name: _decoded(name, part) for name, part in value.items()}
    return [_decoded(key, part) for part in value] if isinstance(value, list) else value


def _curly_quotes(item: PartialItem, fields: frozenset[str]) -> None:
    """Take curly quotation marks around dates and names for YAML's; around a title they may be meant."""
    for key in (fields & item.values.keys()) - PROSE_KEYS:
        value = item.values[key]
        texts = value if isinstance(value, list) else [value]
        if not any(isinstance(text, str) and text[:1] in OPENING_QUOTES for text in texts):
            continue
        plain = [without_curly_quotes(text) or text if isinstance(text, str) else text for text in texts]
        if plain != texts:
            message = f'curly quotation marks stand around the value of "{key}"'
            item.report(key, message, 'write straight ones ("), or none', Severity.WARNING)
            item.values[key] = plain if isinstance(value, list) else plain[0]


def _language(item: PartialItem, _: frozenset[str]) -> None:
    """Take the language from the key, the folder's defaults, the file's name or the site, in this order."""
    known = item.settings.languages
    written = item.values.get("lang") or item.name.language or item.settings.language
    by_folded = {language.casefold(): language for language in known}
    found = by_folded.get(written.replace("_", "-").casefold()) if isinstance(written, str) else None
    if found is None:
        otherwise = f'add it to "languages" in site_config.yml, which has {", ".join(known)}'
        hint = did_you_mean(str(written), known, otherwise)
        item.report("lang", f'"{written}" is not a language of this site', hint)
    item.values["lang"] = found or item.settings.language


def _slug(item: PartialItem, _: frozenset[str]) -> None:
    written = item.values.get("slug")
    if written is None:
        item.values["slug"] = full_slug(item.name.stem)
        if not item.values["slug"]:
            hint = 'add "slug: …" with letters a to z, digits and hyphens'
            item.report("slug", f'no address can be made of the file\'s name "{item.name.stem}"', hint)
    elif isinstance(written, str) and slugify(written) != written:
        proposal = full_slug(written)
        hint = f'write "{proposal}"' if proposal else "use letters a to z, digits and hyphens"
        item.report("slug", f'"{written}" is not a slug', hint)


def _date(item: PartialItem, fields: frozenset[str]) -> None:
    """Take the date from the file's name when no key gives one; ask when the two differ."""
    if "date" not in fields or not item.name.date:
        return
    if "when" in fields and (start := _first_day(item)) and start == _day(item.name.date, item):
        return  # the file is named after the day of the event, which is not announced on it
    written = item.values.setdefault("date", item.name.date)
    if (named := _day(item.name.date, item)) and (day := _day(written, item)) and day != named:
        message = f"the file's name says {named}, but its date is {day}"
        item.report("date", message, "which is right? correct one of them", Severity.WARNING)


def _doubtful_times(item: PartialItem, fields: frozenset[str]) -> None:
    """Warn of "15 June 2027, 14:00 CET": there is summer time in June, so it is read as CEST."""
    for key in sorted(DATE_KEYS & fields & item.values.keys()):
        text = item.values[key]
        if isinstance(text, str) and (doubt := _find_doubt(text, item)):
            item.report(key, *doubt, Severity.WARNING)


def _time_of_event(item: PartialItem, fields: frozenset[str]) -> None:
    """Accept a range ("21-22 February 2012") or a period in ``start``; move a period to ``when``."""
    if "when" not in fields:
        return
    start = item.values.get("start")
    if start is None and "when" not in item.values:
        _report_no_time(item)
        start = item.values.get("start")
    if not isinstance(start, str):
        return
    try:
        span = _read_range(start, item)
        if span is None:
            _single_time_of_event(item, start)
    except ValueFault as fault:
        item.report("start", fault.message, _EVENT_HINT if fault.hint in GENERAL_HINTS else fault.hint)
        del item.values["start"]
        return
    if span:
        if "end" in item.values:
            item.report("end", f'"start" already names the end: {start}', 'delete "end"')
        item.values["start"], item.values["end"] = span


def _report_no_time(item: PartialItem) -> None:
    """Report an event without a time; if sites do not mind, its date is its day."""
    item.report("start", "the event has no time", _propose_start(item))
    date = item.values.get("date")
    if isinstance(date, str) and _day(date, item):
        item.problems[-1] = replace(item.problems[-1], rule="event-time")
        if item.settings.levels.get("event-time", "error") != "error":
            item.values["start"] = date


def _propose_start(item: PartialItem) -> str:
    """Return a hint for an event without a time: its date may have been meant."""
    date = item.values.get("date")
    if isinstance(date, str) and _day(date, item):
        return f'add "start: {date}" if it takes place on its "date", else its own day, or "when: June 2012"'
    return 'add "start: 21 February 2012", or "when: June 2012"'


_EVENT_HINT = 'write it like "15 June 2027, 14:00-17:00", "15-17 June 2027" or "15 June 2027"'


def _single_time_of_event(item: PartialItem, start: str) -> None:
    """Read a ``start`` that is no range: a moment, perhaps with a time of day as ``end``, or a period.

    Raises:
        ValueFault: it is neither.
    """
    if "when" not in item.values:
        with suppress(ValueFault):
            item.values["when"] = _read_period(start, item.languages)
            del item.values["start"]
            return
    item.values["start"] = opening = read_moment(start, item.zone, item.languages)
    end = item.values.get("end")
    if isinstance(end, str):
        with suppress(ValueFault):
            if span := _read_range(f"{opening.day} 00:00 - {end}", item):
                item.values["end"] = span[1]


def _first_day(item: PartialItem) -> date | None:
    start = item.values.get("start")
    try:
        span = _read_range(start, item) if isinstance(start, str) else None
    except ValueFault:
        return None
    return span[0].day if span else _day(start, item)


def _day(text: Any, item: PartialItem) -> date | None:
    try:
        return read_moment(text, item.zone, item.languages).day if isinstance(text, str) else None
    except ValueFault:
        return None


def _tags(item: PartialItem, _: frozenset[str]) -> None:
    """Accept tags separated by commas, as Pelican does (``a, b``), or by spaces, as Jekyll does."""
    tags = item.values.get("tags")
    if not isinstance(tags, str):
        return
    if "," not in tags and len(words := tags.split()) > 1:
        if item.settings.tag_separator == "space":
            item.values["tags"] = words
            return
        message = f'"{tags.strip()}" is one tag'
        hint = f'for several, write [{", ".join(words)}], or set "tag_separator: space" in site_config.yml'
        item.report("tags", message, hint, Severity.NOTE)
        item.problems[-1] = replace(item.problems[-1], rule="tag-words")
    item.values["tags"] = [tag.strip() for tag in tags.split(",") if tag.strip()]


def _number(item: PartialItem, fields: frozenset[str]) -> None:
    """Normalise partner numbers: ``pp 8``, ``PP08`` and ``8`` become ``PP8``."""
    number = item.values.get("number")
    if "role" not in fields or not isinstance(number, str):
        return
    if found := re.fullmatch(r"(?:pp|p)?[\s.-]*0*((?!0)\d+|0)", number.strip(), re.IGNORECASE):
        item.values["number"] = f"PP{found[1]}"


def _email(item: PartialItem, _: frozenset[str]) -> None:
    """Take the full stop of a sentence off the end of an e-mail address."""
    contact = item.values.get("contact")
    if written := _dotted(item.values.get("email")):
        item.values["email"] = _without_dot(item, "email", written)
    if isinstance(contact, dict) and (written := _dotted(contact.get("email"))):
        item.values["contact"] = {**contact, "email": _without_dot(item, "contact.email", written)}


def _dotted(address: Any) -> str:
    """Return an e-mail address that ends with a full stop; nothing for any other value."""
    return address if isinstance(address, str) and "@" in address and address.endswith(".") else ""


def _without_dot(item: PartialItem, name: str, written: str) -> str:
    address = written.rstrip(".")
    message, hint = f'the address "{written}" ends with a full stop', f'write "{address}"'
    found = problem_at(name, item.lines, item.path, message, hint, default_severity("email-dot"))
    item.problems.append(replace(found, rule="email-dot"))
    return address


def _alike(title: Any) -> str:
    return " ".join(unescape(str(title)).casefold().split())


NORMALISERS: tuple[Normaliser, ...] = (
    _entities, _curly_quotes, _title, _language, _slug, _date, _doubtful_times, _time_of_event, _tags,
    _number, _email,
)  # fmt: skip
