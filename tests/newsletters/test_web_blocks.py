"""How the tree of a body becomes HTML."""

import pytest

from clusterpress.newsletters.nodes_html import HtmlWriter, RenderOptions, Size
from clusterpress.newsletters.parse_nodes import parse_nodes

PAGE = "https://x.eu/"


def write(html, level=3, column=0):
    tree = parse_nodes(html, link=lambda href: {"href": href}, picture=lambda src: {"src": src, "ratio": 2.0})
    options = RenderOptions(
        address=lambda link: link["href"].removeprefix("https://x.eu"),
        sizes={"/a.png": Size(width=200, height=100)},
        labels={"notes": "Notes", "note_back": "Back"},
        column=column,
    )
    writer = HtmlWriter(options=options, anchor="news-a")
    return str(writer.write(tree, level)), str(writer.write_footnotes())


@pytest.mark.parametrize(
    ("html", "written"),
    [
        ("<p>A <strong>b</strong> <em>c</em></p>", "<p>A <strong>b</strong> <em>c</em></p>"),
        ("<p>5 &lt; 6 &amp; 7</p>", "<p>5 &lt; 6 &amp; 7</p>"),
        ('<p><a href="https://x.eu/a/?b=1&amp;c">d</a></p>', '<p><a href="/a/?b=1&amp;c">d</a></p>'),
        ("<p>a<br>b</p>", "<p>a<br>b</p>"),
        ("<h2>One</h2>", "<h3>One</h3>"),
        (
            "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>",
            "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>",
        ),
        ("<ol start=3><li><p>a</p><p>b</p></li></ol>", '<ol start="3"><li><p>a</p>\n<p>b</p></li></ol>'),
        (
            "<blockquote><p>a</p></blockquote>",
            '<figure class="quote"><blockquote><p>a</p></blockquote></figure>',
        ),
        ("<pre><code>a &lt;b&gt;</code></pre>", "<pre>a &lt;b&gt;</pre>"),
        ("<hr>", "<hr>"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "<dl><dt>a</dt><dd>b</dd></dl>"),
        (
            "<ul><li><strong>113</strong> people</li><li><strong>over 8</strong> hours</li></ul>",
            '<ul class="facts"><li><b>113</b> people</li><li><b><small>over</small> 8</b> hours</li></ul>',
        ),
    ],
)
def test_a_block_is_written_as_the_element_it_was(html, written):
    assert write(html)[0] == written


def test_headings_never_go_below_the_last_level_of_html():
    assert write("<h2>a</h2><h3>b</h3><h4>c</h4>", level=5)[0] == "<h5>a</h5>\n<h6>b</h6>\n<h6>c</h6>"


def test_a_picture_has_its_size_and_its_words():
    html = '<figure><img src="/a.png" alt="Two &quot;dots&quot;"><figcaption>Dots</figcaption></figure>'
    written = write(html)[0]
    assert 'src="/a.png" alt="Two &#34;dots&#34;" width="200" height="100"' in written
    assert "<figcaption>Dots</figcaption>" in written


def test_a_table_stands_in_a_named_frame_that_the_keyboard_reaches():
    written = write(
        "<table><thead><tr><th>A</th><th>B</th></tr></thead><tr><td>1</td><td>2</td></tr></table>"
    )[0]
    assert written.startswith('<div class="table" role="group" tabindex="0" aria-label="A, B"><table><thead>')
    assert "<tbody><tr><td>1</td><td>2</td></tr></tbody>" in written


def test_a_table_without_head_is_named_by_its_first_row_and_gives_long_cells_room():
    cell = '<td style="text-align: right;">Seven partners of five regions</td>'
    written = write(f"<table><tr><td>Graz</td>{cell}</tr></table>")[0]
    assert 'tabindex="0" aria-label="Graz, Seven partners of five regions"' in written
    assert '<td>Graz</td><td class="to-right long">Seven partners' in written


def test_footnotes_stand_at_the_end_and_lead_there_and_back():
    html = (
        '<p>Text<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup></p>'
        '<div class="footnote"><ol><li id="fn:1"><p>A note. <a class="footnote-backref" href="#fnref:1">b</a></p></li></ol></div>'
    )
    text, notes = write(html)
    assert '<a id="news-a-ref-1" href="#news-a-note-1">1</a>' in text
    assert '<li id="news-a-note-1">A note. <a href="#news-a-ref-1" aria-label="Back">↩</a></li>' in notes


@pytest.mark.parametrize(
    ("width", "column", "size"),
    [("", 0, (200, 100)), (' width="80"', 0, (80, 40)), ("", 50, (50, 25)), (' width="80"', 50, (50, 25))],
)
def test_a_picture_has_the_width_that_its_author_wants_within_the_column(width, column, size):
    written = write(f'<figure><img src="/a.png" alt="A"{width}></figure>', column=column)[0]
    assert 'width="{}" height="{}"'.format(*size) in written


def test_a_body_without_footnotes_has_no_list_of_them():
    assert write("<p>a</p>")[1] == ""


def test_an_unknown_block_is_refused():
    writer = HtmlWriter(options=RenderOptions(address=str, sizes={}, labels={}), anchor="a")
    with pytest.raises(AssertionError, match="'sonnet'"):
        writer.write([{"t": "sonnet"}], 3)


@pytest.mark.parametrize(
    ("own", "written"),
    [
        (Size(width=600, height=1000), 'width="288" height="480" class="upright"'),
        (Size(width=120, height=200), 'width="120" height="200" class="upright"'),
        (Size(width=1600, height=900), 'width="1600" height="900" loading'),
    ],
)
def test_an_upright_picture_keeps_its_shape_at_a_limited_height(own, written):
    options = RenderOptions(address=str, sizes={"/a.png": own}, labels={})
    shown = {"src": "/a.png", "ratio": own.width / own.height, "alt": "A"}
    assert written in HtmlWriter(options=options, anchor="").picture(shown)
