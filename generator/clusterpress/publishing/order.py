"""The order of an upload: at no moment does a page of the site link to a missing file.

Files are uploaded in batches; a batch starts when the previous one is complete. Assets come first, then
pages, then the feeds that announce them, and removals last. New pages may link to each other in a circle, so
that no order of complete pages works: a placeholder without links comes first. Pages to be removed may also
link to each other, and are replaced by an empty page before they go.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import PurePosixPath

from clusterpress.publishing.changes import Changes
from clusterpress.publishing.hosting import FileRole, role_of, strip_compression


def _interim_page(title: str, words: str, refresh: str = "") -> bytes:
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<meta name="robots" content="noindex">\n{refresh}'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n</head>\n'
        f"<body>\n<main>\n<h1>{title}</h1>\n<p>{words}</p>\n</main>\n</body>\n</html>\n"
    ).encode()


PLACEHOLDER_PAGE = _interim_page(
    "One moment", "This page is being published.", '<meta http-equiv="refresh" content="5">\n'
)
"""Holds the place of a new page until the pages that link to it have arrived; it reloads itself."""

GONE_PAGE = _interim_page("Gone", "This page is no longer published.")
"""Replaces a page that is about to be removed."""


class Action(Enum):
    """The operation of a step."""

    PUT_PLACEHOLDER = auto()
    """Upload a placeholder for a new page."""
    PUT = auto()
    """Upload the file."""
    PUT_GONE_PAGE = auto()
    """Replace a page to be removed by an empty one."""
    REMOVE = auto()
    """Remove the file."""


@dataclass(frozen=True, slots=True)
class Step:
    """One operation on a target."""

    action: Action
    path: str


Batch = tuple[Step, ...]
"""Steps that may run in any order, or in parallel."""


def plan_batches(changes: Changes, *, atomic: bool) -> list[Batch]:
    """Return the batches that bring a target up to date.

    Args:
        changes: to make.
        atomic: whether readers see all changes at once, so that the order does not matter.
    """
    conflicts = _find_path_conflicts(changes)
    removed = tuple(path for path in changes.removed if path not in conflicts)
    if atomic:
        puts = (*changes.new, *changes.changed)
        batches: Iterator[Batch] = iter((_steps(Action.REMOVE, changes.removed), _steps(Action.PUT, puts)))
    else:
        batches = _batches(changes, conflicts, removed)
    return [batch for batch in batches if batch]


def _batches(changes: Changes, conflicts: tuple[str, ...], removed: tuple[str, ...]) -> Iterator[Batch]:
    yield _steps(Action.REMOVE, conflicts)
    yield _steps(
        Action.PUT, _of(changes.new, FileRole.ASSET, FileRole.FEED) + _of(changes.changed, FileRole.ASSET)
    )
    yield _page_steps(Action.PUT_PLACEHOLDER, changes.new)
    yield _steps(Action.PUT, _of(changes.new, FileRole.PAGE))
    yield _steps(Action.PUT, _of(changes.changed, FileRole.PAGE))
    yield _steps(Action.PUT, _of(changes.changed, FileRole.FEED))
    removed_pages = _of(removed, FileRole.PAGE)
    yield _steps(Action.REMOVE, tuple(path for path in removed_pages if path != strip_compression(path)))
    yield _page_steps(Action.PUT_GONE_PAGE, removed_pages)
    yield _steps(Action.REMOVE, tuple(path for path in removed_pages if path == strip_compression(path)))
    yield _steps(Action.REMOVE, _of(removed, FileRole.ASSET, FileRole.FEED))


def _page_steps(action: Action, paths: tuple[str, ...]) -> Batch:
    """Return a step for each page, if there are several that may link to each other."""
    pages = tuple(
        path for path in paths if role_of(path) is FileRole.PAGE and path == strip_compression(path)
    )
    return _steps(action, pages) if len(pages) > 1 else ()


def _steps(action: Action, paths: tuple[str, ...]) -> Batch:
    return tuple(Step(action, path) for path in paths)


def _of(paths: tuple[str, ...], *roles: FileRole) -> tuple[str, ...]:
    return tuple(path for path in paths if role_of(path) in roles)


def _find_path_conflicts(changes: Changes) -> tuple[str, ...]:
    """Return the files to remove first: a new folder or file needs their place."""
    new = frozenset(changes.new)
    folders = {parent.as_posix() for path in new for parent in PurePosixPath(path).parents}
    return tuple(
        path
        for path in changes.removed
        if path in folders or any(parent.as_posix() in new for parent in PurePosixPath(path).parents)
    )
