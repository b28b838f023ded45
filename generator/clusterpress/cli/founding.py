"""``clusterpress new site``: a complete small site in a new folder."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, get_args, get_type_hints

import click

from clusterpress.cli.files import create, is_terminal
from clusterpress.cli.opening import stop
from clusterpress.cli.reporting import shorten
from clusterpress.problems import count


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One thing that a new site must or may say."""

    name: str
    words: str
    is_needed: bool = True


_WANTED = (
    _Wanted("name", "Name of the site"),
    _Wanted("url", "Address under which readers will find it (https://…)"),
    _Wanted("publisher", "Who publishes it"),
    _Wanted("contact", "E-mail address for readers"),
    _Wanted("address", "Postal address, for the legal notice and the newsletter"),
    _Wanted("programme", "Programme that pays for it (Enter for none)", is_needed=False),
)


def _rules() -> tuple[str, ...]:
    from clusterpress.content import Funding

    return get_args(get_type_hints(Funding)["rules"])


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--name", help="Name of the site.")
@click.option("--url", help="The address under which readers will find it: https://…")
@click.option("--publisher", help="Who publishes it.")
@click.option("--contact", help="E-mail address for readers.")
@click.option("--address", help="Postal address, for the legal notice and the newsletter.")
@click.option("--programme", help="Name of the programme that pays for it.")
@click.option("--funding-rules", "rules", help="The programme's funding rules, from the grant agreement.")
@click.option("--newsletter", default="", help="Name of its newsletter; made of the site's when not given.")
@click.option("--languages", default="en", show_default=True, help='Languages, the main one first: "en, fr".')
@click.option("--time-zone", default="Europe/Brussels", show_default=True, help="The clock for embargoes.")
@click.option(
    "--workflow",
    type=click.Choice(["github", "gitlab"]),
    help="Publish from there: write a workflow that does so after each push and once a day.",
)
@click.option("--yes", "-y", is_flag=True, help="Ask nothing.")
def site(folder: Path, workflow: Any, yes: bool, **words: Any) -> None:
    """Begin a new site in FOLDER: settings, a handbook for staff, and one example of each kind of item.

    It has no faults, can be built at once, and holds a first newsletter issue.
    """
    from clusterpress.starting import CannotStart, SiteAnswers, draft_site

    root = folder.resolve()
    _check_empty(root)
    _complete(words, asks=is_terminal() and not yes)
    answers = SiteAnswers(
        folder=root.name,
        name=words["name"],
        url=words["url"],
        publisher=words["publisher"],
        contact=words["contact"],
        address=words["address"],
        programme=words["programme"] or "",
        rules=words["rules"] or "none",
        newsletter=words["newsletter"],
        languages=tuple(part.strip() for part in words["languages"].split(",") if part.strip()),
        time_zone=words["time_zone"],
    )
    try:
        drafted = draft_site(answers, datetime.now().astimezone().date())
    except CannotStart as fault:
        stop(str(fault))
    for file in drafted:
        create(root / file.path, file.text)
    if workflow:
        _add_workflow(root, workflow)
    click.echo(f"{shorten(root)}: {count(len(drafted), 'file')} written")
    click.echo(f'Next: change into it (cd "{folder}"), and look at it with "clusterpress serve".')
    click.echo("README.md there says how the site is kept; content/README.md is the handbook for staff.")


def _check_empty(root: Path) -> None:
    """End the run if something lies in the folder that is not ours to mix with."""
    allowed = {".git", ".venv", ".gitattributes", "LICENSE"}
    held = sorted(path.name for path in root.iterdir() if path.name not in allowed) if root.is_dir() else []
    if held:
        stop(f"{shorten(root)} is not empty ({', '.join(held[:3])}); name a new folder")


def _complete(words: dict[str, Any], *, asks: bool) -> None:
    """Ask for what no flag said; end the run when it is needed and nobody can be asked."""
    unsaid = [one for one in _WANTED if not words[one.name]]
    if not asks:
        if missing := [one for one in unsaid if one.is_needed]:
            lines = "\n".join(f'  --{one.name} "…"   {one.words}' for one in missing)
            stop(f'"new site" also needs:\n{lines}')
        return
    for one in unsaid:
        default = None if one.is_needed else ""
        words[one.name] = click.prompt(
            one.words, default=default, show_default=False, prompt_suffix=": "
        ).strip()
    if words["programme"] and not words["rules"]:
        words["rules"] = click.prompt(
            "Its funding rules, as the grant agreement says",
            type=click.Choice(_rules()), default="none", prompt_suffix=": ",
        )  # fmt: skip


def _add_workflow(root: Path, host: Any) -> None:
    """Add a Git target to the settings, and the workflow file that publishes to it."""
    from clusterpress.build import open_project
    from clusterpress.cli.publishing import write_workflow

    config = root / "site_config.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("  # pages: {", "  pages: {"), encoding="utf-8", newline="\n")
    project, _ = open_project(root)
    assert project is not None  # noqa: S101 -- the settings were read a moment ago
    write_workflow(project, host, "pages")
