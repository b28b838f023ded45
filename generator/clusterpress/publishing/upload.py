"""Upload: at no moment does a page of the site link to a missing file, and the manifest logs finished steps.

Before the first step, the manifest lists every file to be changed as uncertain: whatever happens, the next
run knows which files are ours. Finished files are recorded from time to time, and all of them at the end.

Steps run in batches, by parallel workers; a batch starts when the previous one is complete. Assets come
first, then pages, then the feeds that announce them, and removals last. New pages may link to each other in a
circle, so that no order of complete pages works: a placeholder without links comes first. Pages to be removed
may also link to each other, and are replaced by an empty page before they go.
"""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from enum import Enum
from pathlib import PurePosixPath

from msgspec import Struct

from clusterpress.publishing.changes import Changes, RemoteState, write_manifest
from clusterpress.publishing.files import SiteFile
from clusterpress.publishing.hosting import MANIFEST, FileRole, role_of, strip_compression
from clusterpress.publishing.targets.target import Target

_MANIFEST_WRITES = 20
"""Times that the manifest is written during a long upload: an interruption costs a twentieth of it."""
_MIN_WRITE_INTERVAL = 50
"""Steps between two writes of the manifest, at least."""
Report = Callable[[str, int, int], None]
"""Takes the stage, the number of finished steps, and their total."""


def _interim_page(title: str, words: str, refresh: str = "") -> bytes:
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<meta name="robots" content="noindex">\n{refresh}'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n</head>\n'
        f"<body>\n<main>\n<h1>{title}</h1>\n<p>{words}</p>\n</main>\n</body>\n</html>\n"
    ).encode()


class _Action(Enum):
    """The operation of a step; its value is the page to upload, if that is not the file itself."""

    PUT = "put"
    REMOVE = "remove"
    PUT_PLACEHOLDER = _interim_page(
        "One moment", "This page is being published.", '<meta http-equiv="refresh" content="5">\n'
    )
    """Hold the place of a new page until the pages that link to it have arrived; it reloads itself."""
    PUT_GONE_PAGE = _interim_page("Gone", "This page is no longer published.")
    """Replace a page that is about to be removed."""


class _Step(Struct, frozen=True):
    action: _Action
    path: str


_Batch = tuple[_Step, ...]
"""Steps that may run in any order, or in parallel."""


def _plan_batches(changes: Changes, *, atomic: bool) -> Iterator[_Batch]:
    """Yield the batches, some of them empty; the order is free if readers see all changes at once."""
    if atomic:
        yield _steps(_Action.REMOVE, changes.removed)
        yield _steps(_Action.PUT, (*changes.new, *changes.changed))
        return
    conflicts = _find_path_conflicts(changes)
    removed = tuple(path for path in changes.removed if path not in conflicts)
    pages = _of(removed, FileRole.PAGE)
    assets = _of(changes.new, FileRole.ASSET, FileRole.FEED) + _of(changes.changed, FileRole.ASSET)
    yield _steps(_Action.REMOVE, conflicts)
    yield _steps(_Action.PUT, assets)
    yield _page_steps(_Action.PUT_PLACEHOLDER, _of(changes.new, FileRole.PAGE))
    yield _steps(_Action.PUT, _of(changes.new, FileRole.PAGE))
    yield _steps(_Action.PUT, _of(changes.changed, FileRole.PAGE))
    yield _steps(_Action.PUT, _of(changes.changed, FileRole.FEED))
    yield _steps(_Action.REMOVE, tuple(path for path in pages if path != strip_compression(path)))
    yield _page_steps(_Action.PUT_GONE_PAGE, pages)
    yield _steps(_Action.REMOVE, tuple(path for path in pages if path == strip_compression(path)))
    yield _steps(_Action.REMOVE, _of(removed, FileRole.ASSET, FileRole.FEED))


def _page_steps(action: _Action, pages: tuple[str, ...]) -> _Batch:
    """Return a step for each page, if there are several that may link to each other."""
    originals = tuple(path for path in pages if path == strip_compression(path))
    return _steps(action, originals) if len(originals) > 1 else ()


def _steps(action: _Action, paths: tuple[str, ...]) -> _Batch:
    return tuple(_Step(action, path) for path in paths)


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


def upload(
    target: Target,
    files: Mapping[str, SiteFile],
    remote: RemoteState,
    changes: Changes,
    report: Report,
    message: str,
) -> None:
    """Bring a target up to date.

    Args:
        target: the opened target.
        files: of the site.
        remote: files on the target.
        changes: the difference between the two.
        report: shows progress.
        message: for the target's history, if it has one.

    Raises:
        PublishError: the target cannot be reached or written; the next run continues from there.
    """
    if not changes and remote.is_recorded:
        return
    recorded = dict(remote.managed) | dict.fromkeys((*changes.new, *changes.changed, *changes.removed))
    batches = [batch for batch in _plan_batches(changes, atomic=target.atomic) if batch]
    total = sum(map(len, batches))
    interval = max(_MIN_WRITE_INTERVAL, total // _MANIFEST_WRITES)
    if not target.atomic:
        target.put(MANIFEST, write_manifest(recorded))
    for done, step in enumerate(_run_batches(batches, target, files), start=1):
        report("uploading", done, total)
        if step.action is _Action.PUT:
            recorded[step.path] = files[step.path].digest
        elif step.action is _Action.REMOVE:
            del recorded[step.path]
        if done % interval == 0 and done < total and not target.atomic:
            target.put(MANIFEST, write_manifest(recorded))
    target.put(MANIFEST, write_manifest(recorded))
    target.finish(message)


def _run_batches(batches: list[_Batch], target: Target, files: Mapping[str, SiteFile]) -> Iterator[_Step]:
    for batch in batches:
        if target.workers == 1 or len(batch) == 1:
            for step in batch:
                _do(step, target, files)
                yield step
        else:
            yield from _run_in_parallel(batch, target, files)


def _run_in_parallel(batch: _Batch, target: Target, files: Mapping[str, SiteFile]) -> Iterator[_Step]:
    """Run the steps of a batch by all workers of the target; an error cancels the steps not yet started."""
    with ThreadPoolExecutor(target.workers) as pool:
        waiting = {pool.submit(_do, step, target, files): step for step in batch}
        try:
            for future in as_completed(waiting):
                future.result()
                yield waiting[future]
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _do(step: _Step, target: Target, files: Mapping[str, SiteFile]) -> None:
    if step.action is _Action.REMOVE:
        target.delete(step.path)
    else:
        is_file = step.action is _Action.PUT
        target.put(step.path, files[step.path].read() if is_file else step.action.value)
