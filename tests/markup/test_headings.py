import re

import pytest

from clusterpress.markup.render import render
from tests.markup.make import TRUSTED, html_of


def levels(text):
    return [heading.level for heading in render(text, TRUSTED).outline.headings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# A\n## B\n### C", [2, 3, 4]),
        ("## A\n### B", [2, 3]),
        ("### A\n#### B\n### C", [2, 3, 2]),
        ("## B\n# A", [3, 2]),
        ("# A\n###### F", [2, 6]),
        ("A\n=\n\nB\n-", [2, 3]),
        ("<h1>A</h1>\n\n## B", [2, 3]),
        ("no heading", []),
    ],
)
def test_the_topmost_heading_is_of_level_two_and_the_others_keep_their_distance(text, expected):
    assert levels(text) == expected
    assert [int(level) for level in re.findall(r"<h(\d)", html_of(text))] == expected


@pytest.mark.parametrize(
    ("text", "anchors"),
    [
        ("## Žilina & *Milan*", ("zilina-and-milan",)),
        ("## News\n## News\n## News", ("news", "news-2", "news-3")),
        ("## News\n## عن البرنامج", ("news", "section-2")),
        ("## News {#latest}\n## Latest", ("latest", "latest-2")),
        ('<p id="news">x</p>\n\n## News', ("news", "news-2")),
        ("## A[^1]\n\n[^1]: Note", ("a", "fnref:1", "fn:1")),
        ('<a name="old"></a>\n\nText\n{#here}', ("old", "here")),
    ],
)
def test_every_heading_and_id_is_an_anchor_once(text, anchors):
    assert render(text, TRUSTED).outline.anchors == anchors


def test_the_words_of_a_heading_are_listed_without_marks():
    heading = render(
        "## The *Casablanca* `TechDays` <sup>2019</sup>[^1]\n\n[^1]: x", TRUSTED
    ).outline.headings[0]
    assert heading.text == "The Casablanca TechDays 2019"


def test_classes_of_a_heading_survive_a_change_of_level():
    assert html_of("# A *b* {.wide title=x}") == '<h2 class="wide" title="x" id="a-b">A <em>b</em></h2>'


def test_contents_are_nested_lists_of_links():
    html = html_of("[TOC]\n\n# A & B\n## C\n### D\n# E")
    assert html.startswith(
        '<div class="toc"><ul><li><a href="#a-and-b">A &amp; B</a><ul><li><a href="#c">C</a>'
        '<ul><li><a href="#d">D</a></li></ul></li></ul></li><li><a href="#e">E</a></li></ul></div>'
    )
    assert render("[TOC]\n\n# A & B\n## C\n### D\n# E", TRUSTED).text == "A & B\n\nC\n\nD\n\nE"


def test_contents_of_a_text_that_climbs_in_steps_stay_balanced():
    html = html_of("[TOC]\n\n## A\n#### B\n### C\n## D")
    assert html.count("<ul>") == html.count("</ul>")
    assert html.count("<li>") == html.count("</li>")
