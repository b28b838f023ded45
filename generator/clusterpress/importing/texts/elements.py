"""Elements of HTML: which of them Markdown carries, and what becomes of the others."""

from collections import Counter

from bs4 import BeautifulSoup, Tag

from clusterpress.importing.inventory import Inventory, Use

_CARRIED = frozenset(
    """a abbr acronym address article aside audio b bdi bdo big blockquote body br caption center cite
    code col colgroup dd del details dfn dir div dl dt em embed fieldset figcaption figure font footer
    form h1 h2 h3 h4 h5 h6 header hgroup hr html i iframe img ins kbd label legend li main mark menu
    nav noscript object ol p picture pre q rb rp rt rtc ruby s samp search section small source span
    strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var video wbr data
    button marquee blink nobr footnote""".split()  # noqa: SIM905 (words read best)
)
_NOT_NEEDED = {
    **dict.fromkeys(("script", "style", "link", "meta", "base", "head", "title"), "it only styled the page"),
    **dict.fromkeys(("template", "slot", "param", "noframes", "noembed"), "browsers do not show it"),
}
_CONTROLS = ("input", "select", "textarea", "datalist", "meter", "progress", "output")
_LEFT_OUT = {
    **dict.fromkeys(_CONTROLS, "a static page has no forms"),
    "canvas": "a script drew it",
    "svg": "it is a drawing in the text; its words stay",
    "math": "its words stay, but not their arrangement",
    "map": "a picture with several links has none here",
    "area": "a picture with several links has none here",
    "track": "films have no subtitles here",
    "frame": "the page consisted of several pages",
    "frameset": "the page consisted of several pages",
    "applet": "browsers no longer run it",
    "dialog": "a script opened it; its words stay",
}
_DROPPED = (*_CONTROLS, "canvas", "map", "track")
"""Elements without words that readers see."""
_PANELS = frozenset({"div", "section", "article", "ul", "ol", "dl", "dd", "li", "tr", "table"})
_HINT = "compare the item with the old site"


def take_stock(soup: BeautifulSoup, inventory: Inventory) -> None:
    """Enter all elements of a text in the inventory, and remove those that cannot be carried."""
    for name, count in Counter(element.name for element in soup.find_all()).items():
        if name in _CARRIED:
            inventory.add("element", name, count=count)
        elif name in _NOT_NEEDED:
            inventory.add("element", name, Use.NOT_NEEDED, _NOT_NEEDED[name], count=count)
        elif name in _LEFT_OUT:
            inventory.add("element", name, Use.LEFT_OUT, _LEFT_OUT[name], _HINT, count)
        elif not _is_inside_drawing(soup, name):
            inventory.add("element", name, Use.CARRIED, "its words stay", count=count)
    for element in soup.find_all(_is_invisible):
        if not element.decomposed:
            _drop_hidden(element, inventory)
    for element in soup.find_all([*_DROPPED, "svg"]):
        if not element.decomposed:
            _drop_drawing(element)


def _drop_hidden(element: Tag, inventory: Inventory) -> None:
    """Drop what browsers hid, but keep panels: a click opened them."""
    if element.name in _PANELS and element.get_text(strip=True):
        inventory.add("element", "hidden panel", Use.CARRIED, "a click may have opened it")
        return
    if words := " ".join(element.get_text(" ").split()):
        note = f'browsers did not show it; the first is "{words[:40]}"'
        inventory.add("element", "hidden text", Use.NOT_NEEDED, note)
    element.decompose()


def _drop_drawing(element: Tag) -> None:
    for title in element.find_all(["title", "desc"]):
        title.decompose()
    words = " ".join(element.get_text(" ").split()) if element.name == "svg" else ""
    if words:
        element.replace_with(words)
    else:
        element.decompose()


def _is_inside_drawing(soup: BeautifulSoup, name: str) -> bool:
    """Whether elements of this name occur in drawings and formulas only."""
    return all(element.find_parent(["svg", "math"]) for element in soup.find_all(name))


def _is_invisible(element: Tag) -> bool:
    style = str(element.get("style") or "").replace(" ", "").lower()
    return element.has_attr("hidden") or "display:none" in style
