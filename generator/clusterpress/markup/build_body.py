"""Builds bodies from clean HTML; owns every rule for headings, figures, tables, links, players and words.

There are two producers of clean HTML: Python-Markdown for any text, and the fast parser for simple ones.
Producers know none of these rules.
"""

import re
from collections.abc import Iterable, Sequence

from clusterpress.markup.body import Body, EmbedRef, Heading, Outline, Part, Parts
from clusterpress.markup.clean_html import ATTRIBUTES, MORE, SPACE, CleanHtml, Element, unescape
from clusterpress.markup.embeds import CLASS, find_player
from clusterpress.markup.figures_tables import figure_edits, table_edits
from clusterpress.markup.headings import HEADINGS, contents_edits, heading_edits
from clusterpress.markup.line_finder import LineFinder
from clusterpress.markup.lint import lint_body
from clusterpress.markup.plain_text import count_words, lead_of, read_plain_text
from clusterpress.markup.references import Fault, PartsEdit, References

_BLOCK_WITH_LINK = re.compile(rf"<(p|figure){ATTRIBUTES}>{SPACE}(?=<a )")
_END_OF_BLOCK = re.compile(rf"{SPACE}(?:<figcaption>(.*?)</figcaption>{SPACE})?</(p|figure)>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def build_body(html: str, text: str, faults: tuple[Fault, ...] = ()) -> Body:
    """Build a body from clean HTML.

    Args:
        html: clean HTML.
        text: the Markdown text, for line numbers.
        faults: errors of the producer.
    """
    page, headings = _with_structure(CleanHtml(html))
    words = read_plain_text(page)
    elements = list(page.concerned())
    finder = LineFinder(text)
    references = References(elements, finder)
    anchors = tuple(dict.fromkeys(name for element in elements if (name := _anchor(element))))
    edits, embeds = _with_embeds(page, elements, references.edits)
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
            players=tuple(embed.player.address for embed in embeds),
            styled=_styled(elements),
            headings=headings,
            anchors=anchors,
            first_paragraph=words.first_paragraph,
            excerpt=words.excerpt,
            words=count_words(words.text),
            problems=faults + references.faults(anchors),
            warnings=lint_body(page, elements, headings, words.text, references.lines, finder),
        ),
    )


def _with_structure(page: CleanHtml) -> tuple[CleanHtml, tuple[Heading, ...]]:
    """Normalise headings, figures and tables; return the HTML and the headings."""
    landmarks = [*page.named(*HEADINGS, "img", "table")]
    titles = [element for element in landmarks if element.tag in HEADINGS]
    edits, headings = heading_edits(page, titles) if titles else ([], ())
    edits += figure_edits(page, [element for element in landmarks if element.tag == "img"])
    edits += contents_edits(page, headings)
    if any(element.tag == "table" for element in landmarks):
        edits += table_edits(page, landmarks)
    return page.edited(edits), headings


def _anchor(element: Element) -> str:
    return element.get("id") or (element.tag == "a" and element.get("name")) or ""


def _styled(elements: Iterable[Element]) -> tuple[str, ...]:
    """Return the classes and elements that style sheets may select."""
    styled = {element.tag for element in elements if element.tag in {"details", "kbd"}}
    styled |= {f".{name}" for element in elements if "class" in element.written for name in element.classes}
    return tuple(sorted(styled))


def _with_embeds(
    page: CleanHtml, elements: Sequence[Element], edits: list[PartsEdit]
) -> tuple[list[PartsEdit], list[EmbedRef]]:
    """Add edits that replace links by players; return the edits and the players."""
    links = {
        element.start: element
        for element in elements
        if element.tag == "a" and "class" in element.written and CLASS in element.classes
    }
    embeds: list[EmbedRef] = []
    if not links:  # most texts
        return edits, embeds
    for block in _BLOCK_WITH_LINK.finditer(page.searchable):
        link = links.get(block.end())
        end = link and _END_OF_BLOCK.match(page.searchable, link.ends[1])
        if link and end and end[2] == block[1] and (embed := _embed(page, edits, link, block.start(), end)):
            within = (block.start(), end.end())
            edits = [edit for edit in edits if not within[0] <= edit[0] < within[1]]
            edits.append((*within, (embed,)))
            embeds.append(embed)
    return sorted(edits, key=lambda edit: edit[:2]), embeds


def _embed(
    page: CleanHtml, edits: Sequence[PartsEdit], link: Element, start: int, end: re.Match[str]
) -> EmbedRef | None:
    """Return the player for a link alone in its block, or None if its target has none."""
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
    """Apply the edits between two offsets and return the parts, with adjacent strings joined."""
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
