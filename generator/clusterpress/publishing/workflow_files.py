"""Workflow files: GitHub or GitLab builds and publishes the site, after each push and once a day."""

from pathlib import PurePosixPath
from typing import Literal

from jinja2 import Environment, PackageLoader, StrictUndefined

from clusterpress.config.settings import FolderTarget, GitTarget, S3Target, Settings, SftpTarget
from clusterpress.publishing.errors import PublishError, password_variable

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

Host = Literal["github", "gitlab"]

WORKFLOW_PATHS: dict[Host, str] = {"github": ".github/workflows/publish.yml", "gitlab": ".gitlab-ci.yml"}
"""Path of the workflow file, from the top of the repository."""


def make_workflow(host: Host, name: str, settings: Settings, folder: PurePosixPath) -> tuple[str, str]:
    """Return the path (from the top of the repository) and the text of a workflow that publishes to a target.

    Args:
        host: that runs the workflow.
        name: of the target.
        settings: the site's settings.
        folder: the project's folder, from the top of the repository.

    Raises:
        PublishError: the target is a folder, which the workflow cannot reach.
    """
    target = settings.publish[name]
    extras: list[str] = []
    secrets: tuple[str, ...] = ()
    match target:
        case FolderTarget():
            message = f'"{name}" is a folder, and the machine of a workflow is deleted at the end'
            raise PublishError(message, "name a target of another type")
        case GitTarget():
            pass  # the credentials of the repository suffice
        case SftpTarget():
            extras, secrets = ["sftp"], (password_variable(name),)
        case S3Target():
            extras, secrets = ["s3"], ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
    extras += ["brotli"] if "brotli" in target.compress else []
    text = _ENVIRONMENT.get_template(f"{host}.yml").render(
        name=name,
        target=target,
        folder=folder.as_posix(),
        package=f'"clusterpress[{",".join(extras)}]"' if extras else "clusterpress",
        secrets=secrets,
    )
    return WORKFLOW_PATHS[host], text
