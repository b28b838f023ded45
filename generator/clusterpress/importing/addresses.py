"""Addresses of a foreign site: which of its items or files an address names."""

import posixpath
import re
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

_SMALLER = re.compile(r"(?:-\d+x\d+|-scaled|-rotated|-e\d{10,})+(?=\.[A-Za-z0-9]+$)")
_ENDING = re.compile(r"\.[A-Za-z0-9]+$")
_NUMBERS = ("p", "page_id", "attachment_id")


def host_of(address: str) -> str:
    """Return the host that an address names, in lower case and without ``www.``; "" when it names none."""
    return urlsplit(address).netloc.rpartition("@")[2].lower().removeprefix("www.")


def path_of(address: str) -> str:
    """Return the decoded path of an address, with a slash at its beginning."""
    return "/" + unquote(urlsplit(address).path).lstrip("/")


def alias_of(address: str) -> str:
    """Return the path under which an old address can lead on; "" for the root and for bare queries."""
    path = re.sub(r"\s+", "-", path_of(address))
    return "" if path in {"/", "/index.html", "/index.php"} or "/../" in path else path


def key_of(address: str) -> str:
    """Return one name for all ways to write an address: path without its last slash, or ``?p=12``."""
    query = parse_qs(urlsplit(address).query)
    for name in _NUMBERS:
        if name in query:
            return f"?{query[name][0]}"
    path = re.sub(r"/(?:index\.(?:html?|php|md))?$", "", path_of(address))
    return path.removesuffix(".html").casefold() or "/"


def join(base: str, address: str) -> str:
    """Return an address seen from where it stands: from another address, or from a file of a tree."""
    if "://" in base:
        return urljoin(base, address)
    if urlsplit(address).scheme or address.startswith(("/", "#")):
        return address
    return posixpath.normpath(posixpath.join("/" + posixpath.dirname(base), address))


class Files:
    """The files that came with a foreign site, found by what its pages call them.

    A page may name a small version (``hall-1024x683.jpg``) whose original is at hand, and a folder may hold
    the whole site or only its uploads: the longest common end of both paths decides.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._by_end: dict[str, str | None] = {}
        self._names: dict[str, str] = {}
        for name in names:
            self._names.setdefault(name.casefold(), name)
            parts = name.casefold().split("/")
            for start in range(len(parts)):
                end = "/".join(parts[start:])
                # Two files called "logo.png" are told apart by their folders or not at all.
                self._by_end[end] = name if end not in self._by_end or start == 0 else None

    def find(self, path: str) -> str | None:
        """Return the name of the file that ``path`` means: the original if there is one."""
        asked = unquote(path).strip("/").casefold()
        for wanted in dict.fromkeys((_SMALLER.sub("", asked), asked, _ENDING.sub(r"-scaled\g<0>", asked))):
            parts = wanted.split("/")
            for start in range(len(parts)):
                if found := self._by_end.get("/".join(parts[start:])):
                    return found
        return None

    def exact(self, path: str) -> str | None:
        """Return the name of the file with exactly this path in the tree."""
        return self._names.get(path.strip("/").casefold())


def index_items(paths: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return one name of an address → source path; the first item that claims an address has it."""
    index: dict[str, str] = {}
    for source, addresses in paths.items():
        for address in addresses:
            index.setdefault(key_of(address), source)
    return index
