"""New files: created, never overwritten, and opened in the editor of the user."""

import os
import sys
from pathlib import Path

import click

from clusterpress.cli.project import stop
from clusterpress.cli.reporting import shorten


def create(path: Path, text: str, *, hint: str = "") -> None:
    """Create a file; end the run with a hint if it exists.

    An item may also be a folder with an ``index.md``: that counts as the same file.
    """
    for existing in (path, path.with_suffix("") / "index.md"):
        if existing.exists():
            stop(f"{shorten(existing)} already exists; {hint}".rstrip("; "))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)


def open_editor(path: Path) -> None:
    """Open a file in $EDITOR, or in the default program of the system."""
    if os.name == "nt" and not (os.environ.get("VISUAL") or os.environ.get("EDITOR")):
        os.startfile(path)  # type: ignore[attr-defined]  # noqa: S606 -- the reader's own program
        return
    try:
        click.edit(filename=str(path))
    except click.ClickException as fault:
        stop(f"the file was written, but the editor did not open: {fault.message}", 1)


def is_terminal() -> bool:
    """Return whether the command can ask questions."""
    return sys.stdin.isatty() and sys.stdout.isatty()
