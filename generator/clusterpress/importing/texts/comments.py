"""Comments of other generators: what their writers wrote for themselves, and no reader ever saw."""

import re
from collections.abc import Callable, Mapping

from clusterpress.importing.texts.enclosed import sub_enclosed

_MAX_DEPTH = 20
"""Comments in comments; those that lie deeper are blocks like others."""
_OF_GO = (re.compile(r"\{\{-?\s*/\*(?:(?!/\*).)*?\*/\s*-?\}\}", re.DOTALL), re.compile(r"\*/\s*-?\}\}"))
_OF_JSX = (re.compile(r"\{\s*/\*(?:(?!/\*).)*?\*/\s*\}", re.DOTALL), re.compile(r"\*/\s*\}"))
_OF_JINJA = (re.compile(r"\{#(?![\w:.-]+\})(?:(?!\{#).)*?#\}", re.DOTALL), re.compile(r"#\}"))
"""``{#name}`` is the anchor of a heading."""
_LINE_OF_LIQUID = (re.compile(r"\{%-?\s*#(?:(?!\{%).)*?%\}", re.DOTALL), re.compile(r"%\}"))


def _block(opening: str, ending: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(f"{opening}(?:(?!{opening}).)*?{ending}", re.DOTALL), re.compile(ending)


_BLOCK_OF_HUGO = _block(r"\{\{[<%]\s*comment\b[^{}]*[>%]\}\}", r"\{\{[<%]\s*/\s*comment\s*[>%]\}\}")
_BLOCK_OF_LIQUID = _block(r"\{%-?\s*comment\b[^{}]*%\}", r"\{%-?\s*endcomment\s*-?%\}")
_BLOCK_OF_KRAMDOWN = _block(r"\{::comment\}", r"\{:/(?:comment)?\}")
_FORMS: Mapping[str, tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]] = {
    "hugo": (_OF_GO, _BLOCK_OF_HUGO),
    "liquid": (_OF_JINJA, _OF_GO, _OF_JSX, _LINE_OF_LIQUID, _BLOCK_OF_LIQUID),
    "jsx": (_OF_JSX,),
    "": (_BLOCK_OF_KRAMDOWN,),
}
"""Kind of the tokens of a text, and "" for every text → its comments, and how each ends."""


def take_comments(text: str, kinds: tuple[str, ...], take: Callable[[str], object]) -> str:
    """Return a text without its comments.

    Args:
        text: without its code.
        kinds: of its tokens: ``hugo``, ``liquid``, ``jsx``.
        take: takes each comment as written.
    """

    def leave_out(found: re.Match[str]) -> str:
        take(found[0])
        return ""

    for pattern, ending in (form for kind in (*kinds, "") for form in _FORMS[kind]):
        before, depth = "", 0
        while text != before and depth < _MAX_DEPTH:
            before, depth = text, depth + 1
            text = sub_enclosed(pattern, ending, leave_out, text)
    return text
