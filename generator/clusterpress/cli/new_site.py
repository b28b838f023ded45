"""``clusterpress new site``: create a complete small site in a new folder."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click
from msgspec import Struct

from clusterpress.cli.project import stop
from clusterpress.cli.prompts import ask_text, is_terminal
from clusterpress.cli.reporting import shorten
from clusterpress.values.problems import count, with_hint

if TYPE_CHECKING:
    from clusterpress.importing.sources.documents.pictures import Picture

Check = Callable[[str, str], str]
"""Returns what is wrong with an answer of a name, or ""."""


class _Field(Struct, frozen=True):
    name: str
    words: str
    is_needed: bool = True
    default: str = ""


_FIELDS = (
    _Field("name", "Name of the site"),
    _Field("url", "Address of the site (https://…)"),
    _Field("publisher", "Publisher"),
    _Field("contact", "E-mail address for readers"),
    _Field("address", "Postal address, for the legal notice and the newsletter"),
    _Field("languages", "Languages, main language first", default="en"),
    _Field("time_zone", "Time zone", default="Europe/Brussels"),
    _Field(
        "colour",
        "Main colour: navy, blue, teal, green, orange, red, plum, graphite, or #rrggbb",
        default="navy",
    ),
    _Field("logo", "Logo: path of a picture (press Enter to skip)", is_needed=False),
    _Field("programme", "Programme that funds it (press Enter to skip)", is_needed=False),
)

_FUNDING_FIELDS = (
    _Field("grant", "Grant agreement number"),
    _Field("authority", "Granting authority"),
    _Field(
        "boilerplate",
        "Aims, results and EU support, in a few sentences (press Enter to skip)",
        is_needed=False,
    ),
)
"""What funding rules may require; the description can be added until the site is published."""

_AS_GIVEN = ("name", "url", "publisher", "contact", "address", "newsletter", "time_zone", "colour")
"""Answers that `SiteAnswers` takes as they are."""

_FIELD_OF_NEED = {"grant": "grant", "authority": "authority", "description": "boilerplate"}
"""Requirement of funding rules → name of the answer."""


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--name", help="Name of the site.")
@click.option("--url", help="Address of the site: https://…")
@click.option("--publisher", help="Publisher.")
@click.option("--contact", help="E-mail address for readers.")
@click.option("--address", help="Postal address, for the legal notice and the newsletter.")
@click.option("--programme", help="Name of the programme that funds it.")
@click.option("--funding-rules", "rules", help="The programme's funding rules, from the grant agreement.")
@click.option("--funding-grant", "grant", help="Grant agreement number, if the rules ask for it.")
@click.option("--funding-authority", "authority", help="Granting authority, if the rules ask for it.")
@click.option("--boilerplate", help="Aims, results and EU support of the programme, in a few sentences.")
@click.option(
    "--newsletter", default="", help="Name of the newsletter [default: derived from the name of the site]."
)
@click.option("--languages", help='Languages, main language first: "en, fr" [default: en].')
@click.option(
    "--colour", help="Main colour, such as teal or #006d77; a pale one is darkened [default: navy]."
)
@click.option("--logo", type=click.Path(), help="Picture for the masthead; it is copied into the site.")
@click.option("--time-zone", help="Time zone for dates and embargoes [default: Europe/Brussels].")
@click.option(
    "--workflow",
    type=click.Choice(["github", "gitlab"]),
    help="Write a workflow that publishes the site after each push and once a day.",
)
@click.option("--yes", "-y", is_flag=True, help="Ask nothing.")
def site(folder: Path, workflow: Any, yes: bool, **words: Any) -> None:
    """Create a site in FOLDER: settings, a handbook for staff, and one example of each kind of item.

    The site has no errors, can be built at once, and contains a first newsletter issue.
    """
    from clusterpress.scaffolding.items import ScaffoldError
    from clusterpress.scaffolding.site import SiteAnswers, scaffold_site
    from clusterpress.scaffolding.site_answers import read_languages
    from clusterpress.scaffolding.site_folder import check_languages, write_site

    root = folder.resolve()
    _check_empty(root)
    _complete(words, root, asks=is_terminal() and not yes)
    _require_colour(words)
    logo, pictures = _place_logo(words["logo"])
    answers = SiteAnswers(
        folder=root.name,
        programme=words["programme"] or "",
        funding={key: words[key] or "" for key in ("rules", "grant", "authority")},
        boilerplate=words["boilerplate"] or "",
        languages=read_languages(words["languages"]),
        logo=logo,
        **{key: words[key] for key in _AS_GIVEN},
    )
    if fault := check_languages(root, answers.languages):
        stop(f"--languages: {fault}")
    _warn_of_languages(root, answers.languages)
    try:
        scaffolded = scaffold_site(answers, _today(answers.time_zone))
        write_site(root, scaffolded, pictures)
    except ScaffoldError as fault:
        stop(str(fault))
    if workflow:
        _add_workflow(root, workflow)
    click.echo(f"{shorten(root)}: {count(len(scaffolded) + len(pictures), 'file')} written")
    way = "" if root == Path.cwd() else f'cd "{folder}", then '
    click.echo(
        f'Next: {way}run "clusterpress edit --open" to write in the browser, or "clusterpress serve --open" '
        "to preview the site."
    )
    click.echo(
        "Its README.md explains how to maintain the site; content/README.md is the handbook for staff."
    )


def _today(zone: str) -> date:
    """Return the current date in the time zone of the site: an item dated tomorrow would be embargoed."""
    from clusterpress.config.reader import is_time_zone

    # An unknown zone is reported with the other answers.
    return datetime.now(ZoneInfo(zone if is_time_zone(zone) else "UTC")).date()


def _require_colour(words: dict[str, Any]) -> None:
    """Complete the colour in place; end the run if it is none."""
    from clusterpress.scaffolding.site_answers import check_answer, complete_answer

    words["colour"] = complete_answer("colour", words["colour"])
    if fault := check_answer("colour", words["colour"]):
        stop(f"--colour: {fault}")


def _read_logo(file: str) -> "Picture":
    """Return the picture in a file.

    Raises:
        ValueFault: it cannot be read, or is none that browsers show.
    """
    from clusterpress.editing.pictures import read_shown
    from clusterpress.parsing.values import ValueFault

    try:
        content = Path(file).expanduser().read_bytes()
    except OSError as fault:
        raise ValueFault(f"{file} cannot be read: {fault.strerror}") from None
    return read_shown(content, file)


def _place_logo(file: str | None) -> tuple[str, dict[str, bytes]]:
    """Return the path of the logo below content/, and the file to write; end the run if it is no picture."""
    from clusterpress.editing.pictures import place_logo
    from clusterpress.parsing.values import ValueFault

    try:
        return place_logo(_read_logo(file) if file else None)
    except ValueFault as fault:
        stop(f"--logo: {with_hint(fault.message, fault.hint)}")


def _check_logo(file: str) -> str:
    """Return why a file cannot be the logo; "" if it can."""
    from clusterpress.parsing.values import ValueFault

    try:
        _read_logo(file)
    except ValueFault as fault:
        return with_hint(fault.message, fault.hint)
    return ""


def _warn_of_languages(root: Path, languages: Iterable[str]) -> None:
    """Say what will be in English."""
    from clusterpress.scaffolding.site_folder import theme_of_new
    from clusterpress.theme.theme import missing_labels

    theme = theme_of_new(root)
    for lang in languages:
        if missing_labels(theme, lang, "website", "subscribe_"):
            click.echo(
                f'warning: the theme has no words for websites in "{lang}": its menus and headings will be '
                f"English, and readers cannot subscribe; add website/labels/{lang}.yml to the theme",
                err=True,
            )


def _check_empty(root: Path) -> None:
    from clusterpress.scaffolding.site_folder import find_others

    if present := find_others(root):
        stop(f"{shorten(root)} is not empty ({', '.join(present[:3])}); choose a new folder")


def _complete(words: dict[str, Any], root: Path, *, asks: bool) -> None:
    """Ask for the missing values; without a terminal, end the run if one is required.

    Args:
        words: name → answer; completed in place.
        root: folder of the new site.
        asks: whether there is a terminal to ask.
    """

    def check(name: str, answer: str) -> str:
        from clusterpress.scaffolding.site_answers import check_answer, read_languages
        from clusterpress.scaffolding.site_folder import check_languages

        fault = _check_logo(answer) if name == "logo" else check_answer(name, answer)
        return fault or (check_languages(root, read_languages(answer)) if name == "languages" else "")

    _require(words, _FIELDS, check, asks=asks)
    if words["programme"] and not words["rules"]:
        words["rules"] = _ask_rules(check) if asks else "none"
    needs = _needs(words["rules"] or "none") if words["programme"] else ()
    named = {_FIELD_OF_NEED[need] for need in needs}
    _require(words, [one for one in _FUNDING_FIELDS if one.name in named], check, asks=asks)


def _ask_rules(check: "Check") -> str:
    """Explain the sets of funding rules, and ask for one."""
    from clusterpress.scaffolding.site_answers import describe_rules

    click.echo(
        "The grant agreement names the programme that pays, and so the rules for its emblem and texts:"
    )
    for name, programmes in describe_rules():
        click.echo(f"  {name:10} {programmes}")
    return ask_text("Funding rules", lambda rules: check("rules", rules), is_needed=True)


def _require(words: dict[str, Any], fields: Iterable[_Field], check: "Check", *, asks: bool) -> None:
    """Ask for what is missing; keep what an option says, unless it is wrong and can be asked for.

    Args:
        words: name → answer; completed in place.
        fields: the questions.
        check: returns what is wrong with an answer.
        asks: whether there is a terminal to ask.
    """
    from clusterpress.scaffolding.site_answers import complete_answer

    if not asks:
        if missing := [one for one in fields if one.is_needed and not one.default and not words[one.name]]:
            lines = "\n".join(
                f'  {_FLAGS.get(one.name, f"--{one.name}")} "…"   {one.words}' for one in missing
            )
            stop(f'"new site" also needs:\n{lines}')
        words.update({one.name: one.default for one in fields if one.default and not words[one.name]})
        return
    for one in fields:
        given = words[one.name] or ""
        if fault := check(one.name, given) if given else "":
            click.echo(f"  {fault}")
        if given and not fault:
            continue
        words[one.name] = ask_text(
            one.words,
            partial(check, one.name),
            complete=partial(complete_answer, one.name),
            default=one.default,
            is_needed=one.is_needed,
        )


_FLAGS = {"grant": "--funding-grant", "authority": "--funding-authority"}


def _needs(rules: str) -> tuple[str, ...]:
    """Return what funding rules require; end the run if a new site cannot have it yet."""
    from clusterpress.scaffolding.questions import needs_of
    from clusterpress.scaffolding.site_answers import check_answer

    if fault := check_answer("rules", rules):
        stop(f"--funding-rules: {fault}")
    return needs_of({"funding.rules": rules})


def _add_workflow(root: Path, host: Any) -> None:
    from clusterpress.cli.publish import write_workflow
    from clusterpress.pipeline.project import open_project

    config = root / "site_config.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("  # pages: {", "  pages: {"), encoding="utf-8", newline="\n")
    project, _ = open_project(root)
    assert project is not None  # noqa: S101 -- the settings were read a moment ago
    write_workflow(project, host, "pages")
