"""Collections: lists of other items in a text."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from clusterpress.config.settings import NewsletterSettings, Settings
from clusterpress.content.reader import read_item
from clusterpress.library.collections import check_collections
from clusterpress.library.index_records import make_index_record
from clusterpress.markup.render import render

NEWS = "---\ntitle: {}\ndate: 2019-0{}-12\n{}---\nText.\n"
FILES = {
    "programmes/cord.md": "---\ntitle: Cord\n---\n\n```collection\nprogramme: cord\nlimit: 1\n```\n",
    "partners/pp.md": "---\ntitle: Pp\nnumber: PP8\nprogramme: cord\n---\n",
    "events/past.md": "---\ntitle: Past\nstart: 2019-03-30\n---\nText.\n",
    "events/late.md": "---\ntitle: Late\nstart: 2020-03-30\n---\nText.\n",
    "events/soon.md": "---\ntitle: Soon\nstart: 2020-02-10\n---\n\n~~~ collection\nkind: event\norder: past\n~~~\n",
    "news/one.md": NEWS.format("One", 1, "programme: cord\ntags: [a]\n"),
    "news/two.md": NEWS.format("Two", 2, "programme: cord\ntags: [b]\n"),
    "news/three.md": NEWS.format("Three", 3, "tags: [a, b]\n") + "\n```collection\ntag: a\n```\n",
}  # fmt: skip


def page(text):
    return {"pages/list.md": f"---\ntitle: List\n---\n{text}"}


@pytest.fixture(scope="module")
def shown(make_site):
    def find(text, path="list/index.html", html="trusted"):
        site = make_site(FILES | page(text), html=html)
        tree = LexborHTMLParser(site.page(path))
        return [[one.text() for one in block.css("a")] for block in tree.css("ul.collection")]

    return find


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("limit: 2", ["Three", "Two"]),
        ("kind: news", ["Three", "Two", "One"]),
        ("order: oldest\nlimit: 1", ["One"]),
        ("programme: cord", ["Two", "One"]),
        ("programme: Cord\ntag: a", ["One"]),
        ("tag: a, b", ["Three", "Two", "One"]),
        ("kind: event\norder: upcoming", ["Soon", "Late"]),
        ("kind: event\norder: past", ["Past"]),
        ("kind: event", ["Late", "Soon", "Past"]),
        ("kind: partner\nprogramme: cord", ["Pp"]),
    ],
)
@pytest.mark.parametrize("html", ["trusted", "safe"])
def test_a_collection_lists_what_it_asks_for(shown, query, titles, html):
    assert shown(f"Before.\n\n```collection\n{query}\n```\n\nAfter.\n", html=html) == [titles]


def test_it_stands_in_every_kind_of_page_and_in_lists_and_quotations(shown):
    assert shown("X.\n", "programmes/cord/index.html") == [["Two"]]
    assert shown("X.\n", "events/soon/index.html") == [["Past"]]
    assert shown("X.\n", "news/2019/three/index.html") == [["Three", "One"]]
    two = "- a\n\n    ```collection\n    limit: 1\n    ```\n\n```collection\nlimit: 2\n```\n"
    assert shown(two) == [["Three"], ["Three", "Two"]]


def test_its_lines_are_no_words_of_the_text_and_no_code():
    body = render("Hello you.\n\n```collection\nkind: news\n```\n", Settings(name="X", url="https://x.eu/"))
    assert body.text == "Hello you."
    assert body.outline.words == 2
    assert [one.query for one in body.outline.collections] == [(("kind", "news"),)]


def test_code_about_collections_stays_code():
    for text in (
        "````\n```collection\nkind: news\n```\n````\n",
        "```yaml\ncollection: x\n```\n",
        "`collection`\n",
    ):
        assert render(text, Settings(name="X", url="https://x.eu/")).outline.collections == ()


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("kid: news", 'a collection has no key "kid"'),
        ("kind: story", 'the kind of a collection cannot be "story"'),
        ("order: up", 'the order of a collection cannot be "up"'),
        ("limit: 0", 'the limit of a collection cannot be "0"'),
        ("limit: many", 'the limit of a collection cannot be "many"'),
        ("tag:", '"tag" of a collection is empty'),
        ("limit: 1\nlimit: 2", 'a collection has "limit" twice'),
        ("the latest five", 'a collection cannot read the line "the latest five"'),
    ],
)
def test_what_no_collection_says_is_an_error_at_its_line(query, message):
    settings = Settings(name="X", url="https://x.eu/")
    text = f"---\ntitle: List\n---\nBefore.\n\n```collection\n{query}\n```\n"
    item, _ = read_item(text.encode(), "content/pages/list.md", settings)
    outline = render(item.source.body, settings).outline
    record = make_index_record(item, outline, key=b"k", body=b"b", settings=settings)
    (found,) = record.problems
    assert found.message == message
    assert found.line == (7 if "read the line" in message else 6)
    assert found.hint


def test_a_name_that_nothing_has_is_an_error(make_site):
    site = make_site(FILES | page("```collection\nprogramme: crod\ntag: a, zz\n```\n"))
    assert [(one.line, one.message) for one in check_collections(site.library)] == [
        (4, 'collection: no programme is called "crod"'),
        (4, 'collection: no tag is called "zz"'),
    ]


def test_a_page_depends_on_the_items_that_it_lists_alone(make_site):
    listed = page("```collection\ntag: a\nlimit: 1\n```\n")
    changed = {"news/three.md": NEWS.format("Four", 3, "tags: [a]\n")}
    first, same, new = (
        [
            one.digest
            for one in make_site(FILES | listed | more).outputs["list/index.html"].inputs["collections"]
        ]
        for more in ({}, {"news/two.md": NEWS.format("Other", 2, "")}, changed)
    )
    assert first == same
    assert first != new


def test_an_issue_leaves_it_out_with_a_warning():
    letter = {"letter": NewsletterSettings(name="Letter", address="X")}
    settings = Settings(name="X", url="https://x.eu/", newsletters=letter)
    text = (
        "---\ntitle: I\nnewsletter: letter\nnumber: 1\ndate: 2019-03-20\n---\n```collection\nlimit: 1\n```\n"
    )
    item, _ = read_item(text.encode(), "content/newsletters/01.md", settings)
    outline = render(item.source.body, settings).outline
    record = make_index_record(item, outline, key=b"k", body=b"b", settings=settings)
    assert [(one.line, one.message) for one in record.problems] == [(7, "issues leave collections out")]
