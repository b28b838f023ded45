"""References: links and pictures that point into the site, taken out of a body's HTML as values."""

import re
from collections.abc import Collection, Mapping
from enum import Enum, auto
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from clusterpress.markup.body import LinkRef, PictureRef
from clusterpress.markup.line_finder import Places
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
_MARK = re.compile("\x02([0-9]+)\x03")


class Reach(Enum):
    """Where an address leads."""

    REFUSED = auto()
    """It runs code, or carries a document in itself."""
    COMPUTER = auto()
    """To a file of the author's computer."""
    OUTSIDE = auto()
    """To another site, a mailbox, a telephone."""
    TEXT = auto()
    """To a place in the same body: ``#contact``."""
    PAGE = auto()
    """To the same page: an empty address, or ``?query``."""
    SITE = auto()
    """To another source or file of this site."""


def reach(address: str) -> Reach:
    """Return where an address leads, read as browsers read it (URL Standard, 4.4)."""
    address = as_read(address)
    if found := _SCHEME.match(address):
        scheme = found[1].lower()
        if scheme in REFUSED_SCHEMES:
            return Reach.REFUSED
        return Reach.COMPUTER if scheme == "file" or len(scheme) == 1 else Reach.OUTSIDE
    if address.replace("\\", "/").startswith("//"):
        return Reach.OUTSIDE
    if address.startswith("#"):
        return Reach.TEXT
    return Reach.SITE if address and not address.startswith("?") else Reach.PAGE


def as_read(address: str) -> str:
    """Return an address without the white space that browsers pass over."""
    return address.translate(_LINE_ENDS).strip(_EDGES)


class References:
    """The references of one body; in its HTML each is a mark of characters that no text can hold."""

    def __init__(self, body: LexborNode, places: Places) -> None:
        """Replace every address of this site in ``body`` by a mark, and take out those that run code."""
        self._places = places
        self._marked: list[LinkRef | PictureRef] = []
        self._fragments: list[tuple[str, int]] = []
        self._faults: list[Fault] = []
        for node in body.css("*"):
            if node.tag == "img":
                self._take_picture(node)
            elif attributes := node.attributes:
                self._take_addresses(node, attributes)

    @property
    def links(self) -> tuple[LinkRef, ...]:
        """Links, in order."""
        return tuple(ref for ref in self._marked if isinstance(ref, LinkRef))

    @property
    def pictures(self) -> tuple[PictureRef, ...]:
        """Pictures, in order."""
        return tuple(ref for ref in self._marked if isinstance(ref, PictureRef))

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
        pieces = _MARK.split(html)
        pairs = [self._marked[int(piece)] if at % 2 else piece for at, piece in enumerate(pieces)]
        return tuple(part for part in pairs if part)

    def _take_addresses(self, node: LexborNode, attributes: Mapping[str, str | None]) -> None:
        for name, value in attributes.items():
            if name not in _ADDRESSES:
                continue
            settled = (
                self._settled_set(node, value or "")
                if name == "srcset"
                else self._settled(node, name, value or "")
            )
            if settled is None:
                del node.attrs[name]
            elif settled != value:
                node.attrs[name] = settled

    def _settled_set(self, node: LexborNode, value: str) -> str | None:
        """Return a ``srcset`` with marks for addresses; its candidates are ``address size``."""
        candidates = []
        for candidate in value.split(","):
            address, _, size = candidate.strip().partition(" ")
            settled = self._settled(node, "srcset", address)
            candidates += [f"{settled} {size}".strip()] if settled else []
        return ", ".join(candidates) or None

    def _settled(self, node: LexborNode, name: str, value: str) -> str | None:
        """Return what an address attribute is to be: a mark, the value as it is, or nothing."""
        where = reach(value)
        from_elsewhere = where is Reach.OUTSIDE and f"{node.tag} {name}" in _PICTURES
        if from_elsewhere or where is Reach.REFUSED or where is Reach.COMPUTER:
            self._refuse(where, value)
            return None
        if name not in _LOADED:
            return value
        if node.tag == "a" and (guess := meant_address(as_read(value))):
            words = f'link to "{as_read(value)}", which is not a full address', f'write "{guess}"'
            self._faults.append((self._places.line_of(value), *words))
            return None
        if where is Reach.SITE:
            return self._mark(LinkRef(as_read(value), self._places.line_of(value)))
        if where is Reach.TEXT:
            self._fragments.append((unquote(as_read(value)[1:]), self._places.line_of(value)))
        elif node.tag == "a" and not as_read(value):
            self._refuse(where, "()")
        return value

    def _take_picture(self, node: LexborNode) -> None:
        """Replace a picture by its mark; one that cannot be shown leaves the text that stands for it."""
        attributes = {name: value or "" for name, value in node.attributes.items()}
        source, alt = attributes.get("src", ""), attributes.get("alt", "")
        where = reach(source)
        if where is Reach.SITE:
            others = tuple((name, value) for name, value in attributes.items() if name not in _OWN_ATTRIBUTES)
            line = self._places.line_of(source)
            node.replace_with(self._mark(PictureRef(as_read(source), alt, others, line)))
            return
        self._refuse(where, source or "()", picture=True)
        node.replace_with(alt)

    def _mark(self, reference: LinkRef | PictureRef) -> str:
        self._marked.append(reference)
        return f"\x02{len(self._marked) - 1}\x03"

    def _refuse(self, where: Reach, address: str, *, picture: bool = False) -> None:
        self._faults.append((self._places.line_of(address), *_words(where, address, picture=picture)))


def _words(where: Reach, address: str, *, picture: bool) -> tuple[str, str]:
    """Return message and hint for an address that cannot be published."""
    if where is Reach.REFUSED:
        scheme = as_read(address).partition(":")[0].lower()
        return f'an address that begins with "{scheme}:" is not published', "link to a page or a file"
    if where is Reach.COMPUTER:
        return "the address leads to a file of one computer", "save it beside the item and write its name"
    if where is Reach.OUTSIDE:
        return f"picture from another site: {as_read(address)}", "save it beside the item and write its name"
    if picture:
        return "picture without a file", "write its file name between the round brackets"
    return "link without an address", "write the address between the round brackets"
