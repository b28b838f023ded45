"""The order of an upload: at no moment does a page of the site point at a file that is not there.

Files are put in waves; a wave begins when the one before it is done. What pages need comes first, then the
pages, then what announces them, and removals last. New pages may point at each other in a circle, so that no
order of whole pages would do: each new page's place is first held by a placeholder without links. Pages that
go may point at each other too, and are emptied in the same way before they are removed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import PurePosixPath

from clusterpress.publishing.changes import Changes
from clusterpress.publishing.headers import Sort, bare, sort_of

HOLDING = (
    b'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>One moment</title>\n'
    b'<meta name="robots" content="noindex">\n<meta http-equiv="refresh" content="5">\n'
    b'<meta name="viewport" content="width=device-width,initial-scale=1">\n</head>\n'
    b"<body>\n<main>\n<h1>One moment</h1>\n<p>This page is being published.</p>\n</main>\n</body>\n</html>\n"
)
"""What holds the place of a new page while the pages that point at it arrive; it asks for itself again."""

LEAVING = (
    b'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Gone</title>\n'
    b'<meta name="robots" content="noindex">\n'
    b'<meta name="viewport" content="width=device-width,initial-scale=1">\n</head>\n'
    b"<body>\n<main>\n<h1>Gone</h1>\n<p>This page is no longer published.</p>\n</main>\n</body>\n</html>\n"
)
"""What stands in place of a page that is about to be removed."""


class Act(Enum):
    """What a step does to a path."""

    HOLD = auto()
    """Put a placeholder for a page to come."""
    PUT = auto()
    """Put the file."""
    EMPTY = auto()
    """Put an empty page in place of one that goes."""
    REMOVE = auto()
    """Remove the file."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do to a target."""

    act: Act
    path: str


Wave = tuple[Step, ...]
"""Steps that may be done in any order, or at once."""


def arrange(changes: Changes, *, atomic: bool) -> list[Wave]:
    """Return the waves that bring a target up to date.

    Args:
        changes: what has to be done.
        atomic: whether readers see all of it at once, so that no care is needed.
    """
    in_the_way = _find_in_the_way(changes)
    gone = tuple(path for path in changes.gone if path not in in_the_way)
    if atomic:
        puts = (*changes.new, *changes.changed)
        waves: Iterator[Wave] = iter((_steps(Act.REMOVE, changes.gone), _steps(Act.PUT, puts)))
    else:
        waves = _waves(changes, in_the_way, gone)
    return [wave for wave in waves if wave]


def _waves(changes: Changes, in_the_way: tuple[str, ...], gone: tuple[str, ...]) -> Iterator[Wave]:
    yield _steps(Act.REMOVE, in_the_way)
    yield _steps(Act.PUT, _of(changes.new, Sort.ASSET, Sort.NOTICE) + _of(changes.changed, Sort.ASSET))
    yield _bare_pages(Act.HOLD, changes.new)
    yield _steps(Act.PUT, _of(changes.new, Sort.PAGE))
    yield _steps(Act.PUT, _of(changes.changed, Sort.PAGE))
    yield _steps(Act.PUT, _of(changes.changed, Sort.NOTICE))
    leaving = _of(gone, Sort.PAGE)
    yield _steps(Act.REMOVE, tuple(path for path in leaving if path != bare(path)))
    yield _bare_pages(Act.EMPTY, leaving)
    yield _steps(Act.REMOVE, tuple(path for path in leaving if path == bare(path)))
    yield _steps(Act.REMOVE, _of(gone, Sort.ASSET, Sort.NOTICE))


def _bare_pages(act: Act, paths: tuple[str, ...]) -> Wave:
    """Return a step for each page, if there are several that may point at each other."""
    pages = tuple(path for path in paths if sort_of(path) is Sort.PAGE and path == bare(path))
    return _steps(act, pages) if len(pages) > 1 else ()


def _steps(act: Act, paths: tuple[str, ...]) -> Wave:
    return tuple(Step(act, path) for path in paths)


def _of(paths: tuple[str, ...], *sorts: Sort) -> tuple[str, ...]:
    return tuple(path for path in paths if sort_of(path) in sorts)


def _find_in_the_way(changes: Changes) -> tuple[str, ...]:
    """Return files to be removed that stand where a folder is to be, or in a folder where a file is to be."""
    new = frozenset(changes.new)
    folders = {parent.as_posix() for path in new for parent in PurePosixPath(path).parents}
    return tuple(
        path
        for path in changes.gone
        if path in folders or any(parent.as_posix() in new for parent in PurePosixPath(path).parents)
    )
