"""``clusterpress serve``: the preview, and its messages on the terminal."""

import signal
import warnings
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from clusterpress.cli.browser import open_in_browser
from clusterpress.cli.interrupts import end_when_told
from clusterpress.cli.project import jobs_option, require_project, untrusted_option
from clusterpress.cli.reporting import print_problems, progress
from clusterpress.values.problems import Problem, count

if TYPE_CHECKING:
    from clusterpress.preview.app_server import MakeApp
    from clusterpress.preview.rebuild import RebuildResult
    from clusterpress.preview.session import Preview


port_option = click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8000,
    show_default=True,
    help="Port to listen on, or the next free port.",
)


@click.command()
@port_option
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on. Other addresses than the default show drafts to your network.",
)
@untrusted_option
@click.option("--open", "show", is_flag=True, help="Open the site in the browser.")
@jobs_option
@click.pass_obj
def serve(root: Path, port: int, host: str, untrusted: bool, show: bool, jobs: int | None) -> None:
    """Preview the site in the browser while you write; it reloads after each save.

    The preview includes drafts, embargoed and expired items, marked as such. Errors appear in the page and
    here, and the last good version stays until they are corrected. Press Ctrl-C to stop.
    """
    from clusterpress.preview.server import is_loopback

    if not is_loopback(host):
        warning = click.style("warning:", fg="yellow", bold=True)
        click.echo(f"{warning} {host} lets others in your network read drafts and embargoed items", err=True)
    run_preview(root, host, port, show=show, untrusted=untrusted, jobs=jobs)


def run_preview(
    root: Path,
    host: str,
    port: int,
    *,
    show: bool,
    make_app: "MakeApp | None" = None,
    untrusted: bool = False,
    jobs: int | None = None,
) -> None:
    """Serve the site, and an application beside it, until Ctrl-C.

    Args:
        root: the project's folder.
        host: address to listen on.
        port: port to listen on.
        show: open the browser.
        make_app: returns the application, such as the editor; its address is printed, and opened instead of
            the site.
        untrusted: whether to trust nothing but the content.
        jobs: number of processes that share the first build; by default one per core.
    """
    from clusterpress.pipeline.run_context import count_cores
    from clusterpress.preview.server import NoPortError
    from clusterpress.preview.session import open_preview

    if make_app is None:
        require_project(root)
    # watchdog warns when the system reports a new folder twice; nothing is lost.
    warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning)
    # A shell that starts us in the background disables Ctrl-C; services are ended by SIGTERM.
    end_when_told(signal.SIGINT, signal.SIGTERM)
    try:
        with open_preview(
            root,
            host=host,
            port=port,
            clock=lambda: datetime.now().astimezone(),
            progress=progress,
            make_app=make_app,
            untrusted=untrusted,
        ) as preview:
            preview.run(_TerminalReporter(preview, show, root).report, jobs or count_cores())
    except (NoPortError, OSError) as fault:
        if isinstance(fault, OSError) and fault.filename:  # a file, not an address
            raise
        raise click.UsageError(str(fault)) from fault
    except KeyboardInterrupt:
        click.echo("Stopped.")


class _TerminalReporter(Struct):
    _preview: "Preview"
    _show: bool
    _root: Path = Path()
    _problems: tuple[Problem, ...] = ()
    _address: str = ""

    def report(self, result: "RebuildResult") -> None:
        """Print new problems, what was rebuilt, and the address of the site."""
        is_begun = (self._root / "site_config.yml").is_file()  # a new site begins with a form in the browser
        if is_begun and result.problems != self._problems:
            self._problems = result.problems
            print_problems(result.problems)
        if is_begun and (self._address or not result.is_made):
            click.echo(describe(result))
        if self._address != self._preview.address:
            is_first = not self._address
            self._address = self._preview.address
            click.echo(f"Serving {self._address} — press Ctrl-C to stop")
            editor = self._preview.app_address
            if is_first and editor:
                click.echo(f"Edit at {editor}")
            if is_first and self._show:
                open_in_browser(editor or self._address)


def describe(result: "RebuildResult") -> str:
    """Return the line that describes a rebuild."""
    # Some editors save through a file with a made-up name.
    first, *others = sorted(result.changed, key=lambda path: not path.endswith(".md")) or ("the site",)
    source = f"{first} and {count(len(others), 'more file')}" if others else first
    if not result.is_made:
        return f"{source}: not rebuilt, the last good version stays ({result.seconds:.1f} s)"
    parts = [f"{count(result.made, 'output')} rebuilt"] if result.made else []
    parts += [f"{result.gone} removed"] if result.gone else []
    return f"{source}: {', '.join(parts) or 'nothing to rebuild'} ({result.seconds:.1f} s)"
