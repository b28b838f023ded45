"""``clusterpress edit``: forms in the browser for the files of this project, with the preview beside them."""

from pathlib import Path

import click

from clusterpress.cli.project import require_project, stop
from clusterpress.cli.serve import run_preview


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8000,
    show_default=True,
    help="Port to listen on; the next free one if it is taken.",
)
@click.option("--open", "show", is_flag=True, help="Open the editor in the browser.")
@click.pass_obj
def edit(root: Path, port: int, show: bool) -> None:
    """Write in the browser: forms for every kind of item, and the preview beside them.

    The forms (Sveltia CMS) work on the files of this folder; nothing leaves this machine, and nobody else can
    reach them. What you did not touch in a file stays as it is, and what "clusterpress check" would refuse is
    not saved. The program is fetched once with npm. Ctrl-C stops it.
    """
    require_project(root)
    from clusterpress.editing.editor_api import EditorApi
    from clusterpress.editing.sveltia import DownloadError, fetch_sveltia

    try:
        editor_api = EditorApi(root, fetch_sveltia())
    except DownloadError as fault:
        stop(str(fault))
    run_preview(root, "127.0.0.1", port, show=show, sub_app=editor_api, start_path=editor_api.prefix)
