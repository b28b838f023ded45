"""Publishing a site: build it, compare it with a target, and upload the differences."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from clusterpress.content.checks import placeholders_among
from clusterpress.pipeline.build import BuildRequest, build
from clusterpress.pipeline.project import Project
from clusterpress.pipeline.published import write_published
from clusterpress.pipeline.run_context import RunContext
from clusterpress.pipeline.snapshot import open_snapshot
from clusterpress.publishing.changes import Changes, RemoteState, compare, inspect_target
from clusterpress.publishing.files import SiteFile, collect_files
from clusterpress.publishing.targets.target import Target, open_target
from clusterpress.values.problems import Problem

if TYPE_CHECKING:
    from clusterpress.publishing.announcing.run import Plan


class BuiltSite(Struct, frozen=True, kw_only=True):
    """A build for a target."""

    files: Mapping[str, SiteFile]
    """Path → file of everything that belongs on the target; none if problems stopped the build."""
    problems: tuple[Problem, ...]
    is_built: bool
    """Whether the build succeeded."""

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The items that still contain placeholder text, which is never published."""
        return tuple(dict.fromkeys(problem.path for problem in placeholders_among(self.problems)))


def build_site(
    project: Project, output: Path, name: str, run: RunContext, *, strict: bool = False
) -> BuiltSite:
    """Build the site, and take its files before another build can change them.

    Args:
        project: the opened project.
        output: the output folder, absolute.
        name: of the target.
        run: how the work is done.
        strict: whether to treat warnings as errors.

    Raises:
        PublishError: the package for compressed copies is not installed.
    """
    files: dict[str, SiteFile] = {}
    settings = project.settings
    request = BuildRequest(
        project=project,
        folder=output,
        now=datetime.now().astimezone(),
        strict=strict,
        on_success=lambda made: files.update(
            collect_files(output, made.paths, settings.publish[name], settings)
        ),
    )
    result = build(request, run)
    return BuiltSite(files=files, problems=result.problems, is_built=result.difference is not None)


class Comparison(Struct, frozen=True, kw_only=True):
    """A target that is open, and how the site differs from it."""

    target: Target
    remote: RemoteState
    changes: Changes


@contextmanager
def open_comparison(
    project: Project,
    output: Path,
    name: str,
    files: Mapping[str, SiteFile],
    environment: Mapping[str, str],
    *,
    relist: bool = False,
) -> Iterator[Comparison]:
    """Open a target, and compare the site with it.

    Args:
        project: the opened project.
        output: the output folder, which must not be a target.
        name: of the target.
        files: of the site.
        environment: environment variables, which may hold passwords.
        relist: list the files on the target again, because somebody may have changed them by hand.

    Raises:
        PublishError: the target cannot be opened or read.
    """
    with open_target(name, project.settings, project.root, output, environment) as target:
        remote = inspect_target(target, relist=relist)
        yield Comparison(target=target, remote=remote, changes=compare(files, remote))


def plan_site_announcements(project: Project, files: Mapping[str, SiteFile], run: RunContext) -> "Plan":
    """Return what is to be announced of a site; called before the site is recorded as published.

    Args:
        project: the opened project.
        files: the site.
        run: how the work is done.

    Raises:
        PublishError: the record of announcements cannot be read.
    """
    from clusterpress.publishing.announcing.run import plan_announcements  # most runs announce nothing

    now = datetime.now().astimezone()
    with open_snapshot(project, now=now, previews=False, run=run) as (snapshot, _):
        library = snapshot.library
        return plan_announcements(library, files, project.root, library.resolver.promises.items)


def record_published(project: Project, run: RunContext) -> bool:
    """Write the record of what was published; return whether it changed.

    Raises:
        OSError: it cannot be written.
    """
    now = datetime.now().astimezone()
    with open_snapshot(project, now=now, previews=False, run=run) as (snapshot, _):
        return write_published(project.root, snapshot.library)
