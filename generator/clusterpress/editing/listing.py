"""The lists of the editor: all items of the site with picture, date, programmes and state."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from clusterpress.content.checks import placeholders_among
from clusterpress.editing.issues import find_problems
from clusterpress.editing.workspace import Workspace
from clusterpress.library.entries import Entry
from clusterpress.library.library import Library
from clusterpress.pipeline.snapshot import Snapshot
from clusterpress.sources.files import list_files
from clusterpress.values.problems import Problem, errors, with_hint

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
        faulty = {problem.path for problem in errors(find_problems(snapshot))}
        rows += _unread(workspace, snapshot)
    for row in rows:
        row["faulty"] = row["path"] in faulty
    rows.sort(key=lambda row: (str(row["title"]).casefold(), row["path"]))
    return sorted(rows, key=lambda row: (row["state"] == "error", row["sort"]), reverse=True)


def _row(entry: Entry, library: Library) -> Row:
    card = entry.card
    settings = library.settings
    languages = [lang for lang, _ in entry.translations] or [entry.lang]
    picture = card.picture.picture if card.picture else None
    return {
        "path": entry.path,
        "kind": entry.kind,
        "title": card.title,
        "slug": entry.slug,
        "date": card.day.isoformat() if card.day else "",
        "sort": _moment(entry),
        "state": state_of(entry, library),
        "lang": entry.lang,
        "languages": languages,
        "missing": [lang for lang in settings.languages if lang not in languages],
        "programmes": [label.name for label in card.programmes],
        "picture": "" if picture is None else picture.url,
        "note": " · ".join(filter(None, (card.number, card.role, card.place, card.country))),
        "url": entry.url,
    }


def state_of(entry: Entry, library: Library) -> str:
    """Return the state of an item; ``ready`` if the next "Publish" will bring it online for the first time.

    Only sites that are published from here have a record of what is online; without one, nothing is.
    """
    promises = library.resolver.promises
    has_record = not promises.is_empty or bool(library.settings.publish)
    is_new = has_record and entry.path not in promises.items
    return "ready" if entry.state == "published" and is_new else entry.state


def _moment(entry: Entry) -> str:
    """Return by what an item is sorted: its day, then the time of its publication; records have none."""
    day = entry.card.day
    return f"{day.isoformat()} {entry.index_record.publish_at:020.3f}" if day else ""


def _unread(workspace: Workspace, snapshot: Snapshot) -> Iterator[Row]:
    """Yield the items that have no entry, because their files cannot be read."""
    known = snapshot.library.by_path
    for path in list_files(workspace.root, workspace.settings.linked_folders):
        kind = workspace.kind_of(path)
        if kind and path not in known:
            yield {**_NO_ROW, "path": path, "kind": kind, "title": path.rpartition("/")[2]}


def against_publication(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems that publishing refuses: errors, and placeholder text."""
    found = tuple(problems)
    return (*errors(found), *placeholders_among(found))


_MISSING = re.compile(r'"(\w+)" is missing')
_YAML = re.compile(r'\b[a-z_]+: |\b[a-z_]+:(?=[ "…]|$)|\.yml')
"""What a hint says to people who write the file, not to those who fill in a form."""


def for_form(row: Row, problem: Problem, labels: Mapping[str, str]) -> Row:
    """Return the problem of a row in the words of a form: labels for keys, no YAML, no name of a rule.

    Args:
        row: the problem as `as_json` returns it.
        problem: the same.
        labels: key → label of its field.
    """
    if found := _MISSING.fullmatch(problem.message):
        label = labels.get(found[1], found[1].replace("_", " ").capitalize())
        return {**row, "message": f"“{label}” is needed"}
    hint = "" if _YAML.search(problem.hint) else problem.hint
    return {**row, "message": with_hint(problem.message, hint)}


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
        "stops": bool(against_publication([problem])),
    }


def with_titles(workspace: Workspace, rows: Iterable[Row]) -> list[Row]:
    """Return problems with the titles of their items, where these can be read."""
    with workspace.snapshot() as snapshot:
        titles = {entry.path: entry.title for entry in snapshot.library.entries}
    return [{**row, "title": titles.get(row["path"], "")} for row in rows]
