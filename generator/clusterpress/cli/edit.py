"""``clusterpress edit``: edit the site in the browser, beside the preview."""

from pathlib import Path

import click

from clusterpress.cli.project import require_project
from clusterpress.cli.serve import port_option, run_preview


@click.command()
@port_option
@click.option("--open", "show", is_flag=True, help="Open the editor in the browser.")
@click.pass_obj
def edit(root: Path, port: int, show: bool) -> None:
    """Edit in the browser: lists and forms for every kind of item, beside the preview.

    The editor changes the files of this folder. It needs no network, and no other machine can reach it. Open
    it with the address that is printed: it contains a key, which is new at each start. Saving changes only
    the fields that you edited. What "clusterpress check" would reject is saved as a draft, with the reasons.
    Earlier versions are kept. The preview is at the port that you choose, and the editor at the next free
    port. Press Ctrl-C to stop.

    In an empty folder, it begins with a form for a new site.
    """
    from clusterpress.scaffolding.site_folder import is_free

    if not is_free(root):
        require_project(root)
    from clusterpress.editing.editor_api import EditorApi

    run_preview(root, "127.0.0.1", port, show=show, make_app=lambda preview: EditorApi(root, preview))
