"""Warm-up: a preview prepares for its first edit, which would otherwise take several times as long.

If the site was up to date when the preview started, it has not yet imported the modules or compiled the
templates that an edit needs.
"""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

from clusterpress.pipeline.cache.manifest import Manifest
from clusterpress.pipeline.cache.store import Store, locked_store
from clusterpress.pipeline.make_plan import make_plan
from clusterpress.pipeline.project import Project
from clusterpress.pipeline.read import warm_up_reader
from clusterpress.pipeline.render import make
from clusterpress.pipeline.snapshot import StoreLoader
from clusterpress.pipeline.speed.session import Session
from clusterpress.pipeline.speed.warm_starts import load_warm_start
from clusterpress.search.shards import partition
from clusterpress.values.plain import is_plain
from clusterpress.website.lazy_engine import warm_up as website_warm_up
from clusterpress.website.mkdocs_block import non_page_local_plugins
from clusterpress.website.views import EDITED_TEMPLATES


def warm_up(project: Project, folder: Path, session: Session) -> Iterator[None]:
    """Prepare for an edit; yield after each step, so that the caller can stop for something urgent.

    Args:
        project: the opened project.
        folder: the output folder, absolute.
        session: the session of its last build.

    Raises:
        BusyError: another build is running.
    """
    if is_plain():
        return
    warm_up_reader(project.settings)
    yield
    with locked_store(project.root, project.tools) as store:
        start = load_warm_start(store)
    if start:
        for template, site in product(EDITED_TEMPLATES, start.sites):
            website_warm_up(site, project.theme, start, template)
            yield
    with locked_store(project.root, project.tools) as store:
        _render_sample_page(project, store, folder, session)
    yield
    import clusterpress.feeds.formats  # noqa: F401 -- feeds are made a moment later


def _render_sample_page(project: Project, store: Store, folder: Path, session: Session) -> None:
    """Plan as if an item had changed, and render one page without writing it."""
    manifest, snapshot = Manifest(store, folder), session.snapshot
    is_unmodified = session.revision == manifest.revision()
    if snapshot is None or not is_unmodified or non_page_local_plugins(project.settings):
        return  # everything would be planned, which takes too long here
    library, store_loader = snapshot.library, StoreLoader(store)
    library.resolver.item_loader.rebind(store_loader.item, store_loader.outline)
    library.linked_by_fragment()
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
