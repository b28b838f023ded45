"""Survey: everything there is in a project at one moment, for questions about it; nothing is made."""

from contextlib import closing
from datetime import datetime

from clusterpress.build.building import open_store
from clusterpress.build.gather import Gathered, Work, gather
from clusterpress.build.lock import only_one
from clusterpress.build.project import Project


def survey(project: Project, *, now: datetime, previews: bool, work: Work) -> Gathered:
    """Return the library of a project and all faults of its sources.

    Args:
        project: the opened project.
        now: the time, with its zone.
        previews: take drafts, embargoed and expired items too.
        work: how it is done.

    Raises:
        BusyError: a build is at work.
    """
    with only_one(project.workshop), closing(open_store(project)) as store:
        return gather(project, store, now=now, previews=previews, work=work)
