"""Lines of a PDF in reading order → headings, paragraphs, items of lists, pictures and tables, as HTML."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import groupby, pairwise
from typing import Literal

from msgspec import Struct, field

from clusterpress.importing.sources.documents.findings import Findings, quoted
from clusterpress.importing.sources.documents.pdf_order import Item, PageTable
from clusterpress.importing.sources.documents.pdf_pages import Line, PagePicture, Run
from clusterpress.importing.sources.documents.word_reader import ROLE

_END = re.compile(r"[.!?:;…\"”»)]\s*$")
_ITEM = re.compile(r"\s*(?:[•·▪◦‣●○■□➢➔►\uf0b7]|[–—*-]\t|\d{1,2}[.)]\t)\s*")
_NUMBERED = re.compile(r"\s*(\d{1,2})[.)]\s+(?=\S)")
_SPACED = re.compile(r"(?:\w ){4,}\w")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_MAX_HEADING, _MAX_BOLD = 160, 90
"""Characters of a heading, and of one that only its bold letters show."""
_LARGER = 1.14
"""Ratio of the size of a heading to that of the text, at least."""


class Block(Struct):
    """A part of a text."""

    kind: Literal["heading", "text", "item", "picture", "table"]
    page: int
    lines: list[Line] = field(default_factory=list)
    level: int = 0
    """Of a heading, from 1."""
    picture: str = ""
    rows: list[list[str]] = field(default_factory=list)
    words: str = ""
    """Its words on one line."""

    @property
    def size(self) -> float:
        """Size of its letters, in points."""
        return self.lines[0].size if self.lines else 0.0


def make_blocks(
    pages: Iterable[Sequence[Item]], body: float, outline: Sequence[tuple[int, str]]
) -> list[Block]:
    """Return the blocks of a PDF.

    Args:
        pages: items of each page, in reading order.
        body: size of most characters, in points.
        outline: (level, words) of the bookmarks.
    """
    items = [item for page in pages for item in page]
    known = Counter(
        word.lower() for item in items if isinstance(item, Line) for word in _WORD.findall(item.text)
    )
    blocks = [*_group(items, _usual_gaps(items))]
    for block in blocks:
        block.words = " ".join("".join(run.text for run in join_runs(block.lines, known)).split())
    _find_headings(blocks, body, outline)
    _find_captions(blocks, body)
    return blocks


def _usual_gaps(items: Sequence[Item]) -> Mapping[float, float]:
    """Return size of letters → usual gap between two lines of a paragraph, in points."""
    gaps: dict[float, Counter[float]] = defaultdict(Counter)
    for above, below in pairwise(items):
        if isinstance(above, Line) and isinstance(below, Line) and above.size == below.size:
            gap = above.y0 - below.y1
            if above.page == below.page and -above.size < gap < 2 * above.size:
                gaps[above.size][round(gap * 2) / 2] += 1
    return {size: min(found, key=lambda gap: (-found[gap], gap)) for size, found in gaps.items()}


def _group(items: Iterable[Item], gaps: Mapping[float, float]) -> Iterator[Block]:
    """Yield blocks of the lines that belong together."""
    block: Block | None = None
    number = 0  # of the last item of a list
    for item in items:
        if isinstance(item, Line):
            # With a bullet, or with the number that comes next.
            is_next = _number_of(item) in (1, number + 1)
            is_item = bool(_ITEM.match(_start(item))) or is_next
            number = _number_of(item) if is_next else number
            if block and not is_item and _continues(block, item, gaps):
                block.lines.append(item)
                continue
            if block:
                yield block
            block = Block("item" if is_item else "text", item.page, [item])
            continue
        if block and isinstance(item, PageTable):
            yield block
            block = None
        made = (
            Block("table", item.page, rows=item.rows)
            if isinstance(item, PageTable)
            else Block("picture", item.page, picture=item.name if isinstance(item, PagePicture) else "")
        )
        if block and not _END.search(block.lines[-1].text):
            yield made  # a picture in the middle of a paragraph stands before it
            continue
        if block:
            yield block
        block = None
        yield made
    if block:
        yield block


def _start(line: Line) -> str:
    return "".join(run.text for run in line.runs)[:8]


def _number_of(line: Line) -> int:
    """Return the number with which a line begins, or 0."""
    found = _NUMBERED.match(_start(line))
    return int(found[1]) if found else 0


def _continues(block: Block, line: Line, gaps: Mapping[float, float]) -> bool:
    """Return whether a line belongs to the paragraph before it."""
    last = block.lines[-1]
    if abs(last.size - line.size) > 0.6 or last.bold != line.bold:  # noqa: PLR2004
        return False
    gap = last.y0 - line.y1
    is_below = last.page == line.page and line.y1 < last.y1 and min(last.x1, line.x1) > max(last.x0, line.x0)
    if not is_below or gap > 4 * line.size:
        # It goes on in the next column, or on the next page.
        return (
            not line.bold
            and not _END.search(last.text)
            and (last.text.endswith("-") or line.text[:1].islower())
        )
    usual = gaps.get(line.size, 0.4 * line.size)
    if gap > max(usual, 0) + 0.3 * line.size:
        return False
    is_indented = line.x0 > last.x0 + 0.8 * line.size and block.kind == "text"
    return not (is_indented and _END.search(last.text))


def join_runs(lines: Sequence[Line], known: Mapping[str, int]) -> list[Run]:
    """Return the runs of a paragraph, with words put together that were divided at the end of a line.

    Args:
        lines: of the paragraph.
        known: words of the whole text, in small letters; they decide where a hyphen belongs to the word.
    """
    runs: list[Run] = []
    for line in lines:
        for index, run in enumerate(line.runs):
            text = run.text.lstrip() if index == 0 else run.text
            if index == 0 and runs:
                before = runs[-1].text.rstrip()
                runs[-1] = Run(_joined(before, text, known), runs[-1].bold, runs[-1].italic, runs[-1].url)
            runs.append(Run(text, run.bold, run.italic, run.url))
    if runs:
        runs[-1].text = runs[-1].text.rstrip()
    same = groupby(filter(lambda run: run.text, runs), key=lambda run: (run.bold, run.italic, run.url))
    return [Run("".join(run.text for run in group), *style) for style, group in same]


def _joined(before: str, after: str, known: Mapping[str, int]) -> str:
    """Return the end of a line as it stands before the next one: with a space, or without its hyphen."""
    if not re.search(r"\w-$", before) or not after[:1].isalnum():
        return f"{before} "
    if not after[0].islower():
        return before  # 2014-2020, North-South
    head, tail = re.match(r"-[^\W_]*", before[::-1]), re.match(r"[^\W_]+", after)
    if not head or not tail or len(head[0]) < 3:  # noqa: PLR2004
        return before
    start = head[0][::-1]
    whole, hyphened = f"{start[:-1]}{tail[0]}".lower(), f"{start}{tail[0]}".lower()
    return before if known.get(hyphened, 0) > known.get(whole, 0) else before[:-1]


def _find_headings(blocks: Sequence[Block], body: float, outline: Sequence[tuple[int, str]]) -> None:
    """Mark headings: bookmarks of the file, larger letters, and short lines in bold."""
    by_words: dict[str, list[Block]] = defaultdict(list)
    for block in blocks:
        by_words[_folded(block.words)].append(block)
    deepest = 0
    for level, words in outline:
        if found := [one for one in by_words.get(_folded(words), ()) if one.kind == "text"]:
            best = max(found, key=lambda one: one.size)
            best.kind, best.level, deepest = "heading", level, max(deepest, level)
    others = [block for block in blocks if block.kind == "text" and _looks_like_heading(block, body)]
    sizes = sorted({(block.size, block.lines[0].bold) for block in others}, reverse=True)
    for block in others:
        block.kind = "heading"
        block.level = deepest + 1 + sizes.index((block.size, block.lines[0].bold))


def _folded(words: str) -> str:
    return re.sub(r"\W+", " ", words).strip().casefold()


def _looks_like_heading(block: Block, body: float) -> bool:
    words = block.words
    if not re.search(r"[^\W\d_]", words) or len(words) > _MAX_HEADING:
        return False
    if block.size >= _LARGER * body:
        return len(block.lines) <= 4 and not words.endswith((".", ",", ";"))  # noqa: PLR2004
    is_bold = block.lines[0].bold and block.size >= body - 0.5
    return is_bold and len(words) <= _MAX_BOLD and len(block.lines) <= 2 and words[-1] not in ".,;:"  # noqa: PLR2004


def _find_captions(blocks: Sequence[Block], body: float) -> None:
    """Mark small paragraphs right after pictures as captions, by level -1."""
    for above, below in pairwise(blocks):
        is_small = below.lines and below.size < 0.93 * body
        if above.kind == "picture" and below.kind == "text" and is_small and above.page == below.page:
            below.level = -1


def to_html(blocks: Iterable[Block], findings: Findings) -> str:
    """Return blocks as HTML, with classes for captions and items of lists; see `document_html`."""
    blocks = [*blocks]
    known = Counter(word.lower() for block in blocks for word in _WORD.findall(block.words))
    return "".join(_html(block, known, findings) for block in blocks)


def _html(block: Block, known: Mapping[str, int], findings: Findings) -> str:
    match block.kind:
        case "picture":
            return f'<p><img src="{escape(block.picture)}"></p>'
        case "table":
            words = quoted(" | ".join(block.rows[0]))
            hint = "compare it with the PDF"
            findings.remark(
                f"a table was made of words in rows and columns on page {block.page}: {words}",
                hint,
                block.rows[0][0],
            )
            rows = ("".join(f"<td>{_cell(cell)}</td>" for cell in row) for row in block.rows)
            return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
        case "heading":
            return f"<h{min(block.level, 6)}>{escape(_unspaced(block.words))}</h{min(block.level, 6)}>"
    runs = join_runs(block.lines, known)
    whole = all(run.bold for run in runs) or all(run.italic for run in runs)
    inline = "".join(_inline(run, plain=whole) for run in runs)
    if block.level < 0:
        return f'<p class="{ROLE}caption">{inline}</p>'
    if block.kind == "item":
        return _item(inline)
    return f"<p>{inline}</p>"


def _cell(words: str) -> str:
    """Return the words of a cell, as a list if they have bullets."""
    lead, *items = re.split(r"(?:^|\s)[•▪●■\uf0b7]\s*", words)
    if len(items) < 2:  # noqa: PLR2004
        return escape(words)
    return f"{escape(lead)}<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"


def _item(inline: str) -> str:
    if found := _NUMBERED.match(inline):
        return f"<p>{found[1]}.\t{inline[found.end() :]}</p>"
    bullet = _ITEM.match(inline)
    return f"<p>•\t{inline[bullet.end() :] if bullet else inline}</p>"


def _inline(run: Run, *, plain: bool) -> str:
    text = escape(re.sub(r"\s+", " ", run.text) if run.text.strip() else " ")
    if not run.text.strip():
        return text
    if run.url:
        text = f'<a href="{escape(run.url)}">{text}</a>'
    if run.bold and not plain:
        text = f"<strong>{text}</strong>"
    return f"<em>{text}</em>" if run.italic and not plain else text


def _unspaced(words: str) -> str:
    """Return words without the spaces with which a designer spread their letters."""
    return words.replace(" ", "") if _SPACED.fullmatch(words) else words
