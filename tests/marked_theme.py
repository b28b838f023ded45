"""A theme whose English words bear a mark, wherever they come from."""

import shutil
from pathlib import Path

import yaml
from msgspec.structs import replace

from clusterpress.theme.theme import Theme

MARK = "\u00a4"
"""Stands in every English word of the theme, so that none can hide."""


def mark_english(theme: Theme, folder: Path) -> Theme:
    """Return a copy of a theme, in ``folder``, whose English labels and statements bear the mark."""
    shutil.copytree(theme.folder, folder)
    for path in folder.glob("*/labels/en.yml"):
        labels = yaml.safe_load(path.read_text("utf-8"))
        marked = {key: _marked(label) for key, label in labels.items()}
        path.write_text(yaml.safe_dump(marked, allow_unicode=True), "utf-8")
    for path in folder.glob("website/statements/*.en.html"):
        path.write_text(f"{path.read_text('utf-8')}{MARK}\n", "utf-8")
    return replace(theme, folder=str(folder), digest=b"marked")


def _marked(label: str | dict[str, str]) -> str | dict[str, str]:
    if isinstance(label, str):
        return f"{MARK}{label}"
    return {form: f"{MARK}{words}" for form, words in label.items()}
