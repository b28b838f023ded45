"""Spreadsheets and calendars in the editor: what columns mean is shown and asked, then rows become items."""

import json
import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from pathlib import PurePosixPath
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from clusterpress.editing.errors import EditorError, RequestRefusedError
from clusterpress.editing.workspace import Workspace
from clusterpress.editor_page.words import words_of
from clusterpress.importing.plan import TARGETS, WORD_OF, Choice, Plan
from clusterpress.importing.records import Export, ImportSourceError, ImportStatus, Report
from clusterpress.importing.run import import_export
from clusterpress.importing.sources.calendar_files import read_calendar
from clusterpress.importing.sources.tables.columns import KINDS, Layout, check_key, keys_for, set_keys
from clusterpress.importing.sources.tables.layouts import choose_layouts
from clusterpress.importing.sources.tables.read import hidden_parts, read_sheets, read_tables, sheet_key
from clusterpress.importing.sources.tables.sheets import column_letters
from clusterpress.importing.write import ProjectStorage
from clusterpress.scaffolding.site import is_example
from clusterpress.sources.items import registers_of
from clusterpress.values.problems import Problem, with_hint

Found = dict[str, Any]
_OPTION = re.compile(r'(^|; |, or )\w+ (it )?(with )?"?--.*')
"""What a sentence says to people at a terminal; the form shows these choices itself."""


class _Choices(Struct, frozen=True):
    """What the person has chosen so far."""

    kinds: Mapping[str, str] = field(default_factory=dict)
    """Name of a sheet → word of `TARGETS`, or "skip"."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """``Sheet!Column`` → key, or "drop"."""


def import_table(workspace: Workspace, name: str, content: bytes, query: Mapping[str, str]) -> Found:
    """Describe a table and what an import of it would do; with ``way`` "import", import it.

    Args:
        workspace: the project.
        name: of the file.
        content: its bytes.
        query: ``way``; ``choices`` as JSON (see `_Choices`); ``kind``: of rows that do not show it.

    Raises:
        EditorError: it cannot be read, or is not settled yet.
    """
    workspace.refresh()
    choices, is_look = _read_choices(query.get("choices", "{}")), query.get("way") != "import"
    try:
        if content.lstrip()[:15].upper() == b"BEGIN:VCALENDAR":
            layouts: list[Layout] = []
            export = read_calendar(content, name, workspace.settings.time_zone)
        else:
            layouts, export = _read_table(workspace, name, content, choices, query.get("kind", ""))
    except ImportSourceError as fault:
        raise EditorError(f"{fault.place}: {with_hint(fault.message, fault.hint)}") from fault
    is_settled = all(one.kind and one.has_titles for one in layouts)
    if not is_look and not is_settled:
        raise EditorError(f"{name}: choose what each sheet contains, and which column is the name or title")
    found: Found = {"sheets": [_describe(one, name) for one in layouts], "is_settled": is_settled}
    if is_settled:
        storage = ProjectStorage(workspace.root, is_dry=is_look, is_example=is_example)
        folders = {"news": "content/news"}
        report = import_export(export, None, storage, workspace.settings, into=folders, mapped={})  # type: ignore[arg-type]
        found |= _tell(workspace, report, export)
    labels = words_of(workspace.settings.language)["labels"]
    return {
        **found,
        "keys": {WORD_OF[kind]: [[key, _label(key, labels)] for key in keys_for(kind)] for kind in KINDS},
    }


def _read_choices(text: str) -> _Choices:
    try:
        found = json.loads(text)
        kinds, columns = found.get("kinds", {}), found.get("columns", {})
        if all(isinstance(one, str) for one in (*kinds.values(), *columns.values())):
            return _Choices(kinds, columns)
    except (ValueError, AttributeError):
        pass
    raise RequestRefusedError(HTTPStatus.BAD_REQUEST, "these are not choices")


def _read_table(
    workspace: Workspace, name: str, content: bytes, choices: _Choices, word: str
) -> tuple[list[Layout], Export]:
    """Return what becomes of the sheets, and their records if that is settled.

    Args:
        workspace: the project.
        name: of the file.
        content: its bytes.
        choices: of the person.
        word: kind of rows that do not show it.
    """
    plan = Plan(kinds={sheet: Choice(kind) for sheet, kind in choices.kinds.items()})
    sheets = read_sheets(content, name)
    hidden = [part for sheet in sheets for part in hidden_parts(sheet, name)]
    layouts, left = choose_layouts([one.without_hidden() for one in sheets], name, plan, choices.columns)
    for layout in layouts:
        if layout.kind is None and (kind := TARGETS.get(word)) in KINDS:
            layout.kind = kind
            set_keys(layout, choices.columns)
        _drop_strangers(layout)
    if not all(one.kind and one.has_titles for one in layouts):
        return layouts, Export(name=name, records=())
    registers = registers_of(workspace.items, workspace.settings.language)
    export = read_tables(layouts, name, workspace.settings, registers)
    return layouts, replace(export, skipped=(*export.skipped, *hidden, *left))


def _drop_strangers(layout: Layout) -> None:
    """Forget keys that were chosen for rows of another kind."""
    for column in layout.columns:
        if layout.kind and column.key and check_key(column.key, layout.kind):
            column.key = ""


def _describe(layout: Layout, name: str) -> Found:
    columns = [
        {
            "name": f"{layout.sheet.name}!{one.header}" if layout.sheet.name else one.header,
            "letters": column_letters(one.number), "header": one.header,
            "key": one.key, "example": one.example,
        }
        for one in layout.columns
        if one.header and one.filled
    ]  # fmt: skip
    return {
        "name": sheet_key(layout.sheet, name),
        "kind": WORD_OF[layout.kind] if layout.kind else "",
        "rows": sum(1 for _ in layout.rows()),
        "has_titles": layout.has_titles,
        "columns": columns,
    }


def _tell(workspace: Workspace, report: Report, export: Export) -> Found:
    """Return what an import did or would do: numbers, what was left out, and each doubtful cell."""
    kinds = {one.kind for one in export.records}
    titles = {item.source.path: item.title for item in workspace.items}
    edited = [one.path for one in report.outcomes if one.status is ImportStatus.EDITED]
    return {
        "counts": {status.name.lower(): report.counts.get(status, 0) for status in ImportStatus},
        "is_idle": report.is_idle,
        "kinds": sorted(kinds),
        "edited": [{"path": path, "title": titles.get(path, path)} for path in edited],
        "faults": _faults(report.warnings, export.name, titles),
        "left_out": [f"{one.what}: {_OPTION.sub('', one.why)}" for one in report.skipped],
    }


def _faults(warnings: Sequence[Problem], name: str, titles: Mapping[str, str]) -> list[str]:
    """Return what is doubtful: cells by their names, items by their titles."""
    of_cells = [one.message_and_hint for one in warnings if one.path == name and not _OPTION.search(one.hint)]
    others = [
        f"{titles.get(one.path) or PurePosixPath(one.path).stem}: {one.message_and_hint}"
        for one in warnings
        if one.path != name
    ]
    return [*of_cells, *dict.fromkeys(others)]


def _label(key: str, labels: Mapping[str, str]) -> str:
    """Return the label of a key: "Contact: E-mail" for ``contact.email``."""
    block, dot, inner = key.rpartition(".")
    words = labels.get(inner, inner.replace("_", " ").capitalize())
    return f"{_label(block, labels)}: {words}" if dot else words
