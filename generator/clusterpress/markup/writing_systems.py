"""Writing systems: finds passages in another script whose language is not marked (WCAG 2.2, 3.1.2)."""

import re
from collections.abc import Iterator

from clusterpress.markup.clean_html import CleanHtml, Edit
from clusterpress.markup.plain_text import texts_of

_LETTERS = {
    "Latin": "A-Za-z\u00c0-\u024f\u1e00-\u1eff",
    "Arabic": "\u0620-\u064a\u066e-\u06d3\u0750-\u077f",
    "Cyrillic": "\u0400-\u052f",
    "Greek": "\u0370-\u03ff\u1f00-\u1fff",
    "Hebrew": "\u05d0-\u05ea",
}

_LONG = {"Latin": 6}
"""Minimum number of words of a passage: names of programmes are in Latin letters in all languages."""

_LONG_ELSEWHERE = 3

_WORD = re.compile(
    r"\b(?:" + "|".join(f"(?P<{name}>[{letters}])" for name, letters in _LETTERS.items()) + r")\w*"
)


def _passage(name: str) -> re.Pattern[str]:
    word = rf"[{_LETTERS[name]}]+"
    return re.compile(rf"{word}(?:[\W\d_]+{word}){{{_LONG.get(name, _LONG_ELSEWHERE) - 1},}}")


_BEYOND_LATIN = re.compile(f"[{''.join(letters for name, letters in _LETTERS.items() if name != 'Latin')}]")
_PASSAGES = {name: _passage(name) for name in _LETTERS}


def foreign_passages(html: CleanHtml, words: str) -> Iterator[tuple[str, str]]:
    """Yield (script, passage) for each passage in another script whose language is not marked.

    Args:
        html: the body.
        words: its words.
    """
    if words.isascii() or not _BEYOND_LATIN.search(words):  # most texts
        return
    found = {name for name, passage in _PASSAGES.items() if passage.search(words)}
    if found <= {"Latin"}:
        return
    # Ignore words with a capital: every language writes some names in Latin letters.
    scripts = [word.lastgroup for word in _WORD.finditer(words) if not word[0][0].isupper()]
    usual = max(_LETTERS, key=scripts.count)
    for text in texts_of(_without_named_languages(html)):
        for name in sorted(found - {usual}):
            for passage in _PASSAGES[name].finditer(text):
                yield name, passage[0]


def _without_named_languages(html: CleanHtml) -> str:
    """Return HTML without code and without elements that name their language."""
    named = [element for element in html.concerned() if "lang" in element.written]
    cuts: list[Edit] = []
    for element in sorted([*named, *html.named("code", "pre")], key=lambda one: one.start):
        if element.start >= (cuts[-1][1] if cuts else 0):
            cuts.append((element.start, element.ends[1], "<wbr>"))  # keeps the texts around it apart
    return html.edited(cuts).text
