"""Suggestions: near names are found among thousands, and quickly."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterpress.values.problems import did_you_mean
from clusterpress.values.suggestions import KnownNames, nearest

SUBJECTS = ("harvest", "ferry", "archive", "orchard", "railway", "glacier", "theatre", "pottery")
MANY = [f"{one}-{other}-{number}" for one in SUBJECTS for other in SUBJECTS for number in range(100)]
"""6,400 names that have most of their letters in common."""


@pytest.mark.parametrize(
    ("word", "guess"), [("titel", "title"), ("Date", "date"), ("xyz", None), ("sumary", "summary")]
)
def test_the_nearest_known_word_is_found(word, guess):
    assert nearest(word, ["title", "date", "summary"]) == guess


@given(st.sampled_from(MANY), st.integers(0, 30), st.sampled_from("qxzé"), st.booleans())
def test_a_name_with_one_wrong_letter_leads_to_one_no_further_away(name, at, letter, longer):
    at = min(at, len(name) - 1)
    wrong = name[:at] + letter + name[at + (not longer) :]
    found = KnownNames(MANY).nearest(wrong) if wrong not in MANY else name
    assert found is not None
    assert sum(a != b for a, b in zip(found, name, strict=False)) <= 4


@pytest.mark.parametrize("names", [MANY, SUBJECTS])
@pytest.mark.parametrize("word", ["Q", "", "42", "ζωή", "x" * 5000])
def test_a_word_like_no_name_has_no_suggestion(names, word):
    assert KnownNames(names).nearest(word) is None
    assert did_you_mean(word, names, "look it up") == "look it up"


def test_case_alone_does_not_hide_a_name():
    assert KnownNames([*MANY, "Öffnungszeiten"]).nearest("öffnungszeiten") == "Öffnungszeiten"


def test_short_names_are_found_among_many():
    assert KnownNames([*MANY, "ESF"]).nearest("ESF+") == "ESF"


def test_a_thousand_suggestions_among_fifty_thousand_names_take_seconds():
    known = KnownNames(f"{name}-{part}" for name in MANY for part in "abcdefgh")
    began = time.process_time()
    for number in range(1000):
        known.nearest(f"harvst-feryr-{number}")
    assert time.process_time() - began < 30  # to compare all of them takes half an hour
