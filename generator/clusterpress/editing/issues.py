"""The newsletter composer: what each section of an issue shows, and all items that it could show."""

from datetime import date
from http import HTTPStatus
from typing import Any

from clusterpress.content.items import Issue
from clusterpress.editing.errors import RequestRefusedError
from clusterpress.editing.workspace import Workspace
from clusterpress.library.entries import Entry
from clusterpress.newsletters.issues import editions_of, preheader_of, subject_of
from clusterpress.newsletters.names import build_name_index, path_of
from clusterpress.newsletters.resolve import resolve_issues
from clusterpress.newsletters.sections import SectionContext, choose_stories
from clusterpress.pipeline.snapshot import Snapshot
from clusterpress.values.problems import Problem
from clusterpress.values.rules import with_levels


def compose_issue(workspace: Workspace, path: str) -> dict[str, Any]:
    """Return the stories of each section of an issue, the items to choose from, and its editions.

    Raises:
        RequestRefusedError: there is no such issue, or its file cannot be read.
    """
    with workspace.snapshot() as snapshot:
        entry = snapshot.library.by_path.get(path)
        if entry is None or not isinstance(entry.item, Issue):
            raise RequestRefusedError(HTTPStatus.NOT_FOUND, "there is no issue of this name")
        issues, _ = resolve_issues(snapshot.library)
        issue = next((one for one in issues if one.entry.path == path), None)
        editions = editions_of(entry)
        return {
            "sections": _stories(
                snapshot, entry.item, issue.previous.day if issue and issue.previous else None
            ),
            "items": _candidates(snapshot, entry),
            "subject": subject_of(issue) if issue else "",
            "preheader": preheader_of(issue) if issue else "",
            "editions": {"web": editions.web, "pdf": editions.pdf, "mail": editions.html},
        }


def find_problems(snapshot: Snapshot) -> tuple[Problem, ...]:
    """Return all problems of the sources, with those of the newsletters, which the library does not know."""
    _, found = resolve_issues(snapshot.library)
    return (*snapshot.problems, *with_levels(found, snapshot.library.settings.levels))


def _stories(snapshot: Snapshot, issue: Issue, previous: date | None) -> list[list[str]]:
    context = SectionContext(issue=issue, name_index=build_name_index(snapshot.library), previous=previous)
    return [[path_of(story) for story in stories] for stories in choose_stories(context)]


def _candidates(snapshot: Snapshot, issue: Entry) -> list[dict[str, str]]:
    """Return the items that an issue can show, newest first: name in the issue's file, title, kind, date."""
    found = [
        {
            "name": path_of(entry),
            "slug": entry.slug,
            "title": entry.item.title,
            "kind": entry.kind,
            "date": entry.card.day.isoformat() if entry.card.day else "",
            "state": entry.state,
        }
        for entry in snapshot.library.entries
        if entry.kind != "issue" and entry.lang == issue.lang
    ]
    return sorted(found, key=lambda row: row["date"], reverse=True)
