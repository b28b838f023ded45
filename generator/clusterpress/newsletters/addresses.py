"""Addresses: where the editions of an issue lie."""

from dataclasses import dataclass

from clusterpress.content.items import Issue
from clusterpress.library.entries import Entry

FEED = "feed.xml"
"""The RSS feed of a newsletter, in the folder of its index."""
SCRIPT = "assets/newsletter/keys.js"
"""The script of the web edition, below the site's root."""
STYLES = "assets/newsletter/edition.css"
"""The style sheet of the web edition, below the site's root."""
EMBLEM = "assets/newsletter/emblem.png"
"""The emblem as mail programs can show it, below the site's root."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Editions:
    """Paths of an issue's editions below the site's root; empty for editions that are not made."""

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
    """Return the paths of the editions of an issue: beside its cover, which has the address of its item."""
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
