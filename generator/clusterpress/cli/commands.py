"""The commands of ``clusterpress``; each is imported when it is called or listed."""

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from clusterpress import __version__
from clusterpress.cli.project import stop
from clusterpress.pipeline.errors import DamagedCacheError, PipelineError

_MODULES = {
    "build": "build",
    "check": "check",
    "edit": "edit",
    "handbook": "handbook",
    "import": "import_documents:import_group",
    "list": "list_:list_items",
    "log": "list_",
    "new": "new",
    "newsletter": "newsletter",
    "publish": "publish",
    "schema": "handbook",
    "serve": "serve",
}
"""Command → module of this package, and its name there if it is another."""


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click gives it
        return sorted(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _MODULES:
            return None
        module, _, name = _MODULES[cmd_name].partition(":")
        return getattr(import_module(f"clusterpress.cli.{module}"), name or cmd_name)  # type: ignore[no-any-return]

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the program; begin anew, once, if a cache is found to be damaged."""
        try:
            return super().main(*args, **extra)
        except DamagedCacheError as fault:
            click.echo(f"{fault}; this run makes everything again", err=True)
            return super().main(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; end the run with a message if the pipeline cannot do its work."""
        try:
            return super().invoke(ctx)
        except DamagedCacheError:
            raise
        except PipelineError as fault:
            stop(str(fault))


@click.group(
    cls=_Commands,
    name="clusterpress",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="clusterpress")
@click.option(
    "--project",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Folder with site_config.yml [default: the current folder].",
)
@click.pass_context
def main(context: click.Context, folder: Path) -> None:
    """Build a news site with feeds, calendars and newsletters from Markdown files.

    Write in content/, run "clusterpress check" to list every problem, and "clusterpress build" to build the
    site into site/.
    """
    for stream in (sys.stdout, sys.stderr):
        # Windows consoles may use an old code page: a missing character must not end the run.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    context.obj = folder.resolve()
