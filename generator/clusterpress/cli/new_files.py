"""New files: written once, never over another one, and opened in the editor of whoever asked for them."""

import os
import sys
from pathlib import Path

import click

from clusterpress.cli.project import stop
from clusterpress.cli.reporting import shorten


def create(path: Path, text: str, *, hint: str = "") -> None:
    """Write a new file, never over another one; end the run with a hint if there is one.

    An item may also be a folder with an ``index.md``: that counts as the same file.
    """
    for existing in (path, path.with_suffix("") / "index.md"):
        if existing.exists():
            stop(f"{shorten(existing)} is there already; {hint}".rstrip("; "))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)


def open_editor(path: Path) -> None:
    """Open a file in the editor of the environment, or in the program that the system opens it with."""
    if os.name == "nt" and not (os.environ.get("VISUAL") or os.environ.get("EDITOR")):
        os.startfile(path)  # type: ignore[attr-defined]  # noqa: S606 -- the reader's own program
        return
    try:
        click.edit(filename=str(path))
    except click.ClickException as fault:
        stop(f"the file is written, but the editor did not open: {fault.message}", 1)


def is_terminal() -> bool:
    """Return whether somebody sits there to be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()
