"""Addresses: paths below the site's root as browsers and other servers want them."""

from urllib.parse import quote

from clusterpress.config.settings import Settings

_SAFE = "%/:?#[]@!$&'()*+,;=~"
"""What stays as it is: the reserved characters of RFC 3986, and what is escaped already."""


def locate(root: str, path: str) -> str:
    """Return the address of a path below the site's root; full addresses and fragments stay as they are."""
    if path.startswith(("#", "/", "mailto:", "tel:", "data:")) or "://" in path:
        return path
    return quote(root + path, safe=_SAFE)


def full_address(settings: Settings, path: str) -> str:
    """Return the full address of a path below the site's root."""
    return settings.url + quote(path, safe=_SAFE)
