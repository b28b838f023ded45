"""All items at once: order, terms, addresses, neighbours, embargo, and faults between items."""

import random
from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from clusterpress.config.settings import NewsletterSettings, Settings, Vocabularies
from clusterpress.content.item_values import Link, Moment, Period
from clusterpress.content.items import Issue
from clusterpress.library.lists import Related, find_onward
from clusterpress.library.topics import calendar_topics, feed_topics
from clusterpress.markup.body import LinkRef, Outline, PictureRef
from clusterpress.values.kinds import TAXONOMY_NAMES
from clusterpress.values.problems import errors
from tests.library.make import SETTINGS, item, library, source

QOOT = item("clusters/qoot.md", title="QOOT", names=("Qoot cluster",))
NEXT = item(
    "programmes/the-next-society.md", title="THE NEXT SOCIETY", names=("NEXT SOCIETY",), colour="teal"
)


def urls(entries):
    return [entry.url for entry in entries]


def test_news_is_newest_first_and_ties_go_by_slug():
    lib, _ = library(
        item("news/b.md", day="2019-01-02"),
        item("news/c.md", day="2019-01-03"),
        item("news/a.md", day="2019-01-02"),
    )
    assert urls(lib.of_kind("news", "en")) == ["news/2019/c/", "news/2019/a/", "news/2019/b/"]


def test_of_two_issues_of_one_day_the_higher_number_is_the_newer():
    day = Moment(date(2021, 3, 1))
    issues = [
        Issue(
            source=source(f"content/newsletters/l/{n:02}.md"),
            title="L",
            lang="en",
            newsletter="l",
            number=n,
            date=day,
        )
        for n in (9, 10)
    ]
    lib, _ = library(*issues, settings=replace(SETTINGS, newsletters={"l": NewsletterSettings(name="L")}))
    assert urls(lib.of_kind("issue", "en")) == ["newsletters/l/10/", "newsletters/l/9/"]


def shown_by(lib):
    return {name: getattr(lib, name) for name in lib.__struct_fields__ if name not in {"resolver", "memo"}}


def test_the_order_of_files_shows_nowhere():
    items = [QOOT, NEXT] + [
        item(f"news/n{n}.md", day=f"2019-01-{1 + n % 5:02}", tags=("Agri-Food" if n % 2 else "agri food",))
        for n in range(20)
    ]
    expected, _ = library(*items)
    for seed in range(5):
        shuffled = items[:]
        random.Random(seed).shuffle(shuffled)
        assert shown_by(library(*shuffled)[0]) == shown_by(expected)


def test_aliases_of_a_programme_lead_to_one_term():
    lib, problems = library(
        NEXT,
        item("news/a.md", programme=("NEXT SOCIETY",)),
        item("news/b.md", programme=("the-next-society", "The Next Society")),
    )
    assert problems == []
    (term,) = lib.terms("programmes", "en")
    assert (term.name, term.url, len(term.news)) == ("THE NEXT SOCIETY", "programmes/the-next-society/", 2)
    assert [len(e.terms["programmes"]) for e in lib.of_kind("news", "en")] == [1, 1]
    assert {e.card.colour for e in lib.of_kind("news", "en")} == {"teal"}


def test_an_unknown_cluster_is_an_error_with_a_suggestion():
    _, problems = library(QOOT, item("news/a.md", cluster=("Qot",)))
    assert [str(p) for p in problems] == [
        'content/news/a.md:1:1: error: cluster: no cluster is called "Qot"; did you mean "QOOT"?'
    ]


def test_a_report_of_an_unknown_event_is_an_error_with_a_suggestion():
    _, problems = library(item("events/forum-linz.md"), item("news/a.md", event=("forum-lintz",)))
    assert [p.hint for p in problems] == ['did you mean "forum-linz"?']


def test_an_open_vocabulary_makes_a_term_of_any_name():
    settings = replace(SETTINGS, vocabulary=Vocabularies(cluster="open"))
    lib, problems = library(item("news/a.md", cluster=("Žilina Cluster",)), settings=settings)
    assert problems == []
    assert [(t.slug, t.name, t.record) for t in lib.terms("clusters", "en")] == [
        ("zilina-cluster", "Žilina Cluster", None)
    ]


def test_an_author_may_be_a_cluster_or_a_free_name():
    lib, problems = library(QOOT, item("news/a.md", author=("qoot", "Serena Mingolla")))
    assert problems == []
    assert [(t.slug, t.name, bool(t.record)) for t in lib.terms("authors", "en")] == [
        ("qoot", "QOOT", True),
        ("serena-mingolla", "Serena Mingolla", False),
    ]


def test_two_partners_may_not_have_one_number():
    _, problems = library(
        item("partners/a.md", number="PP8"), item("partners/b.md", number="PP8", title="Other")
    )
    assert any("PP8" in p.message and p.path == "content/partners/b.md" for p in problems)


def test_partners_go_by_number_and_those_without_come_last():
    lib, _ = library(
        item("partners/x.md", title="Anima"),
        item("partners/b.md", number="PP10", title="B"),
        item("partners/a.md", number="PP9", title="C"),
    )
    assert [e.item.title for e in lib.of_kind("partner", "en")] == ["C", "B", "Anima"]


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, "published"),
        ({"draft": True}, "draft"),
        ({"publish": Moment(date(2022, 1, 1), datetime(2022, 1, 1, 0, 1, tzinfo=UTC))}, "scheduled"),
        ({"publish": Moment(date(2022, 1, 1), datetime(2022, 1, 1, 0, 0, tzinfo=UTC))}, "published"),
        ({"expires": Moment(date(2022, 1, 1))}, "expired"),
        ({"expires": Moment(date(2022, 1, 2))}, "published"),
        ({"day": "2022-01-02"}, "scheduled"),
    ],
)
def test_drafts_embargoed_and_expired_items_are_in_no_list(fields, state):
    one = item("news/a.md", **fields)
    lib, _ = library(one)
    assert bool(lib.entries) == (state == "published")
    assert [entry.state for entry in library(one, previews=True)[0].entries] == [state]


def test_an_embargo_is_in_the_site_zone():
    one = item("news/a.md", day="2022-01-02")
    just_before = datetime(2022, 1, 1, 22, 59, tzinfo=UTC)
    assert not library(one, now=just_before)[0].entries
    assert library(one, now=just_before.replace(hour=23, minute=0))[0].entries


def test_translations_find_each_other_by_file_name_or_key():
    lib, problems = library(
        item("news/a.md"),
        item("news/a.fr.md", lang="fr", slug="a"),
        item("news/taqrir.md", lang="ar", translation_of="a"),
    )
    assert problems == []
    expected = (("en", "news/2019/a/"), ("fr", "fr/news/2019/a/"), ("ar", "ar/news/2019/taqrir/"))
    assert {e.translations for e in lib.entries} == {expected}


def test_a_translation_of_nothing_is_an_error():
    _, problems = library(item("news/techdays.md"), item("news/b.fr.md", lang="fr", translation_of="techday"))
    assert [p.hint for p in problems] == ['did you mean "techdays"?']


def test_a_second_translation_into_one_language_is_an_error():
    _, problems = library(
        item("news/a.md"),
        item("news/b.md", lang="fr", translation_of="a"),
        item("news/c.md", lang="fr", translation_of="a"),
    )
    assert [p.path for p in problems] == ["content/news/c.md"]


def test_a_translated_record_is_the_same_term():
    lib, problems = library(
        QOOT,
        item("clusters/qoot.fr.md", lang="fr", slug="qoot", title="QOOT, grappe agroalimentaire"),
        item("news/a.md", lang="fr", cluster=("qoot",)),
    )
    assert problems == []
    (french,) = lib.terms("clusters", "fr")
    assert (french.name, french.url) == ("QOOT, grappe agroalimentaire", "fr/clusters/qoot/")
    assert len(french.news) == 1


def test_a_record_is_lent_to_a_language_that_lacks_it():
    lib, _ = library(QOOT, item("news/a.md", lang="fr", cluster=("qoot",)))
    (french,) = lib.terms("clusters", "fr")
    assert (french.url, french.record.lang) == ("fr/clusters/qoot/", "en")
    assert lib.terms("clusters", "ar") == ()


def test_links_between_sources_become_addresses():
    outline = Outline(
        links=(LinkRef("../clusters/qoot.md#contact", 3), LinkRef("b.md", 4), LinkRef("/feeds/", 5))
    )
    lib, problems = library(
        QOOT,
        item("news/a.md"),
        item("news/b.md"),
        outlines={"news/a.md": outline, "clusters/qoot.md": Outline(anchors=("contact",))},
    )
    assert problems == []
    assert lib.by_path["content/news/a.md"].targets == (
        ("../clusters/qoot.md#contact", "clusters/qoot/#contact"),
        ("b.md", "news/2019/b/"),
        ("/feeds/", "feeds/"),
    )


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("../clusters/qot.md", "content/clusters/qoot.md"),
        ("qoot.md", "content/clusters/qoot.md"),
        ("../clusters/qoot.md#contakt", '"contact"'),
        ("draft.md", "not published (draft)"),
    ],
)
def test_a_broken_link_is_reported_with_file_line_and_remedy(target, words):
    _, problems = library(
        QOOT,
        item("news/draft.md", draft=True),
        item("news/a.md"),
        outlines={
            "news/a.md": Outline(links=(LinkRef(target, 7),)),
            "clusters/qoot.md": Outline(anchors=("contact",)),
        },
    )
    (problem,) = problems
    assert (problem.path, problem.line) == ("content/news/a.md", 7)
    assert words in str(problem)


def test_a_missing_picture_is_reported_with_the_place_where_it_is():
    _, problems = library(
        item("news/a.md"),
        outlines={"news/a.md": Outline(pictures=(PictureRef("milan.jpg", "", (), 2),))},
        files={"content/news/2011/milan.jpg": "x"},
    )
    assert [p.hint for p in problems] == ["the file is content/news/2011/milan.jpg"]


def test_more_links_may_name_source_files():
    lib, problems = library(QOOT, item("news/a.md", more=(Link(label="QOOT", url="../clusters/qoot.md"),)))
    assert problems == []
    assert lib.of_kind("news", "en")[0].targets == (("../clusters/qoot.md", "clusters/qoot/"),)


def test_events_are_upcoming_until_their_last_day_is_over():
    def event(name, first, last):
        return item(f"events/{name}.md", start=Moment(first), end=Moment(last))

    lib, _ = library(
        event("over", date(2021, 12, 30), date(2021, 12, 31)),
        event("running", date(2021, 12, 30), date(2022, 1, 1)),
        event("later", date(2022, 6, 1), date(2022, 6, 2)),
        item("events/fuzzy.md", when=Period("January 2022", date(2022, 1, 1), date(2022, 1, 31))),
    )
    assert [e.slug for e in lib.upcoming("en")] == ["running", "fuzzy", "later"]
    assert [e.slug for e in lib.past("en")] == ["over"]


def test_a_coming_event_is_in_feeds_once_it_is_announced():
    later = Moment(date(2022, 6, 1))
    lib, problems = library(
        item("events/announced.md", start=later, date=Moment(date(2021, 12, 1))),
        item("events/silent.md", start=Moment(date(2022, 7, 1))),
    )
    assert [p.path for p in problems] == ["content/events/silent.md"]
    assert errors(problems) == ()
    topic = next(t for t in feed_topics(lib, lambda _, kind: kind) if t.kind == "events")
    assert [e.slug for e in topic.entries] == ["announced"]
    calendar = next(iter(calendar_topics(lib, lambda _, kind: kind)))
    assert [e.slug for e in calendar.entries] == ["silent", "announced"]


def test_a_body_edit_changes_the_entry_but_not_its_card():
    before, _ = library(item("news/a.md", summary="S", body="one"))
    after, _ = library(item("news/a.md", summary="S", body="two"))
    (a,), (b,) = before.entries, after.entries
    assert a.digest != b.digest
    assert a.card == b.card


def test_an_item_that_moved_keeps_its_name_in_feeds():
    before, _ = library(item("news/a.md"))
    after, _ = library(item("news/b.md", aliases=("/news/2019/a/",)))
    assert before.entries[0].id == after.entries[0].id == "https://example.eu/news/2019/a/"


@pytest.mark.parametrize(
    ("count", "position", "related", "found"),
    [
        (1, 0, (), []),
        (2, 0, (), [("previous_item", 1)]),
        (9, 0, (), [("previous_item", 1), ("older", 2), ("older", 3)]),
        (9, 4, (7, 8), [("next_item", 3), ("previous_item", 5), ("related", 7)]),
        (9, 4, (5, 8), [("next_item", 3), ("previous_item", 5), ("related", 8)]),
        (9, 4, (), [("next_item", 3), ("previous_item", 5), ("older", 6)]),
        (9, 7, (), [("next_item", 6), ("previous_item", 8), ("newer", 5)]),
        (9, 8, (), [("next_item", 7), ("newer", 6), ("newer", 5)]),
    ],
)
def test_each_item_leads_on_to_three_others(count, position, related, found):
    assert list(find_onward(count, position, related)) == found


def test_a_new_item_changes_the_way_on_from_few_others():
    """Positions count from the newest: a new item moves each by one."""
    for count in range(1, 12):
        for position in range(count):
            before = [(label, other + 1) for label, other in find_onward(count, position, ())]
            after = list(find_onward(count + 1, position + 1, ()))
            assert len(after) == min(3, count)
            assert position + 1 not in dict(map(reversed, after))
            assert before == after or position == 0 or count < 4


def test_related_items_are_older_and_share_most():
    lib, _ = library(
        QOOT,
        item("news/far.md", day="2019-01-01"),
        item("news/tag.md", day="2019-01-02", tags=("food",)),
        item("news/both.md", day="2019-01-03", tags=("food",), cluster=("qoot",)),
        item("news/new.md", day="2019-01-04", tags=("food",), cluster=("qoot",)),
    )
    terms = [term for taxonomy in TAXONOMY_NAMES for term in lib.terms(taxonomy, "en")]
    news = lib.of_kind("news", "en")
    related = Related(news, terms)
    assert [news[position].slug for position in related.of(0)] == ["both", "tag"]
    assert related.of(2) == ()


def test_permalinks_may_be_set():
    settings = replace(SETTINGS, permalinks={"news": "/{year}/{month}/{slug}/"})
    lib, _ = library(item("news/a.md", day="2019-04-12"), settings=settings)
    assert urls(lib.entries) == ["2019/04/a/"]


def test_settings_give_the_path_of_the_site_on_its_server():
    assert Settings(name="x", url="https://x.eu/news/").root == "/news/"
    assert Settings(name="x", url="https://x.eu/").root == "/"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"start": Moment(date(2021, 12, 31))}, None),
        ({"start": Moment(date(2022, 1, 1))}, date(2022, 1, 1)),
        ({"start": Moment(date(2022, 1, 1)), "date": Moment(date(2021, 1, 1))}, None),
        ({"start": Moment(date(2021, 1, 1)), "updated": Moment(date(2022, 2, 1))}, date(2022, 1, 1)),
    ],
)
def test_a_calendar_depends_on_the_day_only_where_a_stamp_does(fields, expected):
    lib, _ = library(item("events/call.md", **fields))
    calendar = next(iter(calendar_topics(lib, lambda _, kind: kind)))
    assert calendar.today == expected
