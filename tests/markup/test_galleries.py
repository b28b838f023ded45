"""Galleries in every container, and the form of collections on one line."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from clusterpress.markup.render import render
from clusterpress.newsletters.nodes import inner_blocks
from clusterpress.newsletters.parse_nodes import MAX_GALLERY, parse_nodes
from tests.markup.make import SAFE, TRUSTED, faults_of, joined

LINES = """\
![A "full" hall](hall.jpg "It's (nearly) open") © Ann Example

- ![The <stand>](img/a_b.jpg)
table.jpg | A table | Lunch | Bo & Co
![](none.jpg 'No words')
![x](<with space.jpg>)"""
GALLERY = f"```gallery\n{LINES}\n```"


def within(prefix):
    return "\n".join(prefix + line for line in GALLERY.split("\n"))


def gallery_of(text, settings=TRUSTED, lang=""):
    return LexborHTMLParser(joined(render(text, settings, lang))).css("div.gallery")


@pytest.mark.parametrize("settings", [TRUSTED, SAFE])
@pytest.mark.parametrize(
    "text",
    [
        GALLERY, f"Before.\n{GALLERY}\nAfter.", GALLERY.replace("```", "~~~~"), GALLERY.replace("```g", "``` g"),
        f"- a\n\n{within('    ')}", f"1. a\n\n{within('   ')}", f"!!! note\n{within('    ')}", f"# H\n{GALLERY}\n## I",
        GALLERY.removesuffix("\n```"), f"{GALLERY}\n\n`code`\n\n[a]: b", within("> "), f"> a\n{within('> ')}\n> b",
        within("> > "), f"> - a\n>\n{within('>   ')}", f"- a\n\n{within(chr(9))}", f"- > a\n{within('  > ')}",
    ],
)  # fmt: skip
def test_a_gallery_shows_pictures_with_their_words_in_every_block(text, settings):
    html = joined(render(text, settings))
    assert html.count("<p>") + html.count("<p ") == html.count("</p>")
    (gallery,) = gallery_of(text, settings)
    pictures = [(one.attributes["src"], one.attributes["alt"]) for one in gallery.css("img")]
    assert pictures == [
        ("hall.jpg", 'A "full" hall'), ("img/a_b.jpg", "The <stand>"), ("table.jpg", "A table"), ("none.jpg", ""),
        ("with space.jpg", "x"),
    ]  # fmt: skip
    captions = [one.text() for one in gallery.css("figcaption")]
    assert captions == ["It's (nearly) open © Ann Example", "Lunch Bo & Co", "No words"]
    assert [one.text() for one in gallery.css(".credit")] == ["© Ann Example", "Bo & Co"]


def test_each_picture_that_has_words_leads_to_the_whole_one():
    (gallery,) = gallery_of(GALLERY)
    links = [one.attributes["href"] for one in gallery.css("a")]
    assert links == ["hall.jpg", "img/a_b.jpg", "table.jpg", "with space.jpg"]


def test_captions_get_typography_and_alternative_texts_stay():
    (gallery,) = gallery_of(GALLERY, lang="en")
    assert "It’s (nearly) open" in gallery.text()
    assert gallery.css_first("img").attributes["alt"] == 'A "full" hall'


def test_pictures_are_known_with_their_lines():
    outline = render(f"Text.\n\n{GALLERY}\n\n![b](hall.jpg)", TRUSTED).outline
    assert [(one.src, one.line) for one in outline.pictures][:3] == [
        ("hall.jpg", 4),
        ("img/a_b.jpg", 6),
        ("table.jpg", 7),
    ]
    assert (8, "the picture has no alt text") in [one[:2] for one in outline.warnings]
    assert outline.pictures[-1].line == 12


def test_what_is_no_picture_is_named():
    found = faults_of("```gallery\n![a](b.jpg)\nhello\nhttps://x\na | b | c | d | e\n```\n")
    assert found == [(line, f'a gallery cannot read the line "{text}"') for line, text in
                     ((3, "hello"), (4, "https://x"), (5, "a | b | c | d | e"))]  # fmt: skip


@pytest.mark.parametrize("src", ["javascript:x()", "C:\\a.jpg", 'x"onerror="y'])
def test_addresses_are_checked_as_elsewhere(src):
    html = joined(render(f"```gallery\n![a]({src})\n```", SAFE))
    assert "javascript" not in html
    assert not any("onerror" in one.attributes for one in LexborHTMLParser(html).css("*"))


@pytest.mark.parametrize("text", ["", "\n", "text"])
def test_an_empty_gallery_shows_nothing(text):
    assert not gallery_of(f"```gallery\n{text}\n```")


def test_code_that_shows_a_gallery_stays_code():
    assert not gallery_of(f"````\n{GALLERY}\n````")
    assert "![A" in joined(render(f"````\n{GALLERY}\n````", TRUSTED))


@pytest.mark.parametrize("text", [
    f"Text.\n\n{within('    ')}", f"Text.\n\n{within(chr(9))}", f"<pre>\n{GALLERY}\n</pre>", f"> ````\n{within('> ')}\n> ````",
    f"- a\n\n  ````\n{within('  ')}\n  ````",
])  # fmt: skip
def test_a_gallery_in_code_of_any_kind_is_shown_as_it_is_written(text):
    made = render(text, TRUSTED)
    assert not LexborHTMLParser(joined(made)).css("figure, img")
    assert "```gallery" in made.text
    assert "table.jpg | A table | Lunch | Bo & Co" in made.text
    assert not made.outline.pictures


@pytest.mark.parametrize(
    "block", ["{: .collection limit=x}", "```collection\nlimit: x\nno\n```", "```gallery\nno\n```"]
)
def test_what_is_code_or_a_comment_is_no_block_and_has_no_faults(block):
    indented = "".join(f"    {line}\n" for line in block.split("\n"))
    code = render(f"Text.\n\n{indented}", TRUSTED)
    comment = render(f"Text.\n\n<!--\n{block}\n-->\n\nEnd.", TRUSTED)
    assert [one.outline.collections + one.outline.problems for one in (code, comment)] == [(), ()]
    assert code.text.split() == ["Text.", *block.split()]
    assert comment.text == "Text.\n\nEnd."


def test_issues_show_the_first_pictures():
    pictures = {f"{name}.jpg": {"src": f"{name}.jpg", "ratio": 1.5} for name in "abcdef"}
    lines = "\n".join(f'![{name}]({name}.jpg "C {name}") By {name}' for name in "abcdef")
    html = joined(render(f"x\n\n```gallery\n{lines}\n```\n\ny", TRUSTED))
    blocks = parse_nodes(html, link=lambda _: None, picture=pictures.get)
    figures = [block for block in blocks if block["t"] == "figure"]
    assert len(figures) == MAX_GALLERY
    assert figures[0]["caption"] == ["C a ", {"t": "br"}, "By a"]
    assert [block["t"] for block in (blocks[0], blocks[-1])] == ["p", "p"]
    assert not [inner for block in blocks for inner in inner_blocks(block)]


@pytest.mark.parametrize(
    ("line", "query"),
    [
        ('{: .collection programme="clusters-cord" limit=5 }', [("programme", "clusters-cord"), ("limit", "5")]),
        ("{.collection kind='event' order=upcoming}", [("kind", "event"), ("order", "upcoming")]),
        ("{: .collection }", []),
        ('{: .collection tag="a, b"}', [("tag", "a, b")]),
    ],
)  # fmt: skip
def test_a_collection_may_stand_on_one_line(line, query):
    for text in (
        line,
        f"Before.\n\n{line}\n\nAfter.",
        f"- a\n\n    {line}",
        f"> {line}",
        f"> a\n>\n> {line}\n> b",
    ):
        made = render(text, TRUSTED)
        (one,) = made.outline.collections
        assert list(one.query) == query
        assert joined(made).count("<p>") == joined(made).count("</p>")


@pytest.mark.parametrize(
    "line", ["{: .collections }", "{: .collection #x }", "{: .collection limit= }", "a {: .collection }"]
)
def test_other_attributes_are_no_collection(line):
    assert not render(f"{line}\n\nText.", TRUSTED).outline.collections


def test_a_collection_below_the_lines_of_a_paragraph_ends_it():
    html = joined(render("Before.\n{: .collection }\nAfter.", TRUSTED))
    assert [one.text().strip() for one in LexborHTMLParser(html).css("p")] == ["Before.", "After."]
    assert html.count("<p>") == html.count("</p>")
