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
from clusterpress.library.build import assemble_abstracts
from clusterpress.library.entries import Picture
from clusterpress.library.index_records import Abstract, make_abstract
from clusterpress.library.item_loader import Stacks
from clusterpress.library.library import Library
from clusterpress.library.paths import STATIC
from clusterpress.library.visibility import holds_until
from clusterpress.markup.body import Body, Outline
from clusterpress.media.outputs import attachment_url
from clusterpress.media.values import Developed, Undevelopable
from clusterpress.media.version import PICTURE_SUFFIXES, RECIPE
from clusterpress.pipeline.cache.source_index import KEYS, Row, open_catalogue, update_catalogue
from clusterpress.pipeline.cache.store import Store, pack
from clusterpress.pipeline.executors.local import spread
from clusterpress.pipeline.project import Project
from clusterpress.pipeline.scan import SETTLED, Seen, Stamp, look_around
from clusterpress.pipeline.speed.gc_paused import uncollected
from clusterpress.pipeline.speed.preforked import Companion
from clusterpress.values.digests import digest, of_bytes
from clusterpress.values.outputs import Output
from clusterpress.values.problems import Problem

if TYPE_CHECKING:
    from clusterpress.pipeline.executors.dask import Cluster

R = TypeVar("R")

_PICTURE = 32
"""How many Markdown texts are rendered in the time of one picture."""

Report = Callable[[str, int, int], None]
"""Told of progress: what is being done, how many are done, how many there are."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file below content/."""

    path: str
    """Relative to the project's root, with forward slashes."""
    digest: bytes
    """Digest of its bytes."""


@dataclass(frozen=True, slots=True)
class Work:
    """How work is done."""

    report: Report
    """Told of progress."""
    jobs: int = 1
    """How many processes share it."""
    start: str = ""
    """``fork`` or ``spawn``; by default fork where the system does it safely."""
    cluster: "Cluster | None" = None
    """Takes part in place of this machine's processes."""
    watch: Callable[[Output, float], None] | None = None
    """Told of each output, and in how many seconds it was made, if all is done in this process."""
    companion: Companion | None = None
    """A second process that does what is little; see `companion`."""
    leftovers: list[object] | None = None
    """Takes what a build leaves behind: who ends right afterwards need not wait until it is taken apart."""

    def leave(self, *values: object) -> None:
        """Leave something behind."""
        if self.leftovers is not None:
            self.leftovers.extend(values)
            gc.freeze()  # nor is it worth looking through for garbage

    def begin(self, function: Callable[[Any], R], value: Any) -> Callable[[], R]:
        """Begin to apply a module-level function to a value, if possible in another process.

        Returns what waits for the result, and gives it.
        """
        return self.companion.begin(function, value) if self.companion else partial(function, value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What was found in a project."""

    library: Library
    problems: tuple[Problem, ...]
    faults: tuple[Problem, ...]
    """Those of them that are about pictures."""
    between: tuple[Problem, ...]
    """Those of them that are between items."""
    pictures: tuple[Picture, ...]
    """Published pictures, in the order of their sources."""
    copies: tuple[tuple[str, SourceFile], ...]
    """(path below the root, file) for each file that can be published as it is."""
    until: float
    """When the library changes by the clock alone, in seconds since the epoch."""


class TakenIn(NamedTuple):
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
        return frozenset(row.abstract.lang for row in rows if row.abstract)

    def used(self) -> set[bytes]:
        """Return the keys of all stored values that the sources ask for."""
        used = set(KEYS)
        for path, row in self.rows.items():
            if one := row.abstract:
                used |= {one.item, one.body}
            elif is_picture(path):
                key = _picture_key(SourceFile(path, row.digest))
                used |= {key, _facts_key(key)}
        return used

    def doubtful(self) -> dict[str, bytes]:
        """Return path → digest of files that changed so shortly before that their stamps may not tell."""
        return {path: row.digest for path, row in self.rows.items() if not row.changed}


def gather(project: Project, store: Store, *, now: datetime, previews: bool, work: Work) -> Gathered:
    """Return everything a plan needs, and all faults on the way.

    Args:
        project: the opened project.
        store: what earlier builds found out.
        now: the time of the build, with its zone.
        previews: take drafts, embargoed and expired items too.
        work: how it is done.
    """
    return arrange(project, store, take_in(project, store, work), now=now, previews=previews, work=work)


def arrange(
    project: Project, store: Store, taken: TakenIn, *, now: datetime, previews: bool, work: Work
) -> Gathered:
    """Return everything a plan needs of sources that were taken in; the arguments are those of `gather`."""
    rows = taken.rows
    files = [SourceFile(path, rows[path].digest) for path in sorted(rows) if _is_apart(path)]
    abstracts = [row.abstract for row in rows.values() if row.abstract]
    pictures, faults = _develop_pictures(project, store, files, abstracts, work)
    copies = _copies(files, pictures)
    unread = (path for path, row in rows.items() if row.problems and not row.abstract)
    shelves = Shelves(store)
    stacks = Stacks(project.settings, shelves.item, shelves.outline)
    with uncollected():
        library, between = assemble_abstracts(
            abstracts,
            stacks,
            pictures={picture.source: picture for picture in pictures},
            files={file.path: url for url, file in copies},
            now=now,
            previews=previews,
            broken=frozenset({*unread, *(fault.path for fault in faults)}),
        )
    return Gathered(
        library=library,
        problems=tuple(sorted({*taken.problems(), *faults, *between})),
        faults=tuple(faults),
        between=tuple(between),
        pictures=pictures,
        copies=copies,
        until=holds_until(
            (moment for one in abstracts for moment in (one.opens, one.closes)), now, stacks.zone
        ),
    )


def _is_apart(path: str) -> bool:
    """Return whether a source file is no item, but something that items show or link to."""
    return not path.endswith(".md") or path.startswith(STATIC)


@dataclass(frozen=True, slots=True)
class Shelves:
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


def take_in(
    project: Project,
    store: Store,
    work: Work,
    seen: Seen | None = None,
    known: dict[str, Row] | None = None,
) -> TakenIn:
    """Read what is new among the sources; note it in the store.

    Args:
        project: the opened project.
        store: what earlier builds found out.
        work: how it is done.
        seen: what the sources looked like a moment ago, if somebody looked.
        known: path → row of sources that were read before, with all that were not looked at; by default what
            the store has.
    """
    reading = digest(project.settings)
    if known is None:
        with uncollected():
            known = open_catalogue(store, reading)
    began, found, among = seen or look_around(project.root)
    looked_at = found if among is None else {path: found[path] for path in sorted(among & found.keys())}
    doubtful = [
        (path, row.digest if row else b"")
        for path, stamp in looked_at.items()
        if (row := known.get(path)) is None or row[0] != stamp[0] or row[1] != stamp[1]
    ]
    anew: dict[str, tuple[bytes, _Reading | None]] = {}
    shared = (project.root, project.settings, store)
    for done, taken in spread(
        _read_batch,
        shared,
        doubtful,
        work.jobs,
        work.start,
        cluster=work.cluster,
        companion=work.companion,
    ):
        work.report("reading", done, len(doubtful))
        store.keep_packed(pair for _, _, read in taken if read for pair in read.stored)
        anew |= {path: (content, read) for path, content, read in taken}
    gone = (known.keys() if among is None else known.keys() & among) - found.keys()
    rows = {path: row for path, row in known.items() if path not in gone} if gone else dict(known)
    for path, (content, read) in anew.items():
        problems, abstract = (read.problems, read.abstract) if read else known[path][3:]
        changed, size = found[path]
        rows[path] = Row(changed if began - changed > SETTLED else 0, size, content, problems, abstract)
    touched = gone | {path for path in anew if rows[path] != known.get(path)}
    if touched:
        update_catalogue(store, reading, rows, touched)
    replaced = sum(1 for _, read in anew.values() if read) + len(gone)
    return TakenIn(rows, found, replaced, frozenset(touched))


_SAMPLE = "---\ntitle: Sample\ndate: 2020-01-31\n---\nA *sample* and [a link](a.md).\n"


def warm_up_reading(settings: Settings) -> None:
    """Read a sample, so that the next source is read as fast as any later one."""
    from clusterpress.content.reader import read_item
    from clusterpress.markup.render import render

    item, _ = read_item(_SAMPLE.encode(), "content/news/sample.md", settings)
    if item:
        render(item.source.body, settings)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What came of a source file."""

    problems: tuple[Problem, ...]
    abstract: Abstract | None
    stored: tuple[tuple[bytes, bytes], ...]
    """Key and packed value of what is to be kept: the item and its body."""


def _read_batch(
    shared: tuple[Path, Settings, Store], files: Sequence[tuple[str, bytes]]
) -> list[tuple[str, bytes, _Reading | None]]:
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
        contents[path] = of_bytes(raw)
        if contents[path] != known:
            new[path] = read_item(raw, path, settings)
    bodies = {path: body_key(item.source.body, settings) for path, (item, _) in new.items() if item}
    held = store.find([*bodies.values()])
    reading = digest(settings)
    read: dict[str, _Reading] = {}
    for path, (item, problems) in new.items():
        key = digest("item", reading, path, contents[path])
        read[path] = _reading_of(item, problems, key, bodies.get(path, b""), held, settings)
    return [(path, content, read.get(path)) for path, content in contents.items()]


def _reading_of(
    item: Item | None,
    problems: Sequence[Problem],
    key: bytes,
    body: bytes,
    held: Mapping[bytes, Body],
    settings: Settings,
) -> _Reading:
    """Return what came of a source file; its body is rendered unless the store has it already."""
    from clusterpress.markup.render import render

    if item is None:
        return _Reading(tuple(problems), None, ())
    stored = [(key, pack(item))]
    if (rendered := held.get(body)) is None:
        rendered = render(item.source.body, settings)
        stored.append((body, pack(rendered)))
    abstract = make_abstract(item, rendered.outline, key=key, body=body, settings=settings)
    return _Reading(tuple(problems), abstract, tuple(stored))


def _develop_pictures(
    project: Project, store: Store, files: Sequence[SourceFile], abstracts: Sequence[Abstract], work: Work
) -> tuple[tuple[Picture, ...], list[Problem]]:
    """Return what is published of each picture that an item shows, and of those in content/static/."""
    wanted: set[str] = set().union(*[one.shown for one in abstracts])
    keys = {
        _picture_key(file): file.path
        for file in files
        if is_picture(file.path) and (file.path in wanted or file.path.startswith(STATIC))
    }
    facts = [_facts_key(key) for key in keys]
    found = store.find(facts)
    new = [(key, path) for key, path in keys.items() if _facts_key(key) not in found]
    if new:
        for done, kept in spread(
            _develop_batch, project.root, new, work.jobs, work.start, _PICTURE, work.cluster
        ):
            work.report("developing pictures", done, len(new))
            store.keep(kept)
        found = store.find(facts)
    known = [found[key] for key in facts]
    pictures = tuple(one for one in known if isinstance(one, Picture))
    return pictures, [one for one in known if isinstance(one, Problem)]


def _picture_key(file: SourceFile) -> bytes:
    return digest("picture", RECIPE, file.path, file.digest)


def _develop_batch(root: Path, files: Sequence[tuple[bytes, str]]) -> list[tuple[bytes, object]]:
    """Return what is to be kept of each of some pictures: its published bytes, and the facts about them."""
    return [pair for key, path in files for pair in _develop(root, path, key)]


def _facts_key(picture: bytes) -> bytes:
    return digest("facts", picture)


def _develop(root: Path, path: str, key: bytes) -> list[tuple[bytes, object]]:
    from clusterpress.media.process import develop

    facts = _facts_key(key)
    try:
        made = develop((root / path).read_bytes(), path)
    except Undevelopable as fault:
        return [(facts, Problem(path=path, message=fault.message, hint=fault.hint))]
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
    return [(key, made.content), (facts, picture)]


def _picture_url(path: str, made: Developed) -> str:
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
