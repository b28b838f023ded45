"""Addresses: paths below the site's root as browsers and other servers expect them."""

import re
from urllib.parse import quote

_SAFE = "%/:?#[]@!$&'()*+,;=~"
"""Characters that stay as they are: those reserved by RFC 3986, and what is escaped already."""

_PLAIN = re.compile(r"[A-Za-z0-9_.~/-]*")
"""Most addresses: nothing in them has to be escaped."""

_COMPLETE = ("#", "mailto:", "tel:", "data:", "cid:")
"""How addresses begin that are no paths of the site."""


def escape_path(address: str) -> str:
    """Return an address with everything escaped that an address must not contain."""
    return address if _PLAIN.fullmatch(address) else quote(address, safe=_SAFE)


FRAMES = "embed/"
"""Folder of the pages that other sites may show in a frame."""

VERSIONED = "assets/v/"
"""Folder of the theme's files, one folder for each version, so that browsers may keep them for a year."""
_OF_THEME = re.compile(r"assets/((?:css|fonts|images|js|newsletter)/.+)")
_TOKENS = "assets/css/tokens.css"
_UNVERSIONED = frozenset({
    "assets/css/material.css",  # of another program
    "assets/css/palette.css",
    "assets/newsletter/emblem.png",  # sent mails show it for years
})  # fmt: skip


def asset_path(path: str, version: str) -> str:
    """Return the path under which a file of the theme is published; other paths stay as they are.

    Args:
        path: the file below the site's root, such as ``assets/css/site.css``.
        version: of the theme; each has addresses of its own.
    """
    if path == _TOKENS:
        return f"assets/tokens.{version}.css"  # the colours of programmes may change within a version
    found = _OF_THEME.fullmatch(path) if path.startswith("assets/") else None
    return f"{VERSIONED}{version}/{found[1]}" if found and path not in _UNVERSIONED else path


def root_relative(address: str, root: str, site: str = "") -> str:
    """Return an address of this site as browsers expect it in a page, such as ``/fr/news/``.

    Fragments, addresses from the root and addresses of other sites stay as they are.

    Args:
        address: path below the site's root, or full address.
        root: path of the site on its server, with slashes at both ends.
        site: full address of the site with a slash at its end, if `address` may begin with it.
    """
    if site and address.startswith(site):
        address = address.removeprefix(site)
    elif address.startswith("/") or _is_complete(address):
        return address
    return escape_path(root + address)


def absolute(address: str, site: str) -> str:
    """Return a path below the site's root as a full address; other addresses stay as they are."""
    return address if _is_complete(address) else site + escape_path(address)


def without_scheme(address: str) -> str:
    """Return a full address as people write it on paper: ``www.example.eu/news``."""
    return address.rpartition("://")[2].rstrip("/")


def _is_complete(address: str) -> bool:
    return "://" in address or address.startswith(_COMPLETE)
