"""Whether Git tracks the work folder of a project, found in Git's index without running Git.

Git itself may run programs that the configuration of a foreign repository names.
"""

import re
from pathlib import Path

from clusterpress.pipeline.paths import WORK_FOLDER
from clusterpress.values.problems import Problem, Severity

_LENGTH = 0xFFF
"""Bits of the flags before a name that hold its length (gitformat-index(5), versions 2 and 3)."""


def find_tracked(root: Path) -> list[Problem]:
    """Return a warning if Git tracks files of the work folder, which are of one machine."""
    top = next((above for above in (root, *root.parents) if (above / ".git").exists()), None)
    index = _index_of(top / ".git") if top else None
    if top is None or index is None:
        return []
    try:
        content = index.read_bytes() if index.is_file() else b""
    except OSError:
        return []
    name = (root.relative_to(top) / WORK_FOLDER).as_posix().encode() + b"/"
    if not any(_is_entry(content, found.start()) for found in re.finditer(re.escape(name), content)):
        return []
    message = "Git tracks files of this folder, which belong to one machine"
    hint = f"run: git rm -r --cached {WORK_FOLDER}; then add {WORK_FOLDER}/ to .gitignore"
    return [Problem(path=WORK_FOLDER, severity=Severity.WARNING, message=message, hint=hint)]


def _index_of(git: Path) -> Path | None:
    """Return the index of a repository by its ``.git``, which is a file in a linked work tree."""
    if git.is_dir():
        return git / "index"
    try:
        place = git.read_text("utf-8").partition("gitdir:")[2].strip()
    except (OSError, UnicodeDecodeError):
        return None
    return git.parent / place / "index"


def _is_entry(content: bytes, start: int) -> bool:
    """Return whether the name of an entry begins at a place in the index."""
    length = int.from_bytes(content[start - 2 : start], "big") & _LENGTH
    end = content.find(b"\0", start)
    return end - start == length
