"""Survey: everything there is in a project at one moment, for questions about it; nothing is made."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime

from clusterpress.pipeline.build import open_store
from clusterpress.pipeline.lock import only_one
from clusterpress.pipeline.project import Project
from clusterpress.pipeline.read import Gathered, Work, gather


@contextmanager
def survey(project: Project, *, now: datetime, previews: bool, work: Work) -> Iterator[Gathered]:
    """Give the library of a project and all faults of its sources, while nobody builds it.

    Args:
        project: the opened project.
        now: the time, with its zone.
        previews: take drafts, embargoed and expired items too.
        work: how it is done.

    Raises:
        BusyError: a build is at work.
    """
    with only_one(project.workshop), closing(open_store(project)) as store:
        gathered = gather(project, store, now=now, previews=previews, work=work)
        faults = gathered.library.faults(gathered.library.entries)
        yield replace(gathered, problems=tuple(sorted({*gathered.problems, *faults})))
