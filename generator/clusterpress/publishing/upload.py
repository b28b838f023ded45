"""Uploading: the waves of steps, on several lanes, with the manifest as the log of what is done.

Before the first step, the manifest names every file that will be touched, as unsure: whatever happens, the
next run knows what is ours. Every now and then the finished files are noted, and at the end all of them.
"""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed

from clusterpress.publishing.changes import Changes, Remote
from clusterpress.publishing.files import SiteFile
from clusterpress.publishing.manifest import MANIFEST, write_manifest
from clusterpress.publishing.order import HOLDING, LEAVING, Act, Step, Wave, arrange
from clusterpress.publishing.targets.protocol import Target

_NOTES = 20
"""How often the manifest is written during a long upload: a cut costs a twentieth of it."""
_FEW = 50
"""Steps that are not worth a note."""

Report = Callable[[str, int, int], None]
"""Is told the stage, how much is done, and of how much."""


def upload(
    target: Target,
    files: Mapping[str, SiteFile],
    remote: Remote,
    changes: Changes,
    report: Report,
    message: str,
) -> None:
    """Bring a target up to date.

    Args:
        target: the opened target.
        files: what it is to hold.
        remote: what it holds.
        changes: the difference of the two.
        report: told of progress.
        message: what to write in the target's history, if it has one.

    Raises:
        PublishError: the target cannot be reached or written; the next run goes on from there.
    """
    if not changes and remote.is_noted:
        return
    noted = dict(remote.ours) | dict.fromkeys((*changes.new, *changes.changed, *changes.gone))
    waves = arrange(changes, atomic=target.atomic)
    total = sum(map(len, waves))
    interval = max(_FEW, total // _NOTES)
    if not target.atomic:
        target.put(MANIFEST, write_manifest(noted))
    for done, step in enumerate(_walk(waves, target, files), start=1):
        report("uploading", done, total)
        if step.act is Act.PUT:
            noted[step.path] = files[step.path].digest
        elif step.act is Act.REMOVE:
            del noted[step.path]
        if done % interval == 0 and done < total and not target.atomic:
            target.put(MANIFEST, write_manifest(noted))
    target.put(MANIFEST, write_manifest(noted))
    target.finish(message)


def _walk(waves: list[Wave], target: Target, files: Mapping[str, SiteFile]) -> Iterator[Step]:
    """Do the steps, wave by wave, and yield each that is done."""
    for wave in waves:
        if target.lanes == 1 or len(wave) == 1:
            for step in wave:
                _do(step, target, files)
                yield step
        else:
            yield from _spread(wave, target, files)


def _spread(wave: Wave, target: Target, files: Mapping[str, SiteFile]) -> Iterator[Step]:
    """Do the steps of a wave on all lanes of the target; a fault stops those not yet begun."""
    with ThreadPoolExecutor(target.lanes) as lanes:
        waiting = {lanes.submit(_do, step, target, files): step for step in wave}
        try:
            for future in as_completed(waiting):
                future.result()
                yield waiting[future]
        finally:
            lanes.shutdown(wait=False, cancel_futures=True)


def _do(step: Step, target: Target, files: Mapping[str, SiteFile]) -> None:
    match step.act:
        case Act.PUT:
            target.put(step.path, files[step.path].read())
        case Act.HOLD:
            target.put(step.path, HOLDING)
        case Act.EMPTY:
            target.put(step.path, LEAVING)
        case Act.REMOVE:
            target.delete(step.path)
