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
from clusterpress.editing.errors import EditorError
from clusterpress.editing.forms import Choices, choices_of
from clusterpress.pipeline.cache.store import project_lock
from clusterpress.pipeline.errors import BusyError, RestartError
from clusterpress.pipeline.paths import CONFIG
from clusterpress.pipeline.project import Project, open_project
from clusterpress.pipeline.run_context import RunContext
from clusterpress.pipeline.snapshot import Snapshot, open_snapshot
from clusterpress.sources.items import read_items
from clusterpress.values.kinds import Kind

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
        """Read settings and items again, and return the conventions of the site."""
        settings = self.open().settings
        self._items = read_items(self.root, settings)
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
        return replace(choices_of(self._items, context), today=self.now.date().isoformat())

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
        project, run = self.open(), RunContext(lambda _stage, _done, _total: None)
        with _waiting(lambda: open_snapshot(project, now=self.now, previews=True, run=run)) as (snapshot, _):
            yield snapshot

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
    end = time.monotonic() + PATIENCE
    while True:
        context = make()
        try:
            value = context.__enter__()
            break
        except (BusyError, RestartError):
            if time.monotonic() > end:
                raise
            time.sleep(_PAUSE)
    with ExitStack() as stack:
        stack.push(context.__exit__)
        yield value
