"""Passes over HTML: figures, quotations, tables, white space and emphasis prepared for our dialect."""

import re

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

BLOCKS = frozenset(
    """address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr li line main nav ol p pre section summary table tbody td
    tfoot th thead tr ul caption credit""".split()  # noqa: SIM905 (words read best)
)
AS_HTML = "html"
"""Class of emphasis that asterisks cannot express."""

_EMPHASIS = [
    "b",
    "strong",
    "i",
    "em",
    "s",
    "del",
    "ins",
    "mark",
    "a",
    "sub",
    "sup",
    "abbr",
    "code",
    "q",
    "underline",
]
_UNMARKED = "span font small big u time dfn var bdi bdo label wbr acronym".split()  # noqa: SIM905 (words read best)
_SAME = {"b": "strong", "i": "em", "s": "del"}
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
_FIRM_SPACES = "\u00a0\u202f"
_DASHES = "—–-― \u00a0"
_KEPT = frozenset({"colspan", "rowspan", "scope", "href", "src", "alt", "title", "id"})


def is_raw(element: Tag) -> bool:
    """Return whether an element is, or is inside, a table that stays HTML."""
    return element.get("class") == "raw" or element.find_parent(class_="raw") is not None


def normalise_figures(soup: BeautifulSoup) -> None:
    """Give each picture of a figure a paragraph of its own, with the caption as its title."""
    for picture in soup.find_all("img", attrs={"data-caption": True}):
        picture["title"] = str(picture.attrs.pop("data-caption"))
    for figure in reversed(soup.find_all("figure")):
        caption = figure.find("figcaption")
        pictures = figure.find_all("img")
        quote = figure.find("blockquote")
        figure.name = "div"
        if quote and "wp-block-pullquote" in (figure.get("class") or []):
            quote["class"] = "pull"
        if not caption:
            continue
        if quote and not pictures:
            caption.name = "cite"
            quote.append(caption.extract())
        elif len(pictures) == 1 and not caption.find(["a", "img"]) and not figure.find(["table", "pre"]):
            pictures[0]["title"] = " ".join(caption.extract().get_text(" ").split())
        else:
            caption.name = "p"  # a caption of several pictures, or with links, stays below them


def unwrap_galleries(soup: BeautifulSoup) -> None:
    """Take the pictures of a gallery out of its list."""
    for gallery in soup.find_all(["ul", "ol"]):
        items = gallery.find_all("li", recursive=False)
        if items and all(_is_picture(item) for item in items):
            for item in items:
                item.name = "div"
                item.attrs.clear()
            gallery.name = "div"


def _is_picture(item: Tag) -> bool:
    words = (
        text for text in item.find_all(string=True) if text.strip() and not text.find_parent("figcaption")
    )
    return item.find("img") is not None and not any(words)


def normalise_verses(soup: BeautifulSoup) -> None:
    """Turn prose that is set line by line into a paragraph with breaks: a code block would lose its links."""
    for verse in soup.find_all("pre"):
        is_verse = "wp-block-verse" in (verse.get("class") or [])
        if not is_verse and (verse.find("code") or not verse.find(["a", "img"])):
            continue
        for text in verse.find_all(string=True):
            lines = str(text).split("\n")
            for number, line in enumerate(lines):
                if number:
                    text.insert_before(soup.new_tag("br"))
                text.insert_before(NavigableString(line))
            text.extract()
        verse.name = "p"


def normalise_quotations(soup: BeautifulSoup) -> None:
    """Write the author of a quotation as its last line, ``— Name``; mark pull quotes."""
    for quote in soup.find_all("blockquote"):
        names = [
            name
            for name in quote.find_all(["cite", "footer"])
            if not name.find_parent("cite") and not _follows(name)
        ]
        name = names[-1].extract() if names else None
        words = " ".join(name.get_text(" ").split()).strip(_DASHES) if name else ""
        pull = "pull" in str(quote.get("class") or "")
        if (words or pull) and quote.get_text(strip=True):
            credit = soup.new_tag("credit")
            credit.extend(_inline_parts(name) if name and name.find("a") else [NavigableString(words)])
            if pull:
                credit["class"] = "pull"
            quote.append(credit)
        elif words:
            quote.string = words


def _inline_parts(name: Tag) -> list[PageElement]:
    """Return the content of an author's name with a link, without the dash before it."""
    first = name.find(string=True)
    if first is not None:
        first.replace_with(NavigableString(str(first).lstrip(_DASHES + "\n ")))
    for block in name.find_all(lambda tag: tag.name in BLOCKS):
        block.unwrap()
    return [*name.contents]


def _follows(name: Tag) -> bool:
    """Whether text of the quotation follows the supposed author."""
    following = [text for text in name.find_all_next(string=True) if str(text).strip()]
    quote = name.find_parent("blockquote")
    inner = {id(text) for text in name.find_all(string=True)}
    return any(quote in [*text.parents] for text in following if id(text) not in inner)


def normalise_tables(soup: BeautifulSoup) -> None:
    """Mark tables that Markdown cannot express, and unwrap layout tables."""
    for table in soup.find_all("table"):
        if table.find_parent(class_="raw"):
            continue
        rows = [row.find_all(["td", "th"], recursive=False) for row in table.find_all("tr")]
        if not table.find(["th", "table"]) and all(len(row) <= 1 for row in rows):
            for cell in table.find_all(["td", "caption"]):
                cell.name = "div"
            for inner in table.find_all(["tbody", "thead", "tfoot", "tr", "colgroup", "col"]):
                inner.unwrap()
            table.unwrap()
        elif _is_complex(table):
            for inner in (table, *table.find_all()):
                inner.attrs = {key: value for key, value in inner.attrs.items() if key in _KEPT}
            _spell_out_marks(table)
            table["class"] = "raw"


def _spell_out_marks(table: Tag) -> None:
    """Write elements that are not of HTML in a table that stays HTML: notes stand in parentheses."""
    for note in table.find_all("footnote"):
        note.insert(0, NavigableString(" ("))
        note.append(NavigableString(")"))
        note.unwrap()
    for underlined in table.find_all("underline"):
        underlined.name = "u"


def _is_complex(table: Tag) -> bool:
    spans = [cell for cell in table.find_all(["td", "th"]) if {"colspan", "rowspan"} & cell.attrs.keys()]
    wide = any(str(cell.get(name, "1")) != "1" for cell in spans for name in ("colspan", "rowspan"))
    blocks = ["table", "pre", "blockquote", "hr", "dl", "h1", "h2", "h3", "h4", "h5", "h6"]
    return wide or bool(table.find(blocks)) or bool(table.select("li ul, li ol"))


def normalise_spaces(soup: BeautifulSoup) -> None:
    """Normalise white space; no-break spaces at the edges of emphasis would break the marks."""
    for text in soup.find_all(string=True):
        if text.find_parent(["pre", "textarea"]):
            continue
        even = _SPACES.sub(" ", str(text))
        if text.parent is not None and text.parent.name in _EMPHASIS:
            core = even.strip(_FIRM_SPACES + " ")
            start, end = even[:1] in _FIRM_SPACES + " ", even[-1:] in _FIRM_SPACES + " "
            even = f"{' ' * start}{core}{' ' * end}" if core else " "
        if even != str(text):
            text.replace_with(NavigableString(even))


def unnest_blocks(soup: BeautifulSoup) -> None:
    """Unwrap inline elements around blocks, and blocks inside links."""
    for element in soup.find_all():
        if element.name in BLOCKS or is_raw(element) or element.find_parent("pre"):
            continue
        inner = element.find_all(lambda tag: tag.name in BLOCKS)
        if not inner:
            continue
        if element.name == "a":
            for block in inner:
                block.insert_before(NavigableString(" "))
                block.insert_after(NavigableString(" "))
                block.unwrap()
        else:
            element.unwrap()


def normalise_emphasis(soup: BeautifulSoup) -> None:
    """Remove nested, adjacent and empty emphasis, and line breaks at its edges."""
    for element in soup.find_all(_UNMARKED):
        if not element.find_parent(class_="raw"):
            element.unwrap()
    soup.smooth()
    for element in soup.find_all(_EMPHASIS):
        element.name = _SAME.get(element.name, element.name)
        style = str(element.get("style") or "").replace(" ", "")
        if element.name == "strong" and "font-weight:normal" in style:
            element.unwrap()
    for element in soup.find_all(_EMPHASIS):
        _normalise_mark(element)


def _normalise_mark(element: Tag) -> None:
    """Unwrap empty or nested emphasis, and move breaks and anchors out of it."""
    if element.find_parent(element.name):
        element.unwrap()
        return
    while isinstance(last := _edge(element, -1), Tag) and last.name in {"br", "anchor"}:
        element.insert_after(last.extract())
    while isinstance(first := _edge(element, 0), Tag) and first.name in {"br", "anchor"}:
        element.insert_before(first.extract())
    if not element.get_text(strip=True) and not element.find("img"):
        element.unwrap()
        return
    before = element.previous_sibling
    if isinstance(before, Tag) and before.name == element.name and before.attrs == element.attrs:
        before.extend(list(element.children))
        element.decompose()
    elif isinstance(before, Tag) and {before.name, element.name} <= {"strong", "em"}:
        element["class"] = AS_HTML  # adjacent runs of asterisks would be ambiguous


def _edge(element: Tag, at: int) -> PageElement | None:
    return element.contents[at] if element.contents else None
