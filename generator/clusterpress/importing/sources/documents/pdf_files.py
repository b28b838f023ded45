"""PDF files as documents: a newsletter as its editorial and its articles, another file as one text."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from bs4 import BeautifulSoup
from msgspec import Struct

from clusterpress.importing.records import ImportSourceError
from clusterpress.importing.sources.documents.document_html import (
    build_lists,
    mark_table_heads,
    mark_typed_lists,
    place_captions,
)
from clusterpress.importing.sources.documents.files import Document
from clusterpress.importing.sources.documents.findings import Findings, quoted
from clusterpress.importing.sources.documents.pdf_blocks import Block, make_blocks, to_html
from clusterpress.importing.sources.documents.pdf_order import (
    body_size,
    in_reading_order,
    take_backgrounds,
    take_ornaments,
    take_running_lines,
)
from clusterpress.importing.sources.documents.pdf_pages import PdfContent, read_pages
from clusterpress.importing.sources.documents.pdf_pictures import Pictures
from clusterpress.importing.sources.documents.word_reader import ROLE
from clusterpress.importing.texts.soup import read_html

ENDINGS = (".pdf",)
_NEWSLETTER = re.compile(
    r"newsletter|news letter|infolettre|lettre d.information|bulletin|rundbrief|infobrief|bolet[ií]n|"
    r"notiziario|biuletyn|spravodaj|nieuwsbrief|(?:issue|ausgabe|numéro|no\.|n[°º]|nr\.|number)\s*\d|نشرة|رسالة",
    re.IGNORECASE,
)
_MIN_WORDS = 12
"""Words of an article, at least; a shorter part is a remark of the editors."""
_CONTENTS = re.compile(
    r"\W*(?:(?:table of )?contents?|in this issue|inhalt|in dieser ausgabe|sommaire|dans ce numéro|"
    r"contenido|en este número|indice|in questo numero|spis treści|obsah)\W*",
    re.IGNORECASE,
)


class Article(Struct):
    """A part of a PDF that becomes an item."""

    title: str
    document: Document
    findings: Findings
    properties: Mapping[str, str]
    """Of the file."""
    heads: tuple[str, ...] = ()
    """Heads and feet of the pages, which often say number and period of an issue."""
    is_editorial: bool = False
    """Whether it is what comes before the first article: the text of the issue."""


def read_pdf(raw: bytes, name: str, findings: Findings, *, whole: bool = False) -> list[Article]:
    """Return the articles of a PDF, the editorial first; a single one if it is no newsletter.

    Args:
        raw: bytes of the file.
        name: its name.
        findings: takes what cannot be imported, and what is doubtful.
        whole: whether it is one item in any case.

    Raises:
        ImportSourceError: it cannot be read, or holds no text.
    """
    content = read_pages(raw, name)
    if not any(line for page in content.pages for line in page.lines):
        hint = "recognise its text first (OCR), for example with ocrmypdf, and import the result"
        raise ImportSourceError(name, 1, "it holds pictures of pages, and no text", hint)
    first = " ".join(line.text for line in content.pages[0].lines)
    is_issue = not whole and bool(_NEWSLETTER.search(f"{name} {content.properties.get('title', '')} {first}"))
    running = take_running_lines(content.pages)
    masthead = _folded(f"{content.properties.get('title', '')} {' '.join(running)}").replace(" ", "")
    blocks = _blocks(content, running, findings)
    pictures = Pictures(raw, findings)
    parts = _articles(blocks) if is_issue else []
    if not any(title for title, _ in parts):
        parts = [("", blocks)]
        if is_issue:
            findings.remark(
                "no headings of articles were found, so the PDF is one item", "divide it if it is several"
            )
    known = [_folded(title) for title, _ in parts if title]
    leads = " ".join(_folded(words) for title, part in parts if title for words in _lead(part))
    made = []
    for title, part in parts:
        is_editorial = not title and len(parts) > 1
        kept = part
        if is_editorial:
            kept = _without_contents(part, known, leads, findings)
            kept = _without_masthead(kept, masthead, findings)
        own = Findings(name)
        saved = {key: one for key, one in content.properties.items() if key in ("created", "modified")}
        document = Document(
            _soup(kept, title, own),
            pictures.read,
            content.properties if len(parts) == 1 else saved,
            Counter({content.lang: 1} if content.lang else {}),
        )
        made.append(Article(title, document, own, content.properties, tuple(running), is_editorial))
    return made


def _blocks(content: PdfContent, running: Mapping[str, int], findings: Findings) -> list[Block]:
    pages = content.pages
    for words, number in running.items():
        findings.leave_out(
            f"head, foot or number of a page: {quoted(words)}", "pages of a website have none", number
        )
    if number := take_backgrounds(pages):
        findings.leave_out("pictures behind words", "they are a part of the layout", number)
    body = body_size(pages)
    for words, number in take_ornaments(pages, body).items():
        findings.leave_out(f"large characters {quoted(words)}", "they are a part of the layout", number)
    return make_blocks([in_reading_order(page) for page in pages], body, content.outline)


def _articles(blocks: Sequence[Block]) -> list[tuple[str, list[Block]]]:
    """Return (title, blocks) of each article; what comes before the first one has no title.

    Articles begin with the highest heading that the file has at least twice, each time with a text.
    """
    levels = Counter(block.level for block in blocks if block.kind == "heading")
    for level in sorted(levels):
        parts: list[tuple[str, list[Block]]] = [("", [])]
        for block in blocks:
            if block.kind == "heading" and block.level == level:
                parts.append((block.words, []))
            else:
                parts[-1][1].append(block)
        if sum(_count_words(part) >= _MIN_WORDS for _, part in parts[1:]) > 1:
            return _joined_short(parts)
    return []


def _joined_short(parts: list[tuple[str, list[Block]]]) -> list[tuple[str, list[Block]]]:
    """Return parts, with those that are too short for an article added to the one before."""
    made = parts[:1]
    for title, part in parts[1:]:
        if _count_words(part) < _MIN_WORDS:
            heading = Block("heading", part[0].page if part else 0, level=9, words=title)
            made[-1][1].extend([heading, *part])
        else:
            made.append((title, part))
    return [one for one in made if one[0] or one[1]]


def _lead(blocks: Sequence[Block]) -> list[str]:
    """Return the headings and the first texts of an article: what a table of contents says of it."""
    headings = [block.words for block in blocks if block.kind == "heading"]
    return [*headings, *[block.words for block in blocks if block.kind == "text"][:3]]


def _count_words(blocks: Sequence[Block]) -> int:
    return sum(len(block.words.split()) + sum(len(row) for row in block.rows) for block in blocks)


def _folded(words: str) -> str:
    return re.sub(r"\W+", " ", words).strip().casefold()


def _without_masthead(blocks: Sequence[Block], masthead: str, findings: Findings) -> list[Block]:
    """Return the blocks of an editorial without the name of the newsletter in large letters.

    Args:
        blocks: of the editorial.
        masthead: title of the file and heads of its pages, without spaces.
        findings: takes what is left out.
    """
    kept = []
    for block in blocks:
        words = _folded(block.words).replace(" ", "")
        if block.kind == "heading" and words and words in masthead:
            findings.leave_out(
                f"masthead: {quoted(block.words)}", "the site shows the name of the newsletter"
            )
        else:
            kept.append(block)
    return kept


def _without_contents(
    blocks: Sequence[Block], titles: Sequence[str], leads: str, findings: Findings
) -> list[Block]:
    """Return the blocks of an editorial without the table of contents.

    Args:
        blocks: of the editorial.
        titles: of the articles, folded.
        leads: headings and first sentences of the articles, folded.
        findings: takes what is left out.
    """
    kept: list[Block] = []
    is_after = False
    for block in blocks:
        words = _folded(block.words.rstrip("0123456789"))
        is_heading = bool(_CONTENTS.fullmatch(block.words))
        is_after |= is_heading
        is_entry = words in titles or (is_after and len(words) > _MIN_WORDS and words in leads)
        if is_heading or is_entry or re.fullmatch(r"[\d\s]+", block.words):
            what = f"entry of the table of contents: {quoted(block.words)}"
            findings.leave_out(what, "the issue lists its items")
        else:
            kept.append(block)
    return kept


def _soup(blocks: Sequence[Block], title: str, findings: Findings) -> BeautifulSoup:
    soup = read_html(to_html(blocks, findings))
    if title:
        head = soup.new_tag("p")
        head["class"] = f"{ROLE}title"
        head.string = title
        soup.insert(0, head)
    mark_typed_lists(soup)
    build_lists(soup)
    place_captions(soup)
    mark_table_heads(soup, findings)
    return soup
