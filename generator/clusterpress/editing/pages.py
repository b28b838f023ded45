"""Pages of items in the preview."""

from collections.abc import Iterable
from datetime import datetime

from clusterpress.pipeline.errors import BusyError
from clusterpress.pipeline.project import Project
from clusterpress.pipeline.run_context import RunContext
from clusterpress.pipeline.snapshot import open_snapshot


def find_page(project: Project, paths: Iterable[str]) -> str | None:
    """Return the address of an item below the site's root, or None if it has none now.

    Args:
        project: the opened project.
        paths: of its source; the first that is there counts.
    """
    now, run = datetime.now().astimezone(), RunContext(lambda _stage, _done, _total: None)
    try:
        with open_snapshot(project, now=now, previews=True, run=run) as (snapshot, _):
            found = (snapshot.library.by_path.get(path) for path in paths)
            return next((entry.url for entry in found if entry), None)
    except BusyError:  # the preview is being built
        return None
