"""Small files that hosts of static sites want: ``.nojekyll``, ``CNAME``, ``_headers``, ``_redirects``."""

import re
from collections.abc import Mapping
from html import unescape

from clusterpress.config import PublishTarget
from clusterpress.publishing.serving import FOR_EVER

_MOVED = re.compile(rb'<meta http-equiv="?refresh"? content="0; url=([^"]+)"')
_HEAD = 2000
"""Bytes of a page in which its redirect stands, if it has one."""


def make_extras(target: PublishTarget, root: str, redirects: Mapping[str, str]) -> dict[str, bytes]:
    """Return path → content of the small files that a target asks for.

    Args:
        target: the target's settings.
        root: the path of the site on its server, with slashes at both ends.
        redirects: page → the address that it leads on to.
    """
    wanted = {
        ".nojekyll": (target.nojekyll, b""),
        "CNAME": (bool(target.cname), f"{target.cname}\n".encode()),
        "_headers": (target.headers, _headers(root)),
        "_redirects": (target.redirects, _redirects(root, redirects)),
    }
    return {path: content for path, (is_wanted, content) in wanted.items() if is_wanted}


def old_address(path: str, content: bytes) -> str:
    """Return the address that a page leads on to at once, or nothing if it is an ordinary page."""
    found = _MOVED.search(content, 0, _HEAD) if path.endswith((".html", ".htm")) else None
    return unescape(found[1].decode()) if found else ""


def _headers(root: str) -> bytes:
    """Return rules in the form that Netlify and Cloudflare Pages read."""
    return (
        f"{root}media/*\n  Cache-Control: {FOR_EVER}\n"
        f"{root}*\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: strict-origin-when-cross-origin\n"
    ).encode()


def _redirects(root: str, redirects: Mapping[str, str]) -> bytes:
    """Return one line for each old address: ``/old/ /new/ 301``."""
    lines = (
        f"{root}{path.removesuffix('index.html')} {address} 301\n" for path, address in redirects.items()
    )
    return "".join(sorted(lines)).encode()
