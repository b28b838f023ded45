"""Saved web pages, also those that Word saves, as documents."""

import re
from base64 import b64decode
from collections import Counter
from urllib.parse import unquote_to_bytes

from bs4 import BeautifulSoup, Comment, Tag
from bs4.dammit import UnicodeDammit

from clusterpress.importing.records import ImportSourceError
from clusterpress.importing.sources.documents.document_html import (
    build_lists,
    mark_table_heads,
    mark_typed_lists,
    place_captions,
)
from clusterpress.importing.sources.documents.files import Document
from clusterpress.importing.sources.documents.findings import Findings, quoted
from clusterpress.importing.sources.documents.word_reader import ROLE
from clusterpress.importing.texts.blocks import BLOCKS
from clusterpress.importing.texts.soup import read_html

ENDINGS = (".html", ".htm", ".xhtml")
_NAMED = ("nav", "footer", "aside", "form")
"""Parts of a page that belong to its site."""
_UNSEEN = ("script", "style", "template", "noscript")
_BOXES = ["div", "section", "article", "main", "center", "header"]
_ROLES = {"MsoTitle": "title", "MsoSubtitle": "subtitle", "MsoCaption": "caption", "MsoQuote": "quote"}
"""Class of a paragraph in a page that Word saved → its role."""
_DATES = frozenset(
    {"article:published_time", "date", "dc.date", "dcterms.date", "dcterms.created", "datepublished"}
)
_OF_MAIL = re.compile(
    r"\b(?:view|read|open|see)\b.{0,40}\b(?:browser|online)\b|(?:update|manage) .{0,20}preferences"
    r"|\b(?:im|nel|dans (?:le|votre)|en el|no) (?:browser|naviga\w+)\b"
    r"|unsubscribe|abbestellen|abmelden|désabonn|désinscri|disiscri|darse de baja",
    re.IGNORECASE,
)
"""A link that serves the receiver of one mail."""
_PLACEHOLDER = re.compile(r"\*\|[^|]*\|\*|\{\{[^{}]*\}\}|\[\[?[^\[\]]*\]?\]|%%[^%]*%%|#|")
"""An address that the program of a mailing fills in for each receiver."""
_DATA = re.compile(r"data:[\w/+.-]*(?P<encoded>;base64)?,(?P<content>.*)", re.DOTALL)


def read_web_page(raw: bytes, name: str, findings: Findings) -> Document:
    """Return the document in a saved web page: its main part, without menus.

    Args:
        raw: bytes of the file.
        name: its name.
        findings: takes what is left out, and remarks.

    Raises:
        ImportSourceError: it has no text.
    """
    text = UnicodeDammit(raw, is_html=True).unicode_markup or ""
    page = read_html(text)
    properties, languages = _properties(page), _languages(page)
    soup = document_of(page, findings)
    if not soup.get_text(strip=True) or not page.find_all():
        hint = "save the page again, as a web page"
        raise ImportSourceError(name, 1, "this is not a web page with a text", hint)
    return Document(soup, data_of, properties, languages)


def document_of(page: BeautifulSoup, findings: Findings) -> BeautifulSoup:
    """Return the main part of a page as blocks, with the roles that Word gave them.

    Args:
        page: the page.
        findings: takes what is left out, and remarks.
    """
    for comment in page.find_all(string=lambda words: isinstance(words, Comment)):
        comment.extract()
    holder = _main_part(page)
    for name in _NAMED:
        words = "".join(element.get_text() for element in page.find_all(name))
        if words.strip():
            findings.leave_out(f"<{name}> of the page", "it belongs to the old site")
    # The heading of an article often stands in its <header>.
    unwanted = [*_NAMED, *_UNSEEN, *(["header"] if holder.name in {"body", "[document]"} else [])]
    for element in holder.find_all(unwanted):
        element.decompose()
    _drop_links_of_mails(holder, findings)
    soup = BeautifulSoup("", "html.parser")
    soup.extend([*holder.contents])
    _flatten(soup)
    for paragraph in soup.find_all("p", class_=True):
        role = next((_ROLES[one] for one in paragraph.get_attribute_list("class") if one in _ROLES), "")
        del paragraph["class"]
        if role:
            paragraph["class"] = f"{ROLE}{role}"
    mark_typed_lists(soup)
    build_lists(soup)
    place_captions(soup)
    mark_table_heads(soup, findings)
    return soup


def _drop_links_of_mails(holder: Tag, findings: Findings) -> None:
    """Leave out "View this email in your browser" and "Unsubscribe" where they lead nowhere."""
    for link in holder.find_all("a"):
        words = " ".join(link.get_text(" ").split())
        if _PLACEHOLDER.fullmatch(str(link.get("href") or "").strip()) and _OF_MAIL.search(words[:120]):
            findings.leave_out(quoted(words), "it served the receivers of a mail")
            link.decompose()


def _main_part(page: BeautifulSoup) -> Tag:
    """Return the element with the text of a page: its only article, if it has no main part."""
    articles = page.find_all("article")
    named = [
        *page.select("main, [role=main]"),
        *(articles if len(articles) == 1 else []),
        *page.select("body"),
    ]
    return next(iter(named), page)


def _flatten(soup: BeautifulSoup) -> None:
    """Unwrap boxes around blocks; a box with words only is a paragraph."""
    for box in soup.find_all(_BOXES):
        if box.find_parent(["table", "li", "figure", "blockquote"]):
            continue
        if box.find(lambda tag: tag.name in BLOCKS) or box.get("class"):
            box.attrs.clear()
        if box.find(lambda tag: tag.name in BLOCKS):
            box.unwrap()
        else:
            box.name = "p"


def _properties(page: BeautifulSoup) -> dict[str, str]:
    found: dict[str, str] = {}
    title = page.find("title")
    if title is not None:
        found["title"] = title.get_text(strip=True)
    for meta in page.find_all("meta", content=True):
        name = str(meta.get("name") or meta.get("property") or meta.get("itemprop") or "").casefold()
        content = str(meta["content"]).strip()
        if name == "author":
            found["creator"] = content
        elif name in _DATES:
            found.setdefault("date", content)
        elif name in {"description", "og:description"}:
            found.setdefault("summary", content)
        elif name == "keywords":
            found["keywords"] = content
    return found


def _languages(page: BeautifulSoup) -> Counter[str]:
    root = page.find("html")
    language = str(root.get("lang") or root.get("xml:lang") or "") if root is not None else ""
    return Counter({language: 1} if language else {})


def data_of(address: str) -> bytes | None:
    """Return the bytes of a picture that stands in its own address; None for other addresses."""
    found = _DATA.fullmatch(address)
    if found is None:
        return None
    try:
        return b64decode(found["content"]) if found["encoded"] else unquote_to_bytes(found["content"])
    except ValueError:
        return None
