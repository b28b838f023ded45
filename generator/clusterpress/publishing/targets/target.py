"""The operations of every target, and opening the one that the settings name.

The packages that a target needs are imported only when it is opened.
"""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from clusterpress.config.settings import FolderTarget, GitTarget, S3Target, Settings, SftpTarget
from clusterpress.publishing.errors import missing_extra
from clusterpress.publishing.targets.folder import open_folder


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
            return open_folder(target, root, output)
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
