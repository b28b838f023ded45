"""Survey: everything there is in a project at one moment, for questions about it; nothing is made."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime

from clusterpress.pipeline.build import open_store
from clusterpress.pipeline.lock import project_lock
from clusterpress.pipeline.project import Project
from clusterpress.pipeline.read import RunContext, Snapshot, read_snapshot


@contextmanager
def open_snapshot(project: Project, *, now: datetime, previews: bool, run: RunContext) -> Iterator[Snapshot]:
    """Give the library of a project and all faults of its sources, while nobody builds it.

    Args:
        project: the opened project.
        now: the time, with its zone.
        previews: take drafts, embargoed and expired items too.
        run: how it is done.

    Raises:
        BusyError: a build is at work.
    """
    with project_lock(project.cache_folder), closing(open_store(project)) as store:
        snapshot = read_snapshot(project, store, now=now, previews=previews, run=run)
        faults = snapshot.library.faults(snapshot.library.entries)
        yield replace(snapshot, problems=tuple(sorted({*snapshot.problems, *faults})))
