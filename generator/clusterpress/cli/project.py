"""Opening a project for a command, and ending a run that cannot go on."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from clusterpress.cli.reporting import print_problems
from clusterpress.values.problems import Problem, errors

if TYPE_CHECKING:
    from clusterpress.pipeline.project import Project

FAULTS = 1
"""Exit code: the sources have faults."""
USAGE = 2
"""Exit code: the command was called wrongly."""


def open_or_exit(root: Path) -> "tuple[Project, list[Problem]]":
    """Return the project and the warnings about its settings; end the run when it has errors."""
    from clusterpress.pipeline.project import open_project

    project, problems = open_project(root)
    if project is None or errors(problems):
        print_problems(problems)
        sys.exit(FAULTS if (root / "site_config.yml").is_file() else USAGE)
    return project, problems


def stop(message: str, code: int = USAGE) -> NoReturn:
    """End the run with a message, by default because it was called wrongly."""
    click.echo(f"clusterpress: {message}", err=True)
    sys.exit(code)
