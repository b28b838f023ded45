"""Lint for terms: a tag or free name that is used once and differs from a common one by one letter."""

from collections import Counter
from collections.abc import Iterator, Mapping

from clusterpress.library.library import Library
from clusterpress.library.names import Register, term_slug
from clusterpress.values.problems import Problem
from clusterpress.values.taxonomies import TAXONOMIES

_MIN_COMMON_USES = 3
"""A term is a likely correction only if it is used so often."""
_MIN_LENGTH = 5
"""Shorter words are too often alike by chance."""


def find_similar_tags(library: Library, registers: Mapping[str, Register]) -> Iterator[Problem]:
    """Yield a warning for each term without a record that is used once and spelt almost like another one.

    Args:
        library: all entries.
        registers: kind → the names of its records.
    """
    for place, (taxonomy, key, kind) in enumerate(TAXONOMIES):
        uses: Counter[str] = Counter()
        for lang in library.languages():
            for term in library.terms(taxonomy, lang):
                uses[term.slug] += len(term.news) + len(term.events)
        for (sort, lang), entries in library.by_kind.items():
            if sort not in ("news", "event"):
                for used, found in library.resolver.terms.group(entries, lang)[place].items():
                    uses[used] += len(found)
        recorded = registers[kind].slugs if kind else {}
        rare = {slug for slug, number in uses.items() if number == 1 and slug not in recorded}
        common = {slug for slug, number in uses.items() if number >= _MIN_COMMON_USES} | recorded.keys()
        meant = _nearest(rare, common)
        for entry in library.entries if meant else ():
            for index, name in enumerate(entry.index_record.terms[place]):
                if other := meant.get(term_slug(name)):
                    known = recorded.get(other, other)
                    message = f'{key}: "{name}" is used nowhere else'
                    yield entry.warning(f"{key}.{index}", message, f'did you mean "{known}"?')


def _nearest(rare: set[str], common: set[str]) -> dict[str, str]:
    """Return rare word → the common one that differs from it by one letter."""
    by_deletion: dict[str, str] = {}
    for word in sorted(common):
        for deletion in _deletions(word):
            by_deletion.setdefault(deletion, word)
    found = {}
    for word in rare if by_deletion else ():
        near = next((by_deletion[deletion] for deletion in _deletions(word) if deletion in by_deletion), None)
        if near and _is_typo(word, near):
            found[word] = near
    return found


def _deletions(word: str) -> list[str]:
    """Return the word, and the word without each of its letters: words one letter apart share one of them."""
    if len(word) < _MIN_LENGTH:
        return []
    return [word, *(word[:at] + word[at + 1 :] for at in range(len(word)))]


def _is_typo(word: str, other: str) -> bool:
    """Return whether two similar words differ by one letter, or by two letters that changed places.

    Different digits are no typing errors: ``h2020`` is not ``h2021``.
    """
    figures, letters = ([c for c in one if c.isdigit()] for one in (word, other)), sorted(word)
    is_near = abs(len(word) - len(other)) == 1 or letters == sorted(other) or _differ_once(word, other)
    return is_near and next(figures) == next(figures)


def _differ_once(word: str, other: str) -> bool:
    return len(word) == len(other) and sum(a != b for a, b in zip(word, other, strict=True)) == 1
