"""Options that several commands have."""

from datetime import datetime

import click


def _now(_context: click.Context, _parameter: click.Parameter, value: datetime | None) -> datetime:
    """Let the clock enter, here and nowhere else."""
    return (value or datetime.now()).astimezone()  # noqa: DTZ005 -- astimezone gives it the local zone


now_option = click.option(
    "--now",
    callback=_now,
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]),
    help="Take this for the present time: shows what an embargo or an expiry will do.",
)


jobs_option = click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=1),
    help="Processes that share the work; one a core when not given.",
)
