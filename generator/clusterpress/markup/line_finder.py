"""Line numbers: finds the line of a Markdown text on which an address stands."""

import re
from html import unescape

_FENCE = re.compile(r"^[ >]*(`{3,}|~{3,}).*?(?:^[ >]*\1[`~]*[ ]*$|\Z)", re.MULTILINE | re.DOTALL)
_BEFORE = " \t\n(<\"'=,"
_AFTER = " \t\n)>\"',"
_CONTROLS = re.compile(r"[\x00-\x1f]")


class LineFinder:
    """Finds addresses in the order of the calls, because Python-Markdown keeps no line numbers."""

    def __init__(self, text: str) -> None:
        """Take the text; addresses inside fenced code are ignored."""
        is_fenced = ("`" in text and "```" in text) or ("~" in text and "~~~" in text)
        self._text = _FENCE.sub(lambda fence: "\n" * fence[0].count("\n"), text) if is_fenced else text
        self._searched: dict[str, int] = {}

    def line_of(self, address: str) -> int:
        """Return the line, from 1, of the next occurrence of an address; the last one if there is no other.

        Finds addresses written with entities, too. Returns 1 if there is none.
        """
        at = self._find(address, self._searched.get(address, 0))
        if at < 0:
            at = self._find(address, 0)
        if at < 0:
            return self._line_of_escaped(address)
        self._searched[address] = at + 1
        return self._text.count("\n", 0, at) + 1

    def line_of_words(self, words: str) -> int:
        """Return the line, from 1, on which some words begin, ignoring the marks between them."""
        first = re.findall(r"\w+", words)[:5]
        found = re.search(r"[\W_]+".join(map(re.escape, first)), self._text) if first else None
        return self._text.count("\n", 0, found.start()) + 1 if found else 1

    @property
    def has_indented_lines(self) -> bool:
        """Return whether any line begins with white space."""
        text = self._text
        return "\n " in text or ("\t" in text and "\n\t" in text) or text[:1] in {" ", "\t"}

    @property
    def lines(self) -> list[str]:
        """The lines of the text, tabs expanded, those of fenced code empty."""
        return self._text.expandtabs(4).split("\n")

    def _find(self, address: str, start: int) -> int:
        """Return where the address stands on its own (``a.jpg`` is not in ``casa.jpg``), or -1."""
        while (at := self._text.find(address, start)) >= 0:
            end = at + len(address)
            if self._text[max(at - 1, 0) : at] in _BEFORE and self._text[end : end + 1] in _AFTER:
                return at
            start = at + 1
        return -1

    def _line_of_escaped(self, address: str) -> int:
        wanted = _CONTROLS.sub("", address)
        lines = enumerate(self._text.split("\n"), start=1)
        return next((number for number, line in lines if wanted in _CONTROLS.sub("", unescape(line))), 1)
