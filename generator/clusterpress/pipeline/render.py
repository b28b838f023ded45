"""Render: make every stale output into the staging folder."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from clusterpress.library.entries import Entry
from clusterpress.pipeline.cache.store import Store
from clusterpress.pipeline.commit import Stage
from clusterpress.pipeline.compare import Difference
from clusterpress.pipeline.plan import Plan
from clusterpress.pipeline.project import Project
from clusterpress.pipeline.run_context import MIN_FOR_POOL, RunContext, map_batches
from clusterpress.values.outputs import Output, OutputError
from clusterpress.values.problems import Problem, Severity, as_timed
from clusterpress.website.lazy_engine import sites_in, start_engine

_FETCH_BATCH = 8
"""Outputs whose stored values are fetched together: the three feeds of a topic show the same bodies, and more
outputs would fill memory with pictures."""


class RenderContext(Struct, frozen=True):
    """What is needed to make outputs."""

    outputs: Mapping[str, Output]
    root: Path
    folder: Path
    stage: Stage | None
    """The staging folder; None if contents are returned instead."""
    store: Store
    on_output: Callable[[Output, float], None] | None

    def subset(self, paths: Iterable[str]) -> "RenderContext":
        """Return what is needed for some of the outputs."""
        return replace(self, outputs={path: self.outputs[path] for path in paths})


def render(
    project: Project, plan: Plan, difference: Difference, stage: Stage, store: Store, run: RunContext
) -> tuple[list[Problem], list[str]]:
    """Make every stale output into the staging folder.

    Returns the problems that show only then, and the paths of the optional outputs that could not be made.

    Args:
        project: the opened project.
        plan: all outputs.
        difference: which of them are stale.
        stage: the staging folder.
        store: the values that outputs show.
        run: how the work is done.
    """
    stale = {path: plan.outputs[path] for path in difference.stale}
    context = RenderContext(stale, project.root, difference.folder, stage, store, run.on_output)
    # A process in which the threads of a cluster's client run must not fork.
    local_run = replace(run, cluster=None, jobs=1) if run.cluster else run
    if len(stale) >= MIN_FOR_POOL and not run.cluster:
        # Processes that are forked inherit the engines. Not if a site has plugins of its own: these may start
        # threads, and a process with threads must not fork.
        start_engine(
            [site for site in sites_in(stale.values()) if not site.settings.mkdocs.strip()], project.theme
        )
    problems: list[Problem] = []
    left_out: list[str] = []
    done = 0
    for paths, group_run in _group(stale, run, local_run):
        group = replace(context.subset(paths), stage=None) if group_run.cluster else context
        for finished, (contents, found, missing) in map_batches(_render_batch, group, paths, group_run):
            for path, content in contents.items():
                stage.write(path, content)
            problems += found
            left_out += missing
            run.report("rendering", done + finished, len(stale))
        done += len(paths)
    return problems, left_out


def _group(
    stale: Mapping[str, Output], run: RunContext, local_run: RunContext
) -> Iterator[tuple[list[str], RunContext]]:
    """Yield the paths of outputs in the order in which they are made, and the processes that make them.

    Copies of files are not sent to a cluster. Outputs that measure others come after these.
    """
    # The early worker, which has started the engine, begins with the pages; this process with the feeds.
    first = sorted(
        (path for path in stale if not stale[path].measured), key=lambda path: not path.endswith(".html")
    )
    if run.cluster:
        yield [path for path in first if not stale[path].original], run
        yield [path for path in first if stale[path].original], local_run
    else:
        yield first, local_run
    yield [path for path in stale if stale[path].measured], local_run


def _render_batch(
    context: RenderContext, paths: Sequence[str]
) -> tuple[dict[str, bytes], list[Problem], list[str]]:
    """Make some outputs.

    Returns path → content of those not staged yet, the problems that show only now, and the paths of optional
    outputs that could not be made.
    """
    contents: dict[str, bytes] = {}
    problems: list[Problem] = []
    left_out: list[str] = []
    for output, values in _fetch(context, paths):
        began = time.perf_counter()
        try:
            content = make(output, context.root, values, _measured_sizes(context, output))
        except Exception as fault:  # noqa: BLE001 -- a theme's template may raise anything
            problems.append(_explain(output, fault))
            if output.optional:
                left_out.append(output.path)
            continue
        if output.inspect and (problem := output.inspect(content, output.sources)):
            problems.append(as_timed(problem))
        if context.on_output:
            context.on_output(output, time.perf_counter() - began)
        if context.stage:
            context.stage.write(output.path, content)
        else:
            contents[output.path] = content
    return contents, problems, left_out


def _explain(output: Output, fault: Exception) -> Problem:
    """Return why an output cannot be made; for one that the site can do without, as a warning.

    Raises:
        Exception: the fault is in the program, and the site needs the output.
    """
    if not isinstance(fault, OutputError):
        if not output.optional:
            raise fault
        hint = "if the theme is your own, check its templates; otherwise please report this"
        fault = OutputError(
            Problem(path=output.sources[0], message=f"{type(fault).__name__}: {fault}", hint=hint)
        )
    if not output.optional:
        return fault.problem
    message = f"{output.path} is left out: {fault.problem.message}"
    return replace(fault.problem, message=message, severity=Severity.WARNING)


def _fetch(context: RenderContext, paths: Sequence[str]) -> Iterator[tuple[Output, list[Any]]]:
    """Yield outputs with their stored values; neighbours share them.

    The items of the entries that they show are fetched by the same query.
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


def _measured_sizes(context: RenderContext, output: Output) -> dict[str, int]:
    """Return the sizes of the outputs that one measures; those that could not be made have none."""
    if not context.stage:
        return {}
    locations = {
        path: (Path(context.stage.staged_path(path)), context.folder / path) for path in output.measured
    }
    files = {path: next((file for file in both if file.is_file()), None) for path, both in locations.items()}
    return {path: file.stat().st_size for path, file in files.items() if file}


def make(output: Output, root: Path, values: Iterable[Any], sizes: Mapping[str, int] | None = None) -> bytes:
    """Return the bytes of one output.

    Args:
        output: the output.
        root: the project's folder.
        values: the stored values that it needs.
        sizes: path → bytes of the outputs that it measures.
    """
    original = (root / output.original).read_bytes() if output.original else b""
    return output.content(values, original, sizes)


def recheck_unchanged(plan: Plan, difference: Difference) -> Iterator[Problem]:
    """Yield the problems of outputs that are not rendered again, so that each build repeats its warnings."""
    for path, output in plan.outputs.items():
        if output.inspect and path in difference.fingerprints and path not in difference.stale:
            problem = output.inspect((difference.folder / path).read_bytes(), output.sources)
            if problem:
                yield as_timed(problem)
