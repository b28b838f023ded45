"""HTML becomes Markdown that reads well, and that says the same words."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from clusterpress.config.settings import Settings
from clusterpress.importing.inventory import Inventory, Use
from clusterpress.importing.texts.html import to_markdown
from clusterpress.importing.texts.markdown import rewrite_links
from clusterpress.markup.render import render
from tests.markup.make import joined
from tests.timing import grows_in_proportion

SITE = Settings(name="S", url="https://example.eu/")


class Anywhere:
    """References that all lead where they say, but for those that say they are lost."""

    def __init__(self):
        self.remarks = []

    def link(self, address):
        return "" if "lost" in address else address

    def picture(self, address):
        return "" if "lost" in address else address

    def outside(self, address):
        return address if address.startswith("https:") else ""

    def remark(self, message, hint="", near=""):  # noqa: ARG002 - the protocol's names
        self.remarks.append(message)


def convert(html):
    return to_markdown(html, Anywhere())


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>Some <b>bold</b>, <i>slanted</i> words</p>", "Some **bold**, *slanted* words\n"),
        ("<h1>Big</h1><h2>Small</h2>", "## Big\n\n## Small\n"),
        ("one<br>two", "one  \ntwo\n"),
        ("<p>#Techdays in Casablanca</p>", "#Techdays in Casablanca\n"),
        ("<p># not a heading</p>", "\\# not a heading\n"),
        ("<p>2019. A year</p>", "2019\\. A year\n"),
        ("<p>a_b and _c_ and 2 * 3</p>", "a_b and \\_c\\_ and 2 \\* 3\n"),
        ("<p>a &lt; b &amp;amp; AT&amp;T &lt;b&gt;</p>", "a < b &amp;amp; AT&T &lt;b>\n"),
        (
            "<ul><li>a<ul><li>b<ol><li>c</li></ol></li></ul></li><li>d</li></ul>",
            "- a\n    - b\n        1. c\n- d\n",
        ),
        ("<ol start=3><li>c</li><li>d</li></ol>", "3. c\n4. d\n"),
        ("<blockquote><p>Go.</p><cite>– Ann</cite></blockquote>", "> Go.\n>\n> — Ann\n"),
        (
            '<figure class="wp-block-pullquote"><blockquote><p>Go.</p></blockquote></figure>',
            "> Go.\n>\n> {.pull}\n",
        ),
        (
            '<figure><img src="a.jpg" alt="Two"><figcaption>The "two"</figcaption></figure>',
            '![Two](a.jpg "The &quot;two&quot;")\n',
        ),
        ('<a href="big.jpg"><img src="a.jpg" alt="x"></a>', "![x](a.jpg)\n"),
        (
            '<figure><figure><img src="a.jpg"></figure><img src="b.jpg"><figcaption>Both</figcaption></figure>',
            "![](a.jpg)\n\n![](b.jpg)\n\nBoth\n",
        ),
        (
            '<figure><img src="a.jpg"><figcaption>By <a href="https://x.eu/">X</a></figcaption></figure>',
            "![](a.jpg)\n\nBy [X](https://x.eu/)\n",
        ),
        ('<p><img src="https://x.eu/lost.jpg" alt="Hall"></p>', "[Hall](https://x.eu/lost.jpg)\n"),
        ('<p>See <a href="/lost/">this</a></p>', "See this\n"),
        ('<p><a href="a b(c).pdf">x</a></p>', "[x](a%20b%28c%29.pdf)\n"),
        (
            '<iframe src="//www.youtube.com/embed/abc?rel=0" title="Film"></iframe>',
            "[Film](https://www.youtube.com/watch?v=abc){.embed}\n",
        ),
        (
            '<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\nhttps://x.eu/v\n</div></figure>',
            "[x.eu](https://x.eu/v)\n",
        ),
        (
            "<table><tr><th>A</th><th>B</th></tr><tr><td>1|2</td><td><ul><li>x</li><li>y</li></ul></td></tr></table>",
            "| A | B |\n|---|---|\n| 1\\|2 | - x<br>- y |\n",
        ),
        ("<table><tr><td>1</td><td>2</td></tr></table>", "|  |  |\n|---|---|\n| 1 | 2 |\n"),
        ("<table><tr><td>layout</td></tr></table>", "layout\n"),
        ("<dl><dt>T</dt><dd>D</dd></dl>", "T\n:   D\n"),
        ("<p>H<sub>2</sub>O</p>", "H<sub>2</sub>O\n"),
        ('<p><a href="#n">1</a></p><h2 id="n">N</h2>', "[1](#n)\n\n## N {#n}\n"),
        ('<p><a href="#gone">1</a></p>', "1\n"),
        ("<pre><code class='language-py'>a\n\n\n*b*</code></pre>", "```py\na\n\n\n*b*\n```\n"),
        ("<p>Yes <img class='emoji' alt='🎉' src='x.svg'></p>", "Yes 🎉\n"),
        ("<p>&nbsp;</p><p>مرحبا</p>", "مرحبا\n"),
        ("<div><b><p>One</p><p>Two</p></b></div>", "One\n\nTwo\n"),
        ("<p>a<b>b<br></b>c<b>&nbsp;d</b></p>", "a**b**  \nc **d**\n"),
    ],
)
def test_html_becomes_markdown_as_people_write_it(html, markdown):
    assert convert(html) == markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ('<p><audio src="ep.mp3">Too old.</audio></p>', "[ep.mp3](ep.mp3)\n"),
        (
            (
                '<figure class="wp-block-video"><video controls><source src="https://x.eu/a/day.mp4"></video>'
                "<figcaption>The day</figcaption></figure>"
            ),
            "[day.mp4](https://x.eu/a/day.mp4)\n\nThe day\n",
        ),
        ("<p>https://youtu.be/abcdefghijk</p>", "[youtu.be](https://youtu.be/abcdefghijk){.embed}\n"),
        (
            '<p>See <a href="https://youtu.be/abcdefghijk">it</a></p>',
            "See [it](https://youtu.be/abcdefghijk)\n",
        ),
        ('<p><iframe src="https://x.eu/map"></iframe></p>', "[x.eu](https://x.eu/map)\n"),
        ('<a href="https://y.eu/"><img src="https://x.eu/lost.png"></a>', "[lost.png](https://y.eu/)\n"),
        (
            (
                '<div class="wp-block-file"><object data="p.pdf"></object><a href="p.pdf">Programme</a>'
                '<a href="p.pdf" class="wp-block-file__button" download>Download</a></div>'
            ),
            "[Programme](p.pdf) [Download](p.pdf)\n",
        ),
        (
            '<pre class="wp-block-verse">One <a href="https://x.eu/">two</a>\nthree</pre>',
            "One [two](https://x.eu/)  \nthree\n",
        ),
        (
            (
                '<ul class="blocks-gallery-grid"><li><figure><img src="a.png" alt="A"><figcaption>C</figcaption>'
                '</figure></li><li><figure><img src="b.png" alt=""></figure></li></ul>'
            ),
            '![A](a.png "C")\n\n![](b.png)\n',
        ),
        (
            '<div class="wp-block-cover" style="background-image:url(c.png)"><p>Words</p></div>',
            "![](c.png)\n\nWords\n",
        ),
        (
            '<details><summary>More "words"</summary><p>A</p><ul><li>b</li></ul></details>',
            '??? note "More ”words”"\n\n    A\n\n    - b\n',
        ),
        (
            "<p>A<footnote>See <b>x</b></footnote>, b<footnote>Two</footnote>, c<footnote>Two</footnote></p>",
            "A[^1], b[^2], c[^2]\n\n[^1]: See **x**\n\n[^2]: Two\n",
        ),
        (
            '<blockquote><p>Go.</p><cite>— Ann, <a href="https://x.eu/">X</a></cite></blockquote>',
            "> Go.\n>\n> — Ann, [X](https://x.eu/)\n",
        ),
        ("<pre>a   b\n<b>c</b></pre>", "```\na   b\nc\n```\n"),
        ('<h4>Q</h4><div style="display:none">Answer</div>', "#### Q\n\nAnswer\n"),
        ('<p style="display: none">no</p><p hidden>no</p><svg><title>no</title></svg>yes', "yes\n"),
    ],
)
def test_elements_of_editors_become_what_readers_saw(html, markdown):
    assert convert(html) == markdown


@pytest.mark.parametrize(
    ("text", "rewritten"),
    [
        (
            (
                '<div class="row">\n<img src="/a/hall.png" alt="Hall">\n'
                '<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>\n</div>'
            ),
            (
                '<div class="row">\n<img src="/a/hall.png" alt="Hall">\n'
                '<p><a class="embed" href="https://www.youtube.com/watch?v=abcdefghijk">youtube.com</a></p>\n</div>\n'
            ),
        ),
        ('Text <img src="/a.png" alt="A" title="T"> more', 'Text ![A](/a.png "T") more\n'),
        (
            '<p align="center">\n<img src="lost.png" alt="x"/></p>\n\n![a](b.png)',
            '<p align="center">\nx</p>\n\n![a](b.png)\n',
        ),
        ("[![x](lost.png)](https://y.eu/)", "[x](https://y.eu/)\n"),
        ("[![](lost.png)](https://y.eu/)", "[y.eu](https://y.eu/)\n"),
        ("```html\n<img src=a.png>\n```", "```html\n<img src=a.png>\n```\n"),
    ],
)
def test_raw_html_in_markdown_is_never_printed(text, rewritten):
    assert rewrite_links(text, Anywhere()) == rewritten


def test_raw_html_in_markdown_shows_its_picture_and_its_film():
    text = '<div>\n<img src="/hall.png" alt="Hall">\n<iframe src="https://player.vimeo.com/video/12345"></iframe>\n</div>'
    body = render(rewrite_links(text, Anywhere()), SITE)
    assert [picture.src for picture in body.outline.pictures] == ["/hall.png"]
    assert body.outline.players == ("https://player.vimeo.com/video/12345?dnt=1",)
    assert "![" not in body.text


def test_every_element_is_entered_in_the_inventory():
    inventory = Inventory("x.xml", 7)
    html = "<p>a<b>c</b></p><script>x</script><input><my-box>d</my-box><svg><path/></svg><p>e</p>"
    to_markdown(html, Anywhere(), inventory)
    found = {row.name: (row.use, row.count) for row in inventory.rows}
    assert found == {
        "p": (Use.CARRIED, 2),
        "b": (Use.CARRIED, 1),
        "my-box": (Use.CARRIED, 1),
        "script": (Use.NOT_NEEDED, 1),
        "input": (Use.LEFT_OUT, 1),
        "svg": (Use.LEFT_OUT, 1),
    }
    assert {(row.place, row.line) for row in inventory.rows} == {("x.xml", 7)}


DATA = '<table border="1"><tr><th>Date</th><th>City</th></tr><tr><td>1 May</td><td>Linz</td></tr></table>'
GRID = "| Date | City |\n|---|---|\n| 1 May | Linz |\n"
LAYOUTS = [
    "<table><tr><td>{}</td></tr></table>",
    '<table role="presentation" border="0"><tbody><tr><td>&nbsp;</td><td>{}</td></tr></tbody></table>',
    "<center><table><tr><td><div><p>Before</p>{}</div></td></tr></table></center>",
    "<table><tr><td>{}</td><td><table><tr><td>Beside</td></tr></table></td></tr></table>",
]


@pytest.mark.parametrize("depth", [1, 3, 4, 30])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_layout_tables_of_any_depth_become_their_content(layout, depth):
    html = DATA
    for _ in range(depth):
        html = layout.format(html)
    written = convert(html)
    assert GRID in written
    assert written.count("|---|---|") == 1
    assert "<t" not in written
    assert all(written.count(word) == (depth if word in layout else 0) for word in ("Before", "Beside"))


def test_columns_of_a_mail_follow_one_another():
    html = "<table><tr><td><img src='/a.png' alt='Hall'></td><td><h3>Story</h3>Loose<br>text<ul><li>one</li></ul></td></tr></table>"
    assert convert(html) == "![Hall](/a.png)\n\n### Story\n\nLoose  \ntext\n\n- one\n"


def test_a_table_of_data_with_a_table_in_it_stays_a_table():
    html = f"<table><tr><td>A</td><td>{DATA}</td></tr><tr><td>B</td><td>C</td></tr></table>"
    assert convert(html).startswith("<table")


@pytest.mark.parametrize("levels", [4, 8])
def test_words_of_cells_that_lie_too_deep_stay_apart(levels):
    html = DATA
    for _ in range(levels):
        html = f"<table><tr><th>Head</th></tr><tr><td>A</td><td>{html}</td></tr></table>"
    assert "Linz" in re.split(r"[^A-Za-z]+", convert(html))


def test_a_table_that_markdown_cannot_say_stays_html():
    written = convert(
        '<table class="x"><tr><td colspan="2" style="y">a</td></tr><tr><td>b</td><td>c</td></tr></table>'
    )
    assert (
        written
        == '<table><tbody><tr><td colspan="2">a</td></tr><tr><td>b</td><td>c</td></tr></tbody></table>\n'
    )


def test_share_buttons_go_and_are_reported():
    references = Anywhere()
    assert to_markdown('<p>Text</p><div class="sharedaddy sd-block">Share on X</div>', references) == "Text\n"
    assert references.remarks == ["share buttons or a list of related posts were left out"]


_words = st.sampled_from(
    "cluster QOOT été # ## #tag * ** _ __x__ a_b - + -- --- 1. 12) 2019. > >> ` `` ``` [ ] [x] [1] [a](b) ![i](j) "  # noqa: SIM905 - words read best
    "[^1] [x]: ( ) { } {.pull} {#id} {:x} < a<b <b> </p> &amp; & &lt; | \\ \\* \\n ! != !!! ??? === ~~~ ~ ~~x~~ = : "
    "http://x.eu/a_b_c مرحبا 🎉 — *[x]: \u00a0 — :smile: $$ [[x]] a|b |---| x\u00a0y".split(" ")
)
_text = st.lists(_words, min_size=1, max_size=5).map(
    lambda words: " ".join(words).replace("&", "&amp;").replace("<", "&lt;")
)


def _wrap(tag, attributes=""):
    return lambda inner: f"<{tag}{attributes}>{inner}</{tag}>"


_inline = st.recursive(
    _text,
    lambda inner: st.one_of(
        *(inner.map(_wrap(tag)) for tag in ("b", "strong", "em", "i", "span", "sup", "del")),
        inner.map(_wrap("a", ' href="https://x.eu/a_b"')),
        _text.map(_wrap("code")),
        st.tuples(inner, st.sampled_from(["", " ", "<br>", " <br> "]), inner).map("".join),
    ),
    max_leaves=5,
)
_cells = st.lists(_inline | _inline.map(_wrap("p")), min_size=1, max_size=2).map("".join)  # lists get hyphens
_blocks = st.recursive(
    _inline.map(_wrap("p")) | _inline | _inline.map(_wrap("h2")) | _text.map(_wrap("pre")),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join).map(_wrap("div")),
        st.lists(inner, min_size=1, max_size=2).map("\n".join).map(_wrap("blockquote")),
        st.lists(inner.map(_wrap("li")), min_size=1, max_size=3).map("".join).map(_wrap("ul")),
        st.lists(inner.map(_wrap("li")), min_size=1, max_size=3).map("".join).map(_wrap("ol")),
        st.lists(_cells.map(_wrap("td")), min_size=2, max_size=2).map(
            lambda row: f"<table><tr>{''.join(row)}</tr></table>"
        ),
    ),
    max_leaves=6,
)


def _words_of(text):
    """Letters and signs in order; white space does not count, nor hyphens, which make lists in cells."""
    return re.sub(r"[\s-]+", "", text)


@settings(max_examples=60, deadline=None)
@given(st.lists(_blocks, min_size=1, max_size=3).map("\n".join))
def test_no_word_is_lost(html):
    shown = LexborHTMLParser("<!doctype html><body>" + html).body.text()
    # The page shows words that were deleted as deleted; a body's plain text is without them.
    page = LexborHTMLParser("<!doctype html><body>" + joined(render(convert(html), SITE))).body.text()
    assert _words_of(page) == _words_of(shown), convert(html)


@pytest.mark.parametrize("tags", ["<div>", "<DIV>a", "<blockquote>", "<ul><li>", "<b>"])
def test_html_that_nothing_closes_takes_time_in_proportion(tags):
    short, long = (tags * (size // len(tags)) for size in (20_000, 80_000))
    assert grows_in_proportion(convert, short, long)


def test_blocks_that_are_left_out_take_their_ends_with_them():
    deep = "<div>" * 2000 + "<p>Deep</p>" + "</div>" * 2000
    assert convert(f"<p>A</p>{deep}<ul><li>B</li></ul>") == "A\n\nDeep\n\n- B\n"
