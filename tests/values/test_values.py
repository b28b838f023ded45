"""The smallest pieces: slugs, digests, problems."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from clusterpress.values.digests import digest, join_digests
from clusterpress.values.problems import Problem, Severity
from clusterpress.values.slugs import slugify


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Žilina", "zilina"),
        ("Trnavská rozvojová spoločnosť", "trnavska-rozvojova-spolocnost"),
        ("OÖ. Exporttag 2011", "oo-exporttag-2011"),
        ("Straße & Łódź", "strasse-and-lodz"),
        ("What's new?", "whats-new"),
        ("ŒUVRE Ærø", "oeuvre-aero"),
        ("  --a--b  ", "a-b"),
        ("قوت", ""),
    ],
)
def test_slugs_are_ascii_words(text, slug):
    assert slugify(text) == slug


@given(st.text())
def test_a_slug_is_its_own_slug(text):
    slug = slugify(text)
    assert slugify(slug) == slug
    assert slug.isascii()


class Pair(Struct, frozen=True, dict=True):
    one: object
    two: object


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.binary() | st.dates(),
    lambda inner: st.tuples(inner, inner) | st.builds(Pair, inner, inner),
    max_leaves=6,
)


@given(PLAIN, PLAIN)
def test_digests_are_equal_only_for_equal_values(one, two):
    same_type = repr(one) == repr(two)
    assert (digest(one) == digest(two)) == same_type


def test_digests_do_not_depend_on_the_order_of_keys():
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})


@pytest.mark.parametrize("pair", [(("ab", "c"), ("a", "bc")), (("", None), (None, "")), ((1,), ("1",))])
def test_neighbouring_values_do_not_run_together(pair):
    assert digest(pair[0]) != digest(pair[1])


@pytest.mark.parametrize("parts", [[b""], [b"a", digest("b")], [digest("a")[:11], digest("b") + b"c"]])
def test_only_digests_are_joined(parts):
    with pytest.raises(ValueError, match="12 bytes"):
        join_digests(parts)


def test_joined_digests_keep_their_order_and_number():
    one, two = digest(1), digest(2)
    assert len({join_digests(parts) for parts in ([], [one], [one, two], [two, one], [one, two, one])}) == 5


class Known(Struct, frozen=True, dict=True):
    digest: bytes


def test_digests_of_values_that_know_their_own_do_not_run_together():
    assert digest(Known(b"aD"), Known(b"b")) != digest(Known(b"a"), Known(b"Db"))


def test_a_digest_is_the_same_on_every_day_and_machine():
    assert digest("QOOT", (1, None, True)).hex() == "40fae1fbc9aff56703757481"


def test_a_value_without_a_canonical_form_is_refused():
    with pytest.raises(TypeError, match="set"):
        digest({1, 2})


def test_a_problem_reads_place_what_remedy():
    problem = Problem(path="content/a.md", line=3, column=7, severity=Severity.WARNING, message="m", hint="h")
    assert str(problem) == "content/a.md:3:7: warning: m; h"
    assert str(Problem(path="a", message="m")) == "a:1:1: error: m"
