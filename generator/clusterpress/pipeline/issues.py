"""The newsletter issues of a project, and their outputs, made on demand."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from clusterpress.library.library import Library
from clusterpress.newsletters.issues import ResolvedIssue
from clusterpress.newsletters.resolve import resolve_issues
from clusterpress.pipeline.cache.store import Store, locked_store
from clusterpress.pipeline.make_plan import make_plan
from clusterpress.pipeline.project import Project
from clusterpress.pipeline.render import make
from clusterpress.pipeline.run_context import RunContext
from clusterpress.pipeline.snapshot import read_snapshot
from clusterpress.values.outputs import Output
from clusterpress.values.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIssues:
    """The issues of a project, as long as it is open."""

    issues: tuple[ResolvedIssue, ...]
    library: Library
    project: Project
    outputs: Mapping[str, Output]
    """Path → output, for the whole site."""
    problems: tuple[Problem, ...]
    """All faults of the site's sources."""
    store: Store

    def make(self, output: Output) -> bytes:
        """Return the bytes of an output.

        Raises:
            CannotMakeError: a fault in its sources shows only now.
        """
        return make(output, self.project.root, self.store.values(output.stored))

    def arguments(self, output: Output) -> dict[str, Any]:
        """Return the arguments of the maker of an output, by name."""
        return {**output.inputs, "stored": tuple(self.store.values(output.stored))}


@contextmanager
def open_issues(project: Project, *, now: datetime, previews: bool, run: RunContext) -> Iterator[OpenIssues]:
    """Provide the issues of a project, while no build runs.

    Args:
        project: the opened project.
        now: the time, with its zone.
        previews: include drafts, embargoed and expired items.
        run: how the work is done.

    Raises:
        BusyError: a build is running.
    """
    with locked_store(project.root, project.tools) as store:
        snapshot = read_snapshot(project, store, now=now, previews=previews, run=run)
        plan = make_plan(project, snapshot)
        issues, _ = resolve_issues(snapshot.library)
        yield OpenIssues(
            issues=issues,
            library=snapshot.library,
            project=project,
            outputs=plan.outputs,
            problems=tuple(sorted({*snapshot.problems, *plan.problems})),
            store=store,
        )
