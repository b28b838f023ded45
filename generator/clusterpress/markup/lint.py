"""Lint: warns of content that some readers cannot use, such as links called "here"."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from clusterpress.markup.body import Heading
from clusterpress.markup.clean_html import CleanHtml, Element
from clusterpress.markup.embeds import CLASS, find_player
from clusterpress.markup.indentation import indent_by_four
from clusterpress.markup.line_finder import LineFinder
from clusterpress.markup.plain_text import words_of
from clusterpress.markup.writing_systems import foreign_passages
from clusterpress.values.characters import is_all_caps

LintWarning = tuple[int, str, str]
"""Line, message, hint."""

_VAGUE_LINK_TEXTS = frozenset(
    {
        "click here", "here", "this", "this link", "link", "more", "read more", "follow this link",
        "ici", "cliquez ici", "cliquer ici", "lien", "ce lien", "lire plus", "lire la suite",
        "en savoir plus",
        "hier", "hier klicken", "klicken sie hier", "mehr", "weiterlesen", "klik hier", "lees meer",
        "qui", "clicca qui", "leggi tutto", "aquí", "haga clic aquí", "leer más", "más",
        "aqui", "clique aqui", "leia mais", "ler mais", "aici", "click aici", "citește mai mult",
        "tutaj", "kliknij tutaj", "czytaj więcej", "więcej", "sem", "zde", "klikněte zde", "číst dále",
        "více", "tu", "kliknite sem", "kliknite tu", "čítať ďalej", "viac", "ovdje", "kliknite ovdje", "više",
        "tukaj", "kliknite tukaj", "preberi več", "več", "itt", "ide", "kattintson ide", "tovább", "bővebben",
        "εδώ", "κάντε κλικ εδώ", "περισσότερα", "här", "klicka här", "läs mer", "her", "klik her", "læs mere",
        "tässä", "klikkaa tästä", "lue lisää", "burada", "buraya tıklayın", "tıklayın", "devamı",
        "هنا", "اضغط هنا", "انقر هنا", "المزيد", "اقرأ المزيد", "כאן", "לחצו כאן", "לחץ כאן", "קרא עוד",
    }
)  # fmt: skip
"""Link texts without meaning when screen readers list links (WCAG 2.2, 2.4.4 and 2.4.9)."""

_SPACE = re.compile(r"\s+")


def lint_body(
    html: CleanHtml,
    elements: Iterable[Element],
    headings: Iterable[Heading],
    words: str,
    lines: Mapping[int, int],
    finder: LineFinder,
) -> tuple[LintWarning, ...]:
    """Return the warnings about a body, sorted by line.

    Args:
        html: the body.
        elements: its elements, as `CleanHtml.concerned` yields them.
        headings: its headings.
        words: its words.
        lines: offset of an element with an address → line of the address.
        finder: finds the lines of words.
    """
    found: list[LintWarning] = []
    for element in elements:
        if rule := _RULES.get(element.tag):
            found += rule(element, lines.get(element.start, 1))
        elif element.tag == "table":
            found += _table(element, finder)
    found += _headings(headings, finder)
    found += _unmarked_languages(html, words, finder)
    found += _flat_lists(finder)
    return tuple(sorted(found))


def _link(link: Element, line: int) -> Iterator[LintWarning]:
    address = link.get("href")
    if address is None:
        return
    if is_uninformative(words := words_of(link.content)):
        message = f'link text "{_link_words(words)}" does not say where it leads'
        yield line, message, "name the page it leads to"
    if "class" in link.written and CLASS in link.classes and find_player(address) is None:
        hint = "link to a video of YouTube, Vimeo or PeerTube, or to a place on OpenStreetMap"
        yield line, f'"{address}" is no video or map that a page can show', hint


def is_uninformative(words: str) -> bool:
    """Return whether the words of a link do not say where it leads."""
    return _link_words(words).casefold() in _VAGUE_LINK_TEXTS


def _link_words(words: str) -> str:
    return _SPACE.sub(" ", words).strip(" .:!…»›>→")


def _picture(picture: Element, line: int) -> Iterator[LintWarning]:
    if not picture.get("alt") and picture.get("role") != "presentation":
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
        hint = f"write a link, which loads it on a click: [its name]({address}){{.{CLASS}}}"
        yield line, f"{address} is not loaded: pages ask no other site", hint


def _unmarked_languages(html: CleanHtml, words: str, finder: LineFinder) -> Iterator[LintWarning]:
    for script, passage in foreign_passages(html, words):
        shown = passage if len(passage) <= 40 else f"{passage[:39].rsplit(' ', 1)[0]}…"  # noqa: PLR2004
        message = f'"{shown}" is in {script} letters, but nothing says in which language'
        hint = 'write <span lang="…" dir="auto">…</span> around it, with the code of its language'
        yield finder.line_of_words(passage), message, hint


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
