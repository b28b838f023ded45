"""Ready workflow files: a host's own machines build and publish the site, after each push and once a day."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import PurePosixPath
from typing import Literal

from clusterpress.config.settings import FolderTarget, GitTarget, S3Target, Settings, SftpTarget
from clusterpress.publishing.errors import PublishError, password_variable

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
    words = {
        "@PACKAGE@": f'"clusterpress[{",".join(extras)}]"' if extras else "clusterpress",
        "@TARGET@": name,
        "@FOLDER@": folder.as_posix(),
        "@SECRETS@": ", ".join(secrets) or "none",
    }
    template = files("clusterpress.publishing").joinpath("workflows", f"{host}.yml")
    text = "".join(_choose_lines(template.read_text(encoding="utf-8"), target.type, secrets))
    for sign, word in words.items():
        text = text.replace(sign, word)
    return WORKFLOW_PATHS[host], text


def _choose_lines(text: str, kind: str, secrets: tuple[str, ...]) -> Iterator[str]:
    """Yield the lines of a template that are for a type of target.

    ``#@git`` at a line's end keeps it for targets of that type, ``#@server`` for the others; a line with
    ``@SECRET@`` is there once for each secret.
    """
    for line in text.splitlines():
        words, _, only = line.partition("#@")
        if only in ("", kind) or (only == "server" and kind != "git"):
            each = secrets if "@SECRET@" in words else ("",)
            yield from (f"{words.rstrip().replace('@SECRET@', secret)}\n" for secret in each)
