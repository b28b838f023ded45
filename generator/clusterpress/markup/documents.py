"""Links to documents: the words of the link say what it opens."""

import re
from collections.abc import Mapping
from html import escape, unescape

from clusterpress.markup.clean_html import ATTRIBUTES, read_attributes

_LINK = re.compile(rf"<a(?P<attributes>{ATTRIBUTES})>(?P<content>.*?)</a>", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_TAIL = re.compile(r"[?#].*", re.DOTALL)


def label_documents(html: str, documents: Mapping[str, str]) -> str:
    """Return HTML in which links to documents say their type and size: "Report (PDF, 1.2 MB)".

    Args:
        html: the HTML of a body with its addresses.
        documents: address, as the HTML has it before it is escaped → type and size.
    """
    return _LINK.sub(lambda link: _labelled(link, documents), html) if documents else html


def _labelled(link: re.Match[str], documents: Mapping[str, str]) -> str:
    address = unescape(read_attributes(link["attributes"]).get("href", ""))
    words = documents.get(_TAIL.sub("", address), "")
    text = unescape(_TAG.sub("", link["content"])).strip()
    if not text:  # a picture: its alternative text is the author's
        return link[0]
    added = with_document(text, words).removeprefix(text)
    return f"{link[0].removesuffix('</a>')}{escape(added)}</a>" if added else link[0]


def with_document(text: str, words: str) -> str:
    """Return the words of a link with the type and size of its document, unless they say the type."""
    kind = words.partition(",")[0]
    says_so = re.search(rf"[(\[][^()\[\]]*\b{re.escape(kind)}\b[^()\[\]]*[)\]]\W*$", text, re.IGNORECASE)
    return text if not words or says_so else f"{text} ({words})"
