"""Changes of a folder, file by file, that can be taken back while they are not complete."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self


class Changes:
    """Replaces and removes files of a folder; if a step fails, puts back all that were there before.

    Readers always find a complete file, old or new. Every file that is replaced or removed stays in a folder
    on the same disk until all steps are done.
    """

    def __init__(self, folder: str, kept: Path) -> None:
        """Take the folder, and a folder on the same disk for the files that were there before."""
        self._folder = folder
        self._kept = kept
        self._undo: list[tuple[str, str | None]] = []
        """(file, where its old version is kept) in the order of the changes; "" for a new file, and None for
        one that was not touched yet."""

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End; after a fault, take all changes back."""
        if kind is not None:
            self._take_back()

    def put(self, source: str, path: str) -> None:
        """Move a complete file to a path below the folder."""
        target = os.path.join(self._folder, path)
        self._undo.append((target, None))
        make_folder(os.path.dirname(target))
        self._undo[-1] = (target, self._keep(target))
        os.replace(source, target)

    def remove(self, paths: Iterable[str]) -> None:
        """Remove files, as far as they are there."""
        for path in paths:
            target = os.path.join(self._folder, path)
            self._undo.append((target, None))
            if kept := self._keep(target):
                self._undo[-1] = (target, kept)
                with suppress(FileNotFoundError):  # it was moved, not linked
                    os.unlink(target)

    def _keep(self, target: str) -> str:
        """Keep the old version of a file, which stays in its place; return where, or "" if there is none."""
        kept = self._name()
        with suppress(FileNotFoundError, NotADirectoryError):
            try:
                os.link(target, kept, follow_symlinks=False)
            except OSError:  # some disks cannot link
                os.replace(target, kept)
            return kept
        return ""

    def _name(self) -> str:
        return os.path.join(self._kept, f".clusterpress-old-{len(self._undo)}")

    def _take_back(self) -> None:
        """Undo all changes, the last one first, as far as that is possible."""
        for target, kept in reversed(self._undo):
            with suppress(OSError):
                if kept:
                    make_folder(os.path.dirname(target))
                    os.replace(kept, target)
                    continue
                if kept is not None:
                    os.unlink(target)
            parent = os.path.dirname(target)
            with suppress(OSError):
                while parent != self._folder:
                    os.rmdir(parent)
                    parent = os.path.dirname(parent)


def make_folder(folder: str) -> None:
    """Make a folder and those above it, unless it is there."""
    try:
        os.mkdir(folder)
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)
