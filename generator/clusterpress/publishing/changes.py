"""Changes: the difference between a target and the site."""

from collections.abc import Mapping
from dataclasses import dataclass

from clusterpress.publishing.files import SiteFile
from clusterpress.publishing.manifest import MANIFEST, read_manifest
from clusterpress.publishing.targets.target import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteState:
    """The files on a target."""

    managed: Mapping[str, str | None]
    """Path → digest of each file of ours; None if its content is uncertain."""
    unmanaged: frozenset[str] = frozenset()
    """Other files, as far as they were listed."""
    remark: str = ""
    """Why the files had to be listed, if users should know."""
    is_recorded: bool = True
    """Whether the manifest on the target agrees with this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The changes to make on a target; paths are sorted."""

    new: tuple[str, ...]
    """Files that are missing there."""
    changed: tuple[str, ...]
    """Files with other content there."""
    removed: tuple[str, ...]
    """Files of ours that the site no longer has."""
    unchanged: int
    """Number of files that stay."""

    def __len__(self) -> int:
        """Return the number of files to change."""
        return len(self.new) + len(self.changed) + len(self.removed)

    def __str__(self) -> str:
        """Return the numbers in words: ``12 new, 3 changed, 1 gone``."""
        parts = ((len(self.new), "new"), (len(self.changed), "changed"), (len(self.removed), "gone"))
        return ", ".join(f"{number} {word}" for number, word in parts if number) or "nothing to do"


def inspect_target(target: Target, *, relist: bool = False) -> RemoteState:
    """Return the files on a target.

    The manifest is trusted. Files are listed only if it is missing or broken, or if the last upload was
    interrupted: the manifest then names files that may not exist.

    Args:
        target: the opened target.
        relist: list the files in any case, because somebody may have changed them by hand.
    """
    content = target.read(MANIFEST)
    recorded = None if content is None else read_manifest(content)
    if recorded is not None and None not in recorded.values() and not relist:
        return RemoteState(managed=recorded)
    present = frozenset(target.paths()) - {MANIFEST}
    managed = {path: value for path, value in (recorded or {}).items() if path in present}
    unmanaged = present - managed.keys()
    remark = ""
    if content is not None and recorded is None:
        remark = "the manifest on the target is broken"
    elif content is None and unmanaged:
        remark = "the target has no manifest of ours"
    return RemoteState(managed=managed, unmanaged=unmanaged, remark=remark, is_recorded=recorded == managed)


def compare(files: Mapping[str, SiteFile], remote: RemoteState) -> Changes:
    """Return the difference between the site and a target.

    Foreign files are never removed. A foreign file at the path of a file of the site counts as changed.
    """
    there = dict.fromkeys(remote.unmanaged) | dict(remote.managed)
    changed = [path for path in files if path in there and there[path] != files[path].digest]
    new = [path for path in files if path not in there]
    return Changes(
        new=tuple(sorted(new)),
        changed=tuple(sorted(changed)),
        removed=tuple(sorted(path for path in remote.managed if path not in files)),
        unchanged=len(files) - len(new) - len(changed),
    )
