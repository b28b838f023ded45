"""References: links and pictures that point into the site, taken out of a body's HTML as values."""

import re
from collections.abc import Collection, Mapping
from enum import Enum, auto
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from clusterpress.markup.body import LinkRef, PictureRef
from clusterpress.markup.line_finder import LineFinder
from clusterpress.markup.sanitise import REFUSED_SCHEMES
from clusterpress.parsing.addresses import meant_address
from clusterpress.values.problems import did_you_mean

Fault = tuple[int, str, str]
"""Line within the body, message, hint."""

_LOADED = frozenset({"href", "xlink:href", "src", "srcset", "poster", "data", "background"})
_ADDRESSES = _LOADED | {"action", "formaction", "cite", "longdesc"}
_PICTURES = frozenset({"source srcset", "video poster", "image href", "image xlink:href"})
_OWN_ATTRIBUTES = frozenset({"src", "alt", "srcset", "sizes"})

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_LINE_ENDS = str.maketrans("", "", "\t\n\r")
_EDGES = "".join(map(chr, range(0x21)))
_PLACEHOLDER = re.compile("\x02([0-9]+)\x03")


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
    return address.translate(_LINE_ENDS).strip(_EDGES)


class References:
    """The references of one body; in its HTML each is a mark of characters that no text can hold."""

    def __init__(self, body: LexborNode, finder: LineFinder) -> None:
        """Replace every address of this site in ``body`` by a mark, and take out those that run code."""
        self._finder = finder
        self._extracted: list[LinkRef | PictureRef] = []
        self._fragments: list[tuple[str, int]] = []
        self._faults: list[Fault] = []
        for node in body.css("*"):
            if node.tag == "img":
                self._extract_picture(node)
            elif attributes := node.attributes:
                self._extract_addresses(node, attributes)

    @property
    def links(self) -> tuple[LinkRef, ...]:
        """Links, in order."""
        return tuple(ref for ref in self._extracted if isinstance(ref, LinkRef))

    @property
    def pictures(self) -> tuple[PictureRef, ...]:
        """Pictures, in order."""
        return tuple(ref for ref in self._extracted if isinstance(ref, PictureRef))

    def faults(self, anchors: Collection[str]) -> tuple[Fault, ...]:
        """Return what is wrong with the addresses, in order of lines, given the ids of the body."""
        lost = [
            (
                line,
                f'nothing in this text is called "#{name}"',
                did_you_mean(name, anchors, "use an id or a heading"),
            )
            for name, line in self._fragments
            if name not in anchors and name not in {"", "top"}
        ]
        return tuple(sorted([*self._faults, *lost]))

    def parts(self, html: str) -> tuple[str | LinkRef | PictureRef, ...]:
        """Return HTML cut at its marks, with the references themselves in between."""
        pieces = _PLACEHOLDER.split(html)
        pairs = [self._extracted[int(piece)] if at % 2 else piece for at, piece in enumerate(pieces)]
        return tuple(part for part in pairs if part)

    def _extract_addresses(self, node: LexborNode, attributes: Mapping[str, str | None]) -> None:
        for name, value in attributes.items():
            if name not in _ADDRESSES:
                continue
            resolved = (
                self._resolve_srcset(node, value or "")
                if name == "srcset"
                else self._resolve(node, name, value or "")
            )
            if resolved is None:
                del node.attrs[name]
            elif resolved != value:
                node.attrs[name] = resolved

    def _resolve_srcset(self, node: LexborNode, value: str) -> str | None:
        """Return a ``srcset`` with marks for addresses; its candidates are ``address size``."""
        candidates = []
        for candidate in value.split(","):
            address, _, size = candidate.strip().partition(" ")
            resolved = self._resolve(node, "srcset", address)
            candidates += [f"{resolved} {size}".strip()] if resolved else []
        return ", ".join(candidates) or None

    def _resolve(self, node: LexborNode, name: str, value: str) -> str | None:
        """Return what an address attribute is to be: a mark, the value as it is, or nothing."""
        kind = classify_link(value)
        from_elsewhere = kind is LinkKind.EXTERNAL and f"{node.tag} {name}" in _PICTURES
        if from_elsewhere or kind is LinkKind.REFUSED or kind is LinkKind.LOCAL_FILE:
            self._refuse(kind, value)
            return None
        if name not in _LOADED:
            return value
        if node.tag == "a" and (guess := meant_address(strip_url_whitespace(value))):
            words = (
                f'link to "{strip_url_whitespace(value)}", which is not a full address',
                f'write "{guess}"',
            )
            self._faults.append((self._finder.line_of(value), *words))
            return None
        if kind is LinkKind.INTERNAL:
            return self._add_placeholder(LinkRef(strip_url_whitespace(value), self._finder.line_of(value)))
        if kind is LinkKind.FRAGMENT:
            self._fragments.append((unquote(strip_url_whitespace(value)[1:]), self._finder.line_of(value)))
        elif node.tag == "a" and not strip_url_whitespace(value):
            self._refuse(kind, "()")
        return value

    def _extract_picture(self, node: LexborNode) -> None:
        """Replace a picture by its mark; one that cannot be shown leaves the text that stands for it."""
        attributes = {name: value or "" for name, value in node.attributes.items()}
        source, alt = attributes.get("src", ""), attributes.get("alt", "")
        kind = classify_link(source)
        if kind is LinkKind.INTERNAL:
            others = tuple((name, value) for name, value in attributes.items() if name not in _OWN_ATTRIBUTES)
            line = self._finder.line_of(source)
            node.replace_with(
                self._add_placeholder(PictureRef(strip_url_whitespace(source), alt, others, line))
            )
            return
        self._refuse(kind, source or "()", picture=True)
        node.replace_with(alt)

    def _add_placeholder(self, reference: LinkRef | PictureRef) -> str:
        self._extracted.append(reference)
        return f"\x02{len(self._extracted) - 1}\x03"

    def _refuse(self, kind: LinkKind, address: str, *, picture: bool = False) -> None:
        self._faults.append((self._finder.line_of(address), *_describe_fault(kind, address, picture=picture)))


def _describe_fault(kind: LinkKind, address: str, *, picture: bool) -> tuple[str, str]:
    """Return message and hint for an address that cannot be published."""
    if kind is LinkKind.REFUSED:
        scheme = strip_url_whitespace(address).partition(":")[0].lower()
        return f'an address that begins with "{scheme}:" is not published', "link to a page or a file"
    if kind is LinkKind.LOCAL_FILE:
        return "the address leads to a file of one computer", "save it beside the item and write its name"
    if kind is LinkKind.EXTERNAL:
        return (
            f"picture from another site: {strip_url_whitespace(address)}",
            "save it beside the item and write its name",
        )
    if picture:
        return "picture without a file", "write its file name between the round brackets"
    return "link without an address", "write the address between the round brackets"
