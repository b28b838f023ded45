"""Small files that hosts of static sites want: ``.nojekyll``, ``CNAME``, ``_headers``, ``_redirects``."""

import re
from collections.abc import Iterable, Mapping
from html import unescape

from clusterpress.config.settings import PublishTarget
from clusterpress.publishing.headers import IMMUTABLE
from clusterpress.theme.content_security import Policy, write_headers

_REDIRECT = re.compile(rb'<meta http-equiv="?refresh"? content="0; url=([^"]+)"')
_HEAD_SIZE = 2000
"""Bytes of a page in which its redirect stands, if it has one."""


def make_extras(
    target: PublishTarget, root: str, redirects: Mapping[str, str], policies: Iterable[Policy] = ()
) -> dict[str, bytes]:
    """Return path → content of the small files that a target asks for.

    Args:
        target: the target's settings.
        root: the path of the site on its server, with slashes at both ends.
        redirects: page → the address that it leads on to.
        policies: what the pages may load and run.
    """
    wanted = {
        ".nojekyll": (target.nojekyll, b""),
        "CNAME": (bool(target.cname), f"{target.cname}\n".encode()),
        "_headers": (target.headers, _headers(root, policies)),
        "_redirects": (target.redirects, _redirects(root, redirects)),
    }
    return {path: content for path, (is_wanted, content) in wanted.items() if is_wanted}


def redirect_target(path: str, content: bytes) -> str:
    """Return the address that a page leads on to at once, or nothing if it is an ordinary page."""
    found = _REDIRECT.search(content, 0, _HEAD_SIZE) if path.endswith((".html", ".htm")) else None
    return unescape(found[1].decode()) if found else ""


def _headers(root: str, policies: Iterable[Policy]) -> bytes:
    """Return rules in the form that Netlify and Cloudflare Pages read."""
    lines = "".join(f"  {line}\n" for line in write_headers(policies))
    return f"{root}media/*\n  Cache-Control: {IMMUTABLE}\n{root}*\n{lines}".encode()


def _redirects(root: str, redirects: Mapping[str, str]) -> bytes:
    """Return one line for each old address: ``/old/ /new/ 301``."""
    lines = (
        f"{root}{path.removesuffix('index.html')} {address} 301\n" for path, address in redirects.items()
    )
    return "".join(sorted(lines)).encode()
