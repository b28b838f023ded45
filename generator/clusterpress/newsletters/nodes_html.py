"""The nodes of a body → HTML, for web pages and mail."""

from collections.abc import Callable, Mapping, Sequence
from typing import assert_never

from markupsafe import Markup, escape
from msgspec import Struct, field

from clusterpress.library.pictures import UPRIGHT_HEIGHT
from clusterpress.newsletters.nodes import (
    Block,
    Box,
    Cell,
    DescribedPicture,
    Figure,
    Inline,
    KeyFigure,
    LinkTarget,
    List,
    More,
    Quote,
    Table,
    Term,
    plain,
)
from clusterpress.theme.tables import is_long

MAX_HEADING_LEVEL = 6
"""The lowest level of a heading that HTML has."""


TEXT_SIZES = "(min-width: 52rem) 32rem, 92vw"
"""How wide most pictures are shown: a column on large screens, the whole width on small ones."""


class Size(Struct, frozen=True, kw_only=True):
    """How large a picture is shown at most, in CSS pixels."""

    width: int
    height: int

    def scaled_to(self, width: int) -> "Size":
        """Return the size of the same picture in another width."""
        return Size(width=width, height=max(1, round(self.height * width / max(1, self.width))))

    @property
    def width_upright(self) -> int:
        """The picture's own width, or that at which an upright one is not too high."""
        if self.height <= max(self.width, UPRIGHT_HEIGHT):
            return self.width
        return max(1, round(self.width * UPRIGHT_HEIGHT / self.height))


class RenderOptions(Struct, frozen=True, kw_only=True):
    """How one edition writes nodes as HTML."""

    address: Callable[[LinkTarget], str]
    """A link (``href``: a full address, or ``to``: an anchor within the issue) → its address here."""
    sizes: Mapping[str, Size]
    """Address of a picture → its size."""
    labels: Mapping[str, str]
    """Labels: ``note_back``, ``notes``."""
    versions: Mapping[str, "Versions"] = field(default_factory=dict)
    """Address of a picture → its smaller versions, of which a browser chooses one."""
    column: int = 0
    """Width of the text, which no picture exceeds; 0 where a style sheet limits pictures."""
    height: int = 0
    """Greatest height of a picture; 0 where a style sheet limits pictures."""
    lazy: bool = True
    """Whether pictures load only when scrolled into view, which mail programs do not support."""


Versions = Mapping[str, Sequence[tuple[str, int]]]
"""Media type → address and width in pixels of each version; the picture's own type has an empty name."""


class HtmlWriter(Struct):
    """Writes the blocks of one story, and collects its footnotes, which follow at its end."""

    options: RenderOptions
    anchor: str
    """Prefix of the ids of its footnotes."""
    notes: list[Markup] = field(default_factory=list)
    """Footnotes written so far."""

    def write(self, blocks: Sequence[Block], level: int) -> Markup:
        """Return blocks as HTML; their highest heading gets ``level``."""
        return Markup("\n").join(self._block(block, level) for block in blocks)

    def write_footnotes(self) -> Markup:
        """Return the footnotes of the blocks written so far; may be empty."""
        if not self.notes:
            return Markup()
        listed = Markup().join(
            Markup('<li id="{0}-note-{1}">{2} <a href="#{0}-ref-{1}" aria-label="{3}">↩</a></li>').format(
                self.anchor, number, note, self.options.labels["note_back"]
            )
            for number, note in enumerate(self.notes, start=1)
        )
        return Markup('<ol class="notes" aria-label="{}">{}</ol>').format(
            self.options.labels["notes"], listed
        )

    def _block(self, block: Block, level: int) -> Markup:  # noqa: C901, PLR0912 -- one case for each kind of block
        match block["t"]:
            case "p":
                return Markup("<p>{}</p>").format(self._inline(block["c"]))
            case "h":
                depth = min(MAX_HEADING_LEVEL, level + block["level"] - 1)
                return Markup("<h{0}>{1}</h{0}>").format(depth, self._inline(block["c"]))
            case "list":
                return self._list(block, level)
            case "quote":
                return self._quote(block, level)
            case "table":
                return self._table(block, level)
            case "figure":
                return self._figure(block)
            case "facts":
                return self._key_figures(block["c"])
            case "pre":
                return Markup("<pre>{}</pre>").format(block["text"])
            case "rule":
                return Markup("<hr>")
            case "box":
                return self._box(block, level)
            case "more":
                return self._more(block, level)
            case "terms":
                return self._terms(block["c"], level)
            case other:
                assert_never(other)

    def _box(self, block: Box, level: int) -> Markup:
        title = Markup('<p class="box__title">{}</p>').format(self._inline(block["title"]))
        return Markup('<div class="box">{}{}</div>').format(
            title if block["title"] else "", self.write(block["c"], level)
        )

    def _more(self, block: More, level: int) -> Markup:
        return self.write(block["c"], level)

    def _inline(self, parts: Sequence[Inline]) -> Markup:
        return Markup().join(self._mark(part) for part in parts)

    def _mark(self, part: Inline) -> Markup:
        if isinstance(part, str):
            return escape(part)
        match part["t"]:
            case "br":
                return Markup("<br>")
            case "a":
                return Markup('<a href="{}">{}</a>').format(
                    self.options.address(part), self._inline(part["c"])
                )
            case "note":
                self.notes.append(self._inline(part["c"]))
                return Markup('<sup><a id="{0}-ref-{1}" href="#{0}-note-{1}">{1}</a></sup>').format(
                    self.anchor, len(self.notes)
                )
            case "figure":
                return self.picture(part)
            case "abbr":
                return Markup('<abbr title="{}">{}</abbr>').format(part["title"], self._inline(part["c"]))
            case mark:
                return Markup("<{0}>{1}</{0}>").format(mark, self._inline(part["c"]))

    def picture(self, shown: DescribedPicture, sizes: str = TEXT_SIZES, *, eager: bool = False) -> Markup:
        """Return a picture alone, without its caption.

        Args:
            shown: the picture.
            sizes: how wide it is shown, as in HTML.
            eager: load it at once, as it is in view at first.
        """
        size, versions = self._size(shown), self.options.versions.get(shown["src"], {})
        lazy = Markup(' loading="lazy" decoding="async"' if self.options.lazy and not eager else "")  # noqa: S704 -- a constant
        upright = Markup(' class="upright"' if size.height > size.width else "")  # noqa: S704 -- a constant
        image = Markup('<img src="{}"{} alt="{}" width="{}" height="{}"{}{}>').format(
            shown["src"],
            _choice(versions.get("", ()), sizes),
            shown["alt"],
            size.width,
            size.height,
            upright,
            lazy,
        )
        sources = Markup().join(
            Markup('<source type="{}"{}>').format(name, _choice(found, sizes))
            for name, found in versions.items()
            if name
        )
        return Markup("<picture>{}{}</picture>").format(sources, image) if sources else image

    def _size(self, shown: DescribedPicture) -> Size:
        """Return the size that the author wants, or the picture's own, but never more than the column."""
        own, column = self.options.sizes[shown["src"]], self.options.column
        width = shown.get("width", own.width_upright)
        width = min(width, column) if column else width
        if limit := self.options.height:
            width = max(1, min(width, own.width * limit // max(1, own.height)))
        return own if width == own.width else own.scaled_to(width)

    def _figure(self, block: Figure) -> Markup:
        caption = Markup("<figcaption>{}</figcaption>").format(self._inline(block["caption"]))
        return Markup("<figure>{}{}</figure>").format(
            self.picture(block), caption if block["caption"] else ""
        )

    def _list(self, block: List, level: int) -> Markup:
        items = Markup().join(Markup("<li>{}</li>").format(self._tight(item, level)) for item in block["c"])
        if not block["ordered"]:
            return Markup("<ul>{}</ul>").format(items)
        start = Markup(' start="{}"').format(block["start"]) if block["start"] != 1 else ""
        return Markup("<ol{}>{}</ol>").format(start, items)

    def _tight(self, blocks: Sequence[Block], level: int) -> Markup:
        """Return the blocks of an item or a cell; a single paragraph at its start needs no element."""
        if blocks and blocks[0]["t"] == "p" and sum(block["t"] == "p" for block in blocks) == 1:
            return self._inline(blocks[0]["c"]) + self.write(blocks[1:], level)
        return self.write(blocks, level)

    def _quote(self, block: Quote, level: int) -> Markup:
        quote = Markup("<blockquote>{}</blockquote>").format(self.write(block["c"], level))
        by = block.get("by")
        source = Markup("<figcaption>{}</figcaption>").format(self._inline(by)) if by else ""
        kind = "quote quote--pull" if block["pull"] else "quote"
        return Markup('<figure class="{}">{}{}</figure>').format(kind, quote, source)

    def _table(self, block: Table, level: int) -> Markup:
        """Return a table in a scrolling frame, which has a name and can be reached by keyboard.

        It is no landmark: stories on one page may have tables of one name.
        """
        caption = Markup("<caption>{}</caption>").format(self._inline(block["caption"]))
        head = Markup("<thead>{}</thead>").format(self._rows(block["head"], level, "col"))
        named = block["head"] or block["rows"][:1]
        heads = ", ".join(filter(None, (plain(cell["c"]) for row in named for cell in row)))
        name = plain(block["caption"]) or heads
        frame = Markup(' role="group" tabindex="0" aria-label="{}"').format(name) if name else ""
        return Markup('<div class="table"{}><table>{}{}<tbody>{}</tbody></table></div>').format(
            frame,
            caption if block["caption"] else "",
            head if block["head"] else "",
            self._rows(block["rows"], level),
        )

    def _rows(self, rows: Sequence[Sequence[Cell]], level: int, scope: str = "row") -> Markup:
        return Markup().join(
            Markup("<tr>{}</tr>").format(Markup().join(self._cell(cell, level, scope) for cell in row))
            for row in rows
        )

    def _cell(self, cell: Cell, level: int, scope: str) -> Markup:
        spans = Markup().join(
            Markup(' {}="{}"').format(name, cell[name]) for name in ("colspan", "rowspan") if cell[name] > 1
        )
        if cell["head"]:
            spans += Markup(' scope="{}"').format(scope)
        names = [f"to-{cell['align']}"] if cell["align"] else []
        names += ["long"] if is_long(plain(cell["c"])) else []
        classes = Markup(' class="{}"').format(" ".join(names)) if names else ""
        return Markup("<{0}{1}{2}>{3}</{0}>").format(
            "th" if cell["head"] else "td", spans, classes, self._tight(cell["c"], level)
        )

    def _key_figures(self, key_figures: Sequence[KeyFigure]) -> Markup:
        rows = (
            Markup("<li><b>{}{}</b> {}</li>").format(
                Markup("<small>{}</small> ").format(key_figure["before"]) if key_figure["before"] else "",
                key_figure["figure"],
                key_figure["label"],
            )
            for key_figure in key_figures
        )
        return Markup('<ul class="facts">{}</ul>').format(Markup().join(rows))

    def _terms(self, terms: Sequence[Term], level: int) -> Markup:
        pairs = (
            Markup("<dt>{}</dt><dd>{}</dd>").format(self._inline(one["term"]), self._tight(one["c"], level))
            for one in terms
        )
        return Markup("<dl>{}</dl>").format(Markup().join(pairs))


def _choice(versions: Sequence[tuple[str, int]], sizes: str) -> Markup:
    """Return the attributes from which a browser chooses a version; empty if there is none."""
    # A comma at the end of an address would end the candidate.
    listed = ", ".join(f"{address.replace(',', '%2C')} {width}w" for address, width in versions)
    return Markup(' srcset="{}" sizes="{}"').format(listed, sizes) if versions else Markup()
