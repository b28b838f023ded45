"""What the index knows of an item: its text and its card, nothing of the page around."""

from datetime import date

from clusterpress.content.item_values import Moment
from clusterpress.markup.body import Body, Outline
from clusterpress.search.records import make_record
from tests.library.make import item, library

NEXT = item("programmes/the-next-society.md", title="THE NEXT SOCIETY")
QOOT = item("clusters/qoot.md", title="QOOT", country="Lebanon", city="Beirut")


def record_of(one, text="", outline=None, *others):
    outlines = {one.source.path.removeprefix("content/"): outline} if outline else {}
    lib, _ = library(one, NEXT, QOOT, *others, outlines=outlines)
    body = Body((), 0, text, outline or Outline())
    return make_record(lib.by_path[one.source.path], body)


def test_news_can_be_narrowed_by_kind_year_programme_and_cluster():
    one = item(
        "news/a.md", day="2019-04-12", programme=("THE NEXT SOCIETY",), cluster=("qoot",), tags=("Food",)
    )
    record = record_of(one, "Text.")
    assert record.url == "/news/2019/a/"
    assert record.filters == {
        "kind": ("news",),
        "year": ("2019",),
        "programme": ("the-next-society",),
        "cluster": ("qoot",),
    }
    said = {name: value for name, value in record.meta.items() if value}
    assert said == {"title": "A", "date": "2019-04-12", "terms": "THE NEXT SOCIETY, QOOT, Food"}
    assert record.content == "Text."


def test_a_record_belongs_to_itself():
    assert record_of(QOOT, "Who we are.").filters == {"kind": ("cluster",), "cluster": ("qoot",)}
    assert record_of(QOOT, "Who we are.").meta["place"] == "Beirut, Lebanon"


def test_the_standfirst_is_found_and_not_quoted_twice():
    one = item("news/a.md", summary="Short.")
    assert record_of(one, "Long.").content == "Short.\nLong."
    assert record_of(one, "Short.\n\nLong.", Outline(first_paragraph="Short.")).content == "Short.\n\nLong."


def test_an_item_without_a_text_is_found_by_its_title():
    assert record_of(item("news/a.md", title="Nothing more")).content == "Nothing more"


def test_an_event_tells_its_last_day():
    one = item(
        "events/forum.md", start=Moment(date(2012, 2, 21)), end=Moment(date(2012, 2, 22)), place="Linz"
    )
    record = record_of(one)
    assert (record.meta["date"], record.meta["last"], record.meta["place"]) == (
        "2012-02-21",
        "2012-02-22",
        "Linz",
    )
    assert record.filters["year"] == ("2012",)


def test_all_records_have_the_same_fields_so_that_indexes_can_be_merged():
    event = item("events/e.md", day="2019-04-12", place="Linz")
    assert record_of(event).meta.keys() == record_of(QOOT).meta.keys()
