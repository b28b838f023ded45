"""Compare: which outputs differ from what lies in the output folder, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from clusterpress.build.plan import Plan
from clusterpress.build.scan import look_at, walk_all
from clusterpress.build.store import Written
from clusterpress.outputs import Output, split_fingerprint

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

    fingerprints: Mapping[str, bytes]
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
    # Foreign files are found, and taken away, only when files come or go: to look for them takes longer than
    # all else that a build does in which none does.
    same = len(written) == len(plan.outputs) + len(plan.kept) and all(path in written for path in plan.paths)
    present = look_at(folder, written) if same else walk_all(folder)
    # A file of a closed bundle that was changed or lost is made again.
    for name in {plan.kept[path] for path in plan.kept if not _is_as_written(path, written, present)}:
        plan.open(name)
    fingerprints = {path: written[path].fingerprint for path in plan.kept}
    stale: dict[str, str] = {}
    for path, output in plan.outputs.items():
        fingerprint = fingerprints[path] = output.fingerprint()
        held = written.get(path)
        there = present.get(path)
        if there is None:
            stale[path] = "it is new" if held is None else "it was missing in the output folder"
        elif held is None or not held.fingerprint:
            stale[path] = "the last build did not finish it"
        elif (held.changed, held.size) != there:
            stale[path] = "it was changed in the output folder"
        elif held.fingerprint != fingerprint:
            stale[path] = _say_what_changed(output, held.fingerprint, fingerprint)
        elif restless and path.endswith(".html"):
            stale[path] = f"{', '.join(restless)} may look beyond the page"
    # In one order whatever was planned first, so that reasons and progress read the same on every machine.
    stale = dict(sorted(stale.items()))
    gone = tuple(sorted(present.keys() - fingerprints.keys() - {MARKER}))
    new = frozenset(path for path in stale if path not in present)
    return Difference(fingerprints=fingerprints, stale=stale, new=new, gone=gone)


def _is_as_written(path: str, written: Mapping[str, Written], present: Mapping[str, tuple[int, int]]) -> bool:
    held = written.get(path)
    return held is not None and bool(held.fingerprint) and held[1:] == present.get(path)


def _say_what_changed(output: Output, old: bytes, new: bytes) -> str:
    before, after, names = split_fingerprint(old), split_fingerprint(new), output.parts()
    if before[0] != after[0] or len(before) != len(after):
        return f"changed: {_WORDS['maker']}"
    parts = sorted(name for name, one, other in zip(names, before, after, strict=True) if one != other)
    return "changed: " + ", ".join(_WORDS.get(name, name.replace("_", " ")) for name in parts)
