"""Typography: the quotation marks, dashes, ellipses and spaces of each language in place of typed ones.

Texts are read once, from left to right. A straight mark whose meaning is not sure stays as it was written.
"""

import re
from typing import NamedTuple

from clusterpress.theme.marks import Pair, Style, style_of

THROUGH = "\x01"
"""Stands for the tag of an element within a line, which no rule sees."""
WORD = "\x02"
"""Stands for something that is no text, such as code or a picture: rules see a word."""
BREAK = "\f"
"""Stands for the beginning or end of a block."""
LINE = "\v"
"""Stands for the end of a line within a block."""

_FILE = (
    r"(?:avif|css|csv|docx?|gif|html?|ics|ini|jpe?g|js|json|md|mp[34]|od[pst]|pdf|png|pptx?|py|svg|tex|toml|txt"
    r"|webp|xlsx?|xml|ya?ml|zip)\b"
)
_NO_TEXT = re.compile(
    r"[a-zA-Z][a-zA-Z+.-]{1,15}://[^\s\"<>«»“”\x01\x02]*[^\s\"'<>«»“”.,;:!?)\x01\x02]"
    r"|(?<!\w)www\.[^\s\"<>«»“”\x01\x02]*[^\s\"'<>«»“”.,;:!?)\x01\x02]"
    r"|(?<![\w.+-])[\w.+][\w.+'-]{0,63}@\w[\w-]{0,62}(?:\.[\w-]{1,63}){1,8}"
    r"|`[^`\n\f]*`|\\\([^\n\f]{0,500}?\\\)|\\\[[^\n\f]{0,500}?\\\]"
    r"|(?<![\w$\\])\$(?![\s$\d])[^$\n\f]{0,500}(?<!\s)\$(?![\w$])"
    rf"|(?<![^\s\"'(\[«“„\x01])(?!['(\[«“„])[^\s\"«»“”()\[\]\x01\x02]{{1,80}}\.{_FILE}"
)
"""Addresses, code, formulas and names of files."""
_MAY_BE_NO_TEXT = re.compile(rf"://|www\.|[@`$\\]|\.{_FILE}")
_HELD = re.compile("\x03")

_TRIGGER = re.compile(r"[\"']|\.\.\.|--| -\s")
_FRENCH_TRIGGER = re.compile(r"[\"';:!?«»]|\.\.\.|--| -\s|\d [%€]")
_ELLIPSIS = re.compile(r"(?<![.\d/\\])(?<![^\W\d_](?=\.{3}[^\W\d_]))\.\.\.(?![.\d/\\])")
_DASH = re.compile(
    r"(?<=\S)[ ](?:-{2,3})(?=\s)[ ]?"
    r"|(?<=[^\s\d])[ ]-[ ](?=\S)|(?<=\d)[ ]-[ ](?=[^\s\d])"
    r"|(?<=[^\W\d_])-{2,3}(?=[^\W\d_])"
)
_RANGE = re.compile(r"(?<=\d)--(?=\d)")

_SIGN = re.compile(r"[\"'„“”«»\f]")
_YEAR = re.compile(r"\d\ds?(?![\w'])")
_SHORTENED = re.compile(
    r"(?:(?:tis|twas|em|cause|til|bout|round|nen|ne|[smtkr])(?![\w'])|n(?!\w))", re.IGNORECASE
)
_FEET_OR_MINUTES = re.compile(r"\d{1,2}(?:\.\d+)?\s?\"|[ENOSW](?!\w)")
_OPENING = frozenset("([{<¿¡—–-/«„‚‹")
_CODE = frozenset("=\\")
_CLOSING = frozenset(",;:!?)]}>%")

_FRENCH_INSIDE = re.compile(r"(?P<open>«)[ \u00a0\u202f]*(?=\S)|(?<=\S)[ \u00a0\u202f]*(?P<close>»)")
_AFTER_WORD = r"(?<=[\w)\]»…’”%€\x01\x02\x03])"
_END = r"(?=[\s)\]»”\"\x01]|\Z)"
_COLON = re.compile(rf"(?<=\S)[ \u00a0\u202f]+(?=:{_END})|{_AFTER_WORD}(?=:{_END})")
_STRONG = re.compile(rf"(?<=\S)[ \u00a0\u202f]+(?=[;!?]{{1,3}}{_END})|{_AFTER_WORD}(?=[;!?]{{1,3}}{_END})")
_UNIT = re.compile(r"(?<=\d)[ ](?=[%€])")


def typeset(text: str, lang: str) -> str:
    """Return a text with the marks of a language; in a language without a row, the text itself.

    The text may hold `THROUGH`, `WORD`, `BREAK` and `LINE`; all of them stay, in order.
    """
    style = style_of(lang)
    if style is None or not _trigger(style).search(text):
        return text
    held: list[str] = []
    if _MAY_BE_NO_TEXT.search(text):
        text = _NO_TEXT.sub(lambda found: _hold(found[0], held), text)
    text = _with_dashes(text, style)
    if '"' in text or "'" in text:
        text = _with_quotes(text, style)
    if style.spaces:
        text = _with_spaces(text, style, style.spaces)
    pieces = iter(held)
    return _HELD.sub(lambda _: next(pieces), text) if held else text


def may_change(text: str, lang: str) -> bool:
    """Return whether a text, perhaps with entities, has a mark that the rules of a language know."""
    style = style_of(lang)
    return style is not None and ("&" in text or _trigger(style).search(text) is not None)


def _trigger(style: Style) -> re.Pattern[str]:
    return _FRENCH_TRIGGER if style.spaces else _TRIGGER


def _hold(text: str, held: list[str]) -> str:
    held.append(text)
    return "\x03"


def _with_dashes(text: str, style: Style) -> str:
    if "..." in text:
        text = _ELLIPSIS.sub("…", text)
    if "-" in text:
        text = _DASH.sub(style.dash, text)
        text = _RANGE.sub("–", text)
    return text


def _with_spaces(text: str, style: Style, spaces: Pair) -> str:
    (opening, closing), _ = style.marks
    text = _FRENCH_INSIDE.sub(lambda found: opening if found["open"] else closing, text)
    text = _COLON.sub(spaces[0], text)
    if spaces[1]:
        text = _STRONG.sub(spaces[1], text)
    return _UNIT.sub("\u00a0", text)


class _Opened(NamedTuple):
    """A quotation mark that waits for its closing one."""

    sign: str
    """``"``, ``'``, or nothing for a mark that the author chose."""
    at: int
    level: int
    """0: the language's first marks; 1: the second ones."""
    is_code: bool = False
    """Whether both stay straight."""


class _Quotes:
    """The quotation marks of one text."""

    def __init__(self, text: str, style: Style) -> None:
        self._text, self._style = text, style
        self._signs = [found.start() for found in _SIGN.finditer(text)]
        self._new: dict[int, str] = {}
        """Offset → what stands there instead."""
        self._open: list[_Opened] = []
        self._opened_at: set[int] = set()
        self._apostrophes: set[int] = set()

    def set(self) -> str:
        """Return the text with the marks of the language."""
        for number, at in enumerate(self._signs):
            sign = self._text[at]
            if sign == BREAK:
                self._end_block()
            elif sign == '"':
                self._double(number, at)
            elif sign == "'":
                self._single(at)
            else:
                self._chosen(sign, at)
        self._end_block()
        pieces: list[str] = []
        done = 0
        for at in self._signs:
            if at in self._new:
                pieces += (self._text[done:at], self._new[at])
                done = at + 1
        return "".join([*pieces, self._text[done:]])

    def _before(self, at: int) -> str:
        """Return the character before an offset, or a space at the beginning of a block."""
        at -= 1
        while at >= 0 and self._text[at] == THROUGH:
            at -= 1
        if at in self._opened_at or at in self._apostrophes:
            return "("
        return self._text[at] if at >= 0 else " "

    def _after(self, at: int) -> str:
        """Return the character behind an offset, or a space at the end of a block."""
        at += 1
        while at < len(self._text) and self._text[at] == THROUGH:
            at += 1
        return self._text[at] if at < len(self._text) else " "

    def _opens(self, before: str, after: str) -> bool:
        return (before.isspace() or before in _OPENING) and not after.isspace() and after not in _CLOSING

    def _double(self, number: int, at: int) -> None:
        before, after = self._before(at), self._after(at)
        if before in _CODE:
            self._push_code('"', at)
        elif self._opens(before, after) or (before in ",;:" and after.isalnum() and not self._has_open('"')):
            self._push('"', at)
        elif before.isspace():
            return
        elif before.isdigit() and self._is_inch(number, after):
            self._new[at] = "″"
        elif self._has_open('"'):
            self._close('"', at)
        elif not after.isalnum() and after != WORD and not before.isdigit():
            self._new[at] = self._style.marks[0][1]

    def _push_code(self, sign: str, at: int) -> None:
        """Keep a mark as in ``a="b"`` straight, and the one that closes it."""
        if self._open and self._open[-1].is_code:
            self._open.pop()
        else:
            self._push(sign, at, is_code=True)

    def _is_inch(self, number: int, after: str) -> bool:
        """Return whether a mark behind a digit means inches: nothing waits for it, or another one closes."""
        if not self._has_open('"'):
            return not after.isalpha()
        if number + 1 >= len(self._signs):
            return False
        coming = self._signs[number + 1]
        before = self._before(coming)
        return (
            self._text[coming] == '"'
            and after.isspace()
            and not self._opens(before, self._after(coming))
            and not (before.isdigit() or before.isspace())
        )

    def _single(self, at: int) -> None:
        before, after = self._before(at), self._after(at)
        if before in _CODE:
            self._push_code("'", at)
        elif self._opens(before, after):
            is_word = _YEAR.match(self._text, at + 1) or _SHORTENED.match(self._text, at + 1)
            if is_word:
                self._new[at] = "’"
            else:
                self._push("'", at)
        elif before.isspace():
            return
        elif before.isdigit() and self._is_foot(at, after):
            self._new[at] = "′"
        elif self._has_open("'") and self._open[-1].sign == "'" and not after.isalnum():
            self._close("'", at)
        else:
            self._new[at] = "’"
            self._apostrophes.add(at)

    def _is_foot(self, at: int, after: str) -> bool:
        """Return whether a mark behind a digit means feet or minutes."""
        if _FEET_OR_MINUTES.match(self._text, at + 1):
            return True
        return not after.isalnum() and not self._has_open("'")

    def _chosen(self, sign: str, at: int) -> None:
        """Open or close with a mark of the language that the author chose."""
        opening, closing = (mark.strip() for mark in self._style.marks[0])
        can_open = sign != closing or self._opens(self._before(at), self._after(at))
        is_opening = sign in ("„", opening) and can_open
        if is_opening:
            self._open.append(_Opened("", at, 0))
            self._opened_at.add(at)
        elif self._open and sign in (closing, "“", "”"):
            self._close("", at)

    def _push(self, sign: str, at: int, *, is_code: bool = False) -> None:
        own = 0 if sign == '"' else 1
        level = 1 - own if self._open and self._open[-1].level == own else own
        self._open.append(_Opened(sign, at, level, is_code))
        self._opened_at.add(at)

    def _has_open(self, sign: str) -> bool:
        return any(one.sign in (sign, "") for one in self._open[-_MAX_DEPTH:])

    def _close(self, sign: str, at: int) -> None:
        """Close the last mark of a kind, and settle those that were opened in between."""
        while self._open:
            opened = self._open.pop()
            if opened.sign == sign or (not opened.sign) or (not sign and opened.sign == '"'):
                self._settle(opened, at)
                return
            self._unmatched(opened)

    def _settle(self, opened: _Opened, at: int) -> None:
        if opened.is_code:
            return
        opening, closing = self._style.marks[opened.level]
        if opened.sign:
            self._new[opened.at] = opening
        if self._text[at] in "\"'":
            self._new[at] = closing

    def _unmatched(self, opened: _Opened) -> None:
        """Set a mark that nothing closes: an apostrophe, or one whose quotation goes on in the next block."""
        if opened.sign == "'":
            self._new[opened.at] = "’"
        elif opened.sign and not opened.is_code:
            self._new[opened.at] = self._style.marks[opened.level][0]

    def _end_block(self) -> None:
        while self._open:
            self._unmatched(self._open.pop())


_MAX_DEPTH = 4
"""How deeply quotations are nested; without a limit, opening marks alone would take quadratic time."""


def _with_quotes(text: str, style: Style) -> str:
    return _Quotes(text, style).set()
