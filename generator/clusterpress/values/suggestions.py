"""Suggestions: the known name that somebody probably meant, found without a comparison with every name.

A site has thousands of names, and an import can leave thousands of broken links. To compare each with each
takes minutes. Names that are similar share rare pieces of three letters, so only those are compared.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property, lru_cache

_FEW = 30
"""So many names are all compared; among more, candidates are chosen first."""
_MAX_CANDIDATES = 6
"""Names that are compared letter by letter."""
_MAX_POSTINGS = 2000
"""Names that are looked at for one word, by the rarest of its pieces."""
_MAX_LENGTH = 255
"""Characters of a longest word with a suggestion: file names are no longer, and comparison is quadratic."""
_CUTOFF = 0.6
"""Similarity of a suggestion, from 0 to 1 (`difflib.SequenceMatcher.ratio`)."""


class KnownNames:
    """Names that suggestions are chosen from. The time for a suggestion does not grow with their number."""

    def __init__(self, names: Iterable[str]) -> None:
        """Take names; of those that differ in case only, the last one is suggested."""
        self._by_folded = {name.casefold(): name for name in names if len(name) <= _MAX_LENGTH}

    def nearest(self, word: str) -> str | None:
        """Return the name that is most similar to a word, or None. Case is ignored."""
        folded = word.casefold()
        if folded in self._by_folded:
            return self._by_folded[folded]
        if len(folded) > _MAX_LENGTH:
            return None
        names = self._by_folded if len(self._by_folded) <= _FEW else self._candidates(folded)
        from difflib import get_close_matches  # slow to import, and needed for faults alone

        found = get_close_matches(folded, names, n=1, cutoff=_CUTOFF)
        return self._by_folded[found[0]] if found else None

    def _candidates(self, folded: str) -> list[str]:
        """Return the names that share the most of the rarest pieces with a word."""
        shared: Counter[int] = Counter()
        left = _MAX_POSTINGS
        known = [numbers for piece in _pieces(folded) if (numbers := self._numbers.get(piece))]
        for numbers in sorted(known, key=len):
            if len(numbers) > left:
                numbers = numbers[:left]  # noqa: PLW2901 -- the rest is as common as the part
            shared.update(numbers)
            left -= len(numbers)
            if not left:
                break
        return [self._names[number] for number, _ in shared.most_common(_MAX_CANDIDATES)]

    @cached_property
    def _names(self) -> list[str]:
        return [*self._by_folded]

    @cached_property
    def _numbers(self) -> dict[str, list[int]]:
        """Piece → numbers of the names that have it."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(self._names):
            for piece in _pieces(name):
                found[piece].append(number)
        return dict(found)


def _pieces(word: str) -> dict[str, None]:
    """Return each piece of three letters once, in order; both ends of the word count as letters."""
    padded = f"\0{word}\0"
    return dict.fromkeys(padded[at : at + 3] for at in range(max(1, len(padded) - 2)))


@lru_cache(maxsize=64)
def _prepared(names: frozenset[str]) -> KnownNames:
    return KnownNames(sorted(names))


@lru_cache(maxsize=4096)
def _nearest(word: str, names: frozenset[str]) -> str | None:
    return _prepared(names).nearest(word)


def nearest(word: str, known: Iterable[str] | KnownNames) -> str | None:
    """Return the known word that is most similar to ``word``, or None.

    Case is ignored: ``Titel`` is similar to ``title``. Whoever asks often among many names prepares them once
    as `KnownNames`.
    """
    if isinstance(known, KnownNames):
        return known.nearest(word)
    return _nearest(word, frozenset(known))
