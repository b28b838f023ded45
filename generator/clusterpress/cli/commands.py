"""The commands of ``clusterpress``; each is imported when it is called or listed."""

import sys
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import click

from clusterpress import __version__
from clusterpress.cli.project import MACHINE, stop
from clusterpress.pipeline.errors import RestartError

_MODULES = {
    "build": "build",
    "check": "check",
    "doctor": "doctor",
    "edit": "edit",
    "forget": "forget",
    "handbook": "handbook",
    "import": "import_documents:import_group",
    "licences": "licences",
    "list": "list_:list_items",
    "log": "list_",
    "new": "new",
    "newsletter": "newsletter",
    "publish": "publish",
    "schema": "handbook",
    "serve": "serve",
}
"""Command → module of this package, and its name there if it is another."""


_MAX_RESTARTS = 3
"""Times that a run begins anew, because its cache was damaged or somebody changed the sources meanwhile."""


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click gives it
        return sorted(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _MODULES:
            return None
        module, _, name = _MODULES[cmd_name].partition(":")
        return getattr(import_module(f"clusterpress.cli.{module}"), name or cmd_name)  # type: ignore[no-any-return]

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the program; begin anew, a few times at most, if only that helps."""
        for left in reversed(range(_MAX_RESTARTS + 1)):
            try:
                # Not standalone: there, Ctrl-C that comes while `invoke` answers the first has another code.
                code = super().main(*args, **extra | {"standalone_mode": False})
                sys.exit(code if isinstance(code, int) else 0)
            except click.ClickException as fault:
                fault.show()
                sys.exit(fault.exit_code)
            except click.Abort as fault:
                _stop_at(fault, Path())
            except RestartError as fault:
                if not left:
                    stop(f"{fault}, again and again: run the command later", MACHINE)
                click.echo(f"{fault}; this run begins anew", err=True)
            except OSError as fault:  # of options that print something: --help, --version
                _stop_at(fault, Path())
        raise AssertionError

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; if it cannot go on, end the run with a message and the exit code of its kind."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, RestartError):
            raise
        except (KeyboardInterrupt, Exception) as fault:  # noqa: BLE001 -- no traceback reaches an editor
            _stop_at(fault, ctx.obj or Path())


def _stop_at(fault: BaseException, root: Path) -> NoReturn:
    """End the run with the message and the exit code of a fault."""
    from clusterpress.cli.failures import explain

    stop(*explain(fault, root))


@click.group(
    cls=_Commands,
    name="clusterpress",
    invoke_without_command=True,
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

    Exit codes: 0 done, 1 the sources or settings have errors, 2 wrong usage, 3 the machine or a server does
    not permit it (a full disk, a lost connection), 4 a fault of clusterpress, 130 stopped with Ctrl-C. After
    any code but 0, the last site is as it was.
    """
    for stream in (sys.stdout, sys.stderr):
        # Windows consoles may use an old code page: a missing character must not end the run.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    context.obj = folder.resolve()
    if context.invoked_subcommand is None:
        _begin(context, folder)


def _begin(context: click.Context, folder: Path) -> None:
    """Without a command: offer to begin a site in an empty folder, and to edit it; elsewhere, help."""
    from clusterpress.cli.prompts import is_terminal
    from clusterpress.scaffolding.site_folder import is_free

    if is_free(folder.resolve()) and is_terminal():
        click.echo("There is no site in this folder yet.")
        if click.confirm("Create one here, with a form in your browser?", default=True):
            _edit(context)
            return
        if click.confirm("Create one here, with questions in this window?", default=True):
            from clusterpress.cli.new_site import site

            with site.make_context("site", [str(folder)], parent=context) as inner:
                site.invoke(inner)
            if click.confirm("Open it in the editor now, in your browser?", default=True):
                _edit(context)
            return
    click.echo(context.get_help())
    if not (folder / "site_config.yml").is_file():
        click.echo('\nThere is no site in this folder. To begin one, run "clusterpress new site DIR".')
    else:
        click.echo('\nTo write and publish in the browser, run "clusterpress edit --open".')


def _edit(context: click.Context) -> None:
    from clusterpress.cli.edit import edit

    with edit.make_context("edit", ["--open"], parent=context) as inner:
        edit.invoke(inner)
