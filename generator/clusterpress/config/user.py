"""The settings of a person or a machine, in a file outside all projects: whom to trust, and where to publish.

A project cannot change them. A workflow that builds what strangers propose therefore sets ``trust: content``
there, and the publish targets, whose passwords it knows.
"""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from clusterpress.config.reader import publish_findings
from clusterpress.config.settings import FolderTarget, GitTarget, S3Target, SftpTarget
from clusterpress.parsing.fields import read_fields
from clusterpress.parsing.yaml_text import read_yaml
from clusterpress.values.problems import Problem, errors


class UserSettings(Struct, frozen=True, kw_only=True):
    """The settings of one user, for all projects."""

    trust: Literal["project", "content"] = "project"
    """``content``: code, themes and targets of a project are not trusted, only its texts and pictures."""
    publish: Mapping[str, FolderTarget | GitTarget | SftpTarget | S3Target] = field(default_factory=dict)
    """Publish targets by name, for projects of which only the content is trusted."""


def read_user_settings(text: str, path: str) -> tuple[UserSettings | None, list[Problem]]:
    """Return the settings in a text, or None if there is an error; and every problem.

    Args:
        text: the YAML text.
        path: the file, for problems.
    """
    parsed = read_yaml(text, path)
    problems = list(parsed.problems)
    fields, found = read_fields(UserSettings, parsed.values, parsed.lines, path)
    problems += [*found, *(one.at(parsed.lines, path) for one in publish_findings(fields))]
    return (None if errors(problems) else UserSettings(**fields)), sorted(problems)
