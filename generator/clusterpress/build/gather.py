"""Gather: from files on disk to the library, reading, rendering and developing only what is new."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from clusterpress import media
from clusterpress.build.project import Project
from clusterpress.build.scan import SourceFile, scan
from clusterpress.build.store import Store
from clusterpress.build.workers import spread
from clusterpress.config import Settings
from clusterpress.content import Item, kind_of, misplaced, read_item
from clusterpress.digests import digest
from clusterpress.library import STATIC, Library, Picture, Sourced, assemble, wanted_pictures
from clusterpress.markup import body_key, render
from clusterpress.outputs import Output
from clusterpress.problems import Problem

V = TypeVar("V")

_PICTURE = 32
"""How many Markdown texts are rendered in the time of one picture."""

Report = Callable[[str, int, int], None]
"""Told of progress: what is being done, how many are done, how many there are."""


@dataclass(frozen=True, slots=True)
class Work:
    """How work is done."""

    report: Report
    """Told of progress."""
    jobs: int = 1
    """How many processes share it."""
    start: str = ""
    """``fork`` or ``spawn``; by default fork where the system does it safely."""
    watch: Callable[[Output, float], None] | None = None
    """Told of each output, and in how many seconds it was made, if all is done in this process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What was found in a project."""

    library: Library
    problems: tuple[Problem, ...]
    pictures: tuple[Picture, ...]
    """Published pictures, in the order of their sources."""
    copies: tuple[tuple[str, SourceFile], ...]
    """(path below the root, file) for each file that can be published as it is."""


def gather(project: Project, store: Store, *, now: datetime, previews: bool, work: Work) -> Gathered:
    """Return everything a plan needs, and all faults on the way.

    Args:
        project: the opened project.
        store: what earlier builds found out.
        now: the time of the build, with its zone.
        previews: take drafts, embargoed and expired items too.
        work: how it is done.
    """
    files = scan(project.root, store)
    items, problems, unread = _read_items(project, store, files, work)
    sourced = _render_bodies(project, store, items, work)
    pictures, faults = _develop_pictures(project, store, files, sourced, work)
    copies = _copies(files, pictures)
    library, between = assemble(
        sourced,
        pictures={picture.source: picture for picture in pictures},
        files={file.path: url for url, file in copies},
        settings=project.settings,
        now=now,
        previews=previews,
        broken=frozenset({*unread, *(fault.path for fault in faults)}),
    )
    return Gathered(
        library=library,
        problems=tuple(sorted({*problems, *faults, *between})),
        pictures=pictures,
        copies=copies,
    )


def _read_items(
    project: Project, store: Store, files: Sequence[SourceFile], work: Work
) -> tuple[list[Item], list[Problem], list[str]]:
    """Return the items, all faults in their files, and the files that have an error."""
    settings = project.settings
    problems = [problem for file in files if (problem := misplaced(file.path, settings))]
    sources = [file for file in files if kind_of(file.path, settings)]
    reading = digest(settings)
    keys = [digest("item", reading, file.path, file.digest) for file in sources]

    new = [(key, file.path) for key, file in zip(keys, sources, strict=True) if not store.holds(key)]
    store.keep(_spread(_read_batch, (project.root, settings), new, "reading", work))
    items, unread = [], []
    for file, (item, faults) in zip(sources, store.values(keys), strict=True):
        problems += faults
        if item is not None:
            items.append(item)
        else:
            unread.append(file.path)
    return items, problems, unread


def _render_bodies(project: Project, store: Store, items: Sequence[Item], work: Work) -> list[Sourced]:
    keys = [body_key(item.source.body, project.settings) for item in items]

    held = {key for key in keys if store.holds(_outline_key(key)) and store.holds(key)}
    texts = {key: item.source.body for item, key in zip(items, keys, strict=True) if key not in held}
    new = list(texts.items())
    store.keep(_spread(_render_batch, project.settings, new, "rendering Markdown", work))
    outlines = store.values([_outline_key(key) for key in keys])
    return [
        Sourced(item=item, body=key, outline=outline)
        for item, key, outline in zip(items, keys, outlines, strict=True)
    ]


def _spread(
    function: Callable[[Any, Sequence[V]], Sequence[tuple[bytes, object]]],
    shared: object,
    values: Sequence[V],
    stage: str,
    work: Work,
    weight: int = 1,
) -> Iterator[tuple[bytes, object]]:
    """Yield what is to be kept, reporting progress on the way."""
    for done, kept in spread(function, shared, values, work.jobs, work.start, weight):
        work.report(stage, done, len(values))
        yield from kept


def _read_batch(
    shared: tuple[Path, Settings], files: Sequence[tuple[bytes, str]]
) -> list[tuple[bytes, object]]:
    """Return (key, (item, problems)) for each of some source files."""
    root, settings = shared
    return [(key, read_item((root / path).read_bytes(), path, settings)) for key, path in files]


def _render_batch(settings: Settings, texts: Sequence[tuple[bytes, str]]) -> list[tuple[bytes, object]]:
    """Return (key, body) and (key, outline) for each of some Markdown texts."""
    bodies = [(key, render(text, settings)) for key, text in texts]
    return [pair for key, body in bodies for pair in ((key, body), (_outline_key(key), body.outline))]


def _outline_key(body: bytes) -> bytes:
    return digest("outline", body)


def _develop_pictures(
    project: Project, store: Store, files: Sequence[SourceFile], sourced: Sequence[Sourced], work: Work
) -> tuple[tuple[Picture, ...], list[Problem]]:
    """Return what is published of each picture that an item shows, and of those in content/static/."""
    wanted = {path for one in sourced for path in wanted_pictures(one.item, one.outline)}
    keys = {
        digest("picture", media.RECIPE, file.path, file.digest): file.path
        for file in files
        if is_picture(file.path) and (file.path in wanted or file.path.startswith(STATIC))
    }
    new = [(key, path) for key, path in keys.items() if not store.holds(_facts_key(key))]
    store.keep(_spread(_develop_batch, project.root, new, "developing pictures", work, weight=_PICTURE))
    found = store.values([_facts_key(key) for key in keys])
    pictures = tuple(one for one in found if isinstance(one, Picture))
    for picture in pictures:
        store.holds(picture.key)
    return pictures, [one for one in found if isinstance(one, Problem)]


def _develop_batch(root: Path, files: Sequence[tuple[bytes, str]]) -> list[tuple[bytes, object]]:
    """Return what is to be kept of each of some pictures: its published bytes, and the facts about them."""
    return [pair for key, path in files for pair in _develop(root, path, key)]


def _facts_key(picture: bytes) -> bytes:
    return digest("facts", picture)


def _develop(root: Path, path: str, key: bytes) -> list[tuple[bytes, object]]:
    facts = _facts_key(key)
    try:
        made = media.develop((root / path).read_bytes(), path)
    except media.Undevelopable as fault:
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


def _picture_url(path: str, made: media.Developed) -> str:
    """Return where a picture is published: in content/static/ under its own name, else by its content."""
    suffix = PurePosixPath(path).suffix.lower().replace(".jpeg", ".jpg")
    own = path.startswith(STATIC) and suffix == made.suffix
    return path.removeprefix(STATIC) if own else media.picture_url(path, made)


def is_picture(path: str) -> bool:
    """Return whether a file is a picture that we can publish."""
    return PurePosixPath(path).suffix.lower() in media.PICTURE_SUFFIXES


def _copies(files: Sequence[SourceFile], pictures: Sequence[Picture]) -> tuple[tuple[str, SourceFile], ...]:
    """Return (path below the root, file) for files in content/static/ and those beside items."""
    developed = {picture.source for picture in pictures}
    return tuple(
        (
            file.path.removeprefix(STATIC)
            if file.path.startswith(STATIC)
            else media.attachment_url(file.path, file.digest),
            file,
        )
        for file in files
        if file.path not in developed
        and (file.path.startswith(STATIC) or not (file.path.endswith(".md") or is_picture(file.path)))
    )
