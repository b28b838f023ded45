"""Characters: which ones are allowed in published files."""

import re

# Outside the characters of XML 1.0 (https://www.w3.org/TR/xml/#charsets), and the control characters
# U+007F to U+009F, which XML discourages and RFC 5545 forbids.
_FORBIDDEN = "[^\t\n\r -~\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_SPACES = re.compile("[\t\n\r ]+")


_MIN_CAPITAL_WORDS = 3
"""Fewer words in capitals may be a name."""


def strip_forbidden(text: str) -> str:
    """Return ``text`` without control characters, lone surrogates and non-characters.

    Text pasted from other programs contains them. They are invisible, and a single one makes a feed
    unreadable.
    """
    if text.replace("\n", "").isprintable():  # most texts, in a tenth of the time
        return text
    # Compiled on first use, and cached by `re`: so wide a class takes longer than planning a small site.
    return re.sub(_FORBIDDEN, "", text)


def one_line(text: str) -> str:
    """Return ``text`` without forbidden characters and line breaks; no-break spaces stay."""
    return _SPACES.sub(" ", strip_forbidden(text)).strip(" ")


def is_all_caps(words: str) -> bool:
    """Return whether a title is written in capitals; one or two such words may be a name."""
    if not words.isupper():
        return False
    written = [word for word in words.split() if any(letter.isalpha() for letter in word)]
    # Arabic, Hebrew or Chinese words have no case: the capitals among them are names.
    return len(written) >= _MIN_CAPITAL_WORDS and all(word.isupper() for word in written)
