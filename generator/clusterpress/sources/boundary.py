"""The boundary of a project: which symbolic links in it may be followed, and which files may be opened.

A link may lead anywhere: to a password, or to the environment of the process. Opening a named pipe waits
forever, and a device never ends. So only regular files are opened, and only links that stay in the project
are followed. Linux: symlink(7), path_resolution(7).
"""

import errno
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Self

from msgspec import Struct

from clusterpress.values.problems import Problem, Severity
from clusterpress.values.source_names import OUTPUT_MARKER, is_left_out

_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
"""Type of a file (POSIX, sys/stat.h) → what it is, in words."""
_DELETE = "correct the link, or delete it"


class LinkFault(Exception):  # noqa: N818 -- a value that becomes a problem
    """A symbolic link is not followed; the problem says why."""

    def __init__(self, path: str, message: str, hint: str) -> None:
        self.problem = Problem(path=path, message=message, hint=hint)
        super().__init__(message)


class Boundary(Struct, frozen=True):
    """The folders to which symbolic links may lead, as real paths."""

    folders: tuple[str, ...]

    @classmethod
    def of(cls, root: Path, linked: Iterable[str] = ()) -> Self:
        """Return the boundary of a project.

        Args:
            root: the project's folder.
            linked: folders outside it that the settings allow, relative to it; ``~`` is the home folder.
        """
        others = (root / Path(folder).expanduser() for folder in linked)
        return cls(tuple(os.path.realpath(folder) for folder in (root, *others)))

    def follow(self, link: str, path: str, above: str) -> tuple[str, os.stat_result]:
        """Return the real path and the status of what a symbolic link leads to.

        Args:
            link: the link on disk.
            path: its path in the project, for problems.
            above: real path of the folder that contains it.

        Raises:
            LinkFault: the link must not be followed.
        """
        shown = _shown_target(link)
        try:
            target = os.path.realpath(link, strict=True)
            status = Path(target).stat()
        except OSError as fault:
            raise LinkFault(path, _explain(fault, shown), _DELETE) from fault
        base = next((base for base in self.folders if is_within(target, base)), None)
        if base is None:
            hint = "put the file itself here, or name its folder in site_config.yml under linked_folders:"
            raise LinkFault(path, f"the link leads out of the project, to {shown}", hint)
        if any(map(is_left_out, Path(target).relative_to(base).parts)):
            raise LinkFault(path, f"the link leads to {shown}, which is never published", "delete the link")
        if is_within(above, target):
            raise LinkFault(path, f"the link leads to {shown}, a folder that contains the link", _DELETE)
        if Path(target, OUTPUT_MARKER).is_file():
            raise LinkFault(path, f"the link leads to {shown}, a folder that builds write", "delete the link")
        return target, status


def is_within(path: str, folder: str) -> bool:
    """Return whether a real path is a folder itself, or lies below it."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def kind_of_file(mode: int) -> str:
    """Return in words what something that is no regular file is, from the mode in its status."""
    return _KINDS.get(stat.S_IFMT(mode), "a special file")


def special_file(path: str, mode: int) -> Problem:
    """Return the problem of a file that is neither a regular file nor a folder: it is never opened."""
    message = f"{kind_of_file(mode)} is not published"
    return Problem(
        path=path, severity=Severity.WARNING, message=message, hint="delete it", rule="ignored-file"
    )


def _shown_target(link: str) -> str:
    """Return where a link leads, as it is written: the same on every machine."""
    try:
        return f'"{Path(link).readlink()}"'
    except OSError:
        return "an unknown place"


def _explain(fault: OSError, shown: str) -> str:
    if fault.errno == errno.ELOOP:
        return f"the link leads to {shown}, and from there back to itself"
    if isinstance(fault, FileNotFoundError | NotADirectoryError):
        return f"the link leads to {shown}, which does not exist"
    return f"the link leads to {shown}, which cannot be read: {fault.strerror}"
