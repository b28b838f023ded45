"""Changes: the difference between the site and a target, whose manifest lists our files there."""

import json
import posixpath
from collections.abc import Mapping

from msgspec import Struct

from clusterpress.publishing.files import SiteFile
from clusterpress.publishing.hosting import MANIFEST
from clusterpress.publishing.targets.target import Target

_VERSION = 1


def write_manifest(files: Mapping[str, str | None]) -> bytes:
    """Return the content of the manifest.

    Args:
        files: path → digest; None while a file is being replaced, uploaded or removed.
    """
    content = {"version": _VERSION, "files": dict(sorted(files.items()))}
    return json.dumps(content, ensure_ascii=False, indent=0).encode()


def read_manifest(content: bytes) -> dict[str, str | None] | None:
    """Return path → digest, or None if the content is not a valid manifest.

    A path outside the target makes it invalid: a forged manifest could otherwise remove foreign files.
    """
    try:
        parsed = json.loads(content)
    except ValueError:
        return None
    if not isinstance(parsed, dict) or parsed.get("version") != _VERSION:
        return None
    files = parsed.get("files")
    is_valid = isinstance(files, dict) and all(
        _is_inside(path) and (value is None or isinstance(value, str)) for path, value in files.items()
    )
    return files if is_valid else None


def _is_inside(path: str) -> bool:
    return (
        path == posixpath.normpath(path)
        and path not in (".", "..")
        and not path.startswith(("/", "../"))
        and "\\" not in path
        and "\0" not in path
        and path != MANIFEST
    )


class RemoteState(Struct, frozen=True, kw_only=True):
    """The files on a target."""

    managed: Mapping[str, str | None]
    """Path → digest of each file of ours; None if its content is uncertain."""
    unmanaged: frozenset[str] = frozenset()
    """Other files, as far as they were listed."""
    remark: str = ""
    """Why the files had to be listed, if users should know."""
    is_recorded: bool = True
    """Whether the manifest on the target agrees with this."""


class Changes(Struct, frozen=True, kw_only=True):
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
        return len(self.new) + len(self.changed) + len(self.removed)

    def __str__(self) -> str:
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
    broken = "the manifest on the target is broken" if content is not None and recorded is None else ""
    remark = "the target has no manifest of ours" if content is None and unmanaged else broken
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
