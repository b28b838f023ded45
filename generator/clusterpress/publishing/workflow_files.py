"""Ready workflow files: a host's own machines build and publish the site, after each push and once a day."""

from pathlib import PurePosixPath
from typing import Literal

from jinja2 import Environment, PackageLoader, StrictUndefined

from clusterpress.config.settings import FolderTarget, GitTarget, S3Target, Settings, SftpTarget
from clusterpress.publishing.errors import PublishError, password_variable

# Other brackets than Jinja's own, which are those of GitHub's expressions.
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
"""Where a host looks for workflows, from the top of the repository on."""


def make_workflow(host: Host, name: str, settings: Settings, folder: PurePosixPath) -> tuple[str, str]:
    """Return path, from the top of the repository on, and text of a workflow that publishes to a target.

    Args:
        host: whose workflow it is.
        name: the target.
        settings: the site's settings.
        folder: the project's folder, from the top of the repository on.

    Raises:
        PublishError: the target is a folder, which nobody could reach from there.
    """
    target = settings.publish[name]
    extras: list[str] = []
    secrets: tuple[str, ...] = ()
    match target:
        case FolderTarget():
            message = f'"{name}" is a folder, and a workflow\'s machine is thrown away at the end'
            raise PublishError(message, "name a target of another type")
        case GitTarget():
            pass  # Git's own credentials do
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
