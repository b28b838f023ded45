"""Addresses: where the editions of an issue lie, and paths as browsers want them."""

from dataclasses import dataclass
from urllib.parse import quote

from clusterpress.content.items import Issue
from clusterpress.library.entries import Entry

FEED = "feed.xml"
"""The RSS feed beside the index of newsletters."""
SCRIPT = "assets/newsletter/keys.js"
"""The script of the web edition, below the site's root."""
STYLES = "assets/newsletter/edition.css"
"""The style sheet of the web edition, below the site's root."""
EMBLEM = "assets/newsletter/emblem.png"
"""The emblem as mail programs can show it, below the site's root."""

_SAFE = "%/:?#[]@!$&'()*+,;=~"
"""What stays as it is: the reserved characters of RFC 3986, and what is escaped already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Editions:
    """Paths of an issue's editions below the site's root; empty for one that is not made."""

    web: str = ""
    """The cover."""
    all: str = ""
    """The whole issue on one page."""
    pdf: str = ""
    html: str = ""
    """The e-mail as HTML."""
    text: str = ""
    """The e-mail as text."""
    message: str = ""
    """The e-mail as a draft for mail programs (RFC 5322)."""
    picture: str = ""
    """The picture at the head of the e-mail."""


def editions_of(entry: Entry) -> Editions:
    """Return where the editions of an issue lie: beside its cover, which has the address of its item."""
    item = entry.item
    assert isinstance(item, Issue)  # noqa: S101 -- only issues are asked for
    file = f"{entry.url}{item.newsletter}-{item.number}"
    asked = frozenset(item.editions)
    paths: dict[str, str] = {}
    if "web" in asked:
        paths |= {"web": entry.url, "all": f"{entry.url}all/"}
    if "pdf" in asked:
        paths |= {"pdf": f"{file}.pdf"}
    if "email" in asked:
        paths |= {
            "html": f"{entry.url}email.html",
            "text": f"{entry.url}email.txt",
            "message": f"{file}.eml",
            "picture": f"{entry.url}email.png",
        }
    return Editions(**paths)


def escape_path(address: str) -> str:
    """Return an address with everything escaped that must not stand in one."""
    return quote(address, safe=_SAFE)


def root_relative(address: str, *, site: str, root: str) -> str:
    """Return a path below the site's root, or a full address of this site, as an address from the root.

    Addresses elsewhere stay as they are.

    Args:
        address: path without a leading slash, or full address.
        site: address of the site, with a slash at its end.
        root: path of the site on its server, with slashes at both ends.
    """
    if address.startswith(site):
        return root + escape_path(address.removeprefix(site))
    if "://" in address or address.startswith(("#", "mailto:", "tel:")):
        return address
    return root + escape_path(address)


def absolute(address: str, site: str) -> str:
    """Return a path below the site's root as a full address; full addresses stay as they are."""
    if "://" in address or address.startswith(("#", "mailto:", "tel:", "cid:")):
        return address
    return site + escape_path(address)
