"""Upload: the batches of steps, by parallel workers, with the manifest as the log of finished steps.

Before the first step, the manifest lists every file to be changed as uncertain: whatever happens, the next
run knows which files are ours. Finished files are recorded from time to time, and all of them at the end.
"""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed

from clusterpress.publishing.changes import Changes, RemoteState
from clusterpress.publishing.files import SiteFile
from clusterpress.publishing.manifest import MANIFEST, write_manifest
from clusterpress.publishing.order import GONE_PAGE, PLACEHOLDER_PAGE, Action, Batch, Step, plan_batches
from clusterpress.publishing.targets.target import Target

_MANIFEST_WRITES = 20
"""Times that the manifest is written during a long upload: an interruption costs a twentieth of it."""
_MIN_WRITE_INTERVAL = 50
"""Steps between two writes of the manifest, at least."""

Report = Callable[[str, int, int], None]
"""Takes the stage, the number of finished steps, and their total."""


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
    batches = plan_batches(changes, atomic=target.atomic)
    total = sum(map(len, batches))
    interval = max(_MIN_WRITE_INTERVAL, total // _MANIFEST_WRITES)
    if not target.atomic:
        target.put(MANIFEST, write_manifest(recorded))
    for done, step in enumerate(_run_batches(batches, target, files), start=1):
        report("uploading", done, total)
        if step.action is Action.PUT:
            recorded[step.path] = files[step.path].digest
        elif step.action is Action.REMOVE:
            del recorded[step.path]
        if done % interval == 0 and done < total and not target.atomic:
            target.put(MANIFEST, write_manifest(recorded))
    target.put(MANIFEST, write_manifest(recorded))
    target.finish(message)


def _run_batches(batches: list[Batch], target: Target, files: Mapping[str, SiteFile]) -> Iterator[Step]:
    """Run the steps, batch by batch, and yield each finished one."""
    for batch in batches:
        if target.workers == 1 or len(batch) == 1:
            for step in batch:
                _do(step, target, files)
                yield step
        else:
            yield from _run_in_parallel(batch, target, files)


def _run_in_parallel(batch: Batch, target: Target, files: Mapping[str, SiteFile]) -> Iterator[Step]:
    """Run the steps of a batch by all workers of the target; an error cancels the steps not yet started."""
    with ThreadPoolExecutor(target.workers) as pool:
        waiting = {pool.submit(_do, step, target, files): step for step in batch}
        try:
            for future in as_completed(waiting):
                future.result()
                yield waiting[future]
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _do(step: Step, target: Target, files: Mapping[str, SiteFile]) -> None:
    match step.action:
        case Action.PUT:
            target.put(step.path, files[step.path].read())
        case Action.PUT_PLACEHOLDER:
            target.put(step.path, PLACEHOLDER_PAGE)
        case Action.PUT_GONE_PAGE:
            target.put(step.path, GONE_PAGE)
        case Action.REMOVE:
            target.delete(step.path)
