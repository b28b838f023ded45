"""Opening the target that the settings name. Clients are imported when one of their targets is opened."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from importlib.util import find_spec
from pathlib import Path

from clusterpress.config.settings import FolderTarget, GitTarget, S3Target, Settings, SftpTarget
from clusterpress.publishing.errors import missing_extra
from clusterpress.publishing.targets.folder import open_folder
from clusterpress.publishing.targets.protocol import Target


def open_target(
    name: str, settings: Settings, root: Path, output: Path, environment: Mapping[str, str]
) -> AbstractContextManager[Target]:
    """Return a target that is opened on entering and closed on leaving.

    Args:
        name: which of the settings' targets.
        settings: the site's settings.
        root: the project's folder.
        output: the output folder, which no target may be.
        environment: the variables of the environment, for passwords.

    Raises:
        PublishError: it cannot be opened, or what it needs is not installed.
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
