"""Workflow files: a host builds and publishes the site, after each push and once a day."""

import re
from pathlib import PurePosixPath
from typing import Literal

from jinja2 import Environment, PackageLoader, StrictUndefined

from clusterpress.config.settings import (
    FolderTarget,
    GitTarget,
    PublishTarget,
    S3Target,
    Settings,
    SftpTarget,
)
from clusterpress.publishing.errors import PublishError, password_variable
from clusterpress.publishing.program_source import find_requirement

# Not the usual brackets of Jinja: GitHub's expressions use them.
_ENVIRONMENT = Environment(  # noqa: S701 -- it writes YAML
    loader=PackageLoader(__package__, "workflows"),
    block_start_string="[%",
    block_end_string="%]",
    variable_start_string="[[",
    variable_end_string="]]",
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    undefined=StrictUndefined,
)

Host = Literal["github", "gitlab", "netlify", "cloudflare"]

WORKFLOW_PATHS: dict[Host, str] = {
    "github": ".github/workflows/publish.yml",
    "gitlab": ".gitlab-ci.yml",
    "netlify": "netlify.toml",
    "cloudflare": "cloudflare-pages.sh",
}
"""Path of the workflow file, from the top of the repository, or for `AT_PROJECT` in the project's folder."""
AT_PROJECT: frozenset[Host] = frozenset({"cloudflare"})


def make_workflow(
    host: Host, name: str, settings: Settings, folder: PurePosixPath, source: str = ""
) -> tuple[str, str]:
    """Return the path (from the top of the repository) and the text of a workflow that publishes to a target.

    Args:
        host: that runs the workflow.
        name: of the target.
        settings: the site's settings.
        folder: the project's folder, from the top of the repository.
        source: address from which the host installs clusterpress; by default, the one recorded here.

    Raises:
        PublishError: the workflow cannot reach the target, or nobody knows where clusterpress comes from.
    """
    target = settings.publish[name]
    extras, secrets = _needs_of(host, name, target)
    text = _ENVIRONMENT.get_template(WORKFLOW_PATHS[host].rpartition("/")[2].removeprefix(".")).render(
        name=name,
        target=target,
        folder=folder.as_posix(),
        requirement=find_requirement(extras, source),
        secrets=secrets,
    )
    return ((folder if host in AT_PROJECT else PurePosixPath()) / WORKFLOW_PATHS[host]).as_posix(), text


def _needs_of(host: Host, name: str, target: object) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the extras and secrets that a target needs; see `make_workflow`."""
    if host in ("netlify", "cloudflare"):
        return _extras_of_folder(host, name, target), ()
    match target:
        case FolderTarget():
            message = f'"{name}" is a folder, and the machine of a workflow is deleted at the end'
            raise PublishError(message, "name a target of another type")
        case SftpTarget():
            return ("sftp", *_brotli(target)), (password_variable(name),)
        case S3Target():
            return ("s3", *_brotli(target)), ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
        case GitTarget():
            return _brotli(target), ()  # the credentials of the repository suffice
    raise AssertionError(target)


def _extras_of_folder(host: Host, name: str, target: object) -> tuple[str, ...]:
    """Return the extras for a host that publishes what a build leaves in a folder of the project."""
    if not isinstance(target, FolderTarget) or not re.fullmatch(r"(?!.*\.\.)[\w.][\w./-]*", target.path):
        message = f'{host} publishes a folder of the project, and "{name}" is none'
        raise PublishError(
            message, f"add a target such as {host}: {{type: folder, path: public, headers: true}}"
        )
    return _brotli(target)


def _brotli(target: PublishTarget) -> tuple[str, ...]:
    return ("brotli",) if "brotli" in target.compress else ()
