import pytest
from selectolax.lexbor import LexborHTMLParser

from clusterpress.markup.key_figures import mark_key_figures
from clusterpress.newsletters.parse_nodes import parse_nodes

FACTS = [
    ("**113** participants", "113"),
    ("**more than 30** cluster managers", "30"),
    ("**7.8 m** euros", "7.8 m"),
    ("**85 %** of all & every firm", "85 %"),
    ("**€4.5 m** budget", "€4.5 m"),
]
ORDINARY = [
    "Participants: **113**",
    "**113 people from six regions** came",
    "**Milan** again",
    "**113**",
    "**113** participants who spent a long day in Milan to compare notes",
    "**113** _participants_",
    "113 participants",
]


def list_of(*lines: str) -> str:
    items = "".join(f"<li>{as_html(line)}</li>\n" for line in lines)
    return f"<p>Before.</p>\n<ul>\n{items}</ul>\n<p>After.</p>"


def as_html(line: str) -> str:
    html = line.replace("&", "&amp;")
    for mark, name in (("**", "strong"), ("_", "em")):
        html = html.replace(mark, f"<{name}>", 1).replace(mark, f"</{name}>", 1)
    return html


def test_a_list_of_facts_becomes_a_row_of_large_figures_with_the_same_words() -> None:
    html = list_of(*(line for line, _ in FACTS))
    marked = LexborHTMLParser(mark_key_figures(html))
    large = [one.text(deep=False).strip() for one in marked.css("ul.figures > li > strong")]
    assert large == [figure for _, figure in FACTS]
    assert marked.body.text().split() == LexborHTMLParser(html).body.text().split()
    assert marked.css_first("small").text() == "more than"


@pytest.mark.parametrize("line", ORDINARY)
def test_one_ordinary_line_keeps_a_list_as_it_is(line) -> None:
    html = list_of(FACTS[0][0], FACTS[1][0], line)
    assert mark_key_figures(html) == html


def test_one_fact_or_six_are_a_list() -> None:
    for many in (1, 6):
        html = list_of(*["**3** things"] * many)
        assert mark_key_figures(html) == html


@pytest.mark.parametrize("lines", [[line] * 2 for line in (*ORDINARY, *(line for line, _ in FACTS))])
def test_pages_and_newsletters_agree(lines) -> None:
    html = list_of(*lines)
    is_row = any(
        block["t"] == "facts" for block in parse_nodes(html, link=lambda _: None, picture=lambda _: None)
    )
    assert ("figures" in mark_key_figures(html)) == is_row
