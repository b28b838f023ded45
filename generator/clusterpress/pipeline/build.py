"""Building: gather → plan → compare → render → commit."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from clusterpress.library.entries import Entry
from clusterpress.library.funding import check_funding
from clusterpress.library.statements import check_statements
from clusterpress.pipeline.cache.manifest import Manifest, find_modified
from clusterpress.pipeline.cache.store import Store, discard
from clusterpress.pipeline.commit import Stage, check_folder, commit, staging
from clusterpress.pipeline.compare import Difference, compare
from clusterpress.pipeline.executors.local import MIN_FOR_POOL, map_batches
from clusterpress.pipeline.lock import project_lock
from clusterpress.pipeline.paths import CONFIG, STORE
from clusterpress.pipeline.plan import Plan, make_plan
from clusterpress.pipeline.project import Project
from clusterpress.pipeline.read import (
    RunContext,
    Snapshot,
    SourceSet,
    build_snapshot,
    read_sources,
    warm_up_reader,
)
from clusterpress.pipeline.search_index import IndexBuilder
from clusterpress.pipeline.session import Session
from clusterpress.pipeline.speed.gc_paused import gc_paused
from clusterpress.pipeline.speed.noop_check import delete_stamp, write_stamp
from clusterpress.search.shards import partition
from clusterpress.sources.files import ScanResult
from clusterpress.theme.theme import Theme
from clusterpress.values.digests import digest
from clusterpress.values.outputs import Output, OutputError
from clusterpress.values.problems import Problem, Severity, stops_build
from clusterpress.website.lazy_engine import WarmStart, sites_in, start_engine
from clusterpress.website.lazy_engine import warm_up as website_warm_up
from clusterpress.website.mkdocs_block import non_page_local_plugins

_FETCH_BATCH = 8
"""Outputs whose stored values are fetched in one go: the three feeds of a topic show the same bodies, and
more would fill memory with pictures."""

_STARTS_KEY = digest("starts")
"""Under this key is stored with what the website engine was last started."""

_GARBAGE_THRESHOLD = 200
"""So many values, and a tenth of the outputs, may lie in the store unused before it is swept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a build or a check did."""

    problems: tuple[Problem, ...]
    """All faults, sorted by place."""
    difference: Difference | None = None
    """What was written; None when faults stopped the build."""
    seconds: float = 0.0
    """How long it took."""
    stages: dict[str, float] = field(default_factory=dict)
    """Seconds of each stage."""
    revision: int = 0
    """How often the output folder has been changed by now, by whichever build."""


def check(project: Project, *, now: datetime, run: RunContext) -> Result:
    """Return every fault of a project's sources; nothing is written but the store."""
    timer = _StageTimer()
    with project_lock(project.cache_folder), closing(open_store(project, run)) as store:
        sources = read_sources(project, store, run)
        problems = _plan(project, store, timer, sources, now=now, previews=False, run=run, index=None)[-1]
    return Result(problems=problems, seconds=timer.total(), stages=timer.laps)


def build(
    project: Project,
    folder: Path,
    *,
    now: datetime,
    run: RunContext,
    previews: bool = False,
    strict: bool = False,
    clean: bool = False,
    index: Literal["exact", "lagging"] = "exact",
    on_success: Callable[[Difference], object] | None = None,
    scan: ScanResult | None = None,
    session: Session | None = None,
) -> Result:
    """Bring an output folder up to date; write nothing at all if the sources have faults.

    Args:
        project: the opened project.
        folder: the output folder, absolute.
        now: the time of the build, with its zone.
        run: how it is done: progress, and how many processes share it.
        previews: publish drafts, embargoed and expired items too.
        strict: take warnings for errors.
        clean: forget earlier builds and make everything anew.
        index: whether the search index has to be as new as the pages.
        scan: what the sources looked like a moment ago, if somebody looked.
        session: what the last build by this process kept, and this one keeps for the next.
        on_success: called when the folder is up to date, before another build may touch it.

    Raises:
        ForeignFolderError: the output folder is not ours.
        BusyError: another build is at work.
    """
    check_folder(folder, project.root)
    timer = _StageTimer()
    with project_lock(project.cache_folder):
        delete_stamp(project.root, folder)
        if clean:
            discard(_store_path(project))
        # With a companion it is a little build, which leaves no garbage worth looking for.
        gc_pause = gc_paused() if run.worker else nullcontext()
        with gc_pause, closing(open_store(project, run)) as store:
            non_page_local = non_page_local_plugins(project.settings)
            run.submit(warm_up_reader, project.settings)
            sources = read_sources(project, store, run, scan, session.rows() if session else None)
            manifest = Manifest(store, folder)
            # Begun now, so that another process can do it while this one plans.
            is_unmodified = session is not None and session.revision == manifest.revision()
            pending_modified = dict if is_unmodified else run.submit(find_modified, manifest)
            run.submit(_warm_up, (store, project.theme, sources.languages()))
            snapshot, plan, index_builder, problems = _plan(
                project,
                store,
                timer,
                sources,
                now=now,
                previews=previews,
                run=run,
                index=index,
                manifest=None if clean or non_page_local else manifest,
                session=session,
            )
            if stops_build(problems, strict=strict):
                return Result(problems=problems, seconds=timer.total(), stages=timer.laps)
            with staging(folder, clean=clean) as stage:
                with gc_paused():
                    difference = compare(plan, manifest, pending_modified(), non_page_local)
                timer.lap("compare")
                stale = {path: plan.outputs[path] for path in difference.stale}
                context = _RenderContext(stale, project.root, folder, stage, store, run.on_output)
                render_problems = _render(context, stage, difference, run, project.theme)
                timer.lap("render")
                problems = tuple(
                    sorted({*problems, *render_problems, *_recheck_unchanged(plan, difference, folder)})
                )
                if stops_build(problems, strict=strict):
                    return Result(problems=problems, seconds=timer.total(), stages=timer.laps)
                commit(manifest, stage, difference, plan.bundles)
                if difference.stale:
                    _save_starts(store, plan, project.theme)
                timer.lap("commit")
            revision = manifest.revision()
            if session:
                session.revision = revision
            replaced = sources.replaced + index_builder.replaced
            if replaced and store.add_garbage(replaced) > _GARBAGE_THRESHOLD + len(difference.paths) // 10:
                store.collect_garbage(
                    sources.used()
                    | index_builder.used()
                    | {_engine_key(project), _STARTS_KEY}
                    | _used_by_plan(plan)
                )
            if index == "exact" and not non_page_local:
                write_stamp(
                    project.root,
                    folder,
                    previews=previews,
                    strict=strict,
                    project_stamp=project.stamp,
                    sources=sources.stamps,
                    racy=sources.racy(),
                    size=len(difference.paths),
                    since=now.timestamp(),
                    until=snapshot.until,
                    problems={*project.warnings, *problems},
                )
            run.retain(sources, snapshot, plan)
        if on_success:
            on_success(difference)
    return Result(
        problems=problems,
        difference=difference,
        seconds=timer.total(),
        stages=timer.laps,
        revision=revision,
    )


def _plan(
    project: Project,
    store: Store,
    timer: "_StageTimer",
    sources: SourceSet,
    *,
    now: datetime,
    previews: bool,
    run: RunContext,
    index: Literal["exact", "lagging"] | None,
    manifest: Manifest | None = None,
    session: Session | None = None,
) -> tuple[Snapshot, Plan, IndexBuilder, tuple[Problem, ...]]:
    """Return what was gathered, the plan, the index, and all faults known without rendering a page."""
    snapshot = session.patch(sources, store, now) if session else None
    if snapshot is None:
        snapshot = build_snapshot(project, store, sources, now=now, previews=previews, run=run)
    if session:
        session.update(sources, snapshot, now)
    timer.lap("gather")
    shards = partition(snapshot.library) if project.settings.search else ()
    wanted = shards if index else ()
    with IndexBuilder(wanted, store, run, may_be_stale=index == "lagging") as index_builder, gc_paused():
        plan = make_plan(project, snapshot, shards, index_builder.files, manifest)
    timer.lap("plan")
    engine = _check_engine(project, store)
    # What may not be published may well be looked at.
    legal_problems = [*check_funding(snapshot.library), *check_statements(snapshot.library)]
    legal_findings = (
        [replace(one, severity=Severity.WARNING) for one in legal_problems] if previews else legal_problems
    )
    problems = sorted({*snapshot.problems, *plan.problems, *engine, *legal_findings, *index_builder.problems})
    return snapshot, plan, index_builder, tuple(problems)


def _check_engine(project: Project, store: Store) -> list[Problem]:
    """Return what the website engine has against the ``mkdocs:`` block, asking it once for each block."""
    settings, theme = project.settings, project.theme
    key = _engine_key(project)
    cached = store.find([key])
    if not cached:
        from clusterpress.website.engine import check_block

        cached = {key: check_block(settings, theme)}
        store.save(cached.items())
    problems: list[Problem] = list(cached[key])
    if non_page_local := non_page_local_plugins(settings):
        names = ", ".join(non_page_local)
        message = f"{names} may look beyond the page at hand: every page is made again by each build"
        hint = "name what keeps to its page under mkdocs: extra: page_local:"
        problems.append(
            Problem(path=CONFIG, field="mkdocs", severity=Severity.WARNING, message=message, hint=hint)
        )
    return problems


def _engine_key(project: Project) -> bytes:
    return digest("engine", project.settings.engine, project.settings.mkdocs, project.theme)


def _save_starts(store: Store, plan: Plan, theme: Theme) -> None:
    """Keep what the engine was started with, for the next build to begin with."""
    sites = sites_in(plan.outputs.values())
    cached = starts_of_last_build(store)
    known = {one.site.digest: one for one in cached if one.theme == theme.digest}
    if [*known] != [site.digest for site in sites]:
        starts = [known.get(site.digest) or start_engine(site, theme) for site in sites]
        store.save([(_STARTS_KEY, tuple(starts))])


def _warm_up(task: tuple[Store, Theme, frozenset[str]]) -> None:
    """Get ready to render pages like those of the last build, in these languages."""
    store, theme, languages = task
    website_warm_up([one for one in starts_of_last_build(store) if one.site.lang in languages], theme)


def starts_of_last_build(store: Store) -> tuple[WarmStart, ...]:
    """Return with what the website engine was started when pages were last rendered."""
    starts: tuple[WarmStart, ...] = store.find([_STARTS_KEY]).get(_STARTS_KEY, ())
    return starts


def open_store(project: Project, run: RunContext | None = None) -> Store:
    """Open the store of a project, for work that others may take part in."""
    return Store(_store_path(project), project.tools, is_read_remotely=bool(run and run.cluster))


def _store_path(project: Project) -> Path:
    return project.cache_folder / STORE


def _render(
    context: "_RenderContext", stage: Stage, difference: Difference, run: RunContext, theme: Theme
) -> list[Problem]:
    """Make every stale output into the staging folder; return the faults that show only then."""
    if len(difference.stale) >= MIN_FOR_POOL and not run.cluster:
        for site in sites_in(context.outputs.values()):
            # Started once, here: the processes that are forked then have it. Not with plugins of the site's
            # own, which may begin threads: a process with several is not to be forked.
            if not site.settings.mkdocs.strip():
                start_engine(site, theme)
    # What measures others comes after them.
    later = [path for path in difference.stale if context.outputs[path].measured]
    first = [path for path in difference.stale if not context.outputs[path].measured]
    if run.worker:
        # It begins with the pages, for which it has started the engine; this process with the feeds.
        first.sort(key=lambda path: not path.endswith(".html"))
    remote, local = _split_remote(context, first) if run.cluster else ([], first)
    remote_context = replace(context, outputs={path: context.outputs[path] for path in remote}, stage=None)
    problems = []
    before = 0
    for paths, batch_context, cluster in (
        (remote, remote_context, run.cluster),
        (local, context, None),
        (later, context, None),
    ):
        for done, (contents, found) in map_batches(
            # A process in which a cluster's threads run is not forked.
            _render_batch,
            batch_context,
            paths,
            1 if run.cluster else run.jobs,
            run.start_method,
            cluster=cluster,
            worker=run.worker,
        ):
            for path, content in contents.items():
                stage.write(path, content)
            problems += found
            run.report("rendering", before + done, len(difference.stale))
        before += len(paths)
    return problems


def _split_remote(context: "_RenderContext", paths: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the outputs that a cluster makes, and those that are copies of files: these need not travel."""
    remote: list[str] = []
    local: list[str] = []
    for path in paths:
        (local if context.outputs[path].original else remote).append(path)
    return remote, local


@dataclass(frozen=True, slots=True)
class _RenderContext:
    """What is needed to make outputs."""

    outputs: Mapping[str, Output]
    root: Path
    folder: Path
    stage: Stage | None
    """Where contents are written; None: they are given back."""
    store: Store
    on_output: Callable[[Output, float], None] | None

    def subset(self, paths: Iterable[str]) -> "_RenderContext":
        """Return what is needed for some of the outputs."""
        return replace(self, outputs={path: self.outputs[path] for path in paths})


def _render_batch(context: _RenderContext, paths: Sequence[str]) -> tuple[dict[str, bytes], list[Problem]]:
    """Make some outputs; return path → content of those not staged yet, and faults that show only now."""
    contents = {}
    problems = []
    for output, values in _fetch(context, paths):
        began = time.perf_counter()
        try:
            content = make(output, context.root, values, _measured_sizes(context, output))
        except OutputError as fault:
            problems.append(fault.problem)
            continue
        if output.inspect and (problem := output.inspect(content, output.sources)):
            problems.append(problem)
        if context.on_output:
            context.on_output(output, time.perf_counter() - began)
        if context.stage:
            context.stage.write(output.path, content)
        else:
            contents[output.path] = content
    return contents, problems


def _fetch(context: _RenderContext, paths: Sequence[str]) -> Iterator[tuple[Output, list[Any]]]:
    """Yield outputs with their stored values, which those that stand side by side share.

    The items of entries that they show come along in the same query.
    """
    for at in range(0, len(paths), _FETCH_BATCH):
        outputs = [context.outputs[path] for path in paths[at : at + _FETCH_BATCH]]
        inputs = [value for output in outputs for value in output.inputs.values()]
        items = {one.index_record.item: one.item_loader for one in inputs if isinstance(one, Entry)}
        cached = context.store.find([*{key: None for output in outputs for key in output.stored}, *items])
        for key, item_loader in items.items():
            item_loader.cache(key, cached[key])
        for output in outputs:
            yield output, [cached[key] for key in output.stored]


def _recheck_unchanged(plan: Plan, difference: Difference, folder: Path) -> Iterator[Problem]:
    """Yield what is wrong with outputs that are not made again: a warning holds until it is heeded."""
    for path, output in plan.outputs.items():
        if output.inspect and path not in difference.stale:
            problem = output.inspect((folder / path).read_bytes(), output.sources)
            if problem:
                yield problem


def _measured_sizes(context: _RenderContext, output: Output) -> dict[str, int]:
    """Return the sizes of the outputs that one measures; those that could not be made have none."""
    if not context.stage:
        return {}
    locations = {
        path: (Path(context.stage.staged_path(path)), context.folder / path) for path in output.measured
    }
    files = {path: next((file for file in both if file.is_file()), None) for path, both in locations.items()}
    return {path: file.stat().st_size for path, file in files.items() if file}


def make(output: Output, root: Path, values: Iterable[Any], sizes: Mapping[str, int] | None = None) -> bytes:
    """Return the bytes of one output; ``values`` are the stored ones that it asks for."""
    original = (root / output.original).read_bytes() if output.original else b""
    return output.content(values, original, sizes)


def _used_by_plan(plan: Plan) -> set[bytes]:
    """Return the keys of all stored values that outputs ask for."""
    return {key for output in plan.outputs.values() for key in output.stored}


class _StageTimer:
    """Laps of a build."""

    def __init__(self) -> None:
        self._began = self._lap = time.perf_counter()
        self.laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        """Note how long the stage that just ended took."""
        now = time.perf_counter()
        self.laps[name] = now - self._lap
        self._lap = now

    def total(self) -> float:
        """Return seconds since the clock was started."""
        return time.perf_counter() - self._began
