import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from clusterpress.markup.body import LinkRef, PictureRef, outline_problems, render_html
from clusterpress.markup.references import LinkKind, classify_link
from clusterpress.markup.render import render
from tests.markup.make import SAFE, TRUSTED, address, faults_of, html_of, picture

CODE = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:x",
    "\x01javascript:x",
    "java\tscript:x",
    "java\nscript:x",
    "vbscript:x",
    "data:text/html,x",
    "DATA:image/png;base64,AAAA",
]


@pytest.mark.parametrize(
    ("written", "where"),
    [
        *((code, LinkKind.REFUSED) for code in CODE),
        ("https://a.eu/", LinkKind.EXTERNAL),
        ("mailto:a@b.eu", LinkKind.EXTERNAL),
        ("tel:+32", LinkKind.EXTERNAL),
        ("//host/x", LinkKind.EXTERNAL),
        ("\\\\host/x", LinkKind.EXTERNAL),
        ("/\\host/x", LinkKind.EXTERNAL),
        ("file:///C:/x.pdf", LinkKind.LOCAL_FILE),
        ("C:\\photo.jpg", LinkKind.LOCAL_FILE),
        ("#contact", LinkKind.FRAGMENT),
        ("", LinkKind.SAME_PAGE),
        ("?page=2", LinkKind.SAME_PAGE),
        ("../clusters/qoot.md#contact", LinkKind.INTERNAL),
        ("photo.jpg", LinkKind.INTERNAL),
        ("/news/", LinkKind.INTERNAL),
        ("12:30.jpg", LinkKind.INTERNAL),
        ("a/javascript:x", LinkKind.INTERNAL),
    ],
)
def test_an_address_is_read_as_browsers_read_it(written, where):
    assert classify_link(written) is where


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("[x](../clusters/qoot.md#contact)", "../clusters/qoot.md#contact"),
        ("[x](/news/)", "/news/"),
        ("[x](files/a.pdf 'T')", "files/a.pdf"),
        ("[x](<my file.pdf>)", "my file.pdf"),
        ("[x](a.md?b&c)", "a.md?b&c"),
        ("[x][r]\n\n[r]: a.md", "a.md"),
        ('<a href="a.md">x</a>', "a.md"),
        ('<video src="a.md"></video>', "a.md"),
        ('<div markdown><a href="a.md">x</a></div>', "a.md"),
    ],
)
def test_links_into_the_site_stay_symbolic(text, target):
    body = render(text, TRUSTED)
    assert [link.target for link in body.outline.links] == [target]
    html = render_html(body, lambda link: f"/sub/{link.target}?a&b", picture)
    node = LexborHTMLParser(html).css_first("[href], [src]")
    assert f"/sub/{target}?a&b" in node.attributes.values()


@pytest.mark.parametrize(
    "text",
    [
        "[x](https://a.eu/)",
        "[x](mailto:a@b.eu)",
        "<a@b.eu>",
        "[x](tel:+32)",
        "[x](//host/a)",
        "## A\n[x](#a)",
    ],
)
def test_other_links_stay_in_the_html(text):
    body = render(text, TRUSTED)
    assert body.outline.links == ()
    assert body.outline.problems == ()
    assert "<a href=" in render_html(body, address, picture)


def test_pictures_carry_their_words_and_attributes():
    body = render('See ![A "big" <hall>](milan.jpg "T"){.wide width=300} there', TRUSTED)
    expected = PictureRef(
        "milan.jpg", 'A "big" <hall>', (("class", "wide"), ("title", "T"), ("width", "300")), 1
    )
    assert body.outline.pictures == (expected,)
    assert expected in body.parts


def test_pictures_and_their_variants_in_raw_html_are_references():
    body = render(
        '<picture><source srcset="a.webp 1x, b.webp 2x"><img src="c.jpg" srcset="d.jpg 2x" alt="C"></picture>'
        '<video poster="/e.jpg"></video>',
        TRUSTED,
    )
    assert [link.target for link in body.outline.links] == ["a.webp", "b.webp", "/e.jpg"]
    assert body.outline.pictures == (PictureRef("c.jpg", "C", (), 1),)
    html = render_html(body, address, lambda _: "IMG")
    assert '<picture><source srcset="a.webp 1x, b.webp 2x">IMG</picture><video poster="/e.jpg">' in html


@pytest.mark.parametrize("mode", [TRUSTED, SAFE], ids=["trusted", "safe"])
@pytest.mark.parametrize(
    "text",
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](&#x6A;avascript&colon;alert(1))",
        "[x][r]\n\n[r]: javascript:alert(1)",
        '<a href="javascript:alert(1)">x</a>',
        '<a href=" &#1; javascript:alert(1)">x</a>',
        '<a href="java&Tab;script:alert(1)">x</a>',
        '<a href="java\nscript:alert(1)">x</a>',
        '<A HREF="&#0000106avascript:alert(1)">x</A>',
        '<a href="vbscript:x">x</a>',
        '<a href="data:text/html;base64,AAAA">x</a>',
        '[x](a.md){href="javascript:alert(1)"}',
    ],
)
def test_addresses_that_run_code_never_get_through(text, mode):
    body = render(text, mode)
    link = LexborHTMLParser(render_html(body, address, picture)).css_first("a")
    assert link.text() == "x"
    assert "href" not in link.attributes
    assert len(body.outline.problems) == 1


@pytest.mark.parametrize(
    "text",
    [
        '<img src="data:image/png;base64,AA" alt="words">',
        '<iframe src="javascript:x">words</iframe>',
        '<form action="javascript:x">words</form>',
        '<button formaction="javascript:x">words</button>',
        '<object data="data:text/html,x">words</object>',
        '<svg><a xlink:href="javascript:x"><text>words</text></a></svg>',
        '<picture><source srcset="data:x 1x">words</picture>',
    ],
)
def test_no_attribute_runs_code_and_no_words_are_lost(text):
    html = html_of(text)
    assert "script:" not in html
    assert "data:" not in html
    assert "words" in html
    assert len(faults_of(text)) == 1


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("a\n\n[x](#nope)", [(3, 'nothing in this text is called "#nope"')]),
        ("## Contact\n\n[x](#contact) [y](#top) [z](#)", []),
        ("## قسم\n\n[x](#section-1)", []),
        ("a\n[x]()", [(2, "link without an address")]),
        ("![x]()", [(1, "picture without a file")]),
        ("![x](https://b.eu/x.png)", []),
        (
            '<video src="/a.mp4" poster="//b.eu/y.png"></video>',
            [(1, "picture from another site: //b.eu/y.png")],
        ),
        ("[x](file:///C:/x.doc)", [(1, "the address leads to a file of one computer")]),
        ("a\n\n[x](javascript:b)", [(3, 'an address that begins with "javascript:" is not published')]),
        (
            'a\n\n<a href="java&Tab;script:b">x</a>',
            [(3, 'an address that begins with "javascript:" is not published')],
        ),
    ],
)
def test_addresses_that_lead_nowhere_are_reported_with_their_line(text, faults):
    assert faults_of(text) == faults


def test_a_picture_from_another_site_is_a_reference_and_other_files_are_never_loaded():
    body = render('![the hall](https://b.eu/x.png) <video poster="//b.eu/y.png"></video>', TRUSTED)
    assert [ref.src for ref in body.outline.pictures] == ["https://b.eu/x.png"]
    assert "b.eu" not in "".join(part for part in body.parts if isinstance(part, str))


def test_an_unknown_fragment_is_answered_with_the_nearest_one():
    assert (
        render("## Contact us\n\n[x](#contact-uss)", TRUSTED).outline.problems[0][2]
        == 'did you mean "contact-us"?'
    )


def test_lines_are_those_of_each_occurrence():
    text = "[a](x.md) [casa](casa-x.md)\n\n```\n[a](x.md)\n```\n\n[b](x.md)\n\n![c](x.jpg)\n\n<a href='x.md'>d</a>\n"
    outline = render(text, TRUSTED).outline
    assert [(link.target, link.line) for link in outline.links] == [
        ("x.md", 1),
        ("casa-x.md", 1),
        ("x.md", 7),
        ("x.md", 11),
    ]
    assert [ref.line for ref in outline.pictures] == [9]


def test_a_definition_used_twice_is_found_where_it_stands():
    outline = render("[a][r] and [b][r]\n\n[r]: x.md", TRUSTED).outline
    assert [link.line for link in outline.links] == [3, 3]


def test_problems_are_placed_in_the_file():
    problems = outline_problems(render("\n\n[x](#nope)", TRUSTED).outline, "content/news/a.md", 10)
    assert [(problem.path, problem.line) for problem in problems] == [("content/news/a.md", 12)]


@settings(deadline=None)
@given(st.text(alphabet="\x02\x03\x04\x0c0123 &#;x<a>[](.md)\n`", max_size=60))
def test_text_is_never_taken_for_the_mark_of_a_reference(text):
    body = render(f"[x](first.md)\n\n{text}", TRUSTED)
    assert body.outline.links[:1] == (LinkRef("first.md", 1),)
    assert [part for part in body.parts if part == body.outline.links[0]] == [body.outline.links[0]]
    assert not set("\x02\x03\x04\x0c") & set(render_html(body, address, picture) + body.text)
