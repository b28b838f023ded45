"""When source files were last changed: by the history of Git, or else by their own times."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from clusterpress.sources.git import ask_git

_TOLERANCE = 60
"""Seconds within which two files count as saved together: unpacking and copying takes a while."""
_COMMIT = "\x01"
"""Begins each commit in the output of Git; no path contains it."""


class LastChange(NamedTuple):
    """The last change of a file."""

    time: float
    """Seconds since the epoch: when the change was written, not when it was merged or rebased."""
    commit: int = 0
    """Place of its commit, counted from the oldest one; 0 if it is in no commit."""

    def is_before(self, other: "LastChange") -> bool:
        """Return whether this change is certainly older than another one."""
        if self.commit and other.commit:
            return self < other
        return other.time - self.time > _TOLERANCE


def find_last_changes(root: Path, paths: Iterable[str], *, uses_git: bool) -> dict[str, LastChange]:
    """Return path → last change of files of a project.

    Args:
        root: the project's folder.
        paths: of the files, relative to the root. A file that is not there is left out.
        uses_git: whether Git may run: the configuration of a foreign repository can name other programs.
    """
    committed = _committed(root) if uses_git else {}
    edited = set(_edited(root)) if committed else set()
    changes = {}
    for path in paths:
        if path in committed and path not in edited:
            changes[path] = committed[path]
            continue
        try:
            changes[path] = LastChange((root / path).stat().st_mtime)
        except OSError:
            continue
    return changes


def _committed(root: Path) -> dict[str, LastChange]:
    """Return path → last commit that changed a file; empty without Git, or outside a repository."""
    log = _ask(root, "log", f"--format={_COMMIT}%at", "--name-only", "--relative", "-z", "--", ".")
    commits = [commit.split("\0") for commit in log.split(_COMMIT)[1:]]
    changes: dict[str, LastChange] = {}
    for place, (time, *names) in zip(range(len(commits), 0, -1), commits, strict=True):
        for name in names:
            path, change = name.lstrip("\n"), LastChange(float(time), place)
            changes[path] = max(changes.get(path, change), change)
    return changes


def _edited(root: Path) -> Iterator[str]:
    """Yield the files with changes that are in no commit."""
    changed = _ask(root, "diff", "--name-only", "--no-ext-diff", "--relative", "-z", "HEAD", "--", ".")
    for line in changed.split("\0"):
        if line:
            yield line


def _ask(root: Path, *words: str) -> str:
    """Return what Git answers; nothing if it does not."""
    return (ask_git(root, *words) or b"").decode(errors="surrogateescape")
