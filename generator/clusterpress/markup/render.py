"""Rendering: one Markdown text → clean HTML → `Body`.

There are two producers of clean HTML: Python-Markdown for any text, and the fast parser for simple ones. They
know none of the rules for headings, figures, tables, links, players and words: `build_body` owns these.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from html import escape
from operator import itemgetter

from clusterpress.config.settings import Settings
from clusterpress.markup.body import (
    EMBED_CLASS,
    KNOWN_HOSTS,
    Body,
    CollectionRef,
    EmbedRef,
    Heading,
    Outline,
    Part,
    Parts,
    find_player,
)
from clusterpress.markup.clean_html import ATTRIBUTES, MORE, SPACE, CleanHtml, Element, unescape
from clusterpress.markup.fast_parser import names_extensions, render_simple_blocks
from clusterpress.markup.lint import lint_body
from clusterpress.markup.own_blocks import PLACES, take_own_blocks
from clusterpress.markup.plain_text import count_words, lead_of, read_plain_text
from clusterpress.markup.references import Fault, PartsEdit, References
from clusterpress.markup.sanitise import clean_blocks, clean_html, normalise
from clusterpress.markup.source_lines import LineFinder
from clusterpress.markup.structure import HEADINGS, contents_edits, figure_edits, heading_edits, table_edits
from clusterpress.markup.typography import set_typography
from clusterpress.theme.typography import may_change
from clusterpress.values.digests import digest_bytes, join_digests
from clusterpress.values.plain import is_plain

_BLOCK_WITH_LINK = re.compile(rf"<(p|figure){ATTRIBUTES}>{SPACE}(?=<a )")
_END_OF_BLOCK = re.compile(rf"{SPACE}(?:<figcaption>(.*?)</figcaption>{SPACE})?</(p|figure)>", re.DOTALL)
_TAG = re.compile(r"<[^<>]+>")


def body_key(text: str, settings: Settings, lang: str = "") -> bytes:
    """Return the cache key of a body: the digest of the inputs of `render`, without code and libraries."""
    written = digest_bytes(text.encode("utf-8", "surrogatepass"))
    return join_digests([settings.digest_of_markup(), digest_bytes(lang.encode()), written])


def render(text: str, settings: Settings, lang: str = "") -> Body:
    """Render a Markdown text, with the typography of a language if one is named.

    Every text gives a body; ``outline.problems`` holds its errors. Only one thread of a process may render at
    a time, because the converter is shared.

    Raises:
        BadExtensionError: the settings name a Markdown extension that cannot be used (`extension_problems`).
    """
    blocks = take_own_blocks(normalise(text))
    text = blocks.text
    safe = settings.html == "safe"
    hosts = frozenset(map(str.lower, settings.embed_hosts))
    try:
        placed = blocks.place(_to_clean_html(text, settings.mkdocs, safe=safe))
        html = set_typography(placed.html, lang if may_change(blocks.source, lang) else "")
        return build_body(html, blocks.source, placed.faults, hosts, placed.collections, lang)
    except _NotMarkdownError as error:
        message = f"this text cannot be read as Markdown: {error}"
        fault = (1, message, "look for deep nesting or unusual marks")
        return build_body(clean_html(f"<pre>{escape(text)}</pre>", safe=safe), text, (fault,))


class _NotMarkdownError(Exception):
    """A text cannot be read; the message says why."""


def _to_clean_html(text: str, mkdocs: str, *, safe: bool) -> str:
    """Return clean HTML, from the fast parser if it supports the whole text.

    In safe mode, all HTML passes through the sanitiser.
    """
    convert = partial(_convert, mkdocs=mkdocs)
    blocks = None if is_plain() or names_extensions(mkdocs) else render_simple_blocks(text, convert)
    if not blocks or not (html := blocks.to_html()):
        return clean_html(convert(text), safe=safe)
    return clean_blocks(blocks.html) if blocks.without_fallback and not safe else clean_html(html, safe=safe)


def _convert(text: str, mkdocs: str) -> str:
    # Imported on first use: most texts do not need it.
    from clusterpress.markup.extensions import markdown_for

    converter = markdown_for(mkdocs)
    try:
        return str(converter.reset().convert(text))
    except BaseException as error:  # extensions raise what they like, a limit of the pipeline may be reached
        markdown_for.cache_clear()  # it may have stopped half-way through something
        if isinstance(error, Exception):
            raise _NotMarkdownError(str(error)) from error
        raise


def build_body(
    html: str,
    text: str,
    faults: tuple[Fault, ...] = (),
    hosts: frozenset[str] = frozenset(),
    collections: tuple[CollectionRef, ...] = (),
    lang: str = "",
) -> Body:
    """Build a body from clean HTML.

    Args:
        html: clean HTML.
        text: the Markdown text, for line numbers.
        faults: errors of the producer.
        hosts: whose players pages may show, besides `KNOWN_HOSTS`.
        collections: those of the text, in order.
        lang: the language whose typography captions get.
    """
    page, headings = _with_structure(CleanHtml(html), lang)
    words = read_plain_text(page)
    elements = list(page.concerned())
    finder = LineFinder(text)
    references = References(elements, finder)
    names = (one.get("id") or (one.get("name") if one.tag == "a" else None) for one in elements)
    anchors = tuple(dict.fromkeys(filter(None, names)))
    edits, embeds = _with_embeds(page, elements, references.edits, KNOWN_HOSTS | hosts)
    if collections:
        edits = sorted([*edits, *_collection_edits(page, collections)], key=itemgetter(0))
    lead_end = lead_of(page)[1]
    lead = _parts(page, edits, 0, lead_end)
    return Body(
        parts=lead + _parts(page, edits, lead_end, len(page.text)),
        lead=len(lead),
        text=words.text,
        outline=Outline(
            links=tuple(references.links),
            external_links=tuple(references.external_links),
            pictures=tuple(references.pictures),
            collections=collections,
            players=tuple(embed.player.address for embed in embeds),
            styled=_styled(elements),
            headings=headings,
            anchors=anchors,
            first_paragraph=words.first_paragraph,
            excerpt=words.excerpt,
            words=count_words(words.text),
            problems=faults + references.faults(anchors),
            warnings=lint_body(page, elements, headings, words.text, references.lines, finder, hosts),
        ),
    )


def _collection_edits(page: CleanHtml, collections: Sequence[CollectionRef]) -> Iterator[PartsEdit]:
    for place in PLACES.finditer(page.text):
        if int(place[1]) < len(collections):
            yield place.start(), place.end(), (collections[int(place[1])],)


def _with_structure(page: CleanHtml, lang: str) -> tuple[CleanHtml, tuple[Heading, ...]]:
    landmarks = [*page.named(*HEADINGS, "img", "table")]
    titles = [element for element in landmarks if element.tag in HEADINGS]
    edits, headings = heading_edits(page, titles) if titles else ([], ())
    edits += figure_edits(page, [element for element in landmarks if element.tag == "img"], lang)
    edits += contents_edits(page, headings)
    if any(element.tag == "table" for element in landmarks):
        edits += table_edits(page, landmarks)
    return page.edited(edits), headings


def _styled(elements: Iterable[Element]) -> tuple[str, ...]:
    styled = {element.tag for element in elements if element.tag in {"details", "kbd"}}
    styled |= {f".{name}" for element in elements if "class" in element.written for name in element.classes}
    return tuple(sorted(styled))


def _with_embeds(
    page: CleanHtml, elements: Sequence[Element], edits: list[PartsEdit], hosts: frozenset[str]
) -> tuple[list[PartsEdit], list[EmbedRef]]:
    """Add edits that replace links by players; return the edits and the players."""
    links = {
        element.start: element
        for element in elements
        if element.tag == "a" and "class" in element.written and EMBED_CLASS in element.classes
        if (player := find_player(element.get("href") or "")) and player.host in hosts
    }
    embeds: list[EmbedRef] = []
    if not links:  # most texts
        return edits, embeds
    starts = [edit[0] for edit in edits]
    kept: list[PartsEdit] = []
    done = 0
    for block in _BLOCK_WITH_LINK.finditer(page.searchable):
        link = links.get(block.end())
        end = link and _END_OF_BLOCK.match(page.searchable, link.ends[1])
        if not link or not end or end[2] != block[1]:
            continue
        first, last = (bisect_left(starts, place) for place in (block.start(), end.end()))
        if embed := _embed(page, edits[first:last], link, block.start(), end):
            kept += [*edits[done:first], (block.start(), end.end(), (embed,))]
            done = last
            embeds.append(embed)
    return [*kept, *edits[done:]], embeds


def _embed(
    page: CleanHtml, edits: Sequence[PartsEdit], link: Element, start: int, end: re.Match[str]
) -> EmbedRef | None:
    address = link.get("href") or ""
    player = find_player(address)
    if player is None:
        return None
    picture = next(link.find("img"), None)
    words = unescape(_TAG.sub("", link.content)).strip()
    alt = (picture and picture.get("alt")) or ""
    return EmbedRef(
        player=player,
        address=address,
        title=link.get("title") or words or alt or player.host,
        poster=_parts(page, edits, link.inner, link.ends[0]) if picture else (),
        caption=_parts(page, edits, *end.span(1)) if end[1] else (),
        link=_parts(page, edits, start, end.end()),
    )


def _parts(page: CleanHtml, edits: Iterable[PartsEdit], start: int, end: int) -> Parts:
    pieces: list[Part] = []
    for edit_start, edit_end, new in edits:
        if start <= edit_start and edit_end <= end:
            pieces += [page.text[start:edit_start], *new]
            start = edit_end
    parts: list[Part] = []
    for piece in [*pieces, page.text[start:end]]:
        if isinstance(piece, str) and parts and isinstance(before := parts[-1], str):
            parts[-1] = before + piece
        else:
            parts.append(piece)
    return tuple(part.replace(MORE, "") if isinstance(part, str) else part for part in parts if part)
