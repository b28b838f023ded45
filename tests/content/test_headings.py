import pytest

from clusterpress.content.front_matter import LeadingHeading, propose_title, split_heading


@pytest.mark.parametrize(
    ("body", "title", "rest", "skipped"),
    [
        ("# QOOT in Italy\n\nText", "QOOT in Italy", "Text", 2),
        ("# QOOT in Italy ##\nText", "QOOT in Italy", "Text", 1),
        ("# QOOT in *Italy* {#top .wide}\n", "QOOT in Italy", "", 1),
        ("# [QOOT](https://example.eu) \\#1", "QOOT #1", "", 0),
        ("QOOT in Italy\n===\n\n\nText", "QOOT in Italy", "Text", 4),
        ("# Title\n\n    code", "Title", "    code", 2),
    ],
)
def test_a_first_heading_is_taken_out_of_the_body(body, title, rest, skipped):
    assert split_heading(body) == LeadingHeading(title, rest, skipped)


@pytest.mark.parametrize(
    "body", ["#Techdays came", "## Second level", "Text\n# Later", "Text\n---\n", "#", "", "    # code"]
)
def test_other_openings_are_no_title(body):
    assert split_heading(body) is None


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("**Five** days in [Piedmont](x). And more.", "Five days in Piedmont"),
        ("#Techdays came to Casablanca!\nYes.", "#Techdays came to Casablanca!"),
        ("> Quoted words", "Quoted words"),
        ("word " * 40, "word word word word word word word word word word word word word word …"),
        ("", ""),
    ],
)
def test_the_first_sentence_is_proposed_as_title(body, title):
    assert propose_title(body) == title
