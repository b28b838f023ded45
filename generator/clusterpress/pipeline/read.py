"""Read: parses new source files into items, index records and rendered bodies."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from clusterpress.config.settings import Settings
from clusterpress.content.items import Item
from clusterpress.content.paths import name_left_out
from clusterpress.library.index_records import IndexRecord, make_index_record
from clusterpress.markup.body import Body
from clusterpress.pipeline.cache.source_index import BUCKET_KEYS, Row, load_source_index, update_source_index
from clusterpress.pipeline.cache.store import Store, pack
from clusterpress.pipeline.pictures import picture_keys
from clusterpress.pipeline.project import Project
from clusterpress.pipeline.run_context import RunContext, map_batches
from clusterpress.sources.files import RACY_WINDOW, ScanResult, Stamp, scan_sources
from clusterpress.values.digests import digest, digest_bytes
from clusterpress.values.problems import Problem

if TYPE_CHECKING:
    from clusterpress.pipeline.limits import Watch


class SourceSet(NamedTuple):
    """The sources of a project, each read by this build or an earlier one."""

    rows: dict[str, Row]
    """Source path → row."""
    stamps: dict[str, Stamp]
    """Source path → its stamp before anything was read."""
    replaced: int
    """Number of sources that were read again: each may have left unused values in the store."""
    touched: frozenset[str]
    """Paths whose rows were added, changed or removed."""
    left_out: tuple[str, ...] = ()
    """Paths of files and folders that were left out because of their names."""
    faults: tuple[Problem, ...] = ()
    """Links that are not followed, and special files."""

    def records(self) -> Iterator[IndexRecord]:
        """Yield the index record of each item."""
        return (row.index_record for row in self.rows.values() if row.index_record)

    def problems(self) -> list[Problem]:
        """Return what is wrong with front matter and links on disk, and which files are left out."""
        found = [problem for row in self.rows.values() for problem in row.problems]
        return [*found, *name_left_out(self.left_out), *self.faults]

    def languages(self) -> frozenset[str]:
        """Return the languages of the items that were read again, whose pages most likely change."""
        rows = [self.rows[path] for path in self.touched if path in self.rows]
        return frozenset(row.index_record.lang for row in rows if row.index_record)

    def used(self) -> set[bytes]:
        """Return the keys of all stored values that the sources need."""
        used = set(BUCKET_KEYS)
        for path, row in self.rows.items():
            used.update((one.item, one.body) if (one := row.index_record) else picture_keys(path, row.digest))
        return used

    def racy(self) -> dict[str, bytes]:
        """Return path → digest of files changed so recently that their stamps may not show a new change."""
        return {path: row.digest for path, row in self.rows.items() if not row.changed}


def read_sources(
    project: Project,
    store: Store,
    run: RunContext,
    scan: ScanResult | None = None,
    known: dict[str, Row] | None = None,
) -> SourceSet:
    """Read what is new among the sources, and save it in the store.

    Args:
        project: the opened project.
        store: results of earlier builds.
        run: how the work is done.
        scan: the stamps of the sources, if they were just scanned.
        known: path → row of sources that were read before; by default the rows in the store.
    """
    settings_digest = digest(project.settings)
    if known is None:
        known = load_source_index(store, settings_digest)
    began, found, subset, left_out, faults = scan or scan_sources(
        project.root, project.settings.linked_folders
    )
    reread = _read_new(project, store, run, found, known, subset)
    gone = (known.keys() if subset is None else known.keys() & subset) - found.keys()
    rows = {path: row for path, row in known.items() if path not in gone} if gone else dict(known)
    for path, (content, read) in reread.items():
        problems, index_record = (read.problems, read.index_record) if read else known[path][3:]
        changed, size = found[path]
        is_racy = began - changed <= RACY_WINDOW
        rows[path] = Row(0 if is_racy else changed, size, content, problems, index_record)
    touched = gone | {path for path in reread if rows[path] != known.get(path)}
    if touched:
        update_source_index(store, settings_digest, rows, touched)
    replaced = sum(1 for _, read in reread.values() if read) + len(gone)
    return SourceSet(rows, found, replaced, frozenset(touched), left_out, faults)


def _read_new(
    project: Project,
    store: Store,
    run: RunContext,
    found: Mapping[str, Stamp],
    known: Mapping[str, Row],
    subset: frozenset[str] | None,
) -> dict[str, tuple[bytes, "_ReadResult | None"]]:
    """Return path → digest and result of the files (of a subset, if there is one) that are not as known."""
    scanned = found if subset is None else {path: found[path] for path in sorted(subset & found.keys())}
    candidates = [
        (path, row.digest if row else b"")
        for path, stamp in scanned.items()
        if (row := known.get(path)) is None or row[0] != stamp[0] or row[1] != stamp[1]
    ]
    reread: dict[str, tuple[bytes, _ReadResult | None]] = {}
    shared = (project.root, project.settings, store)
    for done, batch in map_batches(_read_batch, shared, candidates, run):
        run.report("reading", done, len(candidates))
        store.save_packed(pair for _, _, read in batch if read for pair in read.stored)
        reread |= {path: (content, read) for path, content, read in batch}
    return reread


_SAMPLE_TEXT = "---\ntitle: Sample\ndate: 2020-01-31\n---\nA *sample* and [a link](a.md).\n"


def warm_up_reader(settings: Settings) -> None:
    """Read a sample, so that the next source is read as fast as any later one."""
    from clusterpress.content.reader import read_item
    from clusterpress.markup.render import render

    item, _ = read_item(_SAMPLE_TEXT.encode(), "content/news/sample.md", settings)
    if item:
        render(item.source.body, settings)


class _ReadResult(Struct, frozen=True):
    problems: tuple[Problem, ...]
    index_record: IndexRecord | None
    stored: tuple[tuple[bytes, bytes], ...]
    """Key and packed value of what is to be saved: the item and its body."""


def _read_batch(
    shared: tuple[Path, Settings, Store], files: Sequence[tuple[str, bytes]]
) -> list[tuple[str, bytes, _ReadResult | None]]:
    """Return (path, digest, result) for each (path, digest when it was last read); None: it is unchanged."""
    from clusterpress.pipeline.limits import watch_items

    with watch_items() as watch:
        return _read_watched(shared, files, watch)


def _read_watched(
    shared: tuple[Path, Settings, Store], files: Sequence[tuple[str, bytes]], watch: "Watch"
) -> list[tuple[str, bytes, "_ReadResult | None"]]:
    # Imported here: it takes longer than a build in which nothing changed.
    from clusterpress.content.reader import read_item
    from clusterpress.content.typography import typography_of
    from clusterpress.markup.render import body_key
    from clusterpress.pipeline.limits import LimitError

    root, settings, store = shared
    contents: dict[str, bytes] = {}
    new: dict[str, tuple[Item | None, list[Problem]]] = {}
    for path, known in files:
        try:
            raw = (root / path).read_bytes()
        except PermissionError:
            contents[path], new[path] = b"", (None, [_unreadable(path)])
            continue
        contents[path] = digest_bytes(raw)
        if contents[path] == known:
            continue
        try:
            with watch.item():
                new[path] = read_item(raw, path, settings)
        except LimitError as error:
            new[path] = None, [error.at(path)]
    bodies = {
        path: body_key(item.source.body, settings, typography_of(item, settings))
        for path, (item, _) in new.items()
        if item
    }
    cached = store.find([*bodies.values()])
    settings_digest = digest(settings)
    read: dict[str, _ReadResult] = {}
    for path, (item, problems) in new.items():
        key = digest("item", settings_digest, path, contents[path])
        try:
            with watch.item():
                read[path] = _make_read_result(item, problems, key, bodies.get(path, b""), cached, settings)
        except LimitError as error:
            read[path] = _ReadResult((*problems, error.at(path)), None, ())
    return [(path, content, read.get(path)) for path, content in contents.items()]


def _unreadable(path: str) -> Problem:
    return Problem(path=path, message="you may not read this file", hint="change its permissions")


def _make_read_result(
    item: Item | None,
    problems: Sequence[Problem],
    key: bytes,
    body: bytes,
    cached: Mapping[bytes, Body],
    settings: Settings,
) -> _ReadResult:
    """Return the result for a source file; its body is rendered unless the store has it already."""
    from clusterpress.content.typography import typography_of
    from clusterpress.markup.render import render

    if item is None:
        return _ReadResult(tuple(problems), None, ())
    stored = [(key, pack(item))]
    if (rendered := cached.get(body)) is None:
        rendered = render(item.source.body, settings, typography_of(item, settings))
        stored.append((body, pack(rendered)))
    index_record = make_index_record(item, rendered.outline, key=key, body=body, settings=settings)
    return _ReadResult(tuple(problems), index_record, tuple(stored))
