"""All problems known before a page is rendered."""

from dataclasses import replace

from clusterpress.library.obligations import check_funding, check_statements
from clusterpress.pipeline.cache.store import Store
from clusterpress.pipeline.paths import CONFIG
from clusterpress.pipeline.plan import Plan
from clusterpress.pipeline.project import Project
from clusterpress.pipeline.snapshot import Snapshot
from clusterpress.values.digests import digest
from clusterpress.values.problems import Problem, Severity
from clusterpress.website.mkdocs_block import non_page_local_plugins


def find_problems(
    project: Project, store: Store, snapshot: Snapshot, plan: Plan, *, previews: bool
) -> set[Problem]:
    """Return the problems of sources, plan, website engine and funding.

    Args:
        project: the opened project.
        store: has what the engine said before.
        snapshot: the sources.
        plan: the planned outputs.
        previews: what must not be published may still be previewed, so legal problems are warnings.
    """
    legal = [*check_funding(snapshot.library), *check_statements(snapshot.library)]
    if previews:
        legal = [replace(one, severity=Severity.WARNING) for one in legal]
    return {*snapshot.problems, *plan.problems, *_check_engine(project, store), *legal}


def engine_key(project: Project) -> bytes:
    """Return the key under which the store has what the website engine said of the ``mkdocs:`` block."""
    return digest("engine", project.settings.engine, project.settings.mkdocs, project.theme)


def _check_engine(project: Project, store: Store) -> list[Problem]:
    """Return the problems of the ``mkdocs:`` block; the website engine is asked once for each block."""
    settings, key = project.settings, engine_key(project)
    cached = store.find([key])
    if not cached:
        from clusterpress.website.engine import check_block

        cached = {key: check_block(settings, project.theme)}
        store.save(cached.items())
    problems: list[Problem] = list(cached[key])
    if non_page_local := non_page_local_plugins(settings):
        names = ", ".join(non_page_local)
        message = f"{names} may depend on other pages: each build makes every page again"
        hint = "if a plugin depends on the page alone, name it under mkdocs: extra: page_local:"
        problems.append(
            Problem(path=CONFIG, field="mkdocs", severity=Severity.WARNING, message=message, hint=hint)
        )
    return problems
