"""Title, date, author and programme of a document, from its first lines and properties."""

from collections import Counter

import pytest
from bs4 import BeautifulSoup

from clusterpress.importing.sources.documents.facts import find_facts
from clusterpress.scaffolding.questions import read_records
from tests.importing.project import Project


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    project = Project(tmp_path_factory.mktemp("site"))
    return project.settings, read_records(project.root, project.settings).registers


def facts_of(known, html, properties=None, languages=None):
    soup = BeautifulSoup(html, "html.parser")
    return find_facts(soup, properties or {}, Counter(languages or {}), *known), str(soup)


TITLE = '<p class="cp-title">A title</p>'
TEXT = "<p>Some words of the text, which go on.</p>"


@pytest.mark.parametrize(
    ("line", "date", "authors", "stays"),
    [
        ("15 June 2027", "15 June 2027", [], False),
        ("13 MAY 2014", "13 MAY 2014", [], False),
        ("June 15, 2019", "June 15, 2019", [], False),
        ("2027-06-15", "2027-06-15", [], False),
        ("15 juin 2027", "15 juin 2027", [], False),
        ("Date: 15 June 2027", "15 June 2027", [], False),
        ("Published on 15 June 2027", "15 June 2027", [], False),
        ("Brussels, 15 June 2027", "15 June 2027", [], True),
        ("Bruxelles, le 15 juin 2027", "15 juin 2027", [], True),
        ("San Sebastián de los Reyes, 15 June 2027", "15 June 2027", [], True),
        ("05/06/2019", "05/06/2019", [], False),
        ("By Ann Example", "", ["Ann Example"], False),
        ("by Ann Example", "", ["Ann Example"], False),
        ("Author: Ann Example", "", ["Ann Example"], False),
        ("Par Ann Example et Jean Exemple", "", ["Ann Example", "Jean Exemple"], False),
        (
            "By Ludwig van der Example and Ana de la Cruz",
            "",
            ["Ludwig van der Example", "Ana de la Cruz"],
            False,
        ),
        ("By Ann Example, 15 June 2027", "15 June 2027", ["Ann Example"], False),
        ("By Ann Example | 15 June 2027", "15 June 2027", ["Ann Example"], False),
        ("Submitted by Imogen Allan on 15 November 2021", "15 November 2021", ["Imogen Allan"], False),
        ("Linz, 21-22 February 2012", "", [], True),
        ("By the end of the year, all is done.", "", [], True),
        ("By Example standards, this was a success.", "", [], True),
        ("From 9 to 12 April 2019, we met.", "", [], True),
        ("June 2027", "", [], True),
    ],
)
def test_a_line_that_says_who_and_when_is_read(known, line, date, authors, stays):
    facts, html = facts_of(known, f"{TITLE}<p>{line}</p>{TEXT}")
    assert (facts.date, facts.authors) == (date, authors)
    assert (line in html) is stays
    assert "Some words" in html


def test_the_date_of_a_press_release_is_read_and_its_sentence_stays(known):
    facts, html = facts_of(known, f"{TITLE}<p>Brussels, 15 June 2027 – The project began.</p>")
    assert facts.date == "15 June 2027"
    assert "Brussels, 15 June 2027 – The project began." in html


@pytest.mark.parametrize(
    ("html", "title"),
    [
        (f"{TITLE}{TEXT}", "A title"),
        (f"<h1>A heading</h1>{TEXT}<h1>Another</h1>", "A heading"),
        (f"<p>15 June 2027</p><h1>Below the date</h1>{TEXT}", "Below the date"),
        (f"<p><strong>All in bold</strong></p>{TEXT}", "All in bold"),
        (f"<p><strong>A bold</strong> beginning.</p>{TEXT}", ""),
        (f"<p><strong>A whole sentence in bold.</strong></p>{TEXT}", ""),
        (f"{TEXT}<h2>Later</h2>", ""),
        ('<p class="cp-title">Two</p><p class="cp-title">lines</p>', "Two lines"),
    ],
)
def test_the_title_is_found(known, html, title):
    facts, left = facts_of(known, html)
    assert facts.title == title
    if title and title != "Two lines":
        assert title not in left


@pytest.mark.parametrize(
    ("properties", "title", "authors", "saved"),
    [
        ({"title": "From the file", "creator": "Ann Example"}, "From the file", ["Ann Example"], None),
        ({"title": "Microsoft Word - draft3.docx", "creator": "Windows User"}, "", [], None),
        ({"title": "Document1", "creator": "python-docx"}, "", [], None),
        ({"creator": "QOOT"}, "", ["QOOT"], None),
        ({"creator": "jdoe"}, "", [], None),
        ({"modified": "2027-06-15T10:00:00Z", "created": "2026-01-01T00:00:00Z"}, "", [], "2027-06-15"),
        ({"modified": "yesterday"}, "", [], None),
    ],
)
def test_properties_of_the_file_help_where_the_text_says_nothing(known, properties, title, authors, saved):
    facts, _ = facts_of(known, TEXT, properties)
    assert (facts.title, facts.authors) == (title, authors)
    assert (facts.saved.isoformat() if facts.saved else None) == saved


@pytest.mark.parametrize(
    ("html", "terms"),
    [
        ("<p>QOOT went with THE NEXT SOCIETY.</p>", [("programme", "the-next-society")]),
        ("<p>Next, we went home.</p>", []),
        ("<p>Programme: Next Society</p>", []),
        ("<p>Programme: The Next Society</p><p>Keywords: food, training</p>", [("programme", "The Next Society"), ("category", "food"), ("category", "training")]),
        ("<p>Cluster: QOOT</p>", [("cluster", "QOOT")]),
    ],
)  # fmt: skip
def test_programmes_and_clusters_are_recognised(known, html, terms):
    facts, _ = facts_of(known, f"{TITLE}{html}")
    assert facts.terms == terms


@pytest.mark.parametrize(
    ("languages", "properties", "lang"),
    [({"fr-FR": 300, "en-US": 20}, {}, "fr"), ({}, {"language": "fr-FR"}, "fr"), ({}, {"language": "xx"}, ""), ({}, {}, "")],
)  # fmt: skip
def test_the_language_is_the_one_that_most_words_are_marked_with(known, languages, properties, lang):
    assert facts_of(known, TEXT, properties, languages)[0].lang == lang


@pytest.mark.parametrize("tag", ['p class="cp-title"', "h1"])
def test_a_note_at_the_title_is_not_lost(known, tag):
    facts, html = facts_of(known, f"<{tag}>A title<footnote>With thanks.</footnote></{tag.split()[0]}>{TEXT}")
    assert facts.title == "A title"
    assert html.startswith("<p>With thanks.</p>")


def test_only_the_first_title_is_the_title_and_others_are_headings(known):
    facts, html = facts_of(known, f"{TITLE}{TEXT}{TITLE.replace('A title', 'Part two')}{TEXT}")
    assert facts.title == "A title"
    assert "<h1>Part two</h1>" in html


def test_a_subtitle_is_the_summary_only_at_the_start(known):
    subtitle = '<p class="cp-subtitle">A lead.</p>'
    facts, html = facts_of(known, f"{TITLE}{subtitle}{TEXT}")
    assert facts.summary == "A lead."
    assert "A lead." not in html
    facts, html = facts_of(known, f"{TITLE}{TEXT * 10}{subtitle}")
    assert facts.summary == ""
    assert "A lead." in html
