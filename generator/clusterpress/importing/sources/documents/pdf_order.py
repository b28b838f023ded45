"""The order in which people read a page: columns between what spans them, and tables by rows."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import mean, median

from clusterpress.importing.sources.documents.pdf_pages import (
    Box,
    Line,
    PageContent,
    PagePicture,
    Run,
    is_rtl,
)

_MARGIN = 0.11
"""Part of a page at its top and bottom in which running heads and page numbers stand."""
_ORNAMENT = 2.8
"""Ratio to the size of the text at which one or two characters are an ornament."""
_MIN_GUTTER = 7
"""Points between two columns, at least."""
_SLACK = 3
"""Points by which things that are aligned may differ."""
_MAX_ITEMS = 2000
"""Lines and pictures of a page whose columns are looked for; the time grows with the square."""
_WORD_GAP = 26
"""Points of a gap between two words, at most."""
_MIN_ROWS, _MIN_CELLS = 3, 2
_SAME = 0.5
"""Points by which cells of a table that begin at the same place differ, at most."""
_MANY = 8
"""Lines of a page that begin at one place, at least, if a column begins there."""
_EVEN = 0.6
"""Points by which the gaps between the words of a justified line differ, at most."""
_AROUND, _NEAREST = 12, 2
"""Rows above and below a gap that are looked at, and those of them beside it that show what it is."""
_MAX_FILL = 0.7
"""Part of its column that a cell fills on average; lines of prose fill nearly all of it."""
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|página|pagina|strona|strana|صفحة)\s*)?\d{1,3}(?:\s*(?:/|of|de|sur|von|di|z)\s*\d{1,3})?\W*",
    re.IGNORECASE,
)
_BULLET = re.compile(r"[•·▪◦‣●○■□➢➔►–—*-]|\d{1,2}[.)]|\uf0b7")


class PageTable(Box, kw_only=True):
    """Words that stand in rows and columns."""

    rows: list[list[str]]


Item = Line | PagePicture | PageTable
Span = tuple[float, float]
"""Left and right end, in points."""


def take_running_lines(pages: Sequence[PageContent]) -> Counter[str]:
    """Remove running heads and page numbers from pages, and return their words with their number."""
    at: dict[tuple[int, float], set[int]] = defaultdict(set)
    said: dict[str, set[int]] = defaultdict(set)
    for page, line in _marginal(pages):
        at[round((page.height - line.y0) / _SLACK), line.size].add(page.number)
        said[_without_digits(line.text)].add(page.number)
    body = body_size(pages)
    taken: Counter[str] = Counter()
    for page, line in [*_marginal(pages)]:
        pages_at = at[round((page.height - line.y0) / _SLACK), line.size]
        is_placed = len(pages) >= _MIN_ROWS and len(pages_at) > len(pages) / 2 and line.size <= body
        is_said = len(said[_without_digits(line.text)]) > max(1, len(pages) / 3)
        if is_placed or is_said or _PAGE_NUMBER.fullmatch(line.text):
            page.lines.remove(line)
            taken[line.text] += 1
    return taken


def _marginal(pages: Iterable[PageContent]) -> Iterator[tuple[PageContent, Line]]:
    for page in pages:
        for line in [*page.lines]:
            if line.y0 > page.height * (1 - _MARGIN) or line.y1 < page.height * _MARGIN:
                yield page, line


def _without_digits(words: str) -> str:
    return re.sub(r"\d+", "0", words)


def body_size(pages: Iterable[PageContent]) -> float:
    """Return the size of most characters, in points."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 10.0


def take_ornaments(pages: Iterable[PageContent], body: float) -> Counter[str]:
    """Remove one or two characters in huge letters from pages, and return them with their number."""
    taken: Counter[str] = Counter()
    for page in pages:
        for line in [*page.lines]:
            if line.size > _ORNAMENT * body and len(line.text) < 3:  # noqa: PLR2004
                page.lines.remove(line)
                taken[line.text] += 1
    return taken


def take_backgrounds(pages: Iterable[PageContent]) -> int:
    """Remove pictures with words on them from pages, and return their number."""
    taken = 0
    for page in pages:
        for picture in [*page.pictures]:
            inside = [line for line in page.lines if _is_inside(line, picture)]
            if len(inside) >= _MIN_CELLS:
                page.pictures.remove(picture)
                taken += 1
    return taken


def _is_inside(line: Line, picture: PagePicture) -> bool:
    x, y = (line.x0 + line.x1) / 2, (line.y0 + line.y1) / 2
    return picture.x0 < x < picture.x1 and picture.y0 < y < picture.y1


def in_reading_order(page: PageContent) -> list[Item]:
    """Return what a page shows in the order in which people read it."""
    rtl = is_rtl(" ".join(line.text for line in page.lines))
    if len(page.lines) + len(page.pictures) > _MAX_ITEMS:  # no page for people
        return sorted([*page.lines, *page.pictures], key=lambda item: (-item.y1, item.x0))
    lines = _join_fragments(page.lines) if rtl else _join_bullets(_join_words(page.lines))
    tables, left = _find_tables(lines)
    items: list[Item] = [*left, *tables, *page.pictures]
    return _ordered(items, rtl=rtl) if items else []


def _join_words(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a page, with the words put together that justified text draws apart.

    Columns, and cells of tables, begin at the same place in several rows, and leave a gap before it in the
    rows around; words within a line do neither. All gaps of a justified line have the same width.
    """
    starts = Counter(round(line.x0) for line in lines)
    rows = _rows(lines)
    spans = [[(line.x0, line.x1) for line in row] for row in rows]
    joined: list[Line] = []
    for number, row in enumerate(rows):
        sides = (spans[max(0, number - _AROUND) : number][::-1], spans[number + 1 : number + 1 + _AROUND])
        gaps = [right.x0 - left.x1 for left, right in pairwise(row)]
        joined.append(row[0])
        for at, line in enumerate(row[1:]):
            last = joined[-1]
            is_other = abs(last.size - line.size) > 1 or bool(_BULLET.fullmatch(last.text))
            is_far = gaps[at] > 3 * line.size
            is_even = any(
                abs(gaps[at] - gap) < _EVEN for gap in gaps[max(0, at - 1) : at] + gaps[at + 1 : at + 2]
            )
            if is_other or is_far or _is_gutter(last, line, starts, sides, is_even=is_even):
                joined.append(line)
            else:
                space = Run(" ", line.runs[0].bold, line.runs[0].italic)
                last.runs = [*last.runs, space, *line.runs]
                last.x1, last.y1 = line.x1, max(last.y1, line.y1)
    return joined


def _is_gutter(
    left: Line,
    right: Line,
    starts: Mapping[int, int],
    sides: Iterable[Sequence[Sequence[Span]]],
    *,
    is_even: bool,
) -> bool:
    """Return whether a column begins between two parts of a line, or with the second of them.

    Args:
        left: the part on the left.
        right: the part on the right.
        starts: place → number of lines of the page that begin there.
        sides: the rows above and those below, the nearest first, each as (left, right) of its parts.
        is_even: whether the gap is as wide as another one beside it in the line.
    """
    beside = [
        [row for row in rows if any(x0 < right.x1 and x1 > left.x0 for x0, x1 in row)][:_NEAREST]
        for rows in sides
    ]
    begin = [[any(abs(x0 - right.x0) < _SAME for x0, _ in row) for row in rows] for rows in beside]
    if any(len(rows) == _NEAREST and all(rows) for rows in begin):
        return True
    nearest = [rows[0] for rows in begin if rows]
    for place in range(round(left.x1), round(right.x0) + 2):
        aligned = starts[place - 1] + starts[place] + starts[place + 1]
        if aligned >= _MANY:
            return True
        if aligned < _MIN_ROWS or is_even or right.x0 - left.x1 < right.size:
            continue
        free = [[not any(x0 < place - _SLACK < x1 for x0, x1 in row) for row in rows] for rows in beside]
        if any(len(rows) == _NEAREST and all(rows) for rows in free):
            return True
    return len(nearest) == _NEAREST and all(nearest)


def _join_fragments(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a page from right to left, with words in other scripts joined to those around."""
    joined: list[Line] = []
    for row in _rows(lines):
        for line in reversed(row):
            last = joined[-1] if joined else None
            is_near = last and abs(last.y0 - line.y0) < _SLACK and abs(last.x0 - line.x1) < line.size
            if last and is_near and abs(last.size - line.size) < 1:
                last.runs = [*last.runs, Run(" "), *line.runs]
                last.x0 = line.x0
            else:
                joined.append(line)
    return joined


def _join_bullets(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with bullets and numbers of lists joined to the words beside them."""
    kept = [*lines]
    for line in lines:
        if not _BULLET.fullmatch(line.text):
            continue
        beside = [
            other
            for other in kept
            if other is not line
            and abs(other.y0 - line.y0) < line.size / 2
            and 0 <= other.x0 - line.x1 < 3 * line.size
        ]
        if beside:
            words = min(beside, key=lambda other: other.x0)
            words.runs.insert(0, Run(f"{line.text}\t"))
            words.x0 = line.x0
            kept = [one for one in kept if one is not line]
    return kept


def _ordered(items: list[Item], *, rtl: bool) -> list[Item]:
    """Order items by cuts that cross none of them: into bands with the same columns, and into columns."""
    bands = _bands(items)
    found: list[Item] = []
    for band, free in bands:
        columns = _columns(band, free)
        if len(columns) == 1 and len(bands) == 1:
            return sorted(items, key=lambda item: (-round(item.y1 / _SLACK), -item.x1 if rtl else item.x0))
        for column in reversed(columns) if rtl else columns:
            found += _ordered(column, rtl=rtl)
    return found


def _bands(items: Sequence[Item]) -> list[tuple[list[Item], list[Span]]]:
    """Return bands from the top, each with the spans of x that are free in all of it.

    A strip that nothing above or below reaches into joins the band above if both leave room for the same
    gutter. What spans the page leaves none, and so begins a band of its own.
    """
    left, right = min(item.x0 for item in items), max(item.x1 for item in items)
    bands: list[tuple[list[Item], list[Span]]] = []
    for strip in _strips(items):
        free = _free(strip, left, right)
        shared = _shared(bands[-1][1], free) if bands and not _is_title(strip, bands[-1][0]) else []
        if shared and all(_keeps_gutters(*one, shared) for one in (bands[-1], (strip, free))):
            bands[-1] = ([*bands[-1][0], *strip], shared)
        else:
            bands.append((strip, free))
    return bands


def _is_title(strip: Sequence[Item], above: Iterable[Item]) -> bool:
    """Return whether a strip is a line alone, as large as the largest above it: a new part of a page."""
    sizes = [item.size for item in above if isinstance(item, Line)]
    one = strip[0]
    if len(strip) != 1 or not isinstance(one, Line) or not sizes:
        return False
    return one.size > 1.35 * median(sizes) and one.size > 0.9 * max(sizes)


def _strips(items: Sequence[Item]) -> list[list[Item]]:
    """Return the groups of items between heights that no item crosses, from the top."""
    strips: list[list[Item]] = []
    bottom = 0.0
    for item in sorted(items, key=lambda item: -item.y1):
        if strips and item.y1 > bottom + 1:
            strips[-1].append(item)
            bottom = min(bottom, item.y0)
        else:
            strips.append([item])
            bottom = item.y0
    return strips


def _free(items: Iterable[Item], left: float, right: float) -> list[Span]:
    """Return the spans between two places that no item covers."""
    free: list[Span] = []
    end = left
    for item in sorted(items, key=lambda item: item.x0):
        if item.x0 - end >= _MIN_GUTTER:
            free.append((end, item.x0))
        end = max(end, item.x1)
    return [*free, (end, right)] if right - end >= _MIN_GUTTER else free


def _shared(one: Iterable[Span], other: Iterable[Span]) -> list[Span]:
    spans = ((max(a[0], b[0]), min(a[1], b[1])) for a in one for b in other)
    return [span for span in spans if span[1] - span[0] >= _MIN_GUTTER]


def _keeps_gutters(items: Sequence[Item], free: Iterable[Span], shared: Sequence[Span]) -> bool:
    """Return whether the gutters between some items go on in shared free spans.

    A narrow one may end if another one goes on: it is a gap between words.
    """
    gutters = [
        (left, right)
        for left, right in free
        if any(item.x1 <= left for item in items) and any(item.x0 >= right for item in items)
    ]
    lost = [one for one in gutters if not any(one[0] <= other[0] < one[1] for other in shared)]
    return len(lost) < max(len(gutters), 1) and all(right - left < _WORD_GAP for left, right in lost)


def _columns(items: Sequence[Item], free: Iterable[Span]) -> list[list[Item]]:
    """Return items cut at the free spans, from the left."""
    edges = [(left + right) / 2 for left, right in free]
    columns: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        columns[sum(edge < (item.x0 + item.x1) / 2 for edge in edges)].append(item)
    return [columns[place] for place in sorted(columns)]


def _find_tables(lines: Sequence[Line]) -> tuple[list[PageTable], list[Line]]:
    """Return the tables among the lines of a page, and the other lines."""
    rows = _rows(lines)
    tables: list[PageTable] = []
    used: set[int] = set()
    start = 0
    while start < len(rows):
        grid = _grid(rows, start)
        if len(grid) >= _MIN_ROWS and _is_table(grid):
            tables.append(_table(grid))
            used |= {id(line) for row in grid for line in row}
        start += max(1, len(grid)) if grid and id(grid[0][0]) in used else 1
    return tables, [line for line in lines if id(line) not in used]


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Return lines on one height as rows, from the top."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (-line.y0, line.x0)):
        if rows and abs(rows[-1][0].y0 - line.y0) < _SLACK:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.x0) for row in rows]


def _grid(rows: Sequence[list[Line]], start: int) -> list[list[Line]]:
    """Return the rows from a place on whose cells begin where those of its first row do."""
    first = rows[start]
    if len(first) < _MIN_CELLS:
        return []
    columns = [line.x0 for line in first]
    grid = [first]
    for row in rows[start + 1 :]:
        is_near = grid[-1][0].y0 - row[0].y1 < 2.5 * row[0].size
        aligned = [line for line in row if any(abs(line.x0 - column) <= _SLACK for column in columns)]
        if not is_near or len(aligned) < len(row):
            break
        grid.append(row)
    return grid


def _is_table(grid: Sequence[Sequence[Line]]) -> bool:
    """Return whether rows are a table, not prose in columns, whose lines fill their columns."""
    columns = [line.x0 for line in grid[0]]
    full = [row for row in grid if len(row) >= _MIN_CELLS]
    starts = [line.text.split(maxsplit=1)[0] for row in grid for line in row]
    prose = [word for word in starts if word[0].islower() and not re.search(r"[.@/]\w", word)]
    if len(full) < max(_MIN_ROWS, len(grid) / 2) or len(prose) > len(starts) / 4:
        return False
    pitch = {round(left): right - left for left, right in pairwise(columns)}
    fills = [
        line.width / width
        for row in grid
        for line in row
        for left, width in pitch.items()
        if abs(left - line.x0) <= _SLACK
    ]
    return mean(fills) < _MAX_FILL if fills else False


def _table(grid: Sequence[Sequence[Line]]) -> PageTable:
    """Return rows as a table; a row without its first cell continues the cells above."""
    columns = [line.x0 for line in grid[0]]
    rows: list[list[str]] = []
    for row in grid:
        cells = [""] * len(columns)
        for line in row:
            at = min(range(len(columns)), key=lambda one: abs(columns[one] - line.x0))
            cells[at] = f"{cells[at]} {line.text}".strip()
        if rows and not cells[0]:
            rows[-1] = [f"{above} {cell}".strip() for above, cell in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
    lines = [line for row in grid for line in row]
    return PageTable(
        x0=min(one.x0 for one in lines), y0=min(one.y0 for one in lines), x1=max(one.x1 for one in lines),
        y1=max(one.y1 for one in lines), page=lines[0].page, rows=rows,
    )  # fmt: skip
