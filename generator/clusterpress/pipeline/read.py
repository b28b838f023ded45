"""Gather: from files on disk to the library, reading, rendering and developing only what is new."""

import gc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from clusterpress.config.settings import Settings
from clusterpress.content.items import Item
from clusterpress.library.build import assemble_library
from clusterpress.library.entries import Picture
from clusterpress.library.index_records import IndexRecord, make_index_record
from clusterpress.library.item_loader import ItemLoader
from clusterpress.library.library import Library
from clusterpress.library.paths import STATIC
from clusterpress.library.visibility import valid_until
from clusterpress.markup.body import Body, Outline
from clusterpress.media.outputs import attachment_url
from clusterpress.media.values import ImageError, ProcessedImage
from clusterpress.media.version import PICTURE_SUFFIXES, PIPELINE_VERSION
from clusterpress.pipeline.cache.source_index import BUCKET_KEYS, Row, load_source_index, update_source_index
from clusterpress.pipeline.cache.store import Store, pack
from clusterpress.pipeline.executors.local import map_batches
from clusterpress.pipeline.project import Project
from clusterpress.pipeline.speed.gc_paused import gc_paused
from clusterpress.pipeline.speed.preforked import PreforkedWorker
from clusterpress.sources.files import RACY_WINDOW, ScanResult, Stamp, scan_sources
from clusterpress.values.digests import digest, digest_bytes
from clusterpress.values.outputs import Output
from clusterpress.values.problems import Problem

if TYPE_CHECKING:
    from clusterpress.pipeline.executors.dask import Cluster

R = TypeVar("R")

_PICTURE_WEIGHT = 32
"""How many Markdown texts are rendered in the time of one picture."""

ProgressCallback = Callable[[str, int, int], None]
"""Told of progress: what is being done, how many are done, how many there are."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file below content/."""

    path: str
    """Relative to the project's root, with forward slashes."""
    digest: bytes
    """Digest of its bytes."""


@dataclass(frozen=True, slots=True)
class RunContext:
    """How work is done."""

    report: ProgressCallback
    """Told of progress."""
    jobs: int = 1
    """How many processes share it."""
    start_method: str = ""
    """``fork`` or ``spawn``; by default fork where the system does it safely."""
    cluster: "Cluster | None" = None
    """Takes part in place of this machine's processes."""
    on_output: Callable[[Output, float], None] | None = None
    """Told of each output, and in how many seconds it was made, if all is done in this process."""
    worker: PreforkedWorker | None = None
    """A second process that does what is little; see `preforked_worker`."""
    retained: list[object] | None = None
    """Takes what a build leaves behind: who ends right afterwards need not wait until it is taken apart."""

    def retain(self, *values: object) -> None:
        """Leave something behind."""
        if self.retained is not None:
            self.retained.extend(values)
            gc.freeze()  # nor is it worth looking through for garbage

    def submit(self, function: Callable[[Any], R], value: Any) -> Callable[[], R]:
        """Begin to apply a module-level function to a value, if possible in another process.

        Returns what waits for the result, and gives it.
        """
        return self.worker.submit(function, value) if self.worker else partial(function, value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What was found in a project."""

    library: Library
    problems: tuple[Problem, ...]
    picture_problems: tuple[Problem, ...]
    """Those of them that are about pictures."""
    library_problems: tuple[Problem, ...]
    """Those of them that are between items."""
    pictures: tuple[Picture, ...]
    """Published pictures, in the order of their sources."""
    copies: tuple[tuple[str, SourceFile], ...]
    """(path below the root, file) for each file that can be published as it is."""
    until: float
    """When the library changes by the clock alone, in seconds since the epoch."""


class SourceSet(NamedTuple):
    """What there is below content/, read as far as that is new."""

    rows: dict[str, Row]
    """Source path → row."""
    stamps: dict[str, Stamp]
    """Source path → what the disk said of it before anything was read."""
    replaced: int
    """How many sources were read anew: each may have left values in the store that nobody asks for."""
    touched: frozenset[str]
    """Paths whose rows were added, changed or taken out."""

    def problems(self) -> list[Problem]:
        """Return what is wrong with front matter."""
        return [problem for row in self.rows.values() for problem in row.problems]

    def languages(self) -> frozenset[str]:
        """Return the languages of the items that were read anew, whose pages most likely change."""
        rows = [self.rows[path] for path in self.touched if path in self.rows]
        return frozenset(row.index_record.lang for row in rows if row.index_record)

    def used(self) -> set[bytes]:
        """Return the keys of all stored values that the sources ask for."""
        used = set(BUCKET_KEYS)
        for path, row in self.rows.items():
            if one := row.index_record:
                used |= {one.item, one.body}
            elif is_picture(path):
                key = _picture_key(SourceFile(path, row.digest))
                used |= {key, _metadata_key(key)}
        return used

    def racy(self) -> dict[str, bytes]:
        """Return path → digest of files that changed so shortly before that their stamps may not tell."""
        return {path: row.digest for path, row in self.rows.items() if not row.changed}


def read_snapshot(
    project: Project, store: Store, *, now: datetime, previews: bool, run: RunContext
) -> Snapshot:
    """Return everything a plan needs, and all faults on the way.

    Args:
        project: the opened project.
        store: what earlier builds found out.
        now: the time of the build, with its zone.
        previews: take drafts, embargoed and expired items too.
        run: how it is done.
    """
    return build_snapshot(
        project, store, read_sources(project, store, run), now=now, previews=previews, run=run
    )


def build_snapshot(
    project: Project, store: Store, sources: SourceSet, *, now: datetime, previews: bool, run: RunContext
) -> Snapshot:
    """Return everything a plan needs of the sources; the arguments are those of `read_snapshot`."""
    rows = sources.rows
    files = [SourceFile(path, rows[path].digest) for path in sorted(rows) if _is_asset(path)]
    index_records = [row.index_record for row in rows.values() if row.index_record]
    pictures, picture_problems = _process_pictures(project, store, files, index_records, run)
    copies = _copies(files, pictures)
    unread = (path for path, row in rows.items() if row.problems and not row.index_record)
    store_loader = StoreLoader(store)
    item_loader = ItemLoader(project.settings, store_loader.item, store_loader.outline)
    with gc_paused():
        library, library_problems = assemble_library(
            index_records,
            item_loader,
            pictures={picture.source: picture for picture in pictures},
            files={file.path: url for url, file in copies},
            now=now,
            previews=previews,
            broken=frozenset({*unread, *(fault.path for fault in picture_problems)}),
        )
    return Snapshot(
        library=library,
        problems=tuple(sorted({*sources.problems(), *picture_problems, *library_problems})),
        picture_problems=tuple(picture_problems),
        library_problems=tuple(library_problems),
        pictures=pictures,
        copies=copies,
        until=valid_until(
            (moment for one in index_records for moment in (one.publish_at, one.expire_at)),
            now,
            item_loader.zone,
        ),
    )


def _is_asset(path: str) -> bool:
    """Return whether a source file is no item, but something that items show or link to."""
    return not path.endswith(".md") or path.startswith(STATIC)


@dataclass(frozen=True, slots=True)
class StoreLoader:
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


def read_sources(
    project: Project,
    store: Store,
    run: RunContext,
    scan: ScanResult | None = None,
    known: dict[str, Row] | None = None,
) -> SourceSet:
    """Read what is new among the sources; note it in the store.

    Args:
        project: the opened project.
        store: what earlier builds found out.
        run: how it is done.
        scan: what the sources looked like a moment ago, if somebody looked.
        known: path → row of sources that were read before, with all that were not looked at; by default what
            the store has.
    """
    settings_digest = digest(project.settings)
    if known is None:
        with gc_paused():
            known = load_source_index(store, settings_digest)
    began, found, subset = scan or scan_sources(project.root)
    scanned = found if subset is None else {path: found[path] for path in sorted(subset & found.keys())}
    candidates = [
        (path, row.digest if row else b"")
        for path, stamp in scanned.items()
        if (row := known.get(path)) is None or row[0] != stamp[0] or row[1] != stamp[1]
    ]
    reread: dict[str, tuple[bytes, _ReadResult | None]] = {}
    shared = (project.root, project.settings, store)
    for done, batch in map_batches(
        _read_batch,
        shared,
        candidates,
        run.jobs,
        run.start_method,
        cluster=run.cluster,
        worker=run.worker,
    ):
        run.report("reading", done, len(candidates))
        store.save_packed(pair for _, _, read in batch if read for pair in read.stored)
        reread |= {path: (content, read) for path, content, read in batch}
    gone = (known.keys() if subset is None else known.keys() & subset) - found.keys()
    rows = {path: row for path, row in known.items() if path not in gone} if gone else dict(known)
    for path, (content, read) in reread.items():
        problems, index_record = (read.problems, read.index_record) if read else known[path][3:]
        changed, size = found[path]
        rows[path] = Row(
            changed if began - changed > RACY_WINDOW else 0, size, content, problems, index_record
        )
    touched = gone | {path for path in reread if rows[path] != known.get(path)}
    if touched:
        update_source_index(store, settings_digest, rows, touched)
    replaced = sum(1 for _, read in reread.values() if read) + len(gone)
    return SourceSet(rows, found, replaced, frozenset(touched))


_SAMPLE_TEXT = "---\ntitle: Sample\ndate: 2020-01-31\n---\nA *sample* and [a link](a.md).\n"


def warm_up_reader(settings: Settings) -> None:
    """Read a sample, so that the next source is read as fast as any later one."""
    from clusterpress.content.reader import read_item
    from clusterpress.markup.render import render

    item, _ = read_item(_SAMPLE_TEXT.encode(), "content/news/sample.md", settings)
    if item:
        render(item.source.body, settings)


@dataclass(frozen=True, slots=True)
class _ReadResult:
    """What came of a source file."""

    problems: tuple[Problem, ...]
    index_record: IndexRecord | None
    stored: tuple[tuple[bytes, bytes], ...]
    """Key and packed value of what is to be kept: the item and its body."""


def _read_batch(
    shared: tuple[Path, Settings, Store], files: Sequence[tuple[str, bytes]]
) -> list[tuple[str, bytes, _ReadResult | None]]:
    """Return (path, digest, what came of it) for each of some source files.

    Args:
        shared: the project's root, its settings, the store.
        files: (path, digest when it was last read); what did not change is not read again.
    """
    # Imported when a source is read: all this takes longer than a build in which nothing changed.
    from clusterpress.content.reader import read_item
    from clusterpress.markup.render import body_key

    root, settings, store = shared
    contents: dict[str, bytes] = {}
    new: dict[str, tuple[Item | None, list[Problem]]] = {}
    for path, known in files:
        raw = (root / path).read_bytes()
        contents[path] = digest_bytes(raw)
        if contents[path] != known:
            new[path] = read_item(raw, path, settings)
    bodies = {path: body_key(item.source.body, settings) for path, (item, _) in new.items() if item}
    cached = store.find([*bodies.values()])
    settings_digest = digest(settings)
    read: dict[str, _ReadResult] = {}
    for path, (item, problems) in new.items():
        key = digest("item", settings_digest, path, contents[path])
        read[path] = _make_read_result(item, problems, key, bodies.get(path, b""), cached, settings)
    return [(path, content, read.get(path)) for path, content in contents.items()]


def _make_read_result(
    item: Item | None,
    problems: Sequence[Problem],
    key: bytes,
    body: bytes,
    cached: Mapping[bytes, Body],
    settings: Settings,
) -> _ReadResult:
    """Return what came of a source file; its body is rendered unless the store has it already."""
    from clusterpress.markup.render import render

    if item is None:
        return _ReadResult(tuple(problems), None, ())
    stored = [(key, pack(item))]
    if (rendered := cached.get(body)) is None:
        rendered = render(item.source.body, settings)
        stored.append((body, pack(rendered)))
    index_record = make_index_record(item, rendered.outline, key=key, body=body, settings=settings)
    return _ReadResult(tuple(problems), index_record, tuple(stored))


def _process_pictures(
    project: Project,
    store: Store,
    files: Sequence[SourceFile],
    index_records: Sequence[IndexRecord],
    run: RunContext,
) -> tuple[tuple[Picture, ...], list[Problem]]:
    """Return what is published of each picture that an item shows, and of those in content/static/."""
    wanted: set[str] = set().union(*[one.shown for one in index_records])
    keys = {
        _picture_key(file): file.path
        for file in files
        if is_picture(file.path) and (file.path in wanted or file.path.startswith(STATIC))
    }
    metadata_keys = [_metadata_key(key) for key in keys]
    found = store.find(metadata_keys)
    new = [(key, path) for key, path in keys.items() if _metadata_key(key) not in found]
    if new:
        for done, kept in map_batches(
            _process_batch, project.root, new, run.jobs, run.start_method, _PICTURE_WEIGHT, run.cluster
        ):
            run.report("developing pictures", done, len(new))
            store.save(kept)
        found = store.find(metadata_keys)
    known = [found[key] for key in metadata_keys]
    pictures = tuple(one for one in known if isinstance(one, Picture))
    return pictures, [one for one in known if isinstance(one, Problem)]


def _picture_key(file: SourceFile) -> bytes:
    return digest("picture", PIPELINE_VERSION, file.path, file.digest)


def _process_batch(root: Path, files: Sequence[tuple[bytes, str]]) -> list[tuple[bytes, object]]:
    """Return what is to be kept of each of some pictures: its published bytes, and the facts about them."""
    return [pair for key, path in files for pair in _process_picture(root, path, key)]


def _metadata_key(picture: bytes) -> bytes:
    return digest("facts", picture)


def _process_picture(root: Path, path: str, key: bytes) -> list[tuple[bytes, object]]:
    from clusterpress.media.process import process_image

    metadata_key = _metadata_key(key)
    try:
        made = process_image((root / path).read_bytes(), path)
    except ImageError as fault:
        return [(metadata_key, Problem(path=path, message=fault.message, hint=fault.hint))]
    picture = Picture(
        source=path,
        url=_picture_url(path, made),
        width=made.width,
        height=made.height,
        type=made.type,
        length=len(made.content),
        still=made.still,
        key=key,
    )
    return [(key, made.content), (metadata_key, picture)]


def _picture_url(path: str, made: ProcessedImage) -> str:
    """Return where a picture is published: in content/static/ under its own name, else by its content."""
    from clusterpress.media.process import picture_url

    suffix = PurePosixPath(path).suffix.lower().replace(".jpeg", ".jpg")
    own = path.startswith(STATIC) and suffix == made.suffix
    return path.removeprefix(STATIC) if own else picture_url(path, made)


def is_picture(path: str) -> bool:
    """Return whether a file is a picture that we can publish."""
    name, dot, suffix = path.rpartition(".")
    return bool(name) and f"{dot}{suffix.lower()}" in PICTURE_SUFFIXES


def _copies(files: Sequence[SourceFile], pictures: Sequence[Picture]) -> tuple[tuple[str, SourceFile], ...]:
    """Return (path below the root, file) for files in content/static/ and those beside items."""
    developed = {picture.source for picture in pictures}
    return tuple(
        (
            file.path.removeprefix(STATIC)
            if file.path.startswith(STATIC)
            else attachment_url(file.path, file.digest),
            file,
        )
        for file in files
        if file.path not in developed and (file.path.startswith(STATIC) or not is_picture(file.path))
    )
