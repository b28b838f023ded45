import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterpress.markup.body import Outline
from clusterpress.markup.plain_text import repeats
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
