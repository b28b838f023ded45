"""Publishing from the editor: what would change online, what stands against it, and the upload."""

import os
from collections.abc import Callable
from typing import Any

from clusterpress.config.settings import PublishTarget
from clusterpress.editing.changed_pages import name_pages
from clusterpress.editing.errors import EditorError
from clusterpress.editing.listing import as_json, with_titles
from clusterpress.editing.workspace import Workspace
from clusterpress.pipeline.project import Project
from clusterpress.pipeline.run_context import RunContext
from clusterpress.publishing.changes import Changes
from clusterpress.publishing.errors import PublishError
from clusterpress.publishing.site import BuiltSite, build_site, open_comparison, record_published
from clusterpress.publishing.upload import upload
from clusterpress.values.problems import errors

Found = dict[str, Any]


def targets_of(workspace: Workspace) -> list[str]:
    """Return the names of the targets."""
    known: dict[str, PublishTarget] = dict(workspace.settings.publish)
    return list(known)


def look(workspace: Workspace, name: str) -> Found:
    """Return what publishing would change on a target, and what stands against it.

    Raises:
        EditorError: there is no such target, or it cannot be reached.
    """
    return _publish(workspace, name, lambda *_: None)


def publish(workspace: Workspace, name: str) -> Found:
    """Publish the site, and return what was changed; nothing is uploaded if something stands against it.

    Raises:
        EditorError: there is no such target, or it cannot be reached.
    """

    def send(project: Project, built: BuiltSite, compared: Any) -> None:
        message = f"Publish {project.settings.name}: {compared.changes}"
        upload(compared.target, built.files, compared.remote, compared.changes, _quiet, message)
        record_published(project, RunContext(_quiet, 1))

    return _publish(workspace, name, send)


def _publish(workspace: Workspace, name: str, send: Callable[[Project, BuiltSite, Any], None]) -> Found:
    project = workspace.open()
    if name not in project.settings.publish:
        raise EditorError(f'there is no target "{name}"')
    output = project.root / "site"
    try:
        # One process: others are forked safely only while no other thread runs.
        built = build_site(project, output, name, RunContext(_quiet, 1))
        if against := _against(workspace, built):
            return {"against": against, "lists": {}, "pages": [], "unchanged": 0, "where": ""}
        with open_comparison(project, output, name, built.files, os.environ) as compared:
            found = _describe(workspace, project, compared.changes)  # before what is gone is forgotten
            send(project, built, compared)
            return {"against": [], "where": compared.target.where, **found}
    except PublishError as fault:
        raise EditorError(str(fault)) from fault


def _against(workspace: Workspace, built: BuiltSite) -> list[Found]:
    """Return what stands against publishing, with the titles of items."""
    message = "it still contains placeholder text: write your own in its place"
    against = [as_json(problem) for problem in errors(built.problems)]
    against = against or [_fault(path, message) for path in built.placeholders]
    return with_titles(workspace, against) if against else []


def _describe(workspace: Workspace, project: Project, changes: Changes) -> Found:
    lists = {"new": list(changes.new), "changed": list(changes.changed), "removed": list(changes.removed)}
    with workspace.snapshot() as snapshot:
        pages = name_pages(snapshot, project.root / "site", lists, project.settings.name)
    return {"lists": lists, "pages": pages, "unchanged": changes.unchanged}


def _fault(path: str, message: str) -> Found:
    return {"path": path, "field": "", "line": 1, "message": message, "stops": True}


def _quiet(_stage: str, _done: int, _total: int) -> None:
    """Show no progress: the page waits for the result."""
