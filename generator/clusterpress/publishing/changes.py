"""Changes: what has to be done to a target, so that it holds the site."""

from collections.abc import Mapping
from dataclasses import dataclass

from clusterpress.publishing.files import SiteFile
from clusterpress.publishing.manifest import MANIFEST, read_manifest
from clusterpress.publishing.targets.protocol import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Remote:
    """What lies on a target."""

    ours: Mapping[str, str | None]
    """Path → digest of our files that are there; None if what is in them is not sure."""
    foreign: frozenset[str] = frozenset()
    """Other files, as far as they were looked for."""
    remark: str = ""
    """Why the files had to be listed, if the user should know."""
    is_noted: bool = True
    """Whether the manifest on the target says all this already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What has to be done to a target; paths are sorted."""

    new: tuple[str, ...]
    """Files that are not there."""
    changed: tuple[str, ...]
    """Files that are there with other content."""
    gone: tuple[str, ...]
    """Files of ours that the site no longer has."""
    kept: int
    """How many files stay as they are."""

    def __len__(self) -> int:
        """Return how many files have to be touched."""
        return len(self.new) + len(self.changed) + len(self.gone)

    def __str__(self) -> str:
        """Return it in words: ``12 new, 3 changed, 1 gone``."""
        parts = ((len(self.new), "new"), (len(self.changed), "changed"), (len(self.gone), "gone"))
        return ", ".join(f"{number} {word}" for number, word in parts if number) or "nothing to do"


def look_at(target: Target, *, relist: bool = False) -> Remote:
    """Return what lies on a target.

    The manifest is believed. Files are listed only where it cannot be: it is missing or broken, or the last
    publishing was cut, so that files which it names may or may not be there.

    Args:
        target: the opened target.
        relist: list the files in any case, for somebody may have changed them by hand.
    """
    content = target.read(MANIFEST)
    noted = None if content is None else read_manifest(content)
    if noted is not None and None not in noted.values() and not relist:
        return Remote(ours=noted)
    present = frozenset(target.paths()) - {MANIFEST}
    ours = {path: value for path, value in (noted or {}).items() if path in present}
    foreign = present - ours.keys()
    remark = ""
    if content is not None and noted is None:
        remark = "the manifest on the target is broken"
    elif content is None and foreign:
        remark = "the target has no manifest of ours"
    return Remote(ours=ours, foreign=foreign, remark=remark, is_noted=noted == ours)


def compare(files: Mapping[str, SiteFile], remote: Remote) -> Changes:
    """Return the difference between the site and a target.

    Foreign files are never removed; one that stands where a file of the site is to be counts as changed.
    """
    there = dict.fromkeys(remote.foreign) | dict(remote.ours)
    changed = [path for path in files if path in there and there[path] != files[path].digest]
    new = [path for path in files if path not in there]
    return Changes(
        new=tuple(sorted(new)),
        changed=tuple(sorted(changed)),
        gone=tuple(sorted(path for path in remote.ours if path not in files)),
        kept=len(files) - len(new) - len(changed),
    )
