"""Compare: finds the outputs that differ from the files in the output folder, and the reasons."""

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from clusterpress.pipeline.cache.manifest import MISSING, UNFINISHED, Manifest
from clusterpress.pipeline.plan import Plan
from clusterpress.sources.files import walk_output
from clusterpress.values.outputs import Output, split_fingerprint

MARKER = ".clusterpress"
"""Name of a file that marks an output folder as ours, so that files which no output claims may be removed."""

_REASONS = {"text": "its text", "maker": "the program", "file": "the file"}
"""Fingerprint part → what changed, in words, where the part's own name does not say it."""


class Difference(Struct, frozen=True, kw_only=True):
    """The changes to make in an output folder."""

    folder: Path
    fingerprints: Mapping[str, bytes]
    """Path → fingerprint of every output that was planned."""
    kept: Collection[str]
    """Paths of the outputs of closed bundles, which are up to date."""
    stale: Mapping[str, str]
    """Path of each output to render → reason."""
    new: frozenset[str]
    """The stale outputs that did not exist before."""
    gone: tuple[str, ...]
    """Files that no output claims any more."""

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of all outputs."""
        return (*self.fingerprints, *self.kept)

    def without(self, paths: Collection[str]) -> "Difference":
        """Return the difference without outputs that could not be made; earlier versions of them go."""
        if not paths:
            return self
        fingerprints = {path: one for path, one in self.fingerprints.items() if path not in paths}
        stale = {path: why for path, why in self.stale.items() if path not in paths}
        gone = tuple(sorted({*self.gone, *(set(paths) - self.new)}))
        return replace(self, fingerprints=fingerprints, stale=stale, new=self.new - set(paths), gone=gone)

    @property
    def unchanged(self) -> int:
        """Number of outputs that are up to date."""
        return len(self.fingerprints) + len(self.kept) - len(self.stale)


def compare(
    plan: Plan,
    manifest: Manifest,
    modified: Mapping[str, str],
    non_page_local: Sequence[str] = (),
    *,
    is_replaced: bool = False,
) -> Difference:
    """Return the difference between a plan and an output folder.

    Args:
        plan: all outputs; a bundle with a modified file is opened.
        manifest: the files as the last build left them.
        modified: path → reason, for files that differ from the manifest.
        non_page_local: plugins that require every page to be rendered again.
        is_replaced: whether a new folder takes the place of the output folder.
    """
    for name in {plan.kept[path] for path in modified if path in plan.kept}:
        plan.open(name)
    known = manifest.fingerprints(plan.outputs)
    fingerprints, stale = _find_stale(plan, known, modified, non_page_local)
    before, gone = manifest.count(), set[str]()
    has_lost_files = before > len(known) + len(plan.kept)
    if not before or has_lost_files or _is_blocked(manifest.folder, stale.keys() - known.keys()):
        # Foreign files are searched and removed only if files disappear, or if the manifest is empty: the
        # search takes longer than the rest of a build after an edit.
        present = {} if is_replaced else walk_output(manifest.folder)
        gone = {*present, *manifest.paths()} - fingerprints.keys() - plan.kept.keys() - {MARKER}
        modified = {**modified, **dict.fromkeys(present.keys() - known.keys(), UNFINISHED)}
        stale = {path: modified.get(path, why) for path, why in stale.items()}
    new = (path for path in stale if modified.get(path, "" if path in known else MISSING) == MISSING)
    return Difference(
        folder=manifest.folder,
        fingerprints=fingerprints,
        kept=plan.kept.keys(),
        stale=stale,
        new=frozenset(new),
        gone=tuple(sorted(gone)),
    )


def _find_stale(
    plan: Plan, known: Mapping[str, bytes], modified: Mapping[str, str], non_page_local: Sequence[str]
) -> tuple[dict[str, bytes], dict[str, str]]:
    """Return path → fingerprint of each opened output, and path → reason of those to be rendered."""
    fingerprints: dict[str, bytes] = {}
    stale: dict[str, str] = {}
    for path, output in plan.outputs.items():
        fingerprint = fingerprints[path] = output.fingerprint()
        recorded = known.get(path)
        if recorded is None:
            stale[path] = "it is new"
        elif path in modified:
            stale[path] = modified[path]
        elif recorded != fingerprint:
            stale[path] = _describe_change(output, recorded, fingerprint)
        elif non_page_local and path.endswith(".html"):
            stale[path] = f"{', '.join(non_page_local)} may depend on other pages"
    # Sorted, so that reasons and progress are the same on every machine.
    return fingerprints, dict(sorted(stale.items()))


def _is_blocked(folder: Path, paths: Iterable[str]) -> bool:
    """Return whether a folder has the path of a new file, or a file that of its folder."""
    targets = {folder / path for path in paths}
    above = {parent for target in targets for parent in target.parents if parent.is_relative_to(folder)}
    return any(map(os.path.isdir, targets)) or any(map(os.path.isfile, above))


def _describe_change(output: Output, old: bytes, new: bytes) -> str:
    before, after, names = split_fingerprint(old), split_fingerprint(new), output.parts()
    if before[0] != after[0] or len(before) != len(after):
        return f"changed: {_REASONS['maker']}"
    parts = sorted(name for name, one, other in zip(names, before, after, strict=True) if one != other)
    return "changed: " + ", ".join(_REASONS.get(name, name.replace("_", " ")) for name in parts)
