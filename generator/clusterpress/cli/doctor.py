"""``clusterpress doctor``: what is missing on this machine and in this project."""

import json
import os
import sys
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import asdict

from clusterpress.cli.project import FAULTS, MACHINE
from clusterpress.values.problems import count

if TYPE_CHECKING:
    from clusterpress.diagnosis.findings import Finding, State

_MARKS: "Mapping[State, tuple[str, str]]" = {
    "good": ("ok", "green"),
    "note": ("note", "blue"),
    "missing": ("missing", "red"),
    "fault": ("error", "red"),
}
"""State → its word, and the colour of the word."""
_WIDTH = 9


@click.command()
@click.option(
    "--output-format", "-o", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="Output format.",
)  # fmt: skip
@click.pass_obj
def doctor(root: Path, form: str) -> None:
    """Say what is missing on this machine and in this project, and how to get it.

    It looks at Python, packages, optional parts, Git, the cache, the clock, the fonts, the settings, and what
    publish targets and mailing services need. It connects to nothing and shows no password. Send its output
    along when you ask for help.

    Exit codes: 0 nothing is missing (notes do not count), 1 the settings have errors, 3 this machine lacks
    something.
    """
    from clusterpress.diagnosis.machine import examine_machine
    from clusterpress.diagnosis.project import examine_project, extras_of, open_for_diagnosis

    project, of_settings = open_for_diagnosis(root)
    needed = extras_of(project.settings) if project else ()
    parts: dict[str, list[Finding]] = {
        "This machine": [*examine_machine(root, now=datetime.now().astimezone(), needed=needed)],
        "This project": [*of_settings, *(examine_project(project, os.environ) if project else ())],
    }
    if form == "json":
        rows = [{"part": part, **asdict(one)} for part, findings in parts.items() for one in findings]
        click.echo(json.dumps(rows, indent=1, ensure_ascii=False))
    else:
        for part, findings in parts.items():
            click.echo(part)
            _print(findings)
    _leave([one for findings in parts.values() for one in findings])


def _print(findings: "Iterable[Finding]") -> None:
    coloured = False if os.environ.get("NO_COLOR") else None
    for one in findings:
        word, colour = _MARKS[one.state]
        mark = click.style(f"{word:{_WIDTH}}", fg=colour)
        click.echo(f"  {mark}{one.topic}: {one.words}", color=coloured)
        if one.remedy and one.state != "good":
            click.echo(f"  {'':{_WIDTH}}→ {one.remedy}")


def _leave(findings: "list[Finding]") -> None:
    """Print the sum, and end with the exit code of the gravest finding."""
    faults = sum(one.state == "fault" for one in findings)
    missing = sum(one.state == "missing" for one in findings)
    if not (faults or missing):
        click.echo("Nothing is missing.", err=True)
        return
    said = [count(faults, "error") if faults else "", count(missing, "missing part") if missing else ""]
    click.echo(f"{', '.join(filter(None, said))}: see the lines with →", err=True)
    sys.exit(FAULTS if faults else MACHINE)
