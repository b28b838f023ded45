"""Columns: what the columns of a table mean, by their names."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from anyascii import anyascii
from msgspec import Struct

from clusterpress.content.item_values import Contact
from clusterpress.content.keys import fields_of
from clusterpress.importing.sources.families import field_for
from clusterpress.importing.sources.folder_kinds import kind_of_folder
from clusterpress.importing.sources.front_matter import meaning_of
from clusterpress.importing.sources.tables.sheets import Sheet
from clusterpress.values.kinds import Kind
from clusterpress.values.problems import did_you_mean

KINDS: tuple[Kind, ...] = ("partner", "cluster", "author", "programme", "event", "news")
"""Kinds of which tables are kept; where a table fits several, the first one."""
DROP = "drop"
"""Stands for the key of a column that is left out."""

_TABLE: Mapping[str, Mapping[str, str]] = tomllib.loads(
    Path(__file__).with_name("columns.toml").read_text("utf-8")
)
_PARTS = ("text", "first_name", "last_name")
_CLOCKS = ("start_time", "end_time")
_NOT_IN_CELLS = frozenset(
    {
        "image",
        "logo",
        "more",
        "follow",
        "funding",
        "contact",
        "aliases",
        "hashtags",
        "byline",
        "audio",
        "draft",
    }
)
"""Keys that need more than a cell."""
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_SMALL = frozenset(_TABLE["words"]["small"].split())
_GENERAL = frozenset(_TABLE["words"]["general"].split())
_NAME = frozenset(_TABLE["words"]["name"].split())
"""Words that a name may have beside the ones that tell its meaning."""
_OR = re.compile(r"(?<!\s)\s*(?:[/|;\n]|\s[-–—]\s)\s*")
_MAX_HEADER_ROW = 30
"""Rows with content among which the header is looked for."""
_TELLING: Mapping[Kind, frozenset[str]] = {
    "partner": frozenset({"number"}),
    "author": frozenset({"first_name", "last_name", "email", "organisation"}),
    "event": frozenset({"start", "end", "place", "organiser"}),
    "news": frozenset({"date", "author", "text"}),
    "cluster": frozenset({"founded", "sectors"}),
    "programme": frozenset({"budget", "period", "eu_share"}),
}
"""Kind → keys that show it, beside those that many kinds have."""


class Column(Struct):
    """A column of a table."""

    number: int
    """Counted from 1."""
    header: str
    """Its name, as written; "" if it has none."""
    key: str = ""
    """What it means: a key, `DROP`, or "" if that is unknown."""
    filled: int = 0
    """Number of rows in which it has content."""
    example: str = ""
    """The first content."""
    rival: str = ""
    """The key that it would have, if no other column had it."""


class Layout(Struct):
    """What becomes of a sheet."""

    sheet: Sheet
    kind: Kind | None
    """Kind of its rows; None if that is unknown."""
    header_row: int
    columns: list[Column]

    @property
    def has_titles(self) -> bool:
        """Whether each row has a name or title."""
        keys = {column.key for column in self.columns}
        return "title" in keys or (self.kind == "author" and bool(keys & {"first_name", "last_name"}))

    def rows(self) -> Iterator[int]:
        """Yield the rows below the header."""
        return (row for row in self.sheet.rows if row > self.header_row)


@cache
def keys_for(kind: Kind) -> tuple[str, ...]:
    """Return the keys that a column may mean, for items of a kind."""
    known = fields_of(kind)
    inner = [f"contact.{part}" for part in Contact.__struct_fields__] if "contact" in known else []
    clocks = _CLOCKS if kind == "event" else ()
    names = [part for part in _PARTS if part == "text" or kind == "author" or inner]
    return (*sorted(known - _NOT_IN_CELLS), *inner, *names, *clocks)


def check_key(key: str, kind: Kind) -> str:
    """Return what is wrong with the key of a column, with a hint; "" if nothing is."""
    if key == DROP or key in keys_for(kind):
        return ""
    hint = did_you_mean(key, keys_for(kind), f"write {', '.join(keys_for(kind))} or {DROP}")
    return f'"{key}" is not a key of the kind "{kind}"; {hint}'


def fold_header(header: str) -> str:
    """Return the name of a column without case, accents, spaces and punctuation."""
    folded = re.sub(r"[^a-z0-9#]+", "", anyascii(header).casefold())
    return folded if folded.strip("#") else folded[:1]


@cache
def _names(kind: Kind) -> Mapping[str, str]:
    """Return folded name of a column → key; a family of the kind itself wins."""
    found: dict[str, str] = {}
    for block in (_TABLE.get(kind, {}), _TABLE["any"]):
        for key, names in block.items():
            if key in keys_for(kind):
                for name in names.split(","):
                    found.setdefault(fold_header(name), key)
    return found


def key_of(header: str, kind: Kind) -> str:
    """Return the key that a column means by its name; "" if it means none.

    Args:
        header: as written: ``Partner name*``, ``Country / Pays``, ``E-mail (public)``.
        kind: of the items.
    """
    plain = _ASIDE.sub(" ", header).strip()
    for name in dict.fromkeys((header, plain, *_OR.split(plain))):
        if name and (found := _names(kind).get(fold_header(name))):
            return found
    if found := _by_words(plain, kind):
        return found
    other = meaning_of(plain, kind) or field_for(plain, kind)
    return other if other in keys_for(kind) else ""


def _words(header: str) -> frozenset[str]:
    """Return the words of a name that tell something."""
    return frozenset(re.findall(r"[a-z0-9]+", anyascii(header).casefold())) - _SMALL


@cache
def _word_sets(kind: Kind) -> Mapping[frozenset[str], str]:
    blocks = (_TABLE.get(kind, {}), _TABLE["any"])
    known = keys_for(kind)
    found: dict[frozenset[str], str] = {}
    for key, names in ((key, names) for block in blocks for key, names in block.items() if key in known):
        for name in names.split(","):
            found.setdefault(_words(name), key)
    found.pop(frozenset(), None)
    return found


def _by_words(header: str, kind: Kind) -> str:
    """Return the key of a name with other small words or another order: "Name of the organisation"."""
    words, sets = _words(header), _word_sets(kind)
    tried = (words, words - _NAME if words & _NAME else frozenset(), words - _GENERAL)
    return next((sets[one] for one in tried if one in sets), "")


def propose(sheet: Sheet, kind: Kind | None, asked: Mapping[str, str], name: str) -> Layout | None:
    """Return what becomes of a sheet, as far as its names show; None if it has no rows below a header.

    Args:
        sheet: without hidden rows and columns.
        kind: of its rows, if it is known.
        asked: name of a column → key, as the user wants it.
        name: of the file, which may show the kind.
    """
    wanted = {fold_header(header): key for header, key in asked.items()}
    tried = [kind] if kind else [*KINDS]
    rows = [*sheet.rows][:_MAX_HEADER_ROW]
    if not rows:
        return None

    def recognised(row: int) -> int:
        labels = _labels(sheet, row).values()
        return max(sum(_is_known(label, one, wanted, sheet) for label in labels) for one in tried)

    header = max(rows, key=recognised)
    if not recognised(header):
        header = next((row for row in rows if len(sheet.rows[row]) > 1), rows[0])
    chosen = kind or _kind_of(sheet, header, name)
    layout = Layout(sheet, chosen, header, _columns(sheet, header))
    set_keys(layout, asked)
    return layout if any(True for _ in layout.rows()) else None


def _is_known(label: str, kind: Kind, wanted: Mapping[str, str], sheet: Sheet) -> bool:
    return bool(_asked(label, wanted, sheet) or key_of(label, kind))


def _labels(sheet: Sheet, row: int) -> dict[int, str]:
    """Return column → name in the header, without long texts."""
    return {column: cell.text for column, cell in sheet.rows.get(row, {}).items() if len(cell.text) < 80}  # noqa: PLR2004


def _kind_of(sheet: Sheet, header: int, name: str) -> Kind | None:
    """Return the kind of a sheet by its own name, the file's name, or its columns."""
    words = [sheet.name, *re.split(r"[\W_]+", sheet.name), *re.split(r"[\W_]+", name.rpartition(".")[0])]
    named = kind_of_folder([word for word in words if word])
    if named in KINDS:
        return named
    labels = [*_labels(sheet, header).values()]
    fitness = {kind: _fitness(kind, [key_of(label, kind) for label in labels]) for kind in KINDS}
    best = max(KINDS, key=lambda kind: fitness[kind])
    return best if fitness[best] and [*fitness.values()].count(fitness[best]) == 1 else None


def _fitness(kind: Kind, keys: Sequence[str]) -> int:
    """Return how many columns are such as only this kind has; 0 if no column is the name or title."""
    has_title = "title" in keys or (kind == "author" and "last_name" in keys)
    return len(_TELLING[kind] & {*keys}) if has_title else 0


def _columns(sheet: Sheet, header: int) -> list[Column]:
    labels = _labels(sheet, header)
    below = [(row, cells) for row, cells in sheet.rows.items() if row > header]
    found: dict[int, Column] = {}
    for number, label in labels.items():
        found[number] = Column(number, " ".join(label.split()))
    for _, cells in below:
        for number, cell in cells.items():
            column = found.setdefault(number, Column(number, ""))
            column.filled += 1
            column.example = column.example or " ".join(cell.text.split())
    return [found[number] for number in sorted(found)]


def _asked(label: str, wanted: Mapping[str, str], sheet: Sheet) -> str:
    return wanted.get(fold_header(f"{sheet.name}!{label}")) or wanted.get(fold_header(label), "")


def set_keys(layout: Layout, asked: Mapping[str, str]) -> None:
    """Set the key of each column: the one that is asked for, or the one that its name means.

    Args:
        layout: with its kind; changed in place.
        asked: name of a column, perhaps with its sheet (``Partners!Name``) → key.
    """
    wanted = {fold_header(header): key for header, key in asked.items()}
    for column in layout.columns:
        column.key = _asked(column.header, wanted, layout.sheet) if column.header else ""
        column.rival = ""
    if layout.kind is None:
        return
    used = {column.key for column in layout.columns}
    options = [
        (key, column)
        for column in layout.columns
        if not column.key and column.header and (key := _key_in_group(layout, column))
    ]
    # Of several columns with one meaning, the one that is named most exactly and filled most often has it.
    order = [*_names(layout.kind)]
    for key, column in sorted(options, key=lambda pair: _rank(pair[1], order)):
        if key not in used or key in {"tags", "sectors", "countries", "names", "programme", "partners"}:
            column.key = key
            used.add(key)
        elif key == "title" and "names" in keys_for(layout.kind):
            column.key = "names"
        else:
            column.rival = key


def _rank(column: Column, order: list[str]) -> tuple[bool, int, int]:
    name = fold_header(column.header)
    return not column.filled, order.index(name) if name in order else len(order), column.number


def _key_in_group(layout: Layout, column: Column) -> str:
    """Return the key of a column, with the name of the group above it: "Contact" above "Name"."""
    assert layout.kind  # noqa: S101 -- the caller knows it
    group = layout.sheet.groups.get((layout.header_row - 1, column.number), "")
    together = _names(layout.kind).get(fold_header(f"{group} {column.header}")) if group else None
    return together or key_of(column.header, layout.kind)
