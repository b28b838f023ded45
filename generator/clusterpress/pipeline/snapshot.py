"""Snapshots: the library of a project at one moment, with everything else that a plan needs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from clusterpress.content.items import Item
from clusterpress.library.build import assemble_library
from clusterpress.library.file_names import find_named_files
from clusterpress.library.item_loader import ItemLoader
from clusterpress.library.library import Library
from clusterpress.library.pictures import Picture
from clusterpress.library.publication import Span, valid_until
from clusterpress.markup.body import Body, Outline
from clusterpress.pipeline.cache.store import Store, locked_store
from clusterpress.pipeline.pictures import SourceFile, copied_files, is_asset, process_pictures
from clusterpress.pipeline.project import Project
from clusterpress.pipeline.published import read_published
from clusterpress.pipeline.read import SourceSet, read_sources
from clusterpress.pipeline.run_context import RunContext
from clusterpress.values.problems import Problem, errors
from clusterpress.values.rules import with_levels


class Snapshot(Struct, frozen=True, kw_only=True):
    """The library, pictures, files and problems of a project."""

    library: Library
    problems: tuple[Problem, ...]
    picture_problems: tuple[Problem, ...]
    """The problems of pictures."""
    library_problems: tuple[Problem, ...]
    """The problems between items."""
    pictures: tuple[Picture, ...]
    """Published pictures, in the order of their sources."""
    copies: tuple[tuple[str, SourceFile], ...]
    """(path below the root, file) for each file that can be published unchanged."""
    until: float
    """When the library changes with time alone, in seconds since the epoch."""
    at: Callable[[datetime, Span], "Snapshot"]
    """Returns the snapshot of the same sources at another time, or with the items of another span of time."""


class StoreLoader(Struct, frozen=True):
    """Fetches items and outlines from the store, in any process."""

    store: Store

    def item(self, key: bytes) -> Item:
        """Return an item."""
        found: Item = self.store.value(key)
        return found

    def outline(self, body: bytes) -> Outline:
        """Return the outline of a body."""
        found: Body = self.store.value(body)
        return found.outline


def build_snapshot(
    project: Project, store: Store, sources: SourceSet, *, now: datetime, previews: bool, run: RunContext
) -> Snapshot:
    """Return everything that a plan needs.

    Args:
        project: the opened project.
        store: results of earlier builds.
        sources: the sources, read.
        now: the time of the build, with its zone.
        previews: include drafts, embargoed and expired items.
        run: how the work is done.
    """
    rows = sources.rows
    files = [SourceFile(path, rows[path].digest) for path in sorted(rows) if is_asset(path)]
    index_records = find_named_files(sources.records(), rows.keys())
    pictures, picture_problems = process_pictures(project.root, store, files, index_records, run)
    copies = copied_files(files, pictures)
    unread = (path for path, row in rows.items() if not row.index_record and errors(row.problems))
    loader = StoreLoader(store)
    item_loader = ItemLoader(project.settings, loader.item, loader.outline)
    published, record_problems = read_published(project.root)
    assemble = partial(
        assemble_library,
        index_records,
        item_loader,
        pictures={picture.source: picture for picture in pictures},
        files={file.path: url for url, file in copies},
        previews=previews,
        published=published,
        sizes={file.path: rows[file.path].size for _, file in copies},
        broken=frozenset({*unread, *(fault.path for fault in (*picture_problems, *sources.faults))}),
    )

    def at(now: datetime, span: Span = "now") -> Snapshot:
        library, found = assemble(now=now, span=span)
        library_problems = (*found, *record_problems)
        moments = (moment for one in index_records for moment in (one.publish_at, one.expire_at))
        return Snapshot(
            library=library,
            problems=tuple(sorted({*sources.problems(), *picture_problems, *library_problems})),
            picture_problems=tuple(picture_problems),
            library_problems=library_problems,
            pictures=pictures,
            copies=copies,
            until=valid_until(moments, now, item_loader.zone),
            at=at,
        )

    return at(now)


@contextmanager
def open_snapshot(
    project: Project, *, now: datetime, previews: bool, run: RunContext
) -> Iterator[tuple[Snapshot, Store]]:
    """Provide a snapshot of the sources with all their problems, and the store, while no build runs.

    For the arguments, see `build_snapshot`.

    Raises:
        BusyError: a build is running.
    """
    with locked_store(project.root, project.tools) as store:
        sources = read_sources(project, store, run)
        snapshot = build_snapshot(project, store, sources, now=now, previews=previews, run=run)
        faults = snapshot.library.faults(snapshot.library.entries)
        problems = with_levels({*snapshot.problems, *faults}, project.settings.levels)
        yield replace(snapshot, problems=tuple(sorted(problems))), store
