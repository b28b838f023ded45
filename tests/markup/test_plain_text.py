import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from clusterpress.markup.plain_text import _BLOCKS, _MARKS, EXCERPT, count_words, repeats, shortened, words_of
from clusterpress.markup.render import render
from tests.markup.make import TRUSTED, joined


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("One *two*\nthree.\n\nFour", "One two three.\n\nFour"),
        ("- a\n    - b\n- c", "a\n\nb\n\nc"),
        ("| A | B |\n|--|--|\n| c | d |", "A\n\nB\n\nc\n\nd"),
        ("a<br>b", "a b"),
        ("1^st^ <sup>nd</sup> &amp; ® &lt;x&gt;", "1^st^ nd & ® <x>"),
        ("Text[^1]\n\n[^1]: Note", "Text\n\nNote"),
        ("![alt](a.jpg 'Caption')", "Caption"),
        ("<script>x</script>\n\n<style>y</style>\n\n<!-- z -->\n\na", "a"),
        ("> Said\n> — Name", "Said\n\nName"),
        ("مرحبا *بكم* 🎉", "مرحبا بكم 🎉"),
        ("On ~~1 May~~ 2 May we meet.", "On 2 May we meet."),
        ("We meet ~~today~~, tomorrow ~~at two~~.", "We meet, tomorrow."),
        ("~~On 1 May~~ On 2 May, <s>here</s> there", "On 2 May, there"),
        ("<del>1 May</del><ins>2 May</ins>, *~~never~~ always*", "2 May, always"),
        ("A <strike>b</strike> c <del datetime='2027-01-01'>d *e* [f](g.md) <s>h</s></del> i", "A c i"),
        ("~~All of it.~~\n\nMore.", "More."),
        ("- ~~a~~\n- b ~~c~~\n\n> ~~d~~ e", "b\n\ne"),
        ("| A | B |\n|--|--|\n| ~~c~~ d | ~~e~~ |", "A\n\nB\n\nd"),
        ("`~~code~~` and \\~~not\\~~", "~~code~~ and ~~not~~"),
        ("## ~~Old~~ New\n\nText", "New\n\nText"),
        ("في ~~1 مايو~~ 2 مايو", "في 2 مايو"),
        ("Term\n:   Definition", "Term\n\nDefinition"),
    ],
)
def test_the_words_of_a_body_in_paragraphs(text, plain):
    assert render(text, TRUSTED).text == plain


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("## ~~Old~~ New", [("new", "New")]),
        ("## ~~Old~~", [("old", "Old")]),
        ("## New\n\n## ~~Old~~ New", [("new", "New"), ("new-2", "New")]),
    ],
)
def test_headings_are_called_by_the_words_that_hold(text, headings):
    assert [(one.id, one.text) for one in render(text, TRUSTED).outline.headings] == headings


def test_excerpt_and_first_paragraph_leave_deleted_words_out():
    outline = render("~~Never.~~\n\nOn ~~1 May~~ 2 May.\n", TRUSTED).outline
    assert (outline.first_paragraph, outline.excerpt) == ("", "On 2 May.")
    outline = render("On ~~1 May~~ 2 May.\n\nMore.\n", TRUSTED).outline
    assert (outline.excerpt, outline.words) == ("On 2 May.", 4)
    assert not repeats("On 2 May.", outline)  # or the page would not show what was deleted


def test_words_are_counted():
    assert render("## One two\n\nthree *four*\n", TRUSTED).outline.words == 4


@pytest.mark.parametrize(
    ("text", "first", "rest"),
    [
        ("First *one*.\n\nSecond.", "First one.", "\n<p>Second.</p>"),
        ("First [x](a.md) ![b](c.jpg).\n\nSecond.", "First x .", "\n<p>Second.</p>"),
        ("<!-- note: <p>First.</p> -->\n\nFirst.\n\nSecond.", "First.", "\n<p>Second.</p>"),
        ("<!--more-->\n\nFirst.\n\nSecond.", "First.", "\n<p>Second.</p>"),
        ("## H\n\nText", "", '<h2 id="h">H</h2>\n<p>Text</p>'),
        ("![a](b.jpg)\n\nText", "", '<figure><img src="b.jpg" alt="a"></figure>\n<p>Text</p>'),
        ("- a", "", "<ul>\n<li>a</li>\n</ul>"),
        ("only", "only", ""),
        ("", "", ""),
    ],
)
def test_the_first_paragraph_can_be_left_out(text, first, rest):
    body = render(text, TRUSTED)
    assert body.outline.first_paragraph == first
    assert (body.lead > 0) is bool(first)
    assert joined(body, without_lead=True) == rest
    assert joined(body).endswith(rest)


@pytest.mark.parametrize("marker", ["<!-- more -->", "<!--more-->", "<!--  MORE  -->"])
@pytest.mark.parametrize("gap", ["\n\n", "\n", " "])
def test_the_excerpt_ends_at_the_marker_which_is_not_published(marker, gap):
    body = render(f"One.\n\nTwo.{gap}{marker}{gap}Three.", TRUSTED)
    assert body.outline.excerpt == "One. Two."
    assert "more" not in joined(body).lower()
    assert "\x04" not in joined(body) + body.text
    assert " ".join(body.text.split()) == "One. Two. Three."


def test_the_marker_inside_code_is_code():
    body = render("One.\n\n`<!-- more -->`\n\n```\n<!-- more -->\n```", TRUSTED)
    assert body.outline.excerpt == "One."
    assert body.text.count("<!-- more -->") == 2


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        ("## Title\n\n![a](b.jpg 'c')\n\nFirst *words*.", "First words."),
        ("- only\n- a list", "only"),
        ("<!-- more -->\n\nFirst.", "First."),
        ("", ""),
        ("Dear readers,\n\nthis issue begins.", "This issue begins."),
        ("Chers lecteurs,\n\nêtes-vous prêts ?", "Êtes-vous prêts ?"),
        ("Dear readers,\n\n4 clusters met.", "4 clusters met."),
        ("## About\n\nde Vries opens it.", "de Vries opens it."),
        ("Dear readers,", ""),
        ("Dear readers,\n\n## Part\n\n- one", ""),
        ("أعزاءنا القراء،", ""),
        ("Dear Anna,\n\nDear Bo,", ""),
        ("Dear readers,\n\n> In a quotation.\n\n![a](b.jpg)\n\nwe met.", "We met."),
        ("## Editorial\n\nDear readers,", ""),
        ("- only,\n- a list", "only,"),
        (
            f"{'Many words in a sentence, ' * 5}which goes on,\n\n- here",
            f"{'Many words in a sentence, ' * 5}which goes on,",
        ),
        ("Dear readers,\n\n<!-- more -->\n\nText.", "Text."),
        ("Dear readers,\n\nwe met.\n\n<!-- more -->\n\nText.", "Dear readers, we met."),
    ],
)
def test_without_a_marker_the_excerpt_is_the_first_paragraph(text, excerpt):
    assert render(text, TRUSTED).outline.excerpt == excerpt


@given(st.text(alphabet="ab ,.—", max_size=700))
def test_an_excerpt_is_never_too_long_and_ends_after_a_word(text):
    short = shortened(text)
    assert len(short) <= EXCERPT
    if short != text:
        assert short.endswith("…")
        assert text.startswith(short[:-1])


PIECES = (
    "word ", "two\nlines", "&amp;", "&lt;p&gt;", "&nbsp;", "&quot;", "é", "<p>", "</p>", "<br>", "<hr>", "<em>a</em>", "<ul><li>",
    "</ul>", '<a href="/?a=1&amp;b=2" title="a > b">', '<a title="<p>">', "</a>", '<a class="footnote-ref">1</a>', "<img alt='<br>'>",
    '<div class="toc">x</div>', '<p class="lead" data-x>', "<!-- c -->", "<script>a<b</script>", "<style>p</style>", "<svg><p>",
    "<iframe>a<b</iframe>", "<video src=x>old</video>", "<table><tr><td>", "<template>t</template>", '<a b"c>', "<textarea><p></textarea>",
    "<h2 id='a'>H</h2>", "<pre>\n  a</pre>", "<math><mi>x</mi></math>", "<ruby>a<rt>b</rt></ruby>", "<", ">", "\t",
    "<del>old</del>", "<s>", "</s>", "<del datetime='2027-01-01'><p>x",
)  # fmt: skip


def words_below(node):
    """Return the words of a tree, looked at node by node, with form feeds around blocks."""
    if node.tag == "-text":
        return node.text_content or ""
    if node.tag == "br":
        return "\n"
    if node.tag in {"script", "style", "template", "-comment", "del", "s"}:
        return ""
    if node.tag in {"a", "div"} and node.attributes.get("class") in _MARKS:
        return ""
    words = "".join(map(words_below, node.iter(include_text=True)))
    return f"\f{words}\f" if node.tag in _BLOCKS else words


def in_paragraphs(text):
    paragraphs = (re.sub("[\t\n ]+", " ", paragraph).strip(" \u00a0") for paragraph in text.split("\f"))
    return "\n\n".join(filter(None, paragraphs))


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@example("<p>One <a href='/x'>two</a><br>three &amp; <em>four</em></p>")
def test_words_are_those_that_a_look_at_every_element_gives(html):
    body = LexborHTMLParser("<!doctype html><body>" + html).css("body")[0]
    assert words_of(body.inner_html) == in_paragraphs(words_below(body))


@given(
    st.lists(st.sampled_from(["a", "b c", " ", "é", "\u2003", "\u00a0", "<p>", "</p>", "<br>", "\n"])).map(
        "".join
    )
)
def test_words_are_counted_as_python_splits_them(html):
    words = words_of(html)
    assert count_words(words) == len(words.split())
