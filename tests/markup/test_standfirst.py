import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterpress.markup.body import Outline
from clusterpress.markup.plain_text import begins_with, repeats
from clusterpress.markup.render import render
from tests.markup.make import TRUSTED


@pytest.mark.parametrize(
    ("summary", "paragraph"),
    [
        ("QOOT visits Italy.", "QOOT visits Italy."),
        ("QOOT visits Italy", "**QOOT** *visits* [Italy](https://a.eu/)."),
        ("**QOOT** [visits](a.md) `Italy`.", "QOOT visits Italy"),
        ("QOOT  visits\nItaly", "QOOT visits\nItaly!"),
        ("“QOOT” – it’s a cluster…", '"QOOT" -- it\'s a cluster...'),
        ("QOOT—Lebanon", "QOOT - Lebanon"),
        ("Qoot Visits ITALY", "qoot visits italy"),
        ("R&amp;D at QOOT", "R&D at QOOT"),
        ("90 % of it", "90\u00a0% of it"),
        ("ما الجديد؟", "**ما الجديد**"),
        ("« Bonjour »", "Bonjour"),
        ("Cluster\u00ads", "Clusters[^1]\n\n[^1]: x"),
    ],
)
def test_a_summary_is_repeated_whatever_its_marks(summary, paragraph):
    assert repeats(summary, render(f"{paragraph}\n\nMore text.", TRUSTED).outline)


@pytest.mark.parametrize(
    ("summary", "text"),
    [
        ("QOOT visits Italy.", "QOOT visits Spain."),
        ("QOOT visits Italy.", "QOOT visits Italy. And more."),
        ("QOOT visits Italy.", "## Title\n\nQOOT visits Italy."),
        ("", ""),
        ("", "Text"),
        ("**", "..."),
    ],
)
def test_other_summaries_are_not(summary, text):
    assert not repeats(summary, render(text, TRUSTED).outline)


@given(st.text("Az09 \n.,:;!?()/%", max_size=30))
def test_plain_words_are_told_as_all_others(text):
    # The mark is left out of the comparison, but words with a mark go the long way.
    outline = Outline(first_paragraph=text)
    assert repeats(text, outline) == repeats(f"*{text}*", outline) == bool(text.strip(" \n.!?:;,"))


@pytest.mark.parametrize(
    ("summary", "text", "expected"),
    [
        ("The partners met.", "The partners met. Then they went home.", True),
        ("The partners met", "**The partners** met! Then they went home.", True),
        ("The partners met.", "The partners met in Linz.", False),
        ("The partners met.", "The partners met.", False),
        ("The partners met.", "Then the partners met. They went home.", False),
        ("", ". a", False),
    ],
)
def test_a_text_that_goes_on_after_its_summary_is_told(summary, text, expected):
    assert begins_with(summary, render(text, TRUSTED).outline) is expected
