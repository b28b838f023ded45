"""Remarks: what a body may say but readers would miss, such as links called "here"."""

import re
from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborNode

from clusterpress.markup.embeds import CLASS, find_player
from clusterpress.markup.headings import HEADINGS
from clusterpress.markup.indentation import indent_by_four
from clusterpress.markup.line_finder import LineFinder
from clusterpress.markup.plain_text import plain
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
"""Link texts that say nothing where screen readers list them alone (WCAG 2.2, 2.4.4 and 2.4.9)."""

_SPACE = re.compile(r"\s+")


def lint_body(body: LexborNode, finder: LineFinder) -> Iterator[LintWarning]:
    """Yield (line, message, hint) for everything that some readers would miss."""
    elements = {node.tag for node in body.css("*")}
    for rule, concerned in RULES:
        if not (concerned and elements.isdisjoint(concerned)):
            yield from rule(body, finder)


def _uninformative_link_texts(body: LexborNode, finder: LineFinder) -> Iterator[LintWarning]:
    for link in body.css("a[href]"):
        if is_uninformative(words := plain(link)):
            line = finder.line_of(link.attributes.get("href") or "")
            yield (
                line,
                f'link text "{_link_words(words)}" does not say where it leads',
                "name the page it leads to",
            )


def is_uninformative(words: str) -> bool:
    """Return whether the words of a link do not say where it leads."""
    return _link_words(words).casefold() in _VAGUE_LINK_TEXTS


def _link_words(words: str) -> str:
    return _SPACE.sub(" ", words).strip(" .:!…»›>→")


def _pictures_without_alt(body: LexborNode, finder: LineFinder) -> Iterator[LintWarning]:
    for picture in body.css("img:not([alt]), img[alt='']"):
        if (picture.attributes.get("role") or "") != "presentation":
            line = finder.line_of(picture.attributes.get("src") or "")
            yield line, "the picture has no alt text", "describe what it shows between the square brackets"


def _headings(body: LexborNode, finder: LineFinder) -> Iterator[LintWarning]:
    """Headings go down one level at a time, and are no shouts (WCAG 2.2, 1.3.1 and 2.4.6)."""
    above = 1  # the title of the page
    for node in body.css(HEADINGS):
        level, words = int((node.tag or "h2")[1]), plain(node)
        if level > above + 1:
            marks = level - above - 1
            hint = f"take {marks} # away before it, or add the heading between them"
            yield finder.line_of_words(words), f'the heading "{words}" skips a level', hint
        if is_all_caps(words):
            message = f'the heading "{words}" is all capitals'
            yield finder.line_of_words(words), message, "write it as in a sentence"
        above = level


def _tables_without_heads(body: LexborNode, finder: LineFinder) -> Iterator[LintWarning]:
    for table in body.css("table:not([role])"):
        if "highlighttable" in (table.attributes.get("class") or ""):
            continue
        if not any(plain(head) for head in table.css("th")):
            first = next(filter(None, (plain(cell) for cell in table.css("td"))), "")
            line = finder.line_of_words(first)
            yield line, "the table has no heads", "say in its first row what each column holds"


def _unmarked_languages(body: LexborNode, finder: LineFinder) -> Iterator[LintWarning]:
    for script, words in foreign_passages(body):
        shown = words if len(words) <= 40 else f"{words[:39].rsplit(' ', 1)[0]}…"  # noqa: PLR2004
        message = f'"{shown}" is in {script} letters, but nothing says in which language'
        hint = 'write <span lang="…" dir="auto">…</span> around it, with the code of its language'
        yield finder.line_of_words(words), message, hint


def _flat_lists(_body: LexborNode, finder: LineFinder) -> Iterator[LintWarning]:
    """A list nested by two or three spaces is shown as it is meant here, but not by every other program."""
    if not finder.has_indented_lines:  # most texts
        return
    lines = finder.lines
    if (indented := indent_by_four(lines)) is lines:  # most texts: nothing to indent
        return
    pairs = zip(lines, indented, strict=True)
    if line := next((number for number, (one, other) in enumerate(pairs, start=1) if one != other), 0):
        hint = "indent it by four: other Markdown programs flatten it"
        yield line, "the list is nested by fewer than four spaces", hint


def _players(body: LexborNode, finder: LineFinder) -> Iterator[LintWarning]:
    """Links that can be no player."""
    for link in body.css(f"a.{CLASS}"):
        address = link.attributes.get("href") or ""
        if find_player(address) is None:
            hint = "link to a video of YouTube, Vimeo or PeerTube, or to a place on OpenStreetMap"
            yield finder.line_of(address), f'"{address}" is no video or map that a page can show', hint


def _loaded_from_elsewhere(body: LexborNode, finder: LineFinder) -> Iterator[LintWarning]:
    """What another site would learn of readers without their consent."""
    for node in body.css("iframe[src], embed[src], object[data], script[src], video[src], audio[src]"):
        address = node.attributes.get("src") or node.attributes.get("data") or ""
        if re.match(r"(?:https?:)?//", address):
            hint = f"write a link, which loads it on a click: [its name]({address}){{.{CLASS}}}"
            yield finder.line_of(address), f"{address} is not loaded: pages ask no other site", hint


_ANY: frozenset[str] = frozenset()
_LOADED = frozenset({"iframe", "embed", "object", "script", "video", "audio"})

RULES: tuple[tuple[Callable[[LexborNode, LineFinder], Iterator[LintWarning]], frozenset[str]], ...] = (
    (_uninformative_link_texts, frozenset({"a"})),
    (_pictures_without_alt, frozenset({"img"})),
    (_headings, frozenset(HEADINGS.split(", "))),
    (_tables_without_heads, frozenset({"table"})),
    (_unmarked_languages, _ANY),
    (_flat_lists, _ANY),
    (_players, frozenset({"a"})),
    (_loaded_from_elsewhere, _LOADED),
)
"""Rule, and the elements of which one must be there for it to have anything to say."""
