"""Emphasis: not nested, around text instead of blocks, with white space outside."""

import re

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

from clusterpress.importing.texts.blocks import BLOCKS, is_raw

AS_HTML = "html"
"""Class of emphasis that asterisks cannot express."""

_EMPHASIS = ["b", "strong", "i", "em", "s", "del", "ins", "mark", "a", "sub", "sup", "abbr", "code", "q"]
_UNMARKED = "span font small big u time dfn var bdi bdo label wbr acronym".split()  # noqa: SIM905 (words read best)
_SAME = {"b": "strong", "i": "em", "s": "del"}
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
_FIRM_SPACES = "\u00a0\u202f"


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
