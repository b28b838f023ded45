"""The HTML of a body → its nodes."""

import re
from collections.abc import Callable, Iterable, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from clusterpress.markup.key_figures import MAX_FIGURES, MIN_FIGURES, read_fact
from clusterpress.newsletters.nodes import (
    Block,
    Box,
    Cell,
    Figure,
    Inline,
    KeyFigure,
    LinkTarget,
    MarkName,
    Note,
    PictureRef,
    Table,
    Term,
    lines_in,
    normalise_heading_levels,
    plain,
    split_at_figures,
    trim,
    without_headings,
)

_ALIGNMENT = re.compile(r"(?:^|text-align:\s*)(?P<side>left|center|right)\b")
_SPACE = re.compile(r"[ \t\n\r\f]+")
_MARKS: dict[str, MarkName] = {
    "strong": "strong", "b": "strong", "em": "em", "i": "em", "cite": "em", "var": "em", "dfn": "em",
    "code": "code", "kbd": "code", "samp": "code", "sup": "sup", "sub": "sub", "del": "del", "s": "del",
}  # fmt: skip
_BLOCK_ELEMENTS = frozenset({
    "address", "article", "aside", "blockquote", "center", "details", "div", "dl", "fieldset", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p",
    "pre", "section", "table", "ul",
})  # fmt: skip
_SKIPPED_ELEMENTS = frozenset({
    "audio", "button", "canvas", "embed", "iframe", "input", "math", "noscript", "object", "script",
    "select", "style", "svg", "template", "textarea", "video",
})  # fmt: skip


MAX_GALLERY = 4
"""Pictures of a gallery that an issue shows; the page of the item has all of them."""

FoldGallery = Callable[[list[Block]], list[Block]]
"""The pictures of a gallery → what an edition takes of them."""


def keep_first(pictures: list[Block]) -> list[Block]:
    """Return the first pictures of a gallery, for an edition that leads to the page with all of them."""
    return pictures[:MAX_GALLERY]


def fold_rest(pictures: list[Block]) -> list[Block]:
    """Return the first pictures of a gallery, and the others in one block, to which a mail links."""
    rest = pictures[MAX_GALLERY:]
    return [*pictures[:MAX_GALLERY], {"t": "more", "c": rest}] if rest else pictures


FindLink = Callable[[str], LinkTarget | None]
FindPicture = Callable[[str], PictureRef | None]


def parse_nodes(
    html: str,
    *,
    link: FindLink,
    picture: FindPicture,
    gallery: FoldGallery = keep_first,
    line_height: int = 0,
) -> list[Block]:
    """Return the blocks of a body.

    Args:
        html: the body's HTML, rendered for one edition.
        link: returns where an address leads; None leaves the words without a link.
        picture: returns the picture at an address; None leaves it out.
        gallery: returns what the edition takes of a gallery.
        line_height: pixels up to which a picture stays among the words of its line.
    """
    body = LexborHTMLParser(f"<!doctype html><body>{html}").css("body")[0]
    return normalise_heading_levels(_NodeParser(body, link, picture, gallery, line_height).blocks(body))


class _NodeParser:
    def __init__(
        self, body: LexborNode, link: FindLink, picture: FindPicture, gallery: FoldGallery, line_height: int
    ) -> None:
        self._link = link
        self._picture = picture
        self._gallery = gallery
        self._line_height = line_height
        self._notes = {node.attributes.get("id"): node for node in body.css("div.footnote li[id]")}

    def blocks(self, node: LexborNode) -> list[Block]:
        """Return the blocks in an element; text between them becomes paragraphs."""
        found: list[Block] = []
        line: list[Inline] = []
        for child in node.iter(include_text=True):
            if child.tag in _BLOCK_ELEMENTS:
                found += self._paragraphs(line)
                line = []
                found += self._block(child)
            else:
                line += self._mark(child)
        return found + self._paragraphs(line)

    def _block(self, node: LexborNode) -> list[Block]:  # noqa: C901, PLR0912 -- one line for each element
        classes = (node.attributes.get("class") or "").split()
        match node.tag:
            case "p":
                return self._paragraphs(self.inline(node))
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                words = trim(self.inline(node))
                return [{"t": "h", "level": int(node.tag[1]), "c": words}] if words else []
            case "ul" | "ol":
                return self._list(node)
            case "blockquote":
                return [{"t": "quote", "pull": "pull" in classes, "c": self.blocks(node)}]
            case "figure":
                return self._figure(node, classes)
            case "table":
                return [self._table(node)]
            case "pre":
                return [{"t": "pre", "text": node.text().strip("\n")}]
            case "hr":
                return [{"t": "rule"}]
            case "dl":
                return [{"t": "terms", "c": self._terms(node)}]
            case "details":
                return [self._box(node, node.css_first("summary"))]
            case "div" if "gallery" in classes:
                return self._gallery(self.blocks(node))
            case "div" if "admonition" in classes:
                return [self._box(node, node.css_first("p.admonition-title"))]
            case "div" | "nav" if "footnote" in classes or "toc" in classes:
                return []
            case _:
                return self.blocks(node)

    def inline(self, node: LexborNode) -> list[Inline]:
        """Return the inline nodes in an element; white space becomes one space."""
        return [part for child in node.iter(include_text=True) for part in self._mark(child)]

    def _mark(self, node: LexborNode) -> list[Inline]:
        tag = node.tag or ""
        if tag == "-text":
            # A byte order mark within a text has no meaning, and PDF/A forbids it.
            text = _SPACE.sub(" ", (node.text_content or "").replace("\ufeff", ""))
            return [text] if text else []
        if tag.startswith("-") or tag in _SKIPPED_ELEMENTS:
            return []
        if tag == "br":
            return [{"t": "br"}]
        if tag == "img":
            return self._image(node)
        if tag == "sup" and (note := self._note(node)):
            return [note]
        parts = self.inline(node)
        if tag == "a":
            where = self._link(node.attributes.get("href") or "")
            return [{"t": "a", **where, "c": parts}] if where and parts else parts
        if tag == "q":
            return ["“", *parts, "”"]
        if tag == "abbr" and parts and (title := (node.attributes.get("title") or "").strip()):
            return [{"t": "abbr", "title": title, "c": parts}]
        if tag == "span" and node.attributes.get("class") == "credit":
            return [{"t": "br"}, *parts]
        return [{"t": _MARKS[tag], "c": parts}] if tag in _MARKS and parts else parts

    def _image(self, node: LexborNode) -> list[Inline]:
        shown = self._picture(node.attributes.get("src") or "")
        if not shown:
            return []
        figure: Figure = {"t": "figure", **shown, "caption": [], "alt": node.attributes.get("alt") or ""}
        if (width := node.attributes.get("width") or "").isdigit() and int(width):
            figure["width"] = int(width)
        return [figure]

    def _note(self, node: LexborNode) -> Note | None:
        reference = node.css_first("a.footnote-ref")
        anchor = (reference.attributes.get("href") or "").removeprefix("#") if reference else ""
        footnote = self._notes.get(anchor)
        if footnote is None:
            return None
        for back in footnote.css("a.footnote-backref"):
            back.decompose()
        inline: list[Inline] = []
        for line in lines_in(self.blocks(footnote)):
            inline += [{"t": "br"}, *line] if inline else line
        return {"t": "note", "c": trim(inline)}

    def _paragraphs(self, line: Iterable[Inline]) -> list[Block]:
        found: list[Block] = []
        for part in split_at_figures(line, self._line_height):
            if not isinstance(part, list):
                found.append(part)
            elif trimmed := trim(part):
                found.append({"t": "p", "c": trimmed})
        return found

    def _list(self, node: LexborNode) -> list[Block]:
        items = [self.blocks(child) for child in node.iter() if child.tag == "li"]
        items = [item for item in items if item]
        ordered = node.tag == "ol"
        if not ordered and (key_figures := _key_figures(items)):
            return [{"t": "facts", "c": key_figures}]
        text = node.attributes.get("start") or ""
        start = int(text) if text.isdigit() else 1
        return [{"t": "list", "ordered": ordered, "start": start, "c": items}] if items else []

    def _figure(self, node: LexborNode, classes: list[str]) -> list[Block]:
        caption = node.css_first("figcaption")
        words = trim(self.inline(caption)) if caption else []
        if caption:
            caption.decompose()
        inside = self.blocks(node)
        for block in inside:
            if block["t"] == "quote":
                return [{**block, "pull": block["pull"] or "pull" in classes, "by": words}]
            if block["t"] in ("figure", "table"):
                block["caption"] = words or block["caption"]
                return inside
        return inside + self._paragraphs(words)

    def _table(self, node: LexborNode) -> Table:
        caption = node.css_first("caption")
        rows = [
            [self._cell(cell) for cell in row.iter() if cell.tag in ("td", "th")] for row in node.css("tr")
        ]
        heads = len(node.css("thead tr"))
        _clip_spans(rows[:heads])
        _clip_spans(rows[heads:])
        widths = [sum(cell["colspan"] for cell in row) for row in rows]
        return {
            "t": "table",
            "caption": trim(self.inline(caption)) if caption else [],
            "columns": max(widths, default=0),
            "head": rows[:heads],
            "rows": rows[heads:],
        }

    def _cell(self, node: LexborNode) -> Cell:
        return {
            "head": node.tag == "th",
            "colspan": _count(node.attributes.get("colspan")),
            "rowspan": _count(node.attributes.get("rowspan")),
            "align": _alignment(node),
            "c": without_headings(self.blocks(node)) if node.tag == "th" else self.blocks(node),
        }

    def _terms(self, node: LexborNode) -> list[Term]:
        found: list[Term] = []
        for child in node.css("dt, dd"):
            if child.tag == "dt":
                found.append({"term": trim(self.inline(child)), "c": []})
            elif found:
                found[-1]["c"] += self.blocks(child)
        return found

    def _box(self, node: LexborNode, title: LexborNode | None) -> Box:
        words = trim(self.inline(title)) if title else []
        if title:
            title.decompose()
        return {"t": "box", "title": words, "c": self.blocks(node)}


def _clip_spans(rows: Sequence[Sequence[Cell]]) -> None:
    """Let no cell reach below the last row of its part of the table (HTML, 4.9.12)."""
    for number, row in enumerate(rows):
        for cell in row:
            cell["rowspan"] = min(cell["rowspan"], len(rows) - number)


def _alignment(node: LexborNode) -> str:
    written = f"{node.attributes.get('align') or ''};{node.attributes.get('style') or ''}"
    found = _ALIGNMENT.search(written)
    return found["side"] if found else ""


def _count(text: str | None) -> int:
    return max(1, int(text)) if text and text.isdigit() else 1


def _key_figures(items: Sequence[Sequence[Block]]) -> list[KeyFigure]:
    """Return the key figures that the items of a list make, or nothing unless all of them are facts."""
    if not MIN_FIGURES <= len(items) <= MAX_FIGURES:
        return []
    key_figures = [_key_figure(item) for item in items]
    return [key_figure for key_figure in key_figures if key_figure] if all(key_figures) else []


def _key_figure(item: Sequence[Block]) -> KeyFigure | None:
    if len(item) != 1 or item[0]["t"] != "p":
        return None
    bold, *rest = item[0]["c"]
    texts = bold["c"] if not isinstance(bold, str) and bold["t"] == "strong" else []
    if len(texts) != 1 or not isinstance(texts[0], str) or not all(isinstance(part, str) for part in rest):
        return None
    fact = read_fact(texts[0], plain(rest))
    return {"before": fact.before, "figure": fact.figure, "label": fact.label} if fact else None
