"""Local: pages of an issue as files of a folder, which browsers open without a server."""

import posixpath
import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser

ResolvePath = Callable[[str], str | None]
"""An address as written → the path below the site's root; None for one elsewhere."""

_LOADED = {"img": "src", "script": "src", "link": "href"}
"""Element that loads a file → the attribute with its address."""

_URL = re.compile(r"url\(['\"]?(?P<address>[^)'\"]+)['\"]?\)")


def find_loaded_files(path: str, content: bytes, resolve: ResolvePath) -> Iterator[str]:
    """Yield the paths below the site's root of the files that a page or a style sheet loads.

    Args:
        path: its own path.
        content: its bytes.
        resolve: as returned by `path_resolver`.
    """
    if path.endswith(".css"):
        for found in _URL.finditer(content.decode()):
            yield posixpath.normpath(posixpath.join(posixpath.dirname(path), found["address"]))
    elif path.endswith(".html"):
        for node in LexborHTMLParser(content).css(", ".join(_LOADED)):
            rel = node.attributes.get("rel") or ""
            if node.tag != "link" or rel in ("stylesheet", "icon"):
                yield resolve(node.attributes.get(_LOADED[node.tag or ""]) or "") or ""


def relativise_links(
    path: str, page: bytes, resolve: ResolvePath, local_files: frozenset[str], site: str
) -> bytes:
    """Return a page whose addresses lead to local files, or to the site for files that are not local.

    Args:
        path: the page's own path below the root.
        page: its HTML.
        resolve: as returned by `path_resolver`.
        local_files: paths of all files of the folder.
        site: address of the site, with a slash at its end.
    """
    tree = LexborHTMLParser(page)
    start = posixpath.dirname(path)
    for policy in tree.css('meta[http-equiv="Content-Security-Policy"]'):
        policy.decompose()  # some browsers regard the files of a folder as different sites
    for node in tree.css("[href], [src]"):
        name = "href" if "href" in node.attributes else "src"
        address = node.attributes[name] or ""
        target = resolve(address)
        if target is None:
            continue
        bare, sign, anchor = target.partition("#")
        file = f"{bare}index.html" if bare.endswith("/") or not bare else bare
        there = posixpath.relpath(file, start or ".") if unquote(file) in local_files else site + bare
        node.attrs[name] = f"{there}{sign}{anchor}"
    return (tree.html or "").encode()


def path_resolver(site: str, root: str) -> ResolvePath:
    """Return a function that translates an address to a path of the site.

    Args:
        site: address of the site, with a slash at its end.
        root: path of the site on its server, with slashes at both ends.
    """

    def resolve(address: str) -> str | None:
        for start in (site, root):
            if address.startswith(start) and not address.startswith("//"):
                return address.removeprefix(start)
        return None

    return resolve
