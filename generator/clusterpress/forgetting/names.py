"""Names in all the forms in which a text, an address or a file may contain them.

A name is found in any case and with or without accents, in every order of its words that begins or ends with
the last ones ("Mingolla, Serena"), in slugs and e-mail addresses ("serena-mingolla", "s.mingolla" is not
claimed), and with markup between or in its words. Initials, nicknames and misspellings are not found.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from clusterpress.values.slugs import full_slug

MAX_TURNED = 5
"""Words of the longest name that may be written in another order; longer ones are titles."""
_MIN_SQUEEZED = 8
"""Letters of the shortest name that is found without its spaces in the middle of other letters."""
_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h", "ŧ": "t"}
)
_SKIPPED = re.compile("[\u00ad\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Signs inside words that readers do not see: soft hyphens, joiners, marks of direction, the tatweel."""
_WORD = re.compile(r"[^\W_]+")
_NO_LETTER = re.compile(r"[\W_]+")
_BETWEEN = r"(?:<[^<>]{0,200}>|[\W_]){0,12}?"
"""What may stand between two words of a name: nothing, signs and spaces, or tags of HTML."""
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"}


def fold(text: str) -> str:
    """Return a text in lower case, without accents and invisible signs; its lines stay what they are."""
    if text.isascii():
        return text.lower()
    plain = text.casefold().translate(_LETTERS)
    decomposed = unicodedata.normalize("NFKD", _SKIPPED.sub("", plain))
    return "".join([sign for sign in decomposed if not unicodedata.combining(sign)])


class ShortNameError(ValueError):
    """A name is too short to be looked for."""


class NamePattern:
    """Finds a name, in any of several forms, in texts."""

    def __init__(self, forms: Iterable[str]) -> None:
        """Prepare to find names.

        Args:
            forms: the name as people write it, and others, such as an earlier name or an e-mail address.

        Raises:
            ShortNameError: a form has fewer than two letters.
        """
        self.forms = tuple(dict.fromkeys(" ".join(one.split()) for one in forms))
        orders = [order for form in self.forms for order in _orders(form)]
        self._hints = frozenset(variant for order in orders for variant in order[0])
        words = [_BETWEEN.join(_any(variants) for variants in order) for order in orders]
        self._pattern = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(words)})(?![^\W\d_])")
        whole = {"".join(next(iter(one)) for one in order) for order in orders}
        self._squeezed = [one for one in whole if len(one) >= _MIN_SQUEEZED]

    def lines(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield (line, excerpt) of each line in which the name begins; lines count from 1."""
        folded = fold(text)
        if not any(hint in folded for hint in self._hints):
            return
        known, at, line = 0, 0, 1
        for found in self._pattern.finditer(folded):
            line += folded.count("\n", at, found.start())
            at = found.start()
            if line != known:
                known = line
                yield line, _excerpt(folded, found.start(), found.end())

    def is_in(self, text: str) -> bool:
        """Return whether a text contains the name."""
        return next(self.lines(text), None) is not None

    def is_squeezed_in(self, text: str) -> bool:
        """Return whether a text contains the letters of the name, whatever stands between them.

        Texts that were taken from a PDF may have spaces and hyphens within words, and none between them.
        """
        letters = _NO_LETTER.sub("", fold(text))
        return any(one in letters for one in self._squeezed)


def _orders(form: str) -> list[list[tuple[str, ...]]]:
    """Return the words of a name in each order, each word in its spellings."""
    words = _WORD.findall(unicodedata.normalize("NFC", form))
    if sum(map(len, words)) < 2:  # noqa: PLR2004 -- a single letter is in every text
        raise ShortNameError(form)
    turns = len(words) if len(words) <= MAX_TURNED else 1
    orders = [[_spellings(one) for one in (*words[turn:], *words[:turn])] for turn in range(turns)]
    latin = _WORD.findall(full_slug(form).replace("-", " "))
    if latin and not form.isascii():
        orders.append([(one,) for one in latin])
    return orders


def _spellings(word: str) -> tuple[str, ...]:
    """Return a word without accents, and as those write it who have no keys for them: Müller, Mueller."""
    low = word.casefold()
    written = "".join(_UMLAUTS.get(sign, sign) for sign in low)
    bare = re.sub("(?<=[aou])e", "", low)
    spellings = [fold(low), fold(written)]
    if len(bare) > 3:  # noqa: PLR2004 -- Noel is not Nol, and Joe is not Jo
        spellings.append(fold(bare))
    return tuple(dict.fromkeys(spellings))


def _any(variants: tuple[str, ...]) -> str:
    return f"(?:{'|'.join(map(re.escape, variants))})"


def _excerpt(text: str, start: int, end: int, width: int = 40) -> str:
    """Return the words around a place, on one line."""
    before = text.rfind("\n", 0, start) + 1
    after = text.find("\n", end)
    line = text[max(before, start - width) : min(len(text) if after < 0 else after, end + width)]
    return " ".join(line.split())
