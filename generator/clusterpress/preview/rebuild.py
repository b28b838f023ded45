"""Rebuilding: builds the preview's site again after changes, in whatever state the sources are."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from datetime import datetime
from pathlib import Path
from traceback import extract_tb
from typing import Literal

from msgspec import Struct

from clusterpress.pipeline.build import BuildRequest, Result, build
from clusterpress.pipeline.errors import BusyError, RestartError
from clusterpress.pipeline.paths import CONFIG, WORK_FOLDER
from clusterpress.pipeline.project import Project, open_project
from clusterpress.pipeline.run_context import ProgressCallback, RunContext
from clusterpress.pipeline.speed.session import Session
from clusterpress.pipeline.speed.warm_up import warm_up
from clusterpress.values.problems import Problem


def describe_failure(fault: Exception, root: Path, fallback_path: str) -> Problem:
    """Return the problem that the preview shows for a failed build.

    Args:
        fault: the exception, most often from a template that is being edited.
        root: the project's folder.
        fallback_path: the file to name if the exception names none in the project.
    """
    path, line = fallback_path, 1
    # Jinja puts the lines of templates into the traceback; the last one is where it went wrong.
    for frame in extract_tb(fault.__traceback__):
        if found := _inside(frame.filename, root):
            path, line = found, frame.lineno or 1
    if isinstance(fault, OSError) and (found := _inside(fault.filename, root)):
        path, line = found, 1
    words = (fault.strerror if isinstance(fault, OSError) else "") or str(fault) or "no more is known"
    message = f"{type(fault).__name__}: {words.splitlines()[0]}"
    return Problem(path=path, line=line, message=message, hint='run "clusterpress build" for details')


def _inside(name: object, root: Path) -> str:
    """Return a file's path relative to the project; empty for files elsewhere and for the program's own."""
    if not isinstance(name, str) or not Path(name).is_relative_to(root) or name.endswith(".py"):
        return ""
    return Path(name).relative_to(root).as_posix()


Progress = Callable[[], AbstractContextManager[ProgressCallback]]
"""Provides a function that shows the progress of long builds."""

_MAX_RETRIES = 5
"""Times that a build is repeated if another program has opened a file (on Windows)."""

_RETRY_DELAY = 0.1
"""Seconds between two attempts."""


class RebuildResult(Struct, frozen=True, kw_only=True):
    """The result of a rebuild."""

    changed: tuple[str, ...] = ()
    """Sources that changed, sorted; none in the first build."""
    problems: tuple[Problem, ...] = ()
    """All problems of the sources."""
    root: str | None = None
    """The site's path on its server; None if the settings have errors."""
    site: str = ""
    """Address of the published site, with a slash at its end."""
    is_made: bool = False
    """Whether the site shows the current sources; otherwise it shows the last sources without errors."""
    is_new: bool = False
    """Whether the site differs from that of the previous build."""
    made: int = 0
    """Number of outputs that were rebuilt."""
    gone: int = 0
    """Number of outputs that were removed."""
    seconds: float = 0.0
    """Its duration."""


class Rebuilder:
    """Keeps a project open, and its site up to date in a separate folder."""

    def __init__(
        self, root: Path, *, clock: Callable[[], datetime], progress: Progress, untrusted: bool = False
    ) -> None:
        """Prepare to build a project.

        Args:
            root: the project's folder.
            clock: returns the current time with its zone.
            progress: provides a function that shows the progress of long builds.
            untrusted: whether to trust nothing but its content.
        """
        self._root = root
        self._clock = clock
        self._progress = progress
        self._untrusted = untrusted
        self._project: Project | None = None
        self._warnings: tuple[Problem, ...] = ()
        self._session = Session()
        self._revision = -1
        self.folder = root / WORK_FOLDER / "preview"

    def rebuild(self, changed: frozenset[str] = frozenset(), jobs: int = 1) -> RebuildResult:
        """Rebuild after changes; problems of the sources are part of the result, never exceptions.

        The paths are relative to the project's root. Without any, the changes are unknown.
        """
        began = time.perf_counter()
        names = tuple(sorted(changed))
        index: Literal["exact", "lagging"] = "lagging" if self._project else "exact"
        must_open = self._project is None or not all(path.startswith("content") for path in changed)
        if must_open:
            self._project, problems = open_project(self._root, untrusted=self._untrusted)
            self._session = self._new_session()
            self._warnings = tuple(problems)
        if self._project is None:
            return RebuildResult(changed=names, problems=self._warnings, seconds=time.perf_counter() - began)
        quiet: AbstractContextManager[ProgressCallback] = nullcontext(lambda _stage, _done, _total: None)
        with self._progress() if must_open else quiet as report:
            result = self._build(
                self._project,
                RunContext(report, jobs),
                fallback_path=names[0] if names else CONFIG,
                index=index,
                changed=changed,
            )
        difference, before = result.difference, self._revision
        if difference:
            self._revision = result.revision
        return RebuildResult(
            changed=names,
            problems=tuple(sorted({*self._warnings, *result.problems})),
            root=self._project.settings.root,
            site=self._project.settings.url,
            is_made=difference is not None,
            # Not whether this build wrote files: another preview of the project may have written them.
            is_new=self._revision != before,
            made=len(difference.stale) if difference else 0,
            gone=len(difference.gone) if difference else 0,
            seconds=time.perf_counter() - began,
        )

    def _new_session(self) -> Session:
        return Session(linked=self._project.settings.linked_folders if self._project else ())

    def is_current(self, should_stop: Callable[[], bool] = lambda: False) -> bool:
        """Return whether a rebuild would find nothing to do; see `Session.is_current`."""
        return self._session.is_current(self._root, self.folder, self._clock(), should_stop)

    def warm_up(self, should_stop: Callable[[], bool]) -> None:
        """Prepare for the first edit, until there is one."""
        # The next build reports errors of a theme.
        with suppress(Exception):
            for _ in warm_up(self._project, self.folder, self._session) if self._project else ():
                if should_stop():
                    return

    def _build(
        self,
        project: Project,
        run: RunContext,
        *,
        fallback_path: str,
        index: Literal["exact", "lagging"],
        changed: frozenset[str],
    ) -> Result:
        failures = 0
        while True:
            try:
                request = BuildRequest(
                    project=project,
                    folder=self.folder,
                    now=self._clock(),
                    previews=True,
                    index=index,
                    scan=self._session.rescan(self._root, changed),
                    session=self._session,
                )
                return build(request, run)
            except BusyError:
                time.sleep(_RETRY_DELAY)
            except (OSError, RestartError) as fault:
                self._session = self._new_session()
                failures += 1
                if failures > _MAX_RETRIES:
                    return Result(problems=(describe_failure(fault, self._root, fallback_path),))
                time.sleep(_RETRY_DELAY)
            except Exception as fault:  # noqa: BLE001 -- a theme that is being worked on may break anywhere
                self._session = self._new_session()
                return Result(problems=(describe_failure(fault, self._root, fallback_path),))
