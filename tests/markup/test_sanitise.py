import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from clusterpress.markup.sanitise import normalise, sanitise, strip_control_refs
from tests.markup.make import SAFE, TRUSTED, html_of

EXAMPLE = Path(__file__).with_name("examples.md").read_text(encoding="utf-8")
BLOCKS = EXAMPLE.split("\n\n")


def without_spaces_in_styles(html):
    return re.sub(r'style="text-align: (\w+);"', r'style="text-align:\1"', html)


def test_what_markdown_makes_passes_unchanged():
    assert html_of(EXAMPLE, SAFE) == without_spaces_in_styles(html_of(EXAMPLE, TRUSTED))


@settings(deadline=None)
@given(st.lists(st.sampled_from(BLOCKS), max_size=8))
def test_what_markdown_makes_of_any_of_its_blocks_passes_unchanged(blocks):
    text = "\n\n".join(blocks)
    assert html_of(text, SAFE) == without_spaces_in_styles(html_of(text, TRUSTED))


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("<script>x()</script>words", "words"),
        ("<style>p{}</style>words", "words"),
        ('<b onclick="x()">words</b>', "<b>words</b>"),
        ('<b style="position:fixed">words</b>', "<b>words</b>"),
        (
            '<table><tbody><tr><td style="position:fixed;text-align:right">words</td></tr></tbody></table>',
            '<table><tbody><tr><td style="text-align:right">words</td></tr></tbody></table>',
        ),
        ('<iframe src="https://b.eu">words</iframe>', "words"),
        ('<form action="/x"><input name="a">words</form>', "words"),
        ('<b class="md-overlay pull">words</b>', '<b class="pull">words</b>'),
        ('<b class="md-overlay">words</b>', "<b>words</b>"),
        (
            '<b id="x" lang="fr" dir="rtl" title="t">words</b>',
            '<b id="x" lang="fr" dir="rtl" title="t">words</b>',
        ),
        ("<svg><script>x</script></svg>words", "words"),
        ('<a href="https://b.eu/" target="_blank">words</a>', '<a href="https://b.eu/">words</a>'),
        ("<cite>words</cite> <q>x</q> <sub>y</sub>", "<cite>words</cite> <q>x</q> <sub>y</sub>"),
        ("<base href='//b.eu'><meta http-equiv=refresh><link rel=x href=y>words", "words"),
    ],
)
def test_only_allowed_html_stays(raw, clean):
    assert sanitise(raw) == clean


@pytest.mark.parametrize(
    "text",
    [
        '[x](https://b.eu/){onclick="alert(1)" style="x"}',
        "<img src=a.jpg onerror=alert(1) alt=x>",
        '<div markdown onmouseover="x">\n*a*\n</div>',
    ],
)
def test_event_attributes_are_taken_from_markdown_too(text):
    html = html_of(text, SAFE)
    assert "alert" not in html
    assert "onmouse" not in html
    assert "style" not in html


def test_trusted_html_stays_as_written():
    raw = '<section class="x" style="color: red" onclick="y()"><iframe src="https://b.eu/v" title="v"></iframe></section>'
    assert html_of(raw) == raw


@given(st.text())
def test_no_character_is_left_that_xml_forbids(text):
    element = etree.Element("a")
    element.text = normalise(text)
    assert etree.fromstring(etree.tostring(element)).text == (element.text or None)


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("a&#2;b&#x3;c&#0;d&#x1F;e&#xFFFE;f&#xD800;g&#x110000;h&#12;i&#2j", "abcdefghij"),
        ("&#160;&#8617;&#x1F389;&#128;&amp;#2;&#10;", "&#160;&#8617;&#x1F389;&#128;&amp;#2;&#10;"),
        ("a\x02b", "ab"),
    ],
)
def test_references_to_forbidden_characters_are_taken_out(html, left):
    assert strip_control_refs(html) == left
