"""Shared by commands: options, opening a project and its processes, and ending a run with a message."""

import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from clusterpress.cli.reporting import print_problems, progress
from clusterpress.values.problems import Problem, errors

if TYPE_CHECKING:
    from clusterpress.pipeline.project import Project
    from clusterpress.pipeline.run_context import RunContext

FAULTS = 1
"""Exit code: the sources have errors."""
USAGE = 2
"""Exit code: the command was called wrongly, or cannot run."""
MACHINE = 3
"""Exit code: the machine or a server does not permit it: a full disk, a lost connection, a second build."""
INTERNAL = 4
"""Exit code: a fault of clusterpress itself."""


def open_or_exit(root: Path, *, untrusted: bool = False) -> "tuple[Project, list[Problem]]":
    """Return the project and the warnings about its settings; end the run if they have errors.

    Args:
        root: the project's folder.
        untrusted: whether to trust nothing but its content.
    """
    from clusterpress.pipeline.project import open_project
    from clusterpress.pipeline.tracked import find_tracked

    project, problems = open_project(root, untrusted=untrusted)
    problems += find_tracked(root)
    if project is None or errors(problems):
        print_problems(problems)
        sys.exit(FAULTS if (root / "site_config.yml").is_file() else USAGE)
    return project, problems


def require_project(root: Path) -> None:
    """End the run if a folder contains no project."""
    from clusterpress.pipeline.paths import CONFIG

    if not (root / CONFIG).is_file():
        stop(f"there is no {CONFIG} in {root}; change to the folder of your site, or name it with --project")


@contextmanager
def run_context(project: "Project", jobs: int | None = None, address: str = "") -> "Iterator[RunContext]":
    """Provide processes for a piece of work, and show its progress.

    Args:
        project: what is worked on.
        jobs: number of processes of this machine; by default one per core.
        address: of the scheduler of a Dask cluster that replaces them.

    Raises:
        ClusterError: the cluster cannot be used.
    """
    from clusterpress.pipeline.run_context import RunContext, count_cores

    with ExitStack() as stack:
        cluster = None
        if address:
            from clusterpress.pipeline.dask_cluster import open_cluster

            cluster = stack.enter_context(open_cluster(address, project))
        report = stack.enter_context(progress())
        yield RunContext(report, jobs or count_cores(), cluster=cluster)


def stop(message: str, code: int = USAGE) -> NoReturn:
    """End the run with a message."""
    click.echo(f"clusterpress: {message}", err=True)
    sys.exit(code)


now_option = click.option(
    "--now",
    # Without a zone, `astimezone` takes that of this machine.
    callback=lambda _context, _parameter, value: (value or datetime.now()).astimezone(),  # noqa: DTZ005
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]),
    help="Build as if it were this date.",
)

untrusted_option = click.option(
    "--untrusted",
    is_flag=True,
    help="Trust nothing but the content: no hooks, plugins, themes and publish targets of the project, and "
    "safe HTML alone.",
)

_LOCAL = "local"


def _executor(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    """Return the address of a cluster, or nothing for this machine."""
    if value == _LOCAL:
        return ""
    if not re.fullmatch(r"(?:tcp|tls|ws|wss|ucx)://\S+", value):
        raise click.BadParameter(
            f'"{value}" is neither "{_LOCAL}" nor the address of a Dask scheduler, such as tcp://host:8786'
        )
    return value


executor_option = click.option(
    "--executor",
    "address",
    metavar="WHERE",
    default=_LOCAL,
    show_default=True,
    callback=_executor,
    help="Where the work is done: on this machine, or on a Dask cluster, given by the address of its "
    "scheduler (tcp://host:8786). The result is the same.",
)

jobs_option = click.option(
    "--jobs", "-j", type=click.IntRange(min=1), help="Number of processes [default: one per core]."
)
