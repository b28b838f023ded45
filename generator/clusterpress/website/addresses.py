"""Addresses: paths below the site's root as browsers and other servers want them."""

import re
from urllib.parse import quote

from clusterpress.config.settings import Settings

_SAFE = "%/:?#[]@!$&'()*+,;=~"
"""What stays as it is: the reserved characters of RFC 3986, and what is escaped already."""


_PLAIN = re.compile(r"[A-Za-z0-9_.~/-]*")
"""Most addresses: nothing in them needs another spelling."""


def make_root_relative(root: str, path: str) -> str:
    """Return the address of a path below the site's root; full addresses and fragments stay as they are."""
    if path.startswith(("#", "/", "mailto:", "tel:", "data:")) or "://" in path:
        return path
    address = root + path
    return address if _PLAIN.fullmatch(address) else quote(address, safe=_SAFE)


def full_address(settings: Settings, path: str) -> str:
    """Return the full address of a path below the site's root."""
    return settings.url + (path if _PLAIN.fullmatch(path) else quote(path, safe=_SAFE))
