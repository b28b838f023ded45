"""Lint: warns of content that some readers cannot use, such as links called "here"."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from clusterpress.markup.body import EMBED_CLASS, KNOWN_HOSTS, Heading, find_player
from clusterpress.markup.clean_html import CleanHtml, Edit, Element
from clusterpress.markup.foreign_marks import LintWarning, lint_foreign_marks
from clusterpress.markup.plain_text import texts_of, words_of
from clusterpress.markup.source_lines import LineFinder, indent_by_four
from clusterpress.parsing.yaml_text import read_yaml
from clusterpress.values.characters import is_all_caps

_FILE_NAME = re.compile(
    r"[^\s/]+\.(?:jpe?g|png|gif|webp|svg|avif|heic|tiff?|bmp)"
    r"|(?:IMG|DSCN?|DSCF|PXL|MVIMG|VID|WhatsApp Image|Screen ?shot|Bildschirmfoto|Capture d[’']écran)"
    r"[-_ ]?\d[-\w .:]*"
    r"|(?:image|img|picture|photo|bild|foto|scan|untitled|unnamed)[-_ ]?\d+",
    re.IGNORECASE,
)
"""Names that cameras, telephones and word processors give to pictures."""
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|(?<!\S)[^\s@]+@\S+\.\w+"
    r"|(?<![\w-])(?<![\w-]\.)[\w-]+(?:[.][\w-]+)*\.[A-Za-z][A-Za-z0-9]{1,4}\b"
)
"""Addresses and names of files, which are in Latin letters in every language."""
_SPACE = re.compile(r"\s+")
_LETTERS = {
    "Latin": "A-Za-z\u00c0-\u024f\u1e00-\u1eff",
    "Arabic": "\u0620-\u064a\u066e-\u06d3\u0750-\u077f",
    "Cyrillic": "\u0400-\u052f",
    "Greek": "\u0370-\u03ff\u1f00-\u1fff",
    "Hebrew": "\u05d0-\u05ea",
}
_LONG = dict.fromkeys(_LETTERS, 3) | {"Latin": 6}
"""Minimum number of words of a passage: names of programmes are in Latin letters in all languages."""
_WORD = re.compile(
    r"\b(?:" + "|".join(f"(?P<{name}>[{letters}])" for name, letters in _LETTERS.items()) + r")\w*"
)
_BEYOND_LATIN = re.compile(f"[{''.join(letters for name, letters in _LETTERS.items() if name != 'Latin')}]")
_PASSAGES = {
    name: re.compile(
        rf"(?<![{letters}])[{letters}]+(?:(?:(?![{letters}])[\W\d_])+[{letters}]+){{{_LONG[name] - 1},}}"
    )
    for name, letters in _LETTERS.items()
}


def lint_body(
    html: CleanHtml,
    elements: Sequence[Element],
    headings: Iterable[Heading],
    words: str,
    lines: Mapping[int, int],
    finder: LineFinder,
    hosts: frozenset[str] = frozenset(),
) -> tuple[LintWarning, ...]:
    """Return the warnings about a body, sorted by line.

    Args:
        html: the body.
        elements: its elements, as `CleanHtml.concerned` yields them.
        headings: its headings.
        words: its words.
        lines: offset of an element with an address → line of the address.
        finder: finds the lines of words.
        hosts: whose players pages may show, besides `KNOWN_HOSTS`.
    """
    found: list[LintWarning] = []
    for element in elements:
        line = lines.get(element.start, 1)
        if rule := _RULES.get(element.tag):
            found += rule(element, line)
        if "class" in element.written and EMBED_CLASS in element.classes:
            found += _embed(element, line, hosts)
        elif element.tag == "table":
            found += _table(element, finder)
    found += _headings(headings, finder)
    found += _unmarked_languages(html, words, finder)
    found += _flat_lists(finder)
    found += lint_foreign_marks(html, elements, finder)
    return tuple(sorted(found))


def _link(link: Element, line: int) -> Iterator[LintWarning]:
    address = link.get("href")
    if address is None:
        return
    words = _SPACE.sub(" ", words_of(link.content)).strip(" .:!…»›>→")
    if words.casefold() in _vague_link_texts():
        message = f'link text "{words}" does not say where it leads'
        yield line, message, "name the page it leads to"


def _embed(link: Element, line: int, hosts: frozenset[str]) -> Iterator[LintWarning]:
    """Warn of links that no page can show in a player."""
    address = link.get("href")
    if link.tag != "a" or address is None:
        return
    player = find_player(address)
    if player is None:
        hint = "link to a video of YouTube, Vimeo or PeerTube, or to a place on OpenStreetMap"
        yield line, f'"{address}" is no video or map that a page can show', hint
    elif player.host not in KNOWN_HOSTS | hosts:
        hint = f'if you trust it, write "embed_hosts: [{player.host}]" in site_config.yml'
        yield line, f"pages do not show players of {player.host}: the video stays a link", hint


@cache
def _vague_link_texts() -> frozenset[str]:
    text = Path(__file__).with_name("vague_links.yml").read_text(encoding="utf-8")
    by_language: Mapping[str, Any] = read_yaml(text, "vague_links.yml").values
    return frozenset(chain.from_iterable(by_language.values()))


def _picture(picture: Element, line: int) -> Iterator[LintWarning]:
    alt = picture.get("alt")
    if alt and _FILE_NAME.fullmatch(alt.strip()):
        message = f'the alt text "{alt}" is the name of a file'
        yield line, message, "describe what the picture shows between the square brackets"
    if not alt and picture.get("role") != "presentation":
        yield line, "the picture has no alt text", "describe what it shows between the square brackets"


def _headings(headings: Iterable[Heading], finder: LineFinder) -> Iterator[LintWarning]:
    """Headings must not skip a level or be all capitals (WCAG 2.2, 1.3.1 and 2.4.6)."""
    above = 1  # the title of the page
    for heading in headings:
        if heading.level > above + 1:
            marks = heading.level - above - 1
            hint = f"take {marks} # away before it, or add the heading between them"
            yield finder.line_of_words(heading.text), f'the heading "{heading.text}" skips a level', hint
        if is_all_caps(heading.text):
            message = f'the heading "{heading.text}" is all capitals'
            yield finder.line_of_words(heading.text), message, "write it as in a sentence"
        above = heading.level


def _table(table: Element, finder: LineFinder) -> Iterator[LintWarning]:
    if "role" in table.written or "highlighttable" in table.classes:
        return
    if not any(words_of(head.content) for head in table.find("th")):
        first = next(filter(None, (words_of(cell.content) for cell in table.find("td"))), "")
        hint = "say in its first row what each column holds"
        yield finder.line_of_words(first), "the table has no heads", hint


def _loaded_from_elsewhere(element: Element, line: int) -> Iterator[LintWarning]:
    """Warn of files that would be loaded from another site without the reader's consent."""
    address = element.get("data" if element.tag == "object" else "src") or ""
    if re.match(r"(?:https?:)?//", address):
        hint = f"write a link, which loads it on a click: [its name]({address}){{.{EMBED_CLASS}}}"
        yield line, f"{address} is not loaded: pages ask no other site", hint


def _unmarked_languages(html: CleanHtml, words: str, finder: LineFinder) -> Iterator[LintWarning]:
    for script, passage in _foreign_passages(html, words):
        shown = passage if len(passage) <= 40 else f"{passage[:39].rsplit(' ', 1)[0]}…"  # noqa: PLR2004
        message = f'"{shown}" is in {script} letters, but nothing says in which language'
        hint = 'write <span lang="…" dir="auto">…</span> around it, with the code of its language'
        yield finder.line_of_words(passage), message, hint


def _foreign_passages(html: CleanHtml, words: str) -> Iterator[tuple[str, str]]:
    """Yield each (script, passage) in another script whose language is not marked (WCAG 2.2, 3.1.2)."""
    if words.isascii() or not _BEYOND_LATIN.search(words):  # most texts
        return
    words = _ADDRESS.sub(" ", words)
    found = {name for name, passage in _PASSAGES.items() if passage.search(words)}
    if found <= {"Latin"}:
        return
    texts = [_ADDRESS.sub(" ", text) for text in texts_of(_without_named_languages(html))]
    # Ignore words with a capital: every language writes some names in Latin letters.
    found_words = _WORD.finditer(" ".join(texts))
    scripts = [word.lastgroup for word in found_words if not word[0][0].isupper()]
    usual = max(_LETTERS, key=scripts.count)
    for text in texts:
        for name in sorted(found - {usual}):
            for passage in _PASSAGES[name].finditer(text):
                yield name, passage[0]


def _without_named_languages(html: CleanHtml) -> str:
    named = [element for element in html.concerned() if "lang" in element.written]
    cuts: list[Edit] = []
    for element in sorted([*named, *html.named("code", "pre")], key=lambda one: one.start):
        if element.start >= (cuts[-1][1] if cuts else 0):
            cuts.append((element.start, element.ends[1], "<wbr>"))  # keeps the texts around it apart
    return html.edited(cuts).text


def _flat_lists(finder: LineFinder) -> Iterator[LintWarning]:
    """Warn of lists nested by two or three spaces: other programs flatten them."""
    if not finder.has_indented_lines:  # most texts
        return
    lines = finder.lines
    if (indented := indent_by_four(lines)) is lines:  # most texts: nothing to indent
        return
    pairs = zip(lines, indented, strict=True)
    if line := next((number for number, (one, other) in enumerate(pairs, start=1) if one != other), 0):
        hint = "indent it by four: other Markdown programs flatten it"
        yield line, "the list is nested by fewer than four spaces", hint


_RULES: Mapping[str, Callable[[Element, int], Iterator[LintWarning]]] = {
    "a": _link,
    "img": _picture,
    **dict.fromkeys(("iframe", "embed", "object", "script", "video", "audio"), _loaded_from_elsewhere),
}
"""Element → the rule about it and the line of its address."""
