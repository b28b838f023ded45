"""References: replaces links and pictures of the site by values, and reports invalid addresses."""

import re
from collections.abc import Collection, Iterable
from enum import Enum, auto
from urllib.parse import unquote

from clusterpress.markup.body import LinkRef, Part, Parts, PictureRef
from clusterpress.markup.clean_html import Element, escape_text, escape_value, unescape
from clusterpress.markup.sanitise import REFUSED_SCHEMES
from clusterpress.markup.source_lines import LineFinder
from clusterpress.parsing.values import meant_address
from clusterpress.values.problems import did_you_mean

Fault = tuple[int, str, str]
"""Line within the body, message, hint."""
PartsEdit = tuple[int, int, Parts]
"""Start and end of a piece of HTML, and the parts that replace it."""

_LOADED = frozenset({"href", "xlink:href", "src", "srcset", "poster", "data", "background"})
_ADDRESSES = _LOADED | {"action", "formaction", "cite", "longdesc"}
_REWRITTEN = _ADDRESSES | {"target"}
_PICTURES = frozenset({"source srcset", "video poster", "image href", "image xlink:href"})
_OWN_ATTRIBUTES = frozenset({"src", "alt", "srcset", "sizes"})

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_LINE_ENDS = str.maketrans("", "", "\t\n\r")
_EDGES = "".join(map(chr, range(0x21)))


class LinkKind(Enum):
    """Where an address leads."""

    REFUSED = auto()
    """It runs code, or carries a document in itself."""
    LOCAL_FILE = auto()
    """To a file of the author's computer."""
    EXTERNAL = auto()
    """To another site, a mailbox, a telephone."""
    FRAGMENT = auto()
    """To a place in the same body: ``#contact``."""
    SAME_PAGE = auto()
    """To the same page: an empty address, or ``?query``."""
    INTERNAL = auto()
    """To another source or file of this site."""


_NOT_PUBLISHED = (LinkKind.REFUSED, LinkKind.LOCAL_FILE)
_SAVE = "save it beside the item and write its name"


def classify_link(address: str) -> LinkKind:
    """Return where an address leads, read as browsers read it (URL Standard, 4.4)."""
    address = strip_url_whitespace(address)
    if found := _SCHEME.match(address):
        scheme = found[1].lower()
        if scheme in REFUSED_SCHEMES:
            return LinkKind.REFUSED
        return LinkKind.LOCAL_FILE if scheme == "file" or len(scheme) == 1 else LinkKind.EXTERNAL
    if address.replace("\\", "/").startswith("//"):
        return LinkKind.EXTERNAL
    if address.startswith("#"):
        return LinkKind.FRAGMENT
    return LinkKind.INTERNAL if address and not address.startswith("?") else LinkKind.SAME_PAGE


def strip_url_whitespace(address: str) -> str:
    """Return an address without the white space that browsers pass over."""
    # Most addresses have none.
    return (address if address.isprintable() else address.translate(_LINE_ENDS)).strip(_EDGES)


_FOOTNOTES = frozenset({"footnote-ref", "footnote-backref"})
"""Classes of links whose addresses nobody has written."""
_REMOTE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
"""How pictures of other sites begin. Whether pages show them is up to the settings."""


class References:
    """The references of one body, the edits that place them, and faulty addresses."""

    def __init__(self, elements: Iterable[Element], finder: LineFinder) -> None:
        self._finder = finder
        self.links: list[LinkRef] = []
        self.external_links: list[LinkRef] = []
        self.pictures: list[PictureRef] = []
        self.edits: list[PartsEdit] = []
        self.lines: dict[int, int] = {}
        """Offset of an element → line of its address."""
        self._fragments: list[tuple[str, int]] = []
        self._faults: list[Fault] = []
        for element in elements:
            if element.tag == "img":
                self._replace_picture(element)
            elif not _REWRITTEN.isdisjoint(element.written):
                self._replace_addresses(element)

    def faults(self, anchors: Collection[str]) -> tuple[Fault, ...]:
        """Return the faults of the addresses, sorted by line, given the ids of the body."""
        found, known = list(self._faults), frozenset(anchors)
        for name, line in self._fragments:
            if name not in known and name not in {"", "top"}:
                hint = did_you_mean(name, known, "use an id or a heading")
                found.append((line, f'nothing in this text is called "#{name}"', hint))
        return tuple(sorted(found))

    def _replace_addresses(self, element: Element) -> None:
        """Rewrite the start tag of an element if any of its attributes changes."""
        written = element.written
        if element.tag == "a" and "target" in written:
            # Without it, the page in the new window could control ours (HTML Standard, 4.6.7.10).
            rel = dict.fromkeys([*written.get("rel", "").split(), "noopener"])
            written = {**written, "rel": " ".join(rel)}
        changed = written is not element.written
        pieces: list[Part] = [f"<{element.tag}"]
        for name, value in written.items():
            new: Parts = (value,)
            if name in _ADDRESSES:
                new = self._resolve_attribute(element, name, value)
                changed = changed or new != (value,)
            if new:
                pieces += (f' {name}="', *new, '"')
        if changed:
            self.edits.append((element.start, element.inner, (*pieces, ">")))

    def _resolve_attribute(self, element: Element, name: str, written: str) -> Parts:
        """Return the new value of an address attribute; an empty tuple removes the attribute."""
        value = unescape(written)
        if name != "srcset":
            resolved = self._resolve(element, name, value)
            return (written,) if resolved == value else () if resolved is None else (resolved,)
        parts: list[Part] = []
        for candidate in value.split(","):
            address, _, size = candidate.strip().partition(" ")
            if resolved := self._resolve(element, name, address):
                parts += [", "] if parts else []
                parts.append(escape_value(resolved) if isinstance(resolved, str) else resolved)
                parts += [f" {escape_value(size)}"] if size else []
        return tuple(parts)

    def _resolve(self, element: Element, name: str, value: str) -> str | LinkRef | None:
        """Return a reference, the unchanged address, or None to remove it."""
        address, is_link = strip_url_whitespace(value), element.tag == "a"
        kind = classify_link(address)
        from_elsewhere = kind is LinkKind.EXTERNAL and f"{element.tag} {name}" in _PICTURES
        refused = from_elsewhere or kind in _NOT_PUBLISHED
        if name not in _LOADED and not refused:
            return value
        is_written = "class" not in element.written or _FOOTNOTES.isdisjoint(element.classes)
        line = self.lines[element.start] = self._finder.line_of(value or "()") if is_written else 1
        if refused:
            self._faults.append((line, *_describe_fault(kind, address)))
            return None
        if is_link and (guess := meant_address(address)):
            message = f'link to "{address}", which is not a full address'
            self._faults.append((line, message, f'write "{guess}"'))
            return None
        if kind is LinkKind.INTERNAL:
            self.links.append(link := LinkRef(address, line))
            return link
        if kind is LinkKind.FRAGMENT:
            self._fragments.append((unquote(address[1:]), line))
        elif is_link and not address:
            hint = "write the address between the round brackets"
            self._faults.append((line, "link without an address", hint))
        elif is_link and name == "href" and address.lower().startswith(("http://", "https://")):
            self.external_links.append(LinkRef(address, line))
        return value

    def _replace_picture(self, element: Element) -> None:
        source, alt = element.get("src") or "", element.get("alt") or ""
        address = strip_url_whitespace(source)
        kind = classify_link(address)
        line = self.lines[element.start] = self._finder.line_of(source or "()")
        new: Part = escape_text(alt)
        if kind is LinkKind.INTERNAL or _REMOTE.match(address):
            others = [name for name in element.written if name not in _OWN_ATTRIBUTES]
            new = PictureRef(address, alt, tuple((name, element.get(name) or "") for name in others), line)
            self.pictures.append(new)
        else:
            self._faults.append((line, *_describe_fault(kind, address)))
        self.edits.append((element.start, element.inner, (new,)))


def _describe_fault(kind: LinkKind, address: str) -> tuple[str, str]:
    if kind is LinkKind.REFUSED:
        scheme = address.partition(":")[0].lower()
        return f'an address that begins with "{scheme}:" is not published', "link to a page or a file"
    if kind is LinkKind.LOCAL_FILE:
        return "the address leads to a file of one computer", _SAVE
    if kind is LinkKind.EXTERNAL:
        return f"picture from another site: {address}", _SAVE
    return "picture without a file", "write its file name between the round brackets"
