"""The HTML of an entry: absolute, clean, complete, and an event's dates in the reader's language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from clusterpress.feeds.full_text import write_text
from clusterpress.feeds.views import view_site
from clusterpress.library.pictures import ShownPicture
from clusterpress.markup.body import LinkRef, PictureRef
from clusterpress.markup.render import render
from tests.feeds.make import SETTINGS, body, entry, event, picture

SITE = view_site(SETTINGS)
PAGE = "https://clusters.example.eu/news/news/2019/techdays/"


def show(one_body, **fields):
    return write_text(entry(**fields), one_body, SITE)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('<a href="#fn:1">1</a>', f'<a href="{PAGE}#fn:1">1</a>'),
        ('<a href="../b/">b</a>', '<a href="https://clusters.example.eu/news/news/2019/b/">b</a>'),
        ('<a href="/legal/">l</a>', '<a href="https://clusters.example.eu/news/legal/">l</a>'),
        ('<a href="//cdn.eu/x">x</a>', '<a href="https://cdn.eu/x">x</a>'),
        ('<a href="https://a.eu/?b=1&amp;c=2">x</a>', '<a href="https://a.eu/?b=1&amp;c=2">x</a>'),
        ('<a href="mailto:a@b.eu">m</a>', '<a href="mailto:a@b.eu">m</a>'),
        ('<a href="javascript:alert(1)">j</a>', "<a>j</a>"),
        ('<img src="x.png" srcset="y.png 2x" alt="x">', f'<img src="{PAGE}x.png" alt="x">'),
        ('<p onclick="x()" style="color:red" class="c" id="i">p</p>', "<p>p</p>"),
        ('<p>a<script>alert(1)</script><iframe src="https://v.eu"></iframe></p>', "<p>a</p>"),
        ("<figure><img alt='' src='https://a.eu/b.jpg'><figcaption>c</figcaption></figure>",
         '<figure><img alt="" src="https://a.eu/b.jpg"><figcaption>c</figcaption></figure>'),
        ("<table><thead><tr><th scope='col'>a</th></tr></thead></table>",
         '<table><thead><tr><th scope="col">a</th></tr></thead></table>'),
        ("<blockquote><p>q</p></blockquote>", "<blockquote><p>q</p></blockquote>"),
        ("<p>a\x08b&#8;c\ud800d\ufffee</p>", "<p>abcde</p>"),
        ("<p>]]&gt; 🎉 مرحبا</p>", "<p>]]&gt; 🎉 مرحبا</p>"),
        ("", ""),
    ],
)  # fmt: skip
def test_html_is_clean_and_absolute(written, shown):
    assert show(body(written)) == shown


def test_cells_of_tables_keep_their_alignment():
    made = render("| A | B | C | D |\n|:--|:-:|--:|---|\n| a | b | 3 | d |\n", SETTINGS)
    text = write_text(entry(), made, SITE)
    cells = html.fromstring(text).xpath("//th | //td")
    assert [cell.get("align") for cell in cells] == ["left", "center", "right", None] * 2
    assert "style" not in text


def test_links_and_pictures_of_the_site_get_full_addresses():
    made = show(
        body(
            '<p><a href="',
            LinkRef("../clusters/qoot.md", 1),
            '">q</a>',
            PictureRef("h.jpg", "A & B", (), 2),
            "</p>",
        ),
        targets=(("../clusters/qoot.md", "clusters/qoot/"),),
        figures=(("h.jpg", picture()),),
    )
    assert made == (
        '<p><a href="https://clusters.example.eu/news/clusters/qoot/">q</a>'
        '<img src="https://clusters.example.eu/news/media/milan.3f2a.jpg" alt="A &amp; B" width="1200" height="800"></p>'
    )


def test_picture_that_was_not_published_is_told_in_words():
    assert show(body("<p>", PictureRef("h.jpg", "A <hall>", (), 1), "</p>")) == "<p>A &lt;hall&gt;</p>"


def test_head_picture_stands_first_with_caption_and_credit():
    head = ShownPicture(picture=picture(), alt="Hall", caption="In the hall", credit="QOOT")
    tree = html.fragment_fromstring(show(body("<p>x</p>"), picture=head), create_parent=True)
    assert [child.tag for child in tree] == ["figure", "p"]
    assert tree.find("figure/img").get("alt") == "Hall"
    assert tree.findtext("figure/figcaption") == "In the hall · QOOT"


@pytest.mark.parametrize(
    ("first", "last", "lang", "words"),
    [
        ("2012-02-21", "2012-02-22", "en", "21–22 February 2012"),
        ("2012-02-28", "2012-03-02", "en", "28 February – 2 March 2012"),
        ("2012-02-21", "2012-02-21", "en", "21 February 2012"),
        ("2012-02-21", "2012-02-22", "fr", "21–22 février 2012"),
        ("2012-02-21", "2012-02-21", "ar", "21 فبراير 2012"),
        ("2012-02-21", "2012-02-21", "pt-BR", "21 de fevereiro de 2012"),
        ("2012-02-21", "2012-02-21", "xx", "21 February 2012"),
    ],
)
def test_dates_of_an_event_are_told_in_the_readers_language(first, last, lang, words):
    one = event(start=first, end=last, lang=lang)
    assert write_text(one, body("<p>x</p>"), SITE).startswith(
        f'<div dir="rtl" lang="ar"><p><strong>{words}' if lang == "ar" else f"<p><strong>{words}"
    )


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"start": "2012-02-21", "place": "Linz", "country": "Austria"},
         "<p><strong>21 February 2012 · Linz, Austria</strong></p>"),
        ({"when": "beginning of April 2012", "place": "Milan"},
         "<p><strong>beginning of April 2012 · Milan</strong></p>"),
        ({"start": "2012-02-21T14:00+01:00", "end": "2012-02-21T17:30+01:00", "place": "Linz"},
         "<p><strong>21 February 2012, 14:00–17:30 UTC+01:00 · Linz</strong></p>"),
        ({"start": "2012-02-21T14:00+01:00", "lang": "fr"}, "<p><strong>21 février 2012, 14:00 UTC+01:00</strong></p>"),
        ({"start": "2012-02-21", "cancelled": True}, "<p><s>21 February 2012</s></p>"),
        ({}, ""),
    ],
)  # fmt: skip
def test_event_begins_with_its_dates_and_place(fields, line):
    assert write_text(event(**fields), body("<p>x</p>"), SITE) == line + "<p>x</p>"


@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_no_raw_html_brings_scripts_or_relative_addresses(raw):
    tree = html.fragment_fromstring(
        show(body(f'<a href="{raw}">x</a><img src="{raw}">{raw}')), create_parent=True
    )
    assert not tree.xpath("//script | //iframe | //@style | //@srcset")
    for address in tree.xpath("//@href | //@src"):
        assert address.startswith(("http:", "https:", "mailto:", "tel:"))
