"""Rehearsal: what a process does once, so that its first build after an edit is as fast as any later one.

A preview whose site was up to date when it began has read no source and rendered no page, and one that made
the site in several processes has not done so itself. To import and to compile what that takes is three times
as long as all else that an edit asks for.
"""

from collections.abc import Iterator
from contextlib import closing

from clusterpress import feeds, website
from clusterpress.build.building import open_store, starts_of_last_build
from clusterpress.build.gather import warm_up_reading
from clusterpress.build.lock import only_one
from clusterpress.build.project import Project

_TEMPLATES = ("news-item.html", "home.html", "news-list.html", "term.html", "news-year.html", "event.html")
"""Those of the pages that edits touch, the usual ones first."""


def rehearse(project: Project) -> Iterator[None]:
    """Get ready for an edit, with a stop after each step for whoever has something more urgent to do.

    Raises:
        BusyError: another build is at work.
    """
    warm_up_reading(project.settings)
    yield
    with only_one(project.workshop), closing(open_store(project)) as store:
        starts = starts_of_last_build(store)
    for template in _TEMPLATES:
        for start in starts:
            website.warm_up((start,), project.theme, template)
            yield
    feeds.warm_up()
