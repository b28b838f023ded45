"""Layouts: what becomes of each sheet of a table, and which sheets are left out."""

from collections.abc import Mapping, Sequence

from clusterpress.importing.plan import Plan
from clusterpress.importing.records import ImportSourceError, Skipped
from clusterpress.importing.sources.tables.columns import Layout, propose
from clusterpress.importing.sources.tables.read import sheet_key
from clusterpress.importing.sources.tables.sheets import Sheet
from clusterpress.values.kinds import Kind


def choose_layouts(
    sheets: Sequence[Sheet],
    name: str,
    plan: Plan,
    asked: Mapping[str, str],
    *,
    kind: Kind | None = None,
    takes_hidden: bool = False,
) -> tuple[list[Layout], list[Skipped]]:
    """Return what becomes of each sheet, and the sheets that are left out.

    Args:
        sheets: of the table.
        name: of the file.
        plan: what the user decided earlier.
        asked: column → key, as the user wants it.
        kind: of the rows of all sheets, if the user names it.
        takes_hidden: whether hidden sheets count.

    Raises:
        ImportSourceError: there is no table in the file.
    """
    layouts, untitled, left = [], [], []
    for sheet in sheets:
        key = sheet_key(sheet, name)
        chosen = kind or plan.kinds_of_items.get(key)
        why = "the plan leaves it out" if key in plan.kinds and not chosen else ""
        why = "it is hidden" if sheet.is_hidden and not takes_hidden else why
        layout = None if why else propose(sheet, chosen, asked, name)
        if layout and (layout.has_titles or (layout.kind is None and len(layout.columns) > 1)):
            layouts.append(layout)
        elif layout and any(column.key for column in layout.columns):
            untitled.append(layout)
        elif sheet.rows or why:
            why = why or "it is not a table with a row of names of columns, and a name or title in each row"
            left.append(Skipped(place=name, what=f'sheet "{key}"', why=why))
    if not layouts and untitled:
        return untitled[:1], left
    left += [_left_out(one, name, "no column is the name or title of the rows") for one in untitled]
    if not layouts:
        hint = "the first row must name the columns, and each further row describe one item"
        why = left[0].why if len(left) == 1 else hint
        raise ImportSourceError(name, 1, "it contains no table", why)
    # A sheet that is not known beside one that is: lists for drop-down menus, explanations.
    known = [one for one in layouts if one.kind]
    if known:
        why = "its columns do not show what its rows are; add --kind"
        left += [_left_out(one, name, why) for one in layouts if not one.kind]
    return known or layouts, left


def _left_out(layout: Layout, name: str, why: str) -> Skipped:
    return Skipped(place=name, what=f'sheet "{sheet_key(layout.sheet, name)}"', why=why)
