"""HTML files and templates of a foreign tree: which are texts, and what their heads say."""

import re

from selectolax.lexbor import LexborHTMLParser

from clusterpress.importing.texts.nesting import limit_open_blocks
from clusterpress.parsing.values import Value

_FRONT_MATTER = re.compile(r"\ufeff?\s*(?:---|\+\+\+)[ \t]*(?:(?:js(?:on)?|javascript)[ \t]*)?\r?\n")
_PROGRAM = re.compile(
    r"\{%-?\s*(?:for|if|unless|case|set|assign|capture|extends|block|macro|import|from|tablerow|paginate)\b"
)
_HEAD = re.compile(r"<(?:!doctype|html|head|meta|title)\b", re.IGNORECASE)
_UNTITLED = frozenset({"viewport", "generator", "robots", "theme-color"})


def is_program(text: str) -> bool:
    """Return whether a file makes its text by loops and conditions, such as a list of posts."""
    return bool(_PROGRAM.search(text))


def has_front_matter(text: str) -> bool:
    """Return whether a text begins with front matter."""
    return bool(_FRONT_MATTER.match(text))


def read_html_head(text: str) -> tuple[dict[str, Value], str] | None:
    """Return the keys in the head of a page, as Pelican reads them, and its body; None without a head."""
    if not _HEAD.match(text.lstrip("\ufeff \n\r\t")):
        return None
    page = LexborHTMLParser(limit_open_blocks(text))
    values: dict[str, Value] = {}
    title = page.css_first("head title")
    if title is not None and title.text(strip=True):
        values["title"] = title.text(strip=True)
    for meta in page.css("head meta[name]"):
        name, content = meta.attributes.get("name") or "", meta.attributes.get("content") or ""
        if name.lower() not in _UNTITLED and content:
            values[name] = content
    return values, page.body.inner_html or "" if page.body else ""
