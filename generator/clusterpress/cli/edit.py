"""``clusterpress edit``: edit the files of a project with forms in the browser, beside the preview."""

from pathlib import Path

import click

from clusterpress.cli.project import require_project, stop
from clusterpress.cli.serve import port_option, run_preview


@click.command()
@port_option
@click.option("--open", "show", is_flag=True, help="Open the editor in the browser.")
@click.pass_obj
def edit(root: Path, port: int, show: bool) -> None:
    """Edit in the browser: forms for every kind of item, beside the preview.

    The forms (Sveltia CMS) edit the files of this folder. Nothing leaves this machine, and no other machine
    can reach the forms. Open them with the address that is printed: it contains a key, which is new at each
    start. Saving changes only the fields that you edited; it is refused if "clusterpress check" would report
    an error. The preview is at the port that you choose, and the editor at the next free port. The editor is
    downloaded once with npm. Press Ctrl-C to stop.
    """
    require_project(root)
    from clusterpress.editing.editor_api import EditorApi
    from clusterpress.editing.sveltia import DownloadError, fetch_sveltia

    try:
        sveltia = fetch_sveltia()
    except DownloadError as fault:
        stop(str(fault))
    run_preview(
        root, "127.0.0.1", port, show=show, make_app=lambda preview: EditorApi(root, sveltia, preview)
    )
