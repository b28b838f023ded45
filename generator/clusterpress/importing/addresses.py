"""Addresses of a foreign site: find the item or file that an address means."""

import posixpath
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import SplitResult, parse_qs, unquote, urljoin, urlsplit

_SMALLER = re.compile(r"(?:-\d{1,6}x\d{1,6}|-scaled|-rotated|-e\d{10,20}){1,4}(?=\.[A-Za-z0-9]+$)")
_ENDING = re.compile(r"\.[A-Za-z0-9]+$")
_PLAYERS = {
    r"(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]+)": "https://www.youtube.com/watch?v={}",
    r"player\.vimeo\.com/video/(\d+)": "https://vimeo.com/{}",
    r"(?:www\.)?dailymotion\.com/embed/video/(\w+)": "https://www.dailymotion.com/video/{}",
}
"""Address of a player, without its scheme → address of the page."""
_NUMBERS = ("p", "page_id", "attachment_id")


def split(address: str) -> SplitResult:
    """Return the parts of an address; an unreadable one, such as ``https://lab]``, counts as a path."""
    try:
        parts = urlsplit(address)
        _ = parts.port  # read late, and it may be no number
    except ValueError:
        return SplitResult("", "", address.partition("://")[2] or address, "", "")
    return parts


def is_readable(address: str) -> bool:
    """Return whether an address can be taken apart; browsers cannot open others either."""
    try:
        _ = urlsplit(address).port
    except ValueError:
        return False
    return True


def composed(path: str) -> str:
    """Return a path with composed letters (NFC): macOS stores them decomposed, and texts have either form."""
    return unicodedata.normalize("NFC", path)


def host_of(address: str) -> str:
    """Return the host of an address, in lower case and without ``www.``; "" when there is none."""
    return split(address).netloc.rpartition("@")[2].lower().removeprefix("www.")


def path_of(address: str) -> str:
    """Return the decoded path of an address, with a leading slash and its letters composed."""
    return "/" + composed(unquote(split(address).path)).lstrip("/")


def alias_of(address: str) -> str:
    """Return the path to redirect an old address from; "" for the root and for bare queries."""
    path = re.sub(r"\s+", "-", path_of(address))
    # A static site cannot answer an address with these characters, and they would end a path.
    path = path.replace("?", "%3F").replace("#", "%23")
    return "" if path in {"/", "/index.html", "/index.php"} or "/../" in path else path


def key_of(address: str) -> str:
    """Return one key for all spellings of an address: the path without its last slash, or ``?p=12``."""
    query = parse_qs(split(address).query)
    for name in _NUMBERS:
        if name in query:
            return f"?{query[name][0]}"
    path = re.sub(r"/(?:index\.(?:html?|php|md))?$", "", path_of(address))
    return path.removesuffix(".html").casefold() or "/"


def join(base: str, address: str) -> str:
    """Resolve an address against its base: another address, or a file of a tree."""
    if "://" in base:
        return urljoin(base, address) if is_readable(base) and is_readable(address) else address
    if split(address).scheme or address.startswith(("/", "#")):
        return f"https:{address}" if address.startswith("//") else address
    return posixpath.normpath(posixpath.join("/" + posixpath.dirname(base), address))


def public_address(address: str) -> str:
    """Return the public address of the content of a player."""
    address = f"https:{address}" if address.startswith("//") else address
    rest = address.partition("://")[2]
    for pattern, form in _PLAYERS.items():
        if found := re.match(pattern, rest):
            return form.format(found[1])
    parts = split(address)
    if parts.path.endswith("/plugins/video.php") or parts.path.endswith("/plugins/post.php"):
        return parse_qs(parts.query).get("href", [address])[0]
    return address


def name_of(address: str) -> str:
    """Return the text of a link to an address: its host, or the name of the file."""
    parts = split(address)
    return parts.netloc.removeprefix("www.") or parts.path.rsplit("/", 1)[-1] or address


def name_of_recording(address: str) -> str:
    """Return the text of a link to a film or recording: the name of its file, or its host."""
    file = split(address).path.rstrip("/").rsplit("/", 1)[-1]
    return file if re.search(r"\.\w{2,4}$", file) else name_of(address)


class Files:
    """The files of a foreign site, found by the paths that its pages use.

    A page may name a resized version (``hall-1024x683.jpg``) of an available original, and a folder may hold
    the whole site or only its uploads: the longest common suffix of both paths decides.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._by_end: dict[str, str | None] = {}
        self._names: dict[str, str] = {}
        for name in names:
            folded = composed(name).casefold()
            self._names.setdefault(folded, name)
            parts = folded.split("/")
            for start in range(len(parts)):
                end = "/".join(parts[start:])
                # Two files called "logo.png" can be distinguished by their folders only.
                self._by_end[end] = name if end not in self._by_end or start == 0 else None

    def find(self, path: str) -> str | None:
        """Return the name of the file that ``path`` means, preferably the original."""
        asked = composed(unquote(path)).strip("/").casefold()
        for wanted in dict.fromkeys((_SMALLER.sub("", asked), asked, _ENDING.sub(r"-scaled\g<0>", asked))):
            parts = wanted.split("/")
            for start in range(len(parts)):
                if found := self._by_end.get("/".join(parts[start:])):
                    return found
        return None

    def exact(self, path: str) -> str | None:
        """Return the name of the file with exactly this path in the tree."""
        return self._names.get(composed(path).strip("/").casefold())
