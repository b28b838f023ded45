"""Options shared by several commands."""

import re
from datetime import datetime

import click


def _now(_context: click.Context, _parameter: click.Parameter, value: datetime | None) -> datetime:
    """Return the given or the current local time."""
    return (value or datetime.now()).astimezone()  # noqa: DTZ005 -- astimezone gives it the local zone


now_option = click.option(
    "--now",
    callback=_now,
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]),
    help="Build as if it were this date.",
)


_LOCAL = "local"
_ADDRESS = re.compile(r"(?:tcp|tls|ws|wss|ucx)://\S+")


def _executor(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    """Return the address of a cluster, or nothing for this machine."""
    if value == _LOCAL:
        return ""
    if not _ADDRESS.fullmatch(value):
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
    "--jobs",
    "-j",
    type=click.IntRange(min=1),
    help="Number of processes [default: one per core].",
)
