"""No regular expression takes more than linear time, and all mean the same in every Python from 3.11.0 on."""

import re
from re import _constants as op
from re import _parser as parser
from time import process_time

import pytest

from tests.patterns import hostile_texts, package_patterns

BOUNDED = {
    "clusterpress.content.clocks:": 80,  # `dates.MAX_LENGTH`
    "clusterpress.content.date_ranges:": 80,
    "clusterpress.content.dates:": 80,
    "clusterpress.content.periods:": 80,
    "clusterpress.content.checks:_SHAPE": 140,  # `_MAX_SPAN`, and the word there
    "clusterpress.importing.sources.xml_files:_OPENER": 200,
}
"""Patterns for texts of a limited length → that length in characters."""
ENCLOSED = tuple(
    f"clusterpress.importing.texts.{name}"
    for name in (
        "foreign_markdown:_RAW",
        "foreign_markdown:_ESCAPED",
        "foreign_markdown:_HIGHLIGHT",
        "marks:_DIRECTIVE",
    )
)
"""Patterns for `sub_enclosed`, which gives them no text behind the last closing mark."""
SIZE = 2000
"""Characters of the first texts; those that take a while are made three times as long."""
NOTICED = 0.0006
"""Seconds that a linear pattern does not need for so short a text."""
GROWTH = 6.5
"""A text three times as long takes a linear pattern three times as long, a quadratic one nine times."""
ENOUGH = 0.02
"""Seconds within which a pattern may read a text of limited length."""


@pytest.fixture(scope="module")
def patterns():
    return package_patterns()


def seconds(compiled, method, text):
    text = text if isinstance(compiled.pattern, str) else text.encode("utf-8", "replace")
    started = process_time()
    if method == "search":
        for _ in compiled.finditer(text):
            pass
    else:
        getattr(compiled, method)(text)
    return process_time() - started


def slow_texts(pattern):
    """Yield (how it is used, text) of texts for which a pattern takes more than linear time."""
    limit = next((limit for place, limit in BOUNDED.items() if pattern.place.startswith(place)), 0)
    for method in sorted(pattern.methods):
        for text in hostile_texts(pattern.compiled, limit or SIZE, method):
            if (first := seconds(pattern.compiled, method, text)) < (ENOUGH if limit else NOTICED):
                continue
            short = min(first, *(seconds(pattern.compiled, method, text) for _ in range(2)))
            if limit:
                if short > ENOUGH:
                    yield method, text
            elif short > NOTICED and is_superlinear(pattern, method, text, short):
                yield method, text
                break


def is_superlinear(pattern, method, text, short):
    longer = (
        one
        for one in hostile_texts(pattern.compiled, 3 * SIZE, method)
        if one[:200] == text[:200] and one[-3:] == text[-3:]
    )
    return any(
        min(seconds(pattern.compiled, method, one) for _ in range(3)) > GROWTH * short for one in longer
    )


def test_no_pattern_takes_more_than_linear_time(patterns):
    slow = [
        f"{pattern.place} {pattern.compiled.pattern!r}, used to {method}, is slow for {text[:40]!r}…{text[-5:]!r}"
        for pattern in patterns
        if not pattern.place.startswith(ENCLOSED)
        for method, text in slow_texts(pattern)
    ]
    assert not slow, "\n".join(slow)


@pytest.mark.parametrize(
    "written",
    [r"\s+$", r"<!--.*?-->", r"(a+)+$", r"(?:\s|[ ])*x", r"[a-z-]+=\d", r"\[[^\]]*\]\(", r"<[^>]+>"],
)
def test_known_slow_patterns_are_found(written):
    from tests.patterns import Pattern

    pattern = Pattern("here", re.compile(written, re.DOTALL), frozenset({"search"}))
    assert any(
        is_slow_for(pattern, text)
        for text in hostile_texts(pattern.compiled, 20 if "+)+" in written else SIZE)
    )


def is_slow_for(pattern, text):
    if len(text) < SIZE / 2:
        return seconds(pattern.compiled, "search", text) > 0.005
    return any(True for _ in slow_texts(pattern))


def test_no_pattern_is_possessive_or_atomic(patterns):
    """Python before 3.11.5 matches such groups wrongly (python/cpython#106052)."""
    found = [pattern.place for pattern in patterns if is_possessive(pattern.compiled)]
    assert not found


def is_possessive(compiled):
    written = compiled.pattern if isinstance(compiled.pattern, str) else compiled.pattern.decode("latin-1")
    return any(
        code in {op.POSSESSIVE_REPEAT, op.ATOMIC_GROUP}
        for code in codes(
            parser.parse(
                written, compiled.flags & ~re.LOCALE & ~re.DEBUG if isinstance(compiled.pattern, str) else 0
            )
        )
    )


def codes(tree):
    for code, value in tree:
        yield code
        for part in parts_of(value):
            yield from codes(part)


def parts_of(value):
    if isinstance(value, parser.SubPattern):
        yield value
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from parts_of(one)


@pytest.mark.parametrize("written", ["a++", "(?>a)", "(?:ab)*+", "(x(?:y?+))"])
def test_possessive_patterns_are_found(written):
    assert is_possessive(re.compile(written))


def test_patterns_are_found_in_all_places(patterns):
    places = {pattern.place.rpartition(":")[0] for pattern in patterns}
    assert len(patterns) > 500
    assert {
        "clusterpress.markup.fast_parser",
        "clusterpress.content.clocks",
        "clusterpress.theme.content_security",
    } <= places
