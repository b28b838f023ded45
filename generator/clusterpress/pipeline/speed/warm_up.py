"""Rehearsal: what a process does once, so that its first build after an edit is as fast as any later one.

A preview whose site was up to date when it began has read no source and rendered no page, and one that made
the site in several processes has not done so itself. To import and to compile what that takes is three times
as long as all else that an edit asks for.
"""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from clusterpress.feeds.plan import warm_up as feeds_warm_up
from clusterpress.pipeline.build import make, open_store, starts_of_last_build
from clusterpress.pipeline.cache.manifest import Manifest
from clusterpress.pipeline.cache.store import Store
from clusterpress.pipeline.lock import project_lock
from clusterpress.pipeline.plan import make_plan
from clusterpress.pipeline.project import Project
from clusterpress.pipeline.read import StoreLoader, warm_up_reader
from clusterpress.pipeline.session import Session
from clusterpress.pipeline.speed.gc_paused import gc_paused
from clusterpress.search.shards import partition
from clusterpress.website.lazy_engine import warm_up as website_warm_up
from clusterpress.website.mkdocs_block import non_page_local_plugins

_TEMPLATES = ("news-item.html", "home.html", "news-list.html", "term.html", "news-year.html", "event.html")
"""Those of the pages that edits touch, the usual ones first."""


def warm_up(project: Project, folder: Path, session: Session) -> Iterator[None]:
    """Get ready for an edit, with a stop after each step for whoever has something more urgent to do.

    Args:
        project: the opened project.
        folder: the output folder, absolute.
        session: what the last build of it kept.

    Raises:
        BusyError: another build is at work.
    """
    warm_up_reader(project.settings)
    yield
    with project_lock(project.cache_folder), closing(open_store(project)) as store:
        starts = starts_of_last_build(store)
    for template in _TEMPLATES:
        for start in starts:
            website_warm_up((start,), project.theme, template)
            yield
    with project_lock(project.cache_folder), closing(open_store(project)) as store:
        _render_sample_page(project, store, folder, session)
    yield
    feeds_warm_up()


def _render_sample_page(project: Project, store: Store, folder: Path, session: Session) -> None:
    """Plan as if an item had changed, make one page of those that might, and throw it away."""
    manifest, snapshot = Manifest(store, folder), session.snapshot
    is_unmodified = session.revision == manifest.revision()
    if snapshot is None or not is_unmodified or non_page_local_plugins(project.settings):
        return  # all would be planned, which takes too long for a rehearsal
    library, store_loader = snapshot.library, StoreLoader(store)
    library.resolver.item_loader.rebind(store_loader.item, store_loader.outline)
    library.linked_by_fragment()
    with gc_paused():
        shards = partition(library) if project.settings.search else ()
        plan = make_plan(project, snapshot, shards, manifest=manifest)
        names = [name for name, bundle in plan.closed.items() if bundle.checked]
        before = set(plan.outputs)
        for name in names[:1]:
            plan.open(name)
    for path in [path for path in plan.outputs if path not in before][:1]:
        output = plan.outputs[path]
        output.fingerprint()
        make(output, project.root, store.values(output.stored))
