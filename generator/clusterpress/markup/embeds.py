"""Players: which web addresses are videos or maps that a page can embed."""

import re
from dataclasses import dataclass
from math import cos, radians
from urllib.parse import SplitResult, parse_qs, quote, urlsplit

CLASS = "embed"
"""Class of a link to embed: ``[Title](address){.embed}``."""

_YOUTUBE = re.compile(r"(?:(?:www|m)\.)?(?:youtube(?:-nocookie)?\.com|youtu\.be)")
_YOUTUBE_PATH = re.compile(r"/(?:(?:embed|shorts|live|v)/)?([\w-]{6,})")
_VIMEO = re.compile(r"(?:www\.|player\.)?vimeo\.com")
_VIMEO_PATH = re.compile(r"/(?:video/|channels/\w+/)?(\d+)(?:/([0-9a-f]+))?/?")
_PEERTUBE_PATH = re.compile(r"/(?:w|videos/(?:watch|embed))/([\w-]{10,})/?")
_MAP = re.compile(r"(?:www\.)?(?:openstreetmap\.org|osm\.org)")
_MAP_PLACE = re.compile(r"map=(\d+(?:\.\d+)?)/(-?\d+(?:\.\d+)?)/(-?\d+(?:\.\d+)?)")
_TILE, _WIDE, _HIGH = 256, 800, 450
"""Size in pixels of a map tile, and of the frame (width, height)."""


@dataclass(frozen=True, slots=True)
class Player:
    """A player, loaded when a reader clicks on it."""

    address: str
    """Address of the player itself."""
    host: str
    """Host that serves it."""


def find_player(address: str) -> Player | None:
    """Return the player for an address of YouTube, Vimeo, PeerTube or OpenStreetMap, or None."""
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
    return f"https://{parts.netloc}/videos/embed/{path[1]}" if path else ""


def _map(parts: SplitResult) -> str:
    """Return a map of OpenStreetMap around the place that an address of it names."""
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
