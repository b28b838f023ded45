"""Reminders on the first page of the editor: what time has overtaken, each with the item to look at."""

from clusterpress.editing.workspace import Workspace
from clusterpress.editor_page.rows import Row
from clusterpress.reports import lists
from clusterpress.reports.stale import stale
from clusterpress.sources.last_changes import find_last_changes


def list_reminders(workspace: Workspace) -> list[Row]:
    """Return a row for each reminder of ``list stale``; its path is "" for the settings."""
    project = workspace.open()
    with workspace.snapshot() as snapshot:
        library = snapshot.library
        paths = (entry.path for entry in library.entries if entry.translations)
        changes = find_last_changes(workspace.root, paths, uses_git=not project.untrusted)
        titles = {entry.path: entry.title for entry in library.entries}
        return [_reminder(row, titles) for row in sorted(stale(library, changes))]


def _reminder(row: lists.Row, titles: dict[str, str]) -> Row:
    """Return a row in which items have titles instead of paths."""
    first, _, rest = row.note.partition(" ")
    note = f"“{titles[first]}” {rest}" if first in titles else row.note
    return {
        "path": row.path if row.path in titles else "",
        "title": row.title or titles.get(row.path, ""),
        "lang": row.lang,
        "note": note,
    }
