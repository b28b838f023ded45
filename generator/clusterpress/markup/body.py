"""A rendered body: HTML in pieces, with its links, pictures and players still symbolic.

A body depends only on its own Markdown text and the settings for markup. Pages, feeds and newsletters replace
the references by addresses: only they know where another item is and whether addresses are absolute.
"""

import re
from collections.abc import Callable
from html import escape
from math import cos, radians
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qs, quote, urlsplit

from msgspec import Struct

from clusterpress.values.problems import Problem, Severity

EMBED_CLASS = "embed"
"""Class of a link to embed: ``[Title](address){.embed}``."""

KNOWN_HOSTS = frozenset({"www.youtube-nocookie.com", "player.vimeo.com", "www.openstreetmap.org"})
"""Hosts whose players pages may show on every site; others need an entry in the settings."""

_YOUTUBE = re.compile(r"(?:(?:www|m)\.)?(?:youtube(?:-nocookie)?\.com|youtu\.be)")
_YOUTUBE_PATH = re.compile(r"/(?:(?:embed|shorts|live|v)/)?([\w-]{6,})")
_VIMEO = re.compile(r"(?:www\.|player\.)?vimeo\.com")
_VIMEO_PATH = re.compile(r"/(?:video/|channels/\w+/)?(\d+)(?:/([0-9a-f]+))?/?")
_PEERTUBE_PATH = re.compile(r"/(?:w|videos/(?:watch|embed))/([\w-]{10,})/?")
_MAP = re.compile(r"(?:www\.)?(?:openstreetmap\.org|osm\.org)")
_MAP_PLACE = re.compile(r"map=(\d+(?:\.\d+)?)/(-?\d+(?:\.\d+)?)/(-?\d+(?:\.\d+)?)")
_TILE, _WIDE, _HIGH = 256, 800, 450
"""Size in pixels of a map tile, and of the frame (width, height)."""


_NOWHERE = "\0"
"""Stands for an address until the link around it is taken away; no HTML contains it."""
_DEAD_LINK = re.compile(
    rf'<a\b[^<>]*\shref="{_NOWHERE}"[^<>]*>((?:(?!<a\b).)*?)</a\s*>', re.DOTALL | re.IGNORECASE
)
_DEAD_ADDRESS = re.compile(rf'\s[\w:-]+="{_NOWHERE}"')


class LinkRef(NamedTuple):
    """A link to a source or file of this site; stands in place of the value of ``href``."""

    target: str
    """As written: ``../clusters/qoot.md#contact``, ``#milan``-less local files, ``/news/``."""
    line: int
    """Line within the body, counted from 1."""


class PictureRef(NamedTuple):
    """A picture of this site; stands in place of the whole ``<img>``."""

    src: str
    """As written: ``casablanca.jpg``, ``/img/a.png``."""
    alt: str
    """Alternative text."""
    attributes: tuple[tuple[str, str], ...]
    """Other attributes of the element, in order (title, class …)."""
    line: int
    """Line within the body, counted from 1."""


class Player(Struct, frozen=True):
    """A player, loaded when a reader clicks on it."""

    address: str
    """Address of the player itself."""
    host: str
    """Host that serves it."""


class EmbedRef(Struct, frozen=True):
    """A link alone in its paragraph whose target a page can show in a player."""

    player: Player
    """The player that shows the target."""
    address: str
    """Target of the link."""
    title: str
    """Its name."""
    poster: "Parts"
    """Content of the link if it holds a picture, else empty."""
    caption: "Parts"
    """Its caption."""
    link: "Parts"
    """The whole paragraph, for editions that show no players."""


class CollectionRef(NamedTuple):
    """A list of other items; stands in place of an empty element."""

    query: tuple[tuple[str, str], ...]
    """(key, value) of each line."""
    line: int
    """Line within the body, counted from 1."""


Part = str | CollectionRef | LinkRef | PictureRef | EmbedRef
Parts = tuple[Part, ...]
"""HTML with references in between."""


class Heading(NamedTuple):
    """A heading of the body."""

    level: int
    """2 to 6."""
    id: str
    """Its anchor."""
    text: str
    """Its words."""


class Outline(Struct, frozen=True):
    """Facts about a body, for use without its HTML."""

    links: tuple[LinkRef, ...] = ()
    """Links to this site, in order."""
    external_links: tuple[LinkRef, ...] = ()
    """Links to other sites, in order."""
    pictures: tuple[PictureRef, ...] = ()
    """Pictures of this site, in order."""
    collections: tuple[CollectionRef, ...] = ()
    """Lists of other items, in order."""
    players: tuple[str, ...] = ()
    """Addresses of the embedded players."""
    styled: tuple[str, ...] = ()
    """Classes in the body (``.admonition``), and ``details`` and ``kbd`` if it has such elements."""
    headings: tuple[Heading, ...] = ()
    """Headings, in order."""
    anchors: tuple[str, ...] = ()
    """Every id in the body, that is, every valid ``#fragment``."""
    first_paragraph: str = ""
    """Plain text of the first block if it is a paragraph, for comparison with the standfirst."""
    excerpt: str = ""
    """Plain text before ``<!-- more -->``, else the first paragraph; at most 300 characters."""
    words: int = 0
    """Number of words."""
    problems: tuple[tuple[int, str, str], ...] = ()
    """Errors: (line within the body, message, hint)."""
    warnings: tuple[tuple[int, str, str], ...] = ()
    """Warnings, in the same form."""


class Body(Struct, frozen=True):
    """A rendered body."""

    parts: Parts
    """HTML with references in between."""
    lead: int
    """Number of parts of the first block if it is a paragraph, else 0; ``parts[lead:]`` is the rest."""
    text: str
    """Plain text, paragraphs separated by empty lines."""
    outline: Outline
    """Facts about it."""


Address = Callable[[LinkRef], str | None]
"""Returns the address of a link; None for a link that leads nowhere, of which the words stay."""
Figure = Callable[[PictureRef], str]
"""Returns the HTML of a picture."""
Embed = Callable[[EmbedRef, str, str], str]
"""Returns the HTML of a place for a player, given the HTML of its poster and of its caption."""


Collection = Callable[[CollectionRef], str]
"""Returns the HTML of a list of other items."""


def render_html(
    body: Body,
    address: Address,
    figure: Figure,
    *,
    embed: Embed | None = None,
    collection: Collection | None = None,
    without_lead: bool = False,
) -> str:
    """Return the body's HTML with every reference replaced.

    Args:
        body: the rendered body.
        address: returns the address of a link, which is escaped here.
        figure: returns the HTML of a picture.
        embed: returns the HTML of a place for a player; without it, players stay links.
        collection: returns the HTML of a list of other items; without it, such lists are left out.
        without_lead: leave out the first paragraph (because it is printed as the standfirst).
    """

    def render(parts: Parts) -> str:
        return "".join([part if isinstance(part, str) else html_of(part) for part in parts])

    def html_of(part: CollectionRef | LinkRef | PictureRef | EmbedRef) -> str:
        if isinstance(part, CollectionRef):
            return collection(part) if collection else ""
        if isinstance(part, LinkRef):
            found = address(part)
            return _NOWHERE if found is None else escape(found, quote=True)
        if isinstance(part, PictureRef):
            return figure(part)
        return embed(part, render(part.poster), render(part.caption)) if embed else render(part.link)

    html = render(body.parts[body.lead :] if without_lead else body.parts)
    return _without_dead_links(html) if _NOWHERE in html else html


def _without_dead_links(html: str) -> str:
    """Return HTML in which only the words of links that lead nowhere are left."""
    html = _DEAD_LINK.sub(lambda link: link[1], html)
    return _DEAD_ADDRESS.sub("", html).replace(_NOWHERE, "")


def outline_problems(outline: Outline, path: str, body_line: int) -> list[Problem]:
    """Return the errors and warnings of an outline.

    Args:
        outline: the outline of a body.
        path: the source file.
        body_line: the line of the file on which the body begins.
    """
    by_severity = ((Severity.ERROR, outline.problems), (Severity.WARNING, outline.warnings))
    return [
        Problem(path=path, line=body_line + line - 1, severity=severity, message=message, hint=hint)
        for severity, found in by_severity
        for line, message, hint in found
    ]


def find_player(address: str) -> Player | None:
    """Return the player for an address of YouTube, Vimeo, PeerTube or OpenStreetMap, or None.

    Any site can have addresses like PeerTube's: a page shows the player if its host is allowed (`KNOWN_HOSTS`
    and the settings).
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    for find in (_youtube, _vimeo, _map, _peertube):
        if found := find(parts):
            return Player(found, urlsplit(found).netloc)
    return None


def _youtube(parts: SplitResult) -> str:
    if not _YOUTUBE.fullmatch(parts.netloc.lower()):
        return ""
    query = parse_qs(parts.query)
    path = _YOUTUBE_PATH.fullmatch(parts.path.rstrip("/"))
    name = query.get("v", [path[1] if path and path[1] != "watch" else ""])[0]
    start = re.sub(r"\D", "", query.get("t", query.get("start", [""]))[0])
    begin = f"?start={start}" if start else ""
    return f"https://www.youtube-nocookie.com/embed/{quote(name)}{begin}" if name else ""


def _vimeo(parts: SplitResult) -> str:
    path = _VIMEO_PATH.fullmatch(parts.path) if _VIMEO.fullmatch(parts.netloc.lower()) else None
    if not path:
        return ""
    unlisted = path[2] or parse_qs(parts.query).get("h", [""])[0]
    secret = f"&h={quote(unlisted)}" if unlisted else ""
    return f"https://player.vimeo.com/video/{path[1]}?dnt=1{secret}"


def _peertube(parts: SplitResult) -> str:
    path = _PEERTUBE_PATH.fullmatch(parts.path)
    return f"https://{parts.netloc.lower()}/videos/embed/{path[1]}" if path else ""


def _map(parts: SplitResult) -> str:
    if not _MAP.fullmatch(parts.netloc.lower()):
        return ""
    query = parse_qs(parts.query)
    place = _MAP_PLACE.search(parts.fragment)
    marked = (query["mlat"][0], query["mlon"][0]) if {"mlat", "mlon"} <= query.keys() else None
    if not (place or marked):
        return ""
    try:
        zoom = float(place[1]) if place else 15.0
        latitude, longitude = map(float, place.group(2, 3) if place else marked or ())
        marker = f"&marker={float(marked[0]):g}%2C{float(marked[1]):g}" if marked else ""
    except ValueError:
        return ""
    # Web Mercator: a tile shows 360 degrees of longitude at zoom 0, half of that at each further one.
    wide = 360 / 2**zoom * _WIDE / _TILE / 2
    high = wide * cos(radians(latitude)) * _HIGH / _WIDE
    corners = (longitude - wide, latitude - high, longitude + wide, latitude + high)
    box = "%2C".join(f"{corner:.5f}" for corner in corners)
    return f"https://www.openstreetmap.org/export/embed.html?bbox={box}&layer=mapnik{marker}"
