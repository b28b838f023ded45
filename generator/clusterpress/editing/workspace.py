"""The project that the editor works on: its settings, items and library, read when they are needed."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from clusterpress.checking.canonical_form import LintContext, lint_context_of
from clusterpress.config.settings import Settings
from clusterpress.content.items import Item
from clusterpress.content.paths import kind_of
from clusterpress.content.reader import read_item
from clusterpress.editing.errors import EditorError
from clusterpress.editor_page.forms import Choices, choices_of
from clusterpress.pipeline.build import check
from clusterpress.pipeline.cache.store import project_lock
from clusterpress.pipeline.errors import BusyError, RestartError
from clusterpress.pipeline.paths import CONFIG
from clusterpress.pipeline.project import Project, open_project
from clusterpress.pipeline.run_context import RunContext
from clusterpress.pipeline.snapshot import Snapshot, open_snapshot
from clusterpress.sources.files import RACY_WINDOW, Stamp, scan_sources
from clusterpress.values.kinds import Kind
from clusterpress.values.problems import Problem

V = TypeVar("V")

PATIENCE = 60.0
"""Seconds to wait for a build of the preview, which works with the same store."""
_PAUSE = 0.05


class Workspace:
    """One project; every value is as new as its last reading."""

    def __init__(self, root: Path) -> None:
        """Prepare to read the project in ``root``."""
        self.root = root.resolve()
        self._items: list[Item] = []
        self._context: LintContext | None = None
        self._settings: Settings | None = None
        self._parsed: dict[str, tuple[Stamp, Item | None]] = {}
        """Path → the stamp of a file, and its item; None for files with errors."""

    def open(self) -> Project:
        """Return the opened project.

        Raises:
            EditorError: the settings have errors.
        """
        project, problems = open_project(self.root)
        if project is None:
            raise EditorError(f"{CONFIG} has an error: {problems[0]}")
        return project

    def refresh(self) -> LintContext:
        """Read settings and changed items again, and return the conventions of the site."""
        settings = self.open().settings
        if settings != self._settings:
            self._settings, self._parsed = settings, {}
        scan = scan_sources(self.root, settings.linked_folders)
        known, self._parsed = self._parsed, {}
        for path, stamp in scan.stamps.items():
            if kind_of(path, settings) is None:
                continue
            old, item = known.get(path, (None, None))
            if old != stamp or scan.began - stamp.changed < RACY_WINDOW:
                item = read_item((self.root / path).read_bytes(), path, settings)[0]
            self._parsed[path] = stamp, item
        self._items = [item for _, item in self._parsed.values() if item]
        self._context = lint_context_of(self._items, settings)
        return self._context

    @property
    def context(self) -> LintContext:
        """The conventions of the site, as last read."""
        return self._context or self.refresh()

    @property
    def items(self) -> list[Item]:
        """The items, as last read; those with errors are left out."""
        return self._items

    @property
    def settings(self) -> Settings:
        """The settings, as last read."""
        return self.context.settings

    @property
    def choices(self) -> Choices:
        """What the fields of forms offer."""
        context = self.context
        found = choices_of(self._items, context.settings, context.registers)
        return replace(found, today=self.now.date().isoformat())

    @property
    def now(self) -> datetime:
        """The current time in the site's time zone."""
        return datetime.now(ZoneInfo(self.settings.time_zone))

    def kind_of(self, path: str) -> Kind | None:
        """Return the kind of the item at a path, or None for other files."""
        return kind_of(path, self.settings)

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """Provide the library with all items, drafts too, and all problems as if none was a draft."""
        project, run = self.open(), RunContext(_quiet)
        with _waiting(lambda: open_snapshot(project, now=self.now, previews=True, run=run)) as (snapshot, _):
            yield snapshot

    def check(self) -> tuple[Problem, ...]:
        """Return all problems of the project, as ``clusterpress check`` lists them."""
        project, problems = open_project(self.root)
        if project is None:
            return tuple(problems)
        found = _patiently(lambda: check(project, now=self.now, run=RunContext(_quiet))).problems
        return tuple(sorted({*problems, *found}))

    @contextmanager
    def without_builds(self) -> Iterator[None]:
        """Let no build run meanwhile: only one thread may render at a time."""
        with _waiting(lambda: project_lock(self.root)):
            yield


@contextmanager
def _waiting(make: Callable[[], AbstractContextManager[V]]) -> Iterator[V]:
    """Enter a context that only one thread may enter, as soon as the preview has left it.

    Raises:
        BusyError: another program holds it for too long.
    """
    with ExitStack() as stack:
        yield _patiently(lambda: stack.enter_context(make()))


def _patiently(work: Callable[[], V]) -> V:
    """Do some work as soon as the preview has ended its own; for errors, see `_waiting`."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return work()
        except (BusyError, RestartError):
            if time.monotonic() > end:
                raise
            time.sleep(_PAUSE)


def _quiet(_stage: str, _done: int, _total: int) -> None:
    """Show no progress: the page waits for the result."""
