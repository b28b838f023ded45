"""Cells: what a cell says → the value of a key, in the form of our items."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta

from clusterpress.content.items import MODELS
from clusterpress.importing.sources.tables.countries import read_country
from clusterpress.importing.sources.tables.sheets import Cell
from clusterpress.parsing.hints import list_fields
from clusterpress.parsing.values import Value, ValueFault, meant_address
from clusterpress.values.characters import one_line
from clusterpress.values.kinds import TAXONOMIES, Kind

DATES = frozenset({"start", "end", "date", "updated", "publish", "expires"})
TERMS: Mapping[str, Kind] = {one.field: one.kind for one in TAXONOMIES if one.kind}
"""Key whose names mean records → kind of these records."""
_TRUE = frozenset("true yes y 1 x ✓ ✔ oui ja si sí sim tak نعم ναι".split())  # noqa: SIM905 (words read best)
_FALSE = frozenset("false no n 0 - non nein não nie لا όχι".split())  # noqa: SIM905
_BOOLEANS = frozenset({"online", "cancelled", "pinned"})
_FIRST_SERIAL, _LAST_SERIAL = 30_000, 80_000
"""Numbers of Excel for days from 1982 to 2119; other numbers are no dates."""
_SLASHED = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4})(?=\s|$)")
_LAST_MONTH = 12
_HOST = re.compile(r"[\w-]+(\.[\w-]+)*\.[a-z]{2,}(/\S*)?", re.IGNORECASE)
_MAILTO = re.compile(r"mailto:([^?]*)", re.IGNORECASE)


def read_cell(
    key: str, cell: Cell, kind: Kind, languages: Sequence[str], *, starts_1904: bool = False
) -> Value:
    """Return the value of a cell for a key; rules of the key itself are checked later, with the whole item.

    Args:
        key: our key: ``country``, ``contact.email``.
        cell: with content.
        kind: of the item.
        languages: of the site, main language first.
        starts_1904: whether the table counts days from 1904.

    Raises:
        ValueFault: the cell has no content that is known, or names no country.
    """
    if cell.fault:
        raise ValueFault(cell.fault, cell.hint)
    if key == "text":
        return cell.text
    last = key.rpartition(".")[2]
    if last in {"country", "countries"}:
        names: list[Value] = [
            read_country(name, languages) for name in split_list(cell.text, comma=last == "countries")
        ]
        return names if last == "countries" else ", ".join(map(str, names))
    if last in {"url", "web"}:
        return _address(cell)
    if last == "email":
        linked = _MAILTO.match(cell.link)
        return _MAILTO.sub(r"\1", cell.text) if "@" in cell.text else linked[1] if linked else cell.text
    if key == "number" and kind == "partner" and re.fullmatch(r"\d{1,9}", cell.text):
        return f"PP{int(cell.text)}"
    if key in DATES:
        return _day(cell, starts_1904=starts_1904)
    if key in _BOOLEANS:
        return read_boolean(cell.text)
    if key in list_fields(MODELS[kind]):
        return [*split_list(cell.text, comma=key not in {"names", "organiser"})]
    return one_line(cell.text)


def read_boolean(text: str) -> str:
    """Return "true" or "false" for yes or no in any language.

    Raises:
        ValueFault: it is neither.
    """
    word = text.strip().casefold()
    if word in _TRUE | _FALSE:
        return "true" if word in _TRUE else "false"
    raise ValueFault(f'"{text}" is neither yes nor no', 'write "yes" or "no"')


def split_list(text: str, *, comma: bool) -> list[str]:
    """Return the parts of a list in a cell: lines, parts between semicolons, or else between commas.

    Args:
        text: of the cell.
        comma: whether commas separate parts, too.
    """
    parts = re.split(r"[;\n]", text)
    parts = text.split(",") if len(parts) == 1 and comma else parts
    cleaned = (re.sub(r"^\s*[-•*·]\s+", "", one_line(part)).strip() for part in parts)
    return [part for part in cleaned if part]


def split_names(text: str, is_known: Callable[[str], bool]) -> list[str]:
    """Return the names in a cell. A name may contain a comma, so that commas separate known names only.

    Args:
        text: of the cell.
        is_known: whether a record has a name.
    """
    names = split_list(text, comma=False)
    if len(names) != 1 or "," not in names[0] or is_known(names[0]):
        return names
    parts = split_list(names[0], comma=True)
    return parts if any(map(is_known, parts)) else names


def _address(cell: Cell) -> str:
    """Return the web address in a cell: what it shows, or what it links to if it shows words."""
    text = one_line(cell.text)
    shown = text if re.match(r"https?://", text, re.IGNORECASE) else meant_address(text)
    shown = f"https://{text}" if not shown and _HOST.fullmatch(text) else shown
    if not shown.startswith("http") and re.match(r"https?://", cell.link, re.IGNORECASE):
        return cell.link
    return shown if shown.startswith("http") else text


def _day(cell: Cell, *, starts_1904: bool) -> str:
    """Return a date as text; a number is a day as spreadsheets count them."""
    number = cell.number
    if number is None and re.fullmatch(r"\d{5}(?:\.\d+)?", cell.text):
        number = float(cell.text)  # a day that was stored as text
    if number is None or not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return one_line(cell.text)
    origin = date(1904, 1, 1) if starts_1904 else date(1899, 12, 30)
    day = (origin + timedelta(days=int(number))).isoformat()
    minutes = round(number % 1 * 24 * 60)
    return f"{day} {minutes // 60:02}:{minutes % 60:02}" if minutes else day


def day_first(texts: Iterable[str]) -> bool | None:
    """Return whether the dates of a column, such as 05/06/2027, begin with the day; None if nothing shows it.

    One date that has a single reading shows it for all: 25/06/2027.
    """
    found = [match for text in texts for match in _SLASHED.finditer(text)]
    firsts = any(int(one[1]) > _LAST_MONTH for one in found)
    seconds = any(int(one[3]) > _LAST_MONTH for one in found)
    return firsts if firsts != seconds else None


def write_days(text: str, *, is_day_first: bool) -> str:
    """Return a text with its dates in figures as ``2027-06-25``."""

    def iso(found: re.Match[str]) -> str:
        day, month = (found[1], found[3]) if is_day_first else (found[3], found[1])
        return f"{found[4]}-{int(month):02}-{int(day):02}"

    return _SLASHED.sub(iso, text)
