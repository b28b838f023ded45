"""Compare: which outputs differ from what lies in the output folder, and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from clusterpress.build.plan import Plan
from clusterpress.build.scan import walk
from clusterpress.build.store import Stamp, Written

MARKER = ".clusterpress"
"""A file that says an output folder is ours, so that files nobody claims may be removed from it."""

_WORDS = {
    "text": "its text",
    "maker": "the program",
    "file": "the file",
}
"""Fingerprint part → what changed, in words, where the part's own name does not say it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What has to be done to an output folder."""

    fingerprints: Mapping[str, Mapping[str, bytes]]
    """Path → fingerprint of every planned output."""
    stale: Mapping[str, str]
    """Path of each output to be made → why."""
    new: frozenset[str]
    """Those of them that were not there."""
    gone: tuple[str, ...]
    """Files that no output claims any more."""


def compare(
    plan: Plan, written: Mapping[str, Written], folder: Path, restless: Sequence[str] = ()
) -> Difference:
    """Return the difference between a plan and an output folder.

    Args:
        plan: what there is to be.
        written: what the last build noted of the folder.
        folder: the output folder, whose files are believed only if size and time are as noted.
        restless: plugins for which every page has to be made again.
    """
    present = dict(walk_all(folder))
    fingerprints = {path: output.fingerprint() for path, output in plan.outputs.items()}
    stale: dict[str, str] = {}
    for path, fingerprint in fingerprints.items():
        held = written.get(path)
        if path not in present:
            stale[path] = "it is new" if held is None else "it was missing in the output folder"
        elif held is None or not held.fingerprint:
            stale[path] = "the last build did not finish it"
        elif held.stamp != present[path]:
            stale[path] = "it was changed in the output folder"
        elif held.fingerprint != fingerprint:
            stale[path] = _say_what_changed(held.fingerprint, fingerprint)
        elif restless and path.endswith(".html"):
            stale[path] = f"{', '.join(restless)} may look beyond the page"
    gone = tuple(sorted(path for path in present if path not in plan.outputs and path != MARKER))
    new = frozenset(path for path in stale if path not in present)
    return Difference(fingerprints=fingerprints, stale=stale, new=new, gone=gone)


def walk_all(folder: Path) -> Iterator[tuple[str, Stamp]]:
    """Yield (path, stamp) for each file of the output folder; nothing if there is no such folder."""
    if folder.is_dir():
        yield from walk(folder, "", lambda _: False)


def _say_what_changed(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> str:
    parts = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
    return "changed: " + ", ".join(_WORDS.get(name, name.replace("_", " ")) for name in parts)
