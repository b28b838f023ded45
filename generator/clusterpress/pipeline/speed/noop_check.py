"""Up to date: the quick answer of a build that has nothing to do.

When a build ends, it notes the time and size of all that it looked at (sources, outputs, what the project is
opened from), and until when its answer holds: until the day ends, or an embargo or an item's time does. A
build that finds everything so need not know what a site is: it reads neither the store nor the settings.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from clusterpress.pipeline.cache.manifest import Manifest
from clusterpress.pipeline.cache.pickle_cache import keep, recall
from clusterpress.pipeline.cache.store import peek
from clusterpress.pipeline.paths import STORE, WORKSHOP, opened_of
from clusterpress.pipeline.scan import Seen, Stamp, look_around
from clusterpress.pipeline.speed.project_cache import mark_of
from clusterpress.values.digests import digest, of_bytes
from clusterpress.values.problems import Problem

_DOUBTFUL = 100
"""If more sources than this have to be read because they changed a moment ago, nothing is noted."""


class Note(NamedTuple):
    """What a build left behind in order."""

    asked: bytes
    """Digest of the output folder and the options."""
    opening: bytes
    """Mark of what the project's opening came of; see `last_opening`."""
    sources: bytes
    """Digest of the stamps of all sources."""
    doubtful: tuple[tuple[str, bytes], ...]
    """(path, digest) of sources that changed so shortly before the build that their stamps may not tell."""
    size: int
    """How many outputs there are; what they have to be like, the manifest says."""
    since: float
    """Time of the build, in seconds since the epoch."""
    until: float
    """When something changes by the clock alone."""
    problems: tuple[Problem, ...]
    """All warnings, those about the settings too."""


class Question(NamedTuple):
    """What a build is asked to bring up to date."""

    root: Path
    """The project's folder."""
    folder: Path
    """The output folder, absolute."""
    previews: bool
    """As for `build`."""
    strict: bool
    """As for `build`."""
    now: float
    """The time, in seconds since the epoch."""


def look_up(asked: Question) -> tuple[Note | None, Seen | None]:
    """Return the note of the last build if all is as it says: then there is nothing to do.

    Returns also what the sources look like, if that was looked at, for the build that has to be done else.
    """
    root, folder, previews, strict, now = asked
    note, seen = _find_note(root, folder), None
    try:
        if (
            note
            and note.since <= now < note.until
            and note.asked == digest(str(folder), previews, strict)
            and note.opening == mark_of(opened_of(root)).digest
        ):
            seen = look_around(root)
        holds = (
            note is not None
            and seen is not None
            and note.sources == digest_of_stamps(seen.stamps)
            and all(of_bytes((root / path).read_bytes()) == content for path, content in note.doubtful)
            and _is_sound(root, folder, note.size)
        )
    except (OSError, sqlite3.Error):
        return None, seen
    return (note if holds else None), seen


def write_note(
    root: Path,
    folder: Path,
    *,
    previews: bool,
    strict: bool,
    opening: bytes,
    sources: Mapping[str, Stamp],
    doubtful: Mapping[str, bytes],
    size: int,
    since: float,
    until: float,
    problems: Iterable[Problem],
) -> None:
    """Note that an output folder is up to date; what the arguments mean is told in `Note`."""
    if not opening or len(doubtful) > _DOUBTFUL:
        return
    note = Note(
        asked=digest(str(folder), previews, strict),
        opening=opening,
        sources=digest_of_stamps(sources),
        doubtful=tuple(doubtful.items()),
        size=size,
        since=since,
        until=until,
        problems=tuple(sorted(problems)),
    )
    keep(_place(root, folder), tuple(note))


def forget_note(root: Path, folder: Path) -> None:
    """Take back what was noted of an output folder, before anything is done to it."""
    _place(root, folder).unlink(missing_ok=True)


def _is_sound(root: Path, folder: Path, size: int) -> bool:
    """Return whether an output folder holds so many files as the manifest says, all of them as it says."""
    store = peek(root / WORKSHOP / STORE)
    if store is None:
        return False
    with closing(store.connection):
        manifest = Manifest(store, folder)
        return manifest.count() == size and not manifest.find_unsound()


def digest_of_stamps(stamps: Mapping[str, tuple[int, int]]) -> bytes:
    """Return the digest of path → (time of change, size), in their order."""
    return of_bytes("\n".join([f"{path} {at} {size}" for path, (at, size) in stamps.items()]).encode())


def _find_note(root: Path, folder: Path) -> Note | None:
    match recall(_place(root, folder)):
        case tuple() as values if len(values) == len(Note._fields):
            return Note._make(values)
    return None


def _place(root: Path, folder: Path) -> Path:
    return root / WORKSHOP / f"up_to_date-{digest(str(folder)).hex()[:8]}.pickle"
