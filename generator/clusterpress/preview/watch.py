"""Watching: reports which source files changed, as soon as a save is complete."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Condition
from time import monotonic
from typing import Self

from watchdog import events
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

from clusterpress.pipeline.paths import CONFIG
from clusterpress.sources.files import is_ignored

DEBOUNCE = 0.05
"""Seconds without a further change after which a save counts as complete."""
DEBOUNCE_CLOSED = 0.01
"""The same after a file was closed or renamed, as most programs do at the end of a save."""
IDLE_AFTER = 1.0
"""Seconds without changes after a save, before a check that the system reported all of them."""
_MAX_DEBOUNCE = 0.5
"""Seconds after which changes are reported even if more follow."""
_POLL_INTERVAL = 0.5
"""Seconds of each wait for a change: Windows handles Ctrl-C only between two waits."""
_FOLDERS = ("content", "themes")

# Without this list, files that a build opens to read would count as changed, and start another build.
_CHANGES: list[type[events.FileSystemEvent]] = [
    events.DirCreatedEvent,
    events.DirDeletedEvent,
    events.DirMovedEvent,
    events.FileClosedEvent,
    events.FileCreatedEvent,
    events.FileDeletedEvent,
    events.FileModifiedEvent,
    events.FileMovedEvent,
]


class SourceWatcher:
    """Watches ``site_config.yml``, ``content/`` and ``themes/`` of a project while the context is open."""

    def __init__(self, root: Path, debounce: float = DEBOUNCE) -> None:
        """Prepare to watch the project in ``root``; ``debounce`` is the time without changes after a save."""
        self._root = root
        self._debounce = debounce
        self._observer = Observer()
        self._watches: dict[str, ObservedWatch] = {}
        self._condition = Condition()
        self._paths: set[str] = set()
        self._settles_at = 0.0
        """Time at which the current save counts as complete."""
        self._closed = False

    def __enter__(self) -> Self:
        top = _Listener(self._root, "", self._record)
        self._observer.schedule(top, str(self._root), event_filter=_CHANGES, follow_symlink=True)
        for name in _FOLDERS:
            self._watch_folder(name)
        self._observer.start()
        return self

    def __exit__(self, *fault: object) -> None:
        self.close()
        self._observer.stop()
        self._observer.join()

    def close(self) -> None:
        """Stop reporting changes; may be called from another thread."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()

    def has_changes(self) -> bool:
        """Return whether there are unreported changes, or the watcher was closed."""
        return bool(self._paths) or self._closed

    def changes(self) -> Iterator[frozenset[str]]:
        """Yield the paths changed by each save, relative to the root with forward slashes, until closed.

        After a save, yields an empty set once if nothing has changed for `IDLE_AFTER` seconds.
        """
        idle: float | None = None
        while (paths := self._await_changes(idle)) is not None:
            idle = IDLE_AFTER if paths else None
            for name in paths.intersection(_FOLDERS):
                self._watch_folder(name)
            yield paths

    def _await_changes(self, idle: float | None) -> frozenset[str] | None:
        """Return the changed paths; none after ``idle`` seconds without changes, or None when closed."""
        with self._condition:
            end = monotonic() + idle if idle is not None else None
            while not (self._paths or self._closed):
                if end is not None and monotonic() >= end:
                    return frozenset()
                self._condition.wait(
                    _POLL_INTERVAL if end is None else max(0.0, min(_POLL_INTERVAL, end - monotonic()))
                )
            deadline = monotonic() + _MAX_DEBOUNCE
            while not self._closed and (rest := min(self._settles_at, deadline) - monotonic()) > 0:
                self._condition.wait(rest)
            paths, self._paths = self._paths, set()
            return None if self._closed else frozenset(paths)

    def _watch_folder(self, name: str) -> None:
        """Watch a folder of the project; if it was replaced, watch the new one."""
        if name in self._watches:
            self._observer.unschedule(self._watches.pop(name))
        folder = (self._root / name).resolve()
        if folder.is_dir():
            self._watches[name] = self._observer.schedule(
                _Listener(folder, name, self._record),
                str(folder),
                recursive=True,
                event_filter=_CHANGES,
                follow_symlink=True,
            )

    def _record(self, path: str, *, is_complete: bool) -> None:
        if _is_source(path):
            with self._condition:
                self._paths.add(path)
                self._settles_at = monotonic() + (
                    min(self._debounce, DEBOUNCE_CLOSED) if is_complete else self._debounce
                )
                self._condition.notify_all()


class _Listener(events.FileSystemEventHandler):
    """Reports the paths of all events in one folder, relative to the project."""

    def __init__(self, folder: Path, name: str, record: Callable[..., None]) -> None:
        self._folder = folder
        self._name = Path(name)
        self._record = record

    def on_any_event(self, event: events.FileSystemEvent) -> None:
        is_complete = isinstance(event, events.FileClosedEvent | events.FileMovedEvent)
        for path in (os.fsdecode(event.src_path), os.fsdecode(event.dest_path)):
            if path:
                place = self._name / os.path.relpath(path, self._folder)
                self._record(place.as_posix(), is_complete=is_complete)


def _is_source(path: str) -> bool:
    top, *parts = path.split("/")
    return path == CONFIG or (top in _FOLDERS and not any(map(is_ignored, parts)))
