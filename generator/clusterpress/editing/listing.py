"""The lists of the editor: all items of the site with picture, date, programmes and state."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from clusterpress.editing.workspace import Workspace
from clusterpress.library.entries import Entry
from clusterpress.library.library import Library
from clusterpress.library.publication import published_at
from clusterpress.pipeline.snapshot import Snapshot
from clusterpress.sources.files import list_files
from clusterpress.values.problems import Problem, Severity, errors

Row = dict[str, Any]

_NO_ROW: Row = {
    **dict.fromkeys(("slug", "date", "sort", "lang", "picture", "note", "url"), ""),
    **dict.fromkeys(("languages", "missing", "programmes"), ()),
    "state": "error",
}
"""What is known about an item that cannot be read."""


def list_rows(workspace: Workspace) -> list[Row]:
    """Return a row for each item, newest first; items that cannot be read come first of all."""
    with workspace.snapshot() as snapshot:
        library = snapshot.library
        rows = [_row(entry, library) for entry in library.entries]
        faulty = {problem.path for problem in errors(snapshot.problems)}
        rows += _unread(workspace, snapshot)
    for row in rows:
        row["faulty"] = row["path"] in faulty
    rows.sort(key=lambda row: (str(row["title"]).casefold(), row["path"]))
    return sorted(rows, key=lambda row: (row["state"] == "error", row["sort"]), reverse=True)


def _row(entry: Entry, library: Library) -> Row:
    card, item = entry.card, entry.item
    settings = library.settings
    languages = [lang for lang, _ in entry.translations] or [entry.lang]
    picture = card.picture.picture if card.picture else None
    return {
        "path": entry.path,
        "kind": entry.kind,
        "title": item.title,
        "slug": entry.slug,
        "date": card.day.isoformat() if card.day else "",
        "sort": _moment(entry, card.day, ZoneInfo(settings.time_zone)),
        "state": entry.state,
        "lang": entry.lang,
        "languages": languages,
        "missing": [lang for lang in settings.languages if lang not in languages],
        "programmes": [label.name for label in card.programmes],
        "picture": "" if picture is None else picture.url,
        "note": " · ".join(filter(None, (card.number, card.role, card.place, card.country))),
        "url": entry.url,
    }


def _moment(entry: Entry, day: date | None, zone: ZoneInfo) -> str:
    """Return by what an item is sorted: its publication, or the day of an event; records have none."""
    if day is None:
        return ""
    return day.isoformat() if entry.kind == "event" else published_at(entry.item, zone).isoformat()


def _unread(workspace: Workspace, snapshot: Snapshot) -> Iterator[Row]:
    """Yield the items that have no entry, because their files cannot be read."""
    known = snapshot.library.by_path
    for path in list_files(workspace.root, workspace.settings.linked_folders):
        kind = workspace.kind_of(path)
        if kind and path not in known:
            yield {**_NO_ROW, "path": path, "kind": kind, "title": path.rpartition("/")[2]}


def as_json(problem: Problem, body_line: int = 0) -> Row:
    """Return a problem for the form.

    Args:
        problem: of an item.
        body_line: line of the file at which the text begins, to count lines from there; 0 if unknown.
    """
    in_text = not problem.field and bool(body_line) and problem.line >= body_line
    return {
        "path": problem.path,
        "field": "body" if in_text else problem.field,
        "line": problem.line - body_line + 1 if in_text else problem.line,
        "message": problem.message_and_hint,
        "stops": problem.severity is Severity.ERROR,
    }
