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
from clusterpress.pipeline.cache.manifest import Manifest, find_unsound
from clusterpress.pipeline.cache.store import Store, discard
from clusterpress.pipeline.commit import Stage, check_folder, commit, staging
from clusterpress.pipeline.compare import Difference, compare
from clusterpress.pipeline.executors.local import WORTHWHILE, spread
from clusterpress.pipeline.lock import only_one
from clusterpress.pipeline.paths import CONFIG, STORE
from clusterpress.pipeline.plan import Plan, make_plan
from clusterpress.pipeline.project import Project
from clusterpress.pipeline.read import Gathered, TakenIn, Work, arrange, take_in, warm_up_reading
from clusterpress.pipeline.scan import Seen
from clusterpress.pipeline.search_index import Indexing
from clusterpress.pipeline.session import Memory
from clusterpress.pipeline.speed.gc_paused import uncollected
from clusterpress.pipeline.speed.noop_check import forget_note, write_note
from clusterpress.search.shards import cut
from clusterpress.theme.theme import Theme
from clusterpress.values.digests import digest
from clusterpress.values.outputs import CannotMakeError, Output
from clusterpress.values.problems import Problem, Severity, stop_a_build
from clusterpress.website.mkdocs_block import not_page_local
from clusterpress.website.rendering import Start, sites_in, start
from clusterpress.website.rendering import warm_up as website_warm_up

_TOGETHER = 8
"""Outputs whose stored values are fetched in one go: the three feeds of a topic show the same bodies, and
more would fill memory with pictures."""

_STARTS = digest("starts")
"""Under this key is stored with what the website engine was last started."""

_MESS = 200
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


def check(project: Project, *, now: datetime, work: Work) -> Result:
    """Return every fault of a project's sources; nothing is written but the store."""
    clock = _Clock()
    with only_one(project.workshop), closing(open_store(project, work)) as store:
        taken = take_in(project, store, work)
        problems = _plan(project, store, clock, taken, now=now, previews=False, work=work, index=None)[-1]
    return Result(problems=problems, seconds=clock.total(), stages=clock.laps)


def build(
    project: Project,
    folder: Path,
    *,
    now: datetime,
    work: Work,
    previews: bool = False,
    strict: bool = False,
    clean: bool = False,
    index: Literal["exact", "lagging"] = "exact",
    then: Callable[[Difference], object] | None = None,
    seen: Seen | None = None,
    memory: Memory | None = None,
) -> Result:
    """Bring an output folder up to date; write nothing at all if the sources have faults.

    Args:
        project: the opened project.
        folder: the output folder, absolute.
        now: the time of the build, with its zone.
        work: how it is done: progress, and how many processes share it.
        previews: publish drafts, embargoed and expired items too.
        strict: take warnings for errors.
        clean: forget earlier builds and make everything anew.
        index: whether the search index has to be as new as the pages.
        seen: what the sources looked like a moment ago, if somebody looked.
        memory: what the last build by this process kept, and this one keeps for the next.
        then: called when the folder is up to date, before another build may touch it.

    Raises:
        ForeignFolderError: the output folder is not ours.
        BusyError: another build is at work.
    """
    check_folder(folder, project.root)
    clock = _Clock()
    with only_one(project.workshop):
        forget_note(project.root, folder)
        if clean:
            discard(_store_path(project))
        # With a companion it is a little build, which leaves no garbage worth looking for.
        calm = uncollected() if work.companion else nullcontext()
        with calm, closing(open_store(project, work)) as store:
            restless = not_page_local(project.settings)
            work.begin(warm_up_reading, project.settings)
            taken = take_in(project, store, work, seen, memory.rows() if memory else None)
            manifest = Manifest(store, folder)
            # Begun now, so that another process can do it while this one plans.
            is_sound = memory is not None and memory.revision == manifest.revision()
            unsound = dict if is_sound else work.begin(find_unsound, manifest)
            work.begin(_warm_up, (store, project.theme, taken.languages()))
            gathered, plan, indexing, problems = _plan(
                project,
                store,
                clock,
                taken,
                now=now,
                previews=previews,
                work=work,
                index=index,
                manifest=None if clean or restless else manifest,
                memory=memory,
            )
            if stop_a_build(problems, strict=strict):
                return Result(problems=problems, seconds=clock.total(), stages=clock.laps)
            with staging(folder, anew=clean) as stage:
                with uncollected():
                    difference = compare(plan, manifest, unsound(), restless)
                clock.lap("compare")
                stale = {path: plan.outputs[path] for path in difference.stale}
                easel = _Easel(stale, project.root, folder, stage, store, work.watch)
                refused = _render(easel, stage, difference, work, project.theme)
                clock.lap("render")
                problems = tuple(sorted({*problems, *refused, *_look_again(plan, difference, folder)}))
                if stop_a_build(problems, strict=strict):
                    return Result(problems=problems, seconds=clock.total(), stages=clock.laps)
                commit(manifest, stage, difference, plan.bundles)
                if difference.stale:
                    _keep_starts(store, plan, project.theme)
                clock.lap("commit")
            revision = manifest.revision()
            if memory:
                memory.revision = revision
            replaced = taken.replaced + indexing.replaced
            if replaced and store.litter(replaced) > _MESS + len(difference.paths) // 10:
                store.sweep(taken.used() | indexing.used() | {_engine_key(project), _STARTS} | _stored(plan))
            if index == "exact" and not restless:
                write_note(
                    project.root,
                    folder,
                    previews=previews,
                    strict=strict,
                    opening=project.mark,
                    sources=taken.stamps,
                    doubtful=taken.doubtful(),
                    size=len(difference.paths),
                    since=now.timestamp(),
                    until=gathered.until,
                    problems={*project.warnings, *problems},
                )
            work.leave(taken, gathered, plan)
        if then:
            then(difference)
    return Result(
        problems=problems,
        difference=difference,
        seconds=clock.total(),
        stages=clock.laps,
        revision=revision,
    )


def _plan(
    project: Project,
    store: Store,
    clock: "_Clock",
    taken: TakenIn,
    *,
    now: datetime,
    previews: bool,
    work: Work,
    index: Literal["exact", "lagging"] | None,
    manifest: Manifest | None = None,
    memory: Memory | None = None,
) -> tuple[Gathered, Plan, Indexing, tuple[Problem, ...]]:
    """Return what was gathered, the plan, the index, and all faults known without rendering a page."""
    gathered = memory.amended(taken, store, now) if memory else None
    if gathered is None:
        gathered = arrange(project, store, taken, now=now, previews=previews, work=work)
    if memory:
        memory.keep(taken, gathered, now)
    clock.lap("gather")
    shards = cut(gathered.library) if project.settings.search else ()
    wanted = shards if index else ()
    with Indexing(wanted, store, work, may_lag=index == "lagging") as indexing, uncollected():
        plan = make_plan(project, gathered, shards, indexing.files, manifest)
    clock.lap("plan")
    engine = _check_engine(project, store)
    # What may not be published may well be looked at.
    law = [*check_funding(gathered.library), *check_statements(gathered.library)]
    unlawful = [replace(one, severity=Severity.WARNING) for one in law] if previews else law
    problems = sorted({*gathered.problems, *plan.problems, *engine, *unlawful, *indexing.problems})
    return gathered, plan, indexing, tuple(problems)


def _check_engine(project: Project, store: Store) -> list[Problem]:
    """Return what the website engine has against the ``mkdocs:`` block, asking it once for each block."""
    settings, theme = project.settings, project.theme
    key = _engine_key(project)
    held = store.find([key])
    if not held:
        from clusterpress.website.engine import check_block

        held = {key: check_block(settings, theme)}
        store.keep(held.items())
    problems: list[Problem] = list(held[key])
    if restless := not_page_local(settings):
        names = ", ".join(restless)
        message = f"{names} may look beyond the page at hand: every page is made again by each build"
        hint = "name what keeps to its page under mkdocs: extra: page_local:"
        problems.append(
            Problem(path=CONFIG, field="mkdocs", severity=Severity.WARNING, message=message, hint=hint)
        )
    return problems


def _engine_key(project: Project) -> bytes:
    return digest("engine", project.settings.engine, project.settings.mkdocs, project.theme)


def _keep_starts(store: Store, plan: Plan, theme: Theme) -> None:
    """Keep what the engine was started with, for the next build to begin with."""
    sites = sites_in(plan.outputs.values())
    held = starts_of_last_build(store)
    known = {one.site.digest: one for one in held if one.theme == theme.digest}
    if [*known] != [site.digest for site in sites]:
        starts = [known.get(site.digest) or start(site, theme) for site in sites]
        store.keep([(_STARTS, tuple(starts))])


def _warm_up(task: tuple[Store, Theme, frozenset[str]]) -> None:
    """Get ready to render pages like those of the last build, in these languages."""
    store, theme, languages = task
    website_warm_up([one for one in starts_of_last_build(store) if one.site.lang in languages], theme)


def starts_of_last_build(store: Store) -> tuple[Start, ...]:
    """Return with what the website engine was started when pages were last rendered."""
    starts: tuple[Start, ...] = store.find([_STARTS]).get(_STARTS, ())
    return starts


def open_store(project: Project, work: Work | None = None) -> Store:
    """Open the store of a project, for work that others may take part in."""
    return Store(_store_path(project), project.tools, is_far_read=bool(work and work.cluster))


def _store_path(project: Project) -> Path:
    return project.workshop / STORE


def _render(easel: "_Easel", stage: Stage, difference: Difference, work: Work, theme: Theme) -> list[Problem]:
    """Make every stale output into the staging folder; return the faults that show only then."""
    if len(difference.stale) >= WORTHWHILE and not work.cluster:
        for site in sites_in(easel.outputs.values()):
            # Started once, here: the processes that are forked then have it. Not with plugins of the site's
            # own, which may begin threads: a process with several is not to be forked.
            if not site.settings.mkdocs.strip():
                start(site, theme)
    # What measures others comes after them.
    later = [path for path in difference.stale if easel.outputs[path].measured]
    first = [path for path in difference.stale if not easel.outputs[path].measured]
    if work.companion:
        # It begins with the pages, for which it has started the engine; this process with the feeds.
        first.sort(key=lambda path: not path.endswith(".html"))
    far, near = _share_out(easel, first) if work.cluster else ([], first)
    distant = replace(easel, outputs={path: easel.outputs[path] for path in far}, stage=None)
    problems = []
    before = 0
    for paths, desk, cluster in ((far, distant, work.cluster), (near, easel, None), (later, easel, None)):
        for done, (contents, found) in spread(
            # A process in which a cluster's threads run is not forked.
            _render_batch,
            desk,
            paths,
            1 if work.cluster else work.jobs,
            work.start,
            cluster=cluster,
            companion=work.companion,
        ):
            for path, content in contents.items():
                stage.write(path, content)
            problems += found
            work.report("rendering", before + done, len(difference.stale))
        before += len(paths)
    return problems


def _share_out(easel: "_Easel", paths: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the outputs that a cluster makes, and those that are copies of files: these need not travel."""
    far: list[str] = []
    near: list[str] = []
    for path in paths:
        (near if easel.outputs[path].original else far).append(path)
    return far, near


@dataclass(frozen=True, slots=True)
class _Easel:
    """What is needed to make outputs."""

    outputs: Mapping[str, Output]
    root: Path
    folder: Path
    stage: Stage | None
    """Where contents are written; None: they are given back."""
    store: Store
    watch: Callable[[Output, float], None] | None

    def only(self, paths: Iterable[str]) -> "_Easel":
        """Return what is needed for some of the outputs."""
        return replace(self, outputs={path: self.outputs[path] for path in paths})


def _render_batch(easel: _Easel, paths: Sequence[str]) -> tuple[dict[str, bytes], list[Problem]]:
    """Make some outputs; return path → content of those not staged yet, and faults that show only now."""
    contents = {}
    problems = []
    for output, values in _fetch(easel, paths):
        began = time.perf_counter()
        try:
            content = make(output, easel.root, values, _measure(easel, output))
        except CannotMakeError as fault:
            problems.append(fault.problem)
            continue
        if output.inspect and (problem := output.inspect(content, output.sources)):
            problems.append(problem)
        if easel.watch:
            easel.watch(output, time.perf_counter() - began)
        if easel.stage:
            easel.stage.write(output.path, content)
        else:
            contents[output.path] = content
    return contents, problems


def _fetch(easel: _Easel, paths: Sequence[str]) -> Iterator[tuple[Output, list[Any]]]:
    """Yield outputs with their stored values, which those that stand side by side share.

    The items of entries that they show come along in the same query.
    """
    for at in range(0, len(paths), _TOGETHER):
        outputs = [easel.outputs[path] for path in paths[at : at + _TOGETHER]]
        inputs = [value for output in outputs for value in output.inputs.values()]
        items = {one.abstract.item: one.stacks for one in inputs if isinstance(one, Entry)}
        held = easel.store.find([*{key: None for output in outputs for key in output.stored}, *items])
        for key, stacks in items.items():
            stacks.keep(key, held[key])
        for output in outputs:
            yield output, [held[key] for key in output.stored]


def _look_again(plan: Plan, difference: Difference, folder: Path) -> Iterator[Problem]:
    """Yield what is wrong with outputs that are not made again: a warning holds until it is heeded."""
    for path, output in plan.outputs.items():
        if output.inspect and path not in difference.stale:
            problem = output.inspect((folder / path).read_bytes(), output.sources)
            if problem:
                yield problem


def _measure(easel: _Easel, output: Output) -> dict[str, int]:
    """Return the sizes of the outputs that one measures; those that could not be made have none."""
    if not easel.stage:
        return {}
    places = {path: (Path(easel.stage.place(path)), easel.folder / path) for path in output.measured}
    files = {path: next((file for file in both if file.is_file()), None) for path, both in places.items()}
    return {path: file.stat().st_size for path, file in files.items() if file}


def make(output: Output, root: Path, values: Iterable[Any], sizes: Mapping[str, int] | None = None) -> bytes:
    """Return the bytes of one output; ``values`` are the stored ones that it asks for."""
    arguments: Sequence[object] = (*output.inputs.values(), *values)
    if output.original:
        arguments = (*arguments, (root / output.original).read_bytes())
    if output.measured:
        return output.make(*arguments, sizes=sizes or {})
    return output.make(*arguments)


def _stored(plan: Plan) -> set[bytes]:
    """Return the keys of all stored values that outputs ask for."""
    return {key for output in plan.outputs.values() for key in output.stored}


class _Clock:
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
