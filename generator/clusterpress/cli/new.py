"""``clusterpress new``: create an item or a theme from answers or options."""

import re
import shutil
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click
from msgspec.structs import replace

from clusterpress.cli.new_site import site
from clusterpress.cli.project import open_or_exit, require_project, stop
from clusterpress.cli.prompts import UnknownNameError, ask, create, is_terminal, open_editor, resolve_answer
from clusterpress.cli.reporting import shorten
from clusterpress.values.kinds import Kind
from clusterpress.values.problems import did_you_mean
from clusterpress.values.slugs import slugify

if TYPE_CHECKING:
    from clusterpress.config.settings import Settings
    from clusterpress.parsing.values import Value
    from clusterpress.scaffolding.models import Model
    from clusterpress.scaffolding.questions import Question, Records

_HELP: dict[str, str] = {
    "news": "Write the file of a news item.",
    "event": "Write the file of an event.",
    "partner": "Write the record of a project partner.",
    "cluster": "Write the record of a cluster.",
    "author": "Write the record of a person or organisation that signs items.",
    "programme": "Write the record of a programme, with its funding.",
    "issue": "Write the file of a newsletter issue, with sections that fill themselves.",
    "page": "Write the file of a page, such as About or Team.",
}


class _Kinds(click.Group):
    """The kinds that ``new`` can write; their flags come from the table of questions."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*_HELP, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return _command(cmd_name) if cmd_name in _HELP else super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            known = self.list_commands(ctx)
            hint = did_you_mean(name, known, f"write one of {', '.join(known)}")
            raise click.UsageError(f'unknown item type "{name}"; {hint}', ctx)
        return super().resolve_command(ctx, args)


@click.group(name="new", cls=_Kinds)
def new() -> None:
    """Write the file of a new item, or a whole new site.

    On a terminal, the command asks for the missing values; press Enter to skip one. Elsewhere, or with --yes,
    it asks nothing. It never changes an existing file.
    """


new.add_command(site)


@new.command()
@click.argument("name")
@click.option("--from", "base", default="clusters-cord", show_default=True, help="The theme to copy.")
@click.pass_obj
def theme(root: Path, name: str, base: str) -> None:
    """Create a theme as a copy of another one."""
    from clusterpress.pipeline.paths import CONFIG
    from clusterpress.pipeline.project import find_theme

    require_project(root)
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name):
        stop(f'"{name}" is not the name of a theme; use letters a to z, digits and hyphens')
    source = find_theme(root, base)
    if source is None:
        stop(f'there is no theme "{base}"')
    target = root / "themes" / name
    if target.exists():
        stop(f"{shorten(target)} already exists; choose another name")
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    click.echo(f"{shorten(target)}: written, as a copy of {base}")
    click.echo(
        f'Next: write "theme: {name}" in {CONFIG}. "clusterpress handbook themes" explains what to change.'
    )


def _command(kind: Any) -> click.Command:
    from clusterpress.scaffolding.questions import QUESTIONS

    questions = QUESTIONS[kind]
    parameters: list[click.Parameter] = []
    if any(question.key == "title" and question.is_needed for question in questions):
        parameters.append(click.Argument(["title"], nargs=-1))
    parameters += [_option(q) for q in questions if not (q.key == "title" and q.is_needed)]
    parameters += [
        click.Option(
            ["--like"],
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            help="Take programme, cluster, place and other facts from this file of the same kind.",
        ),
        click.Option(["--edit"], is_flag=True, help="Open the file in $EDITOR, or in the default editor."),
        click.Option(["--yes", "-y"], is_flag=True, help="Ask nothing; skip what no option gives."),
    ]

    def run(**words: Any) -> None:
        root = click.get_current_context().find_object(Path)
        _write(root or Path(), kind, words)

    return click.Command(kind, callback=run, params=parameters, help=_HELP[kind])


def _option(question: "Question") -> click.Option:
    default = f" [default: {question.default}]" if question.default else ""
    return click.Option(
        [question.flag, _name(question)],
        multiple=question.many,
        type=click.Choice(question.choices) if question.choices else str,
        help=f"{question.words}.{default}" if not question.words.endswith(")") else question.words + default,
    )


def _name(question: "Question") -> str:
    return question.key.replace(".", "__")


def _write(root: Path, kind: Kind, words: dict[str, Any]) -> None:
    """Find out what is not said, write the file, and say what to do next."""
    from clusterpress.scaffolding.items import ScaffoldError, scaffold_item
    from clusterpress.scaffolding.models import NoModelError
    from clusterpress.scaffolding.questions import read_records

    project, _ = open_or_exit(root)
    records = read_records(root, project.settings)
    if kind == "issue" and not project.settings.newsletters:
        stop('site_config.yml describes no newsletter; add one under "newsletters:"')
    if kind == "issue" and len(project.settings.newsletters) == 1:
        words["newsletter"] = words["newsletter"] or next(iter(project.settings.newsletters))
    try:
        model = _model(root, kind, words, project.settings)
        answers = _answers(kind, words, records, model)
        today = datetime.now(ZoneInfo(project.settings.time_zone)).date()
        file = scaffold_item(kind, answers, records, today, model)
    except (ScaffoldError, UnknownNameError, NoModelError) as fault:
        stop(str(fault))
    create(root / file.path, file.text, hint="edit it, or choose another name with --slug")
    click.echo(f"{shorten(root / file.path)}: written")
    click.echo('Next: replace the text "REPLACE THIS", then run "clusterpress check".')
    if words["edit"]:
        open_editor(root / file.path)


def _model(root: Path, kind: Kind, words: dict[str, Any], settings: "Settings") -> "Model":
    """Return what the new item takes from the one that it translates or follows.

    Args:
        root: of the project.
        kind: of the new item.
        words: the options; the language and the name of the original are completed.
        settings: of the project.

    Raises:
        NoModelError: there is no such item.
    """
    from clusterpress.scaffolding.models import Model, find_original, follow, translate
    from clusterpress.sources.items import read_items

    if name := words.get("translation_of"):
        _complete_language(words, settings)
        original = find_original(name, read_items(root, settings, (kind,)), settings)
        model = translate(original, _text_of(root / original.source.path), settings)
        words["translation_of"] = "" if model.stem else original.slug
        return model
    if like := words["like"]:
        _check_kind(root, like, kind, settings)
        return follow(_text_of(like), like.name, kind, settings)
    return Model()


def _text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig", errors="replace")


def _complete_language(words: dict[str, Any], settings: "Settings") -> None:
    """Set the language of a translation, if there is only one; end the run if it is not known."""
    others = settings.languages[1:]
    if words["lang"] not in others and (words["lang"] or len(others) != 1):
        known = f"one of {', '.join(others)}" if others else "a language; list it in site_config.yml first"
        stop(f"a translation needs --lang, {known}")
    words["lang"] = words["lang"] or others[0]


def _check_kind(root: Path, like: Path, kind: Kind, settings: "Settings") -> None:
    """End the run if a file is not an item of a kind."""
    from clusterpress.content.paths import kind_of

    path = like.resolve()
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else ""
    found = kind_of(name, settings) if name.startswith("content/") else None
    if found != kind:
        hint = f'use "clusterpress new {found} --like"' if found in _HELP else "choose a file in content/"
        stop(f"--like: {shorten(path)} is not of the kind {kind}; {hint}")


def _answers(kind: Kind, words: dict[str, Any], records: "Records", model: "Model") -> "dict[str, Value]":
    """Return what flags say, and what is asked for on a terminal.

    Args:
        kind: of the new item.
        words: the options.
        records: of the project.
        model: the item that it follows; what it has is not asked for.

    Raises:
        UnknownNameError: a flag names a record that there is not.
    """
    from clusterpress.scaffolding.items import check_number, validate_answer
    from clusterpress.scaffolding.questions import QUESTIONS, is_needed

    answers: dict[str, Value] = {}
    for question in QUESTIONS[kind]:
        given = words.get(_name(question))
        given = " ".join(given) if question.key == "title" and isinstance(given, tuple) else given
        if given:
            answers[question.key] = resolve_answer(
                question, given if isinstance(given, tuple) else (given,), records
            )
            if fault := validate_answer(kind, question, answers[question.key], records):
                stop(f"{question.flag}: {fault}" if question.key != "title" else fault)

    def check(asked: "Question", answer: "Value") -> str:
        fault = validate_answer(kind, asked, answer, records)
        if not fault and (kind, asked.key) == ("partner", "number"):
            return check_number(str(answer), slugify(str(answers.get("title", ""))), records)
        return fault

    unsaid = [
        question
        for question in QUESTIONS[kind]
        if question.key not in answers and question.key.partition(".")[0] not in model.values
    ]
    if is_terminal() and not words["yes"]:
        for question in unsaid:
            asked = question.is_asked and (not question.offers or records.of(question.offers))
            needed = is_needed(question, answers)
            if needed or asked:
                wanted = replace(question, is_needed=needed)
                answers[question.key] = ask(wanted, records, check)
    elif missing := [question for question in unsaid if is_needed(question, answers)]:
        stop(f'"new {kind}" also needs {", ".join(_as_flag(one, records) for one in missing)}')
    return answers


def _as_flag(question: "Question", records: "Records") -> str:
    words = question.words[:1].lower() + question.words[1:]
    if question.key == "newsletter":
        words = f"one of {', '.join(records.settings.newsletters)}"
    return f'the {words} in quotes: "…"' if question.key == "title" else f"{question.flag} ({words})"
