"""Build: read → plan → compare → render → commit."""

import time
from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path
from typing import Literal

from msgspec import Struct, field

from clusterpress.pipeline.cache.manifest import Manifest
from clusterpress.pipeline.cache.store import Store, locked_store
from clusterpress.pipeline.commit import check_folder, commit, restore, staging
from clusterpress.pipeline.compare import Difference, compare
from clusterpress.pipeline.feed_sizes import find_large_feeds
from clusterpress.pipeline.make_plan import engine_key, find_problems, make_plan
from clusterpress.pipeline.plan import Plan
from clusterpress.pipeline.project import Project
from clusterpress.pipeline.read import SourceSet, read_sources, warm_up_reader
from clusterpress.pipeline.render import recheck_unchanged, render
from clusterpress.pipeline.run_context import RunContext
from clusterpress.pipeline.search_index import IndexBuilder
from clusterpress.pipeline.snapshot import Snapshot, build_snapshot
from clusterpress.pipeline.speed import stamps
from clusterpress.pipeline.speed.session import Session
from clusterpress.pipeline.speed.warm_starts import WARM_START_KEY, save_warm_start, warm_start
from clusterpress.search.shards import partition
from clusterpress.sources.files import ScanResult
from clusterpress.values.digests import digest
from clusterpress.values.plain import is_plain
from clusterpress.values.problems import Problem, stops_build
from clusterpress.values.rules import with_levels
from clusterpress.website.mkdocs_block import non_page_local_plugins

_GARBAGE_THRESHOLD = 200
"""Unused values in the store, beside a tenth of the number of outputs, before garbage is collected."""


class BuildRequest(Struct, frozen=True, kw_only=True):
    """A project, its output folder, and the options of a build."""

    project: Project
    folder: Path
    """The output folder, absolute."""
    now: datetime
    """The time of the build, with its zone."""
    previews: bool = False
    """Publish drafts, embargoed and expired items too."""
    strict: bool = False
    """Treat warnings as errors."""
    clean: bool = False
    """Discard the results of earlier builds, and render everything."""
    index: Literal["exact", "lagging", "none"] = "exact"
    """Whether the search index must be as new as the pages."""
    on_success: Callable[[Difference], object] | None = None
    """Called when the folder is up to date, before another build can change it."""
    scan: ScanResult | None = None
    """The stamps of the sources, if they were just scanned."""
    session: Session | None = None
    """Data from the last build of this process; updated for the next one."""


class Result(Struct, frozen=True, kw_only=True):
    """The result of a build or a check."""

    problems: tuple[Problem, ...]
    """All problems, sorted by location."""
    difference: Difference | None = None
    """The changes in the output folder; None if problems stopped the build."""
    seconds: float = 0.0
    """Its duration."""
    stages: dict[str, float] = field(default_factory=dict)
    """Seconds of each stage."""
    revision: int = 0
    """Revision of the output folder, counted over all builds."""


def check(project: Project, *, now: datetime, run: RunContext, strict: bool = False) -> Result:
    """Return all problems of a project's sources; write nothing but the store.

    Args:
        project: the opened project.
        now: the time, with its zone.
        run: how the work is done.
        strict: also find the warnings that a strict build will give when coming items appear.
    """
    request = BuildRequest(project=project, folder=Path(), now=now, index="none", strict=strict)
    timer = _StageTimer()
    with locked_store(project.root, project.tools, is_read_remotely=bool(run.cluster)) as store:
        planned = _plan(request, store, read_sources(project, store, run), run, timer)
    return timer.result(planned.problems)


def build(request: BuildRequest, run: RunContext) -> Result:
    """Bring an output folder up to date; write nothing if the sources have errors.

    Raises:
        ForeignFolderError: the output folder contains files that clusterpress did not write.
        BusyError: another build is running.
        DamagedCacheError: the cache was damaged; it was deleted.
    """
    project, folder, timer = request.project, request.folder, _StageTimer()
    check_folder(folder, project.root)
    with locked_store(
        project.root, project.tools, is_read_remotely=bool(run.cluster), clean=request.clean
    ) as store:
        stamps.delete_stamp(project.root, folder)
        restore(folder)
        manifest, session = Manifest(store, folder), request.session
        # The early worker, if there is one, does the submitted tasks in the meantime.
        run.submit(warm_up_reader, project.settings)
        sources = read_sources(project, store, run, request.scan, session.rows if session else None)
        modified: Callable[[], dict[str, str]] = dict
        if session is None or session.revision != manifest.revision():  # others may have changed the folder
            modified = run.submit(Manifest.find_modified, manifest)
        run.submit(warm_start, (store, project.theme, sources.languages()))
        planned = _plan(request, store, sources, run, timer, manifest)
        if stops_build(planned.problems, strict=request.strict):
            return timer.result(planned.problems)
        with staging(folder, clean=request.clean) as stage:
            non_page_local = non_page_local_plugins(project.settings)
            is_replaced = stage.backup is not None
            difference = compare(planned.plan, manifest, modified(), non_page_local, is_replaced=is_replaced)
            timer.lap("compare")
            rendered, left_out = render(project, planned.plan, difference, stage, store, run)
            difference = difference.without(left_out)
            timer.lap("render")
            rechecked = recheck_unchanged(planned.plan, difference)
            large = find_large_feeds(manifest, difference, stage)
            found = with_levels((*rendered, *rechecked, *large), project.settings.levels)
            problems = tuple(sorted({*planned.problems, *found}))
            if stops_build(problems, strict=request.strict):
                return timer.result(problems)
            _save_faulty(store, folder, planned.plan.faulty)
            commit(manifest, stage, difference, planned.plan.bundles)
            timer.lap("commit")
        _prepare_next_build(request, store, planned, difference, problems)
        run.retain(planned)
        if request.on_success:
            request.on_success(difference)
        return timer.result(problems, difference, manifest.revision())


class _PlannedBuild(Struct, frozen=True, kw_only=True):
    sources: SourceSet
    snapshot: Snapshot
    plan: Plan
    index: IndexBuilder
    problems: tuple[Problem, ...]


def _plan(
    request: BuildRequest,
    store: Store,
    sources: SourceSet,
    run: RunContext,
    timer: "_StageTimer",
    manifest: Manifest | None = None,
) -> _PlannedBuild:
    """Build the library and plan all outputs; without a manifest, open every bundle."""
    project, settings = request.project, request.project.settings
    snapshot = _snapshot(request, store, sources, run)
    timer.lap("read")
    shards = partition(snapshot.library) if settings.search else ()
    wanted = () if request.index == "none" else shards
    if request.clean or is_plain() or non_page_local_plugins(settings):
        manifest = None
    with IndexBuilder(wanted, store, run, may_be_stale=request.index == "lagging") as index:
        faulty = _load_faulty(store, request.folder) if manifest else ()
        plan = make_plan(project, snapshot, shards, index.files, manifest, faulty)
    timer.lap("plan")
    found = find_problems(project, store, snapshot, plan, previews=request.previews)
    settled = _settle(request, store, snapshot, plan, found)
    problems = tuple(sorted({*settled, *index.problems}))
    return _PlannedBuild(sources=sources, snapshot=snapshot, plan=plan, index=index, problems=problems)


def _settle(
    request: BuildRequest, store: Store, snapshot: Snapshot, plan: Plan, found: Collection[Problem]
) -> Collection[Problem]:
    """Return the problems of a build, as `Foresight.settle` does; a preview shows every item anyway."""
    if not snapshot.library.resolver.link_targets.hidden:
        return found
    from clusterpress.pipeline.foresight import Foresight

    project, settings = request.project, request.project.settings

    def find(other: Snapshot) -> set[Problem]:
        shards = partition(other.library) if settings.search else ()
        return find_problems(project, store, other, make_plan(project, other, shards), previews=False)

    foresight = Foresight(snapshot=snapshot, now=request.now, find=find, strict=request.strict)
    return foresight.settle(found, settings.levels, tuple(plan.conflicts()))


_FAULTY = digest("faulty")
"""Key of the stored table: output folder → source paths of the entries that its last build warned of."""


def _load_faulty(store: Store, folder: Path) -> tuple[str, ...]:
    """Return the source paths of the entries that the last build of a folder warned of."""
    found: dict[str, tuple[str, ...]] = store.find([_FAULTY]).get(_FAULTY, {})
    return found.get(str(folder), ())


def _save_faulty(store: Store, folder: Path, paths: Collection[str]) -> None:
    """Save which entries the next build has to look at again, whether or not they change."""
    if (faulty := tuple(sorted(paths))) != _load_faulty(store, folder):
        known = store.find([_FAULTY]).get(_FAULTY, {})
        store.save([(_FAULTY, {**known, str(folder): faulty})])


def _snapshot(request: BuildRequest, store: Store, sources: SourceSet, run: RunContext) -> Snapshot:
    """Return a snapshot: the patched one of the session, or a new one."""
    session, now = request.session, request.now
    snapshot = session.patch(sources, store, now) if session else None
    if snapshot is None:
        snapshot = build_snapshot(
            request.project, store, sources, now=now, previews=request.previews, run=run
        )
    if session:
        session.update(sources, snapshot, now)
    return snapshot


def _prepare_next_build(
    request: BuildRequest,
    store: Store,
    planned: _PlannedBuild,
    difference: Difference,
    problems: tuple[Problem, ...],
) -> None:
    """Collect garbage if there is enough, and save what makes the next build faster."""
    project, sources, index = request.project, planned.sources, planned.index
    if difference.stale:
        save_warm_start(store, planned.plan, project.theme)
    if request.session:
        request.session.settle(Manifest(store, request.folder).revision())
    replaced = sources.replaced + index.replaced
    threshold = _GARBAGE_THRESHOLD + len(difference.paths) // 10
    if replaced and store.add_garbage(replaced) > threshold:
        shown = {key for output in planned.plan.outputs.values() for key in output.stored}
        store.collect_garbage(
            sources.used() | index.used() | shown | {engine_key(project), WARM_START_KEY, _FAULTY}
        )
    if request.index == "exact" and not non_page_local_plugins(project.settings):
        stamp = stamps.BuildStamp(
            project_stamp=project.stamp,
            sources=stamps.digest_of_scan(sources.stamps, sources.left_out, sources.faults),
            linked=project.settings.linked_folders,
            racy=tuple(sources.racy().items()),
            size=len(difference.paths),
            until=planned.snapshot.until,
            problems=tuple(sorted({*project.warnings, *problems})),
        )
        moment = request.now.timestamp()
        asked = stamps.Request(
            project.root, request.folder, request.previews, request.strict, moment, project.untrusted
        )
        stamps.write_stamp(asked, stamp)


class _StageTimer:
    def __init__(self) -> None:
        self._began = self._lap = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        """Record the duration of the stage that has just ended."""
        now = time.perf_counter()
        self._laps[name] = now - self._lap
        self._lap = now

    def result(
        self, problems: tuple[Problem, ...], difference: Difference | None = None, revision: int = 0
    ) -> Result:
        """Return the result of a build that ends now."""
        return Result(
            problems=problems,
            difference=difference,
            seconds=time.perf_counter() - self._began,
            stages=self._laps,
            revision=revision,
        )
