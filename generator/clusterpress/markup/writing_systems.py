"""Scripts: passages in the letters of another script, whose language nobody told (WCAG 2.2, 3.1.2)."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from clusterpress.markup.plain_text import plain

_LETTERS = {
    "Latin": "A-Za-z\u00c0-\u024f\u1e00-\u1eff",
    "Arabic": "\u0620-\u064a\u066e-\u06d3\u0750-\u077f",
    "Cyrillic": "\u0400-\u052f",
    "Greek": "\u0370-\u03ff\u1f00-\u1fff",
    "Hebrew": "\u05d0-\u05ea",
}

_LONG = {"Latin": 6}
"""Words of a passage that counts: names of programmes are written in Latin letters everywhere."""

_LONG_ELSEWHERE = 3

_WORD = re.compile(
    r"\b(?:" + "|".join(f"(?P<{name}>[{letters}])" for name, letters in _LETTERS.items()) + r")\w*"
)


def _passage(name: str) -> re.Pattern[str]:
    word = rf"[{_LETTERS[name]}]+"
    return re.compile(rf"{word}(?:[\W\d_]+{word}){{{_LONG.get(name, _LONG_ELSEWHERE) - 1},}}")


_BEYOND_LATIN = re.compile(f"[{''.join(letters for name, letters in _LETTERS.items() if name != 'Latin')}]")
_PASSAGES = {name: _passage(name) for name in _LETTERS}


def may_be_mixed(text: str) -> bool:
    """Return whether a text has any letters of other scripts than the Latin one."""
    return not text.isascii() and bool(_BEYOND_LATIN.search(text))


def foreign_passages(body: LexborNode) -> Iterator[tuple[str, str]]:
    """Yield (script, words) of each passage in a script unlike the rest, unless it tells its language."""
    if not may_be_mixed(body.text()):  # most texts: nothing to look for
        return
    whole = plain(body)
    found = {name for name, passage in _PASSAGES.items() if passage.search(whole)}
    if found <= {"Latin"}:
        return
    # Words with a capital do not count: in every language, names are written in Latin letters.
    words = [word.lastgroup for word in _WORD.finditer(whole) if not word[0][0].isupper()]
    usual = max(_LETTERS, key=words.count)
    for text in _texts_without_lang(body):
        for name in sorted(found - {usual}):
            for passage in _PASSAGES[name].finditer(text):
                yield name, passage[0]


def _texts_without_lang(node: LexborNode) -> Iterator[str]:
    """Yield the texts below a node that stand in no element with a language of its own."""
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            yield child.text_content or ""
        elif "lang" not in child.attributes and child.tag not in ("code", "pre", "script", "style"):
            yield from _texts_without_lang(child)
