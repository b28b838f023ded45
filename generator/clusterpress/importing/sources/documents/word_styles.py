"""The role of each paragraph of a Word file, from its style, outline level and numbering."""

import re
from collections.abc import Iterator

from lxml import etree
from msgspec import Struct, field

from clusterpress.importing.sources.documents.word_xml import VALUE, local_name, qualified

_MAX_CHAIN = 20
"""Styles that are based on each other, at most: damaged files have circles."""
_MAX_HEADING = 6
_ROLES = {
    "title": "title",
    "heading": "h1",
    "subtitle": "subtitle",
    "caption": "caption",
    "quote": "quote",
    "intense quote": "pull",
    "block text": "quote",
    "quotations": "quote",
    "author": "author",
    "byline": "author",
    "date": "date",
    "toc heading": "contents",
    "table of figures": "contents",
    "html preformatted": "code",
    "preformatted text": "code",
    "macro text": "code",
}
"""Name of a style, in any language of Word, → role of its paragraphs."""
_HEADING = re.compile(r"heading ([1-9])\b")
_CONTENTS = re.compile(r"(?:toc|contents|index) ?\d")
_LIST = re.compile(r"list (bullet|number|continue)(?: (\d))?\b")
_TOGGLES = ("b", "i", "u", "strike", "dstrike", "vertAlign", "vanish")
"""Properties of text that styles may set, too."""


class Style(Struct, frozen=True):
    """A style: a paragraph's, or a run's."""

    name: str
    based_on: str
    element: "etree._Element"


class ListItem(Struct, frozen=True):
    """What makes a paragraph an item of a list."""

    list_id: str
    level: int
    """Depth, counted from 0."""
    is_ordered: bool
    start: int
    """Number of the first item."""
    group: str
    """Lists of one group count on from each other."""


class Styles(Struct):
    """The styles and lists of a Word file."""

    styles: dict[str, Style] = field(default_factory=dict)
    default: str = ""
    """Id of the style of paragraphs without one."""
    lists: dict[str, str] = field(default_factory=dict)
    """Id of a list → id of its definition."""
    definitions: dict[str, "etree._Element"] = field(default_factory=dict)
    starts: dict[tuple[str, int], int] = field(default_factory=dict)
    """(list, level) → number at which it begins anew."""

    def chain(self, style_id: str) -> Iterator[Style]:
        """Yield a style, and those that it is based on."""
        for _ in range(_MAX_CHAIN):
            style = self.styles.get(style_id)
            if style is None:
                return
            yield style
            style_id = style.based_on

    def role(self, paragraph: "etree._Element") -> str:
        """Return the role of a paragraph: ``h2``, ``title``, ``caption`` …; "" for running text."""
        properties = paragraph.find(qualified("w:pPr"))
        level = _value(properties, "w:outlineLvl")
        for style in self.chain(style_of(paragraph) or self.default):
            name = style.name.casefold()
            if role := _ROLES.get(name):
                return role
            if _CONTENTS.match(name):
                return "contents"
            if found := _HEADING.match(name):
                return f"h{min(int(found[1]), _MAX_HEADING)}"
            level = level or _value(style.element.find(qualified("w:pPr")), "w:outlineLvl")
        return f"h{min(int(level) + 1, _MAX_HEADING)}" if level.isdigit() and int(level) < 9 else ""  # noqa: PLR2004 - 9 is body text

    def list_item(self, paragraph: "etree._Element") -> ListItem | None:
        """Return the place of a paragraph in a list, or None."""
        own = paragraph.find(f"{qualified('w:pPr')}/{qualified('w:numPr')}")
        list_id, level = _value(own, "w:numId"), _value(own, "w:ilvl")
        by_name = 0
        for style in self.chain(style_of(paragraph) or self.default):
            if found := _LIST.match(style.name.casefold()):
                by_name = max(by_name, int(found[2] or 1) - 1)
            numbering = style.element.find(f"{qualified('w:pPr')}/{qualified('w:numPr')}")
            list_id = list_id or _value(numbering, "w:numId")
            level = level or _value(numbering, "w:ilvl")
        if not list_id or list_id == "0":
            return None
        depth = int(level) if level.isdigit() else 0
        return self._item(list_id, depth, by_name)

    def is_continued(self, paragraph: "etree._Element") -> bool:
        """Return whether a paragraph without a number may belong to the list item before it."""
        names = [style.name.casefold() for style in self.chain(style_of(paragraph))]
        return any(name == "list paragraph" or name.startswith("list continue") for name in names)

    def _item(self, list_id: str, depth: int, by_name: int) -> ListItem | None:
        definition = self._definition(list_id)
        if definition is None:
            return None
        levels = {one.get(qualified("w:ilvl"), "0"): one for one in definition.iter(qualified("w:lvl"))}
        level = levels.get(str(depth))
        form = _value(level, "w:numFmt")
        if form == "none":
            return None
        start = self.starts.get((list_id, depth)) or _number(_value(level, "w:start"))
        own = definition.get(qualified("w:abstractNumId"), "")
        group = f"{list_id}*" if (list_id, depth) in self.starts else own
        return ListItem(list_id, max(depth, by_name), form not in {"bullet", ""}, start, group)

    def _definition(self, list_id: str) -> "etree._Element | None":
        for _ in range(_MAX_CHAIN):
            definition = self.definitions.get(self.lists.get(list_id, ""))
            link = _value(definition, "w:numStyleLink")
            if not link:
                return definition
            style = self.styles.get(link)
            path = f"{qualified('w:pPr')}/{qualified('w:numPr')}"
            list_id = _value(style.element.find(path) if style else None, "w:numId")
        return None

    def text_properties(self, style_id: str) -> dict[str, "etree._Element"]:
        """Return the properties of text that a style sets: name, such as ``b``, → its element."""
        found: dict[str, etree._Element] = {}
        for style in self.chain(style_id):
            properties = style.element.find(qualified("w:rPr"))
            for name in _TOGGLES if properties is not None else ():
                one = properties.find(qualified(f"w:{name}")) if properties is not None else None
                if one is not None:
                    found.setdefault(name, one)
        return found


def read_styles(styles: "etree._Element | None", numbering: "etree._Element | None") -> Styles:
    """Return the styles and lists of a Word file.

    Args:
        styles: root of its part with styles.
        numbering: root of its part with lists.
    """
    found = Styles()
    for one in styles.iter(qualified("w:style")) if styles is not None else ():
        style_id = one.get(qualified("w:styleId"), "")
        found.styles[style_id] = Style(_value(one, "w:name"), _value(one, "w:basedOn"), one)
        if one.get(qualified("w:type")) == "paragraph" and is_on(one.get(qualified("w:default"), "0")):
            found.default = style_id
    for one in numbering.iter(qualified("w:abstractNum")) if numbering is not None else ():
        found.definitions[one.get(qualified("w:abstractNumId"), "")] = one
    for one in numbering.iterchildren(qualified("w:num")) if numbering is not None else ():
        list_id = one.get(qualified("w:numId"), "")
        found.lists[list_id] = _value(one, "w:abstractNumId")
        for override in one.iter(qualified("w:lvlOverride")):
            if start := _value(override, "w:startOverride"):
                level = _number(override.get(qualified("w:ilvl"), "0"), 0)
                found.starts[list_id, level] = _number(start)
    return found


def style_of(element: "etree._Element") -> str:
    """Return the id of the style of a paragraph or run; "" if it has none."""
    name = "w:pPr/w:pStyle" if local_name(element.tag) == "w:p" else "w:rPr/w:rStyle"
    found = element.find("/".join(qualified(part) for part in name.split("/")))
    return found.get(VALUE, "") if found is not None else ""


def is_on(value: str | None) -> bool:
    """Return whether a switch of a Word file is on; without a value, it is."""
    return value not in {"0", "false", "none", "off"}


def _value(parent: "etree._Element | None", name: str) -> str:
    found = parent.find(qualified(name)) if parent is not None else None
    return found.get(VALUE, "") if found is not None else ""


def _number(text: str, otherwise: int = 1) -> int:
    return int(text) if text.isdigit() else otherwise
