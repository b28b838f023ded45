"""The operations of every target, opening the one that the settings name, and folders as targets.

The packages that a target needs are imported only when it is opened.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from clusterpress.config.settings import FolderTarget, GitTarget, S3Target, Settings, SftpTarget
from clusterpress.publishing.errors import PublishError, missing_extra

_PART = ".clusterpress-part"
"""Name of a file while it is written; it is then renamed."""


class Target(Protocol):
    """An opened place that a site is published to.

    Paths are relative to the target, with forward slashes. Every operation may raise `PublishError`.
    """

    @property
    def where(self) -> str:
        """The place, as users know it."""

    @property
    def workers(self) -> int:
        """Number of parallel uploads."""

    @property
    def atomic(self) -> bool:
        """Whether readers see nothing before `finish`, and then all changes at once."""

    def read(self, path: str) -> bytes | None:
        """Return a file's content, or None if there is no such file."""

    def paths(self) -> Iterable[str]:
        """Return the paths of all files, foreign ones too."""

    def put(self, path: str, content: bytes) -> None:
        """Write a file; readers see the old content or the new, never a part."""

    def delete(self, path: str) -> None:
        """Remove a file, if it exists, and the folders that it leaves empty."""

    def finish(self, message: str, /) -> None:
        """Complete the upload; ``message`` goes into the target's history, if it has one."""


def open_target(
    name: str, settings: Settings, root: Path, output: Path, environment: Mapping[str, str]
) -> AbstractContextManager[Target]:
    """Return a context manager that opens and closes a target.

    Args:
        name: of the target in the settings.
        settings: the site's settings.
        root: the project's folder.
        output: the output folder, which must not be a target.
        environment: environment variables, which may hold passwords.

    Raises:
        PublishError: it cannot be opened, or a package that it needs is not installed.
    """
    match settings.publish[name]:
        case FolderTarget() as target:
            return _open_folder(target, root, output)
        case GitTarget() as target:
            from clusterpress.publishing.targets.git import open_git

            return open_git(name, target, root, settings, environment)
        case SftpTarget() as target:
            _require("paramiko", "sftp")
            from clusterpress.publishing.targets.sftp import open_sftp

            return open_sftp(name, target, root, environment)
        case S3Target() as target:
            _require("boto3", "s3")
            from clusterpress.publishing.targets.s3 import open_s3

            return open_s3(target)


def _require(package: str, extra: str) -> None:
    if find_spec(package) is None:
        raise missing_extra(package, extra)


@contextmanager
def _open_folder(settings: FolderTarget, root: Path, output: Path) -> Iterator[Target]:
    """Open a folder that is not the project's own; it is created with its first file."""
    folder = (root / Path(settings.path).expanduser()).resolve()
    for own in (output.resolve(), root / "content", root / ".clusterpress"):
        if own in (folder, *folder.parents) or folder in own.parents:
            message = f"{folder} is the project's own folder, or holds it"
            raise PublishError(message, "choose another path for the target")
    yield _Folder(folder)


class _Folder(Struct, frozen=True):
    folder: Path
    workers: int = 1
    atomic: bool = False

    @property
    def where(self) -> str:
        return str(self.folder)

    def read(self, path: str) -> bytes | None:
        file = self.folder / path
        with _translated_errors(file):
            return file.read_bytes() if file.is_file() else None

    def paths(self) -> Iterator[str]:
        for parent, _, names in os.walk(self.folder):
            for name in names:
                path = (Path(parent) / name).relative_to(self.folder).as_posix()
                if path != _PART:
                    yield path

    def put(self, path: str, content: bytes) -> None:
        file, part = self.folder / path, self.folder / _PART
        with _translated_errors(file):
            file.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(content)
            part.replace(file)

    def delete(self, path: str) -> None:
        file = self.folder / path
        with _translated_errors(file):
            file.unlink(missing_ok=True)
            for parent in file.parents:
                if parent == self.folder or not parent.is_dir() or any(parent.iterdir()):
                    break
                parent.rmdir()

    def finish(self, _message: str, /) -> None:
        (self.folder / _PART).unlink(missing_ok=True)  # a killed run may have left it


@contextmanager
def _translated_errors(file: Path) -> Iterator[None]:
    try:
        yield
    except PermissionError:
        raise PublishError(f"no permission to write {file}", "ask who owns the folder") from None
    except (NotADirectoryError, IsADirectoryError, FileExistsError):
        message = f"another file or folder is in the way of {file}"
        raise PublishError(message, "move it away, or choose another path for the target") from None
    except OSError as fault:
        hint = "check whether the disk is full, and whether the drive is connected"
        raise PublishError(f"{file} cannot be written: {fault.strerror}", hint) from None
