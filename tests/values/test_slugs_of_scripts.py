"""Slugs of names and file names in every script, and of names that differ in a sign alone."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterpress.values.characters import is_all_caps
from clusterpress.values.slugs import full_slug, slugify, term_slug


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("خبر-جديد", "khbr-jdyd"), ("خبر-2", "khbr-2"), ("خبر-٢", "khbr-2"), ("مقال-2", "mql-2"),
        ("Νέα της ημέρας", "nea-tis-imeras"), ("Новини от София", "novini-ot-sofiya"), ("חדשות", "hdsvt"),
        ("新闻-发布", "xinwen-fabu"), ("საქართველო", "sakartvelo"), ("Հայաստան", "hayastan"), ("समाचार", "smacar"),
        ("한국어", "hangugeo"), ("日本語", "ribenyu"), ("ICT und Новини", "ict-und-novini"),
        ("Erasmus+", "erasmus-plus"), ("ESF+ calls", "esf-plus-calls"), ("C", "c"), ("C++", "c-plus-plus"),
        ("C#", "c-sharp"), ("R&D", "r-and-d"), ("#TechDays", "techdays"), ("a+b", "a-b"), ("2 + 2", "2-2"),
        ("Žilina, 2011", "zilina-2011"), ("Größe", "grosse"), ("🎉", ""), ("5 µm", "5-m"),
    ],
)  # fmt: skip
def test_a_slug_is_readable_in_every_script(text, slug):
    assert full_slug(text) == slug
    assert full_slug(unicodedata.normalize("NFD", text)) == slug


@given(st.text(st.characters(codec="utf-8", max_codepoint=0x24F, exclude_characters="+#µ")))
def test_slugs_of_latin_texts_have_not_changed(text):
    assert full_slug(text) == slugify(text)


@given(st.text())
def test_a_full_slug_is_a_slug(text):
    slug = full_slug(text)
    assert slugify(slug) == slug == full_slug(slug)


@pytest.mark.parametrize(
    "names",
    [
        ("Erasmus", "Erasmus+"),
        ("ESF", "ESF+"),
        ("C", "C++", "C#"),
        ("ICT", "ICT والابتكار"),
        ("زراعة", "صناعة"),
        ("F", "F#"),
    ],
)
def test_names_that_differ_in_a_sign_or_a_letter_are_different_terms(names):
    assert len({term_slug(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    "names", [("Erasmus+", "ERASMUS+", " erasmus+ "), ("Größe", "größe", "Gro\u0308ße"), ("é́", "e\u0301́")]
)
def test_case_accents_and_spacing_make_no_other_term(names):
    assert len({term_slug(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("title", "shouted"),
    [
        ("شراكة مع NASA", False), ("与 NASA 和 ESA 合作", False), ("שיתוף עם NASA ESA CERN", False),
        ("THE NEXT SOCIETY", True), ("ΝΕΑ ΤΗΣ ΗΜΕΡΑΣ", True), ("НОВИНИ ОТ СОФИЯ", True), ("Forum at NASA", False),
        ("NASA", False), ("2027: CALL FOR IDEAS", True),
    ],
)  # fmt: skip
def test_only_scripts_with_case_can_be_all_capitals(title, shouted):
    assert is_all_caps(title) is shouted
