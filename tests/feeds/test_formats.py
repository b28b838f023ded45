"""RSS, Atom and JSON Feed of one topic: what each says, and that it says it correctly."""

import json
from datetime import UTC, date, datetime
from html import escape

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from clusterpress.config.settings import FeedSettings
from clusterpress.content.item_values import Moment
from clusterpress.library.revisions import Revision
from clusterpress.values.characters import one_line, strip_forbidden
from clusterpress.values.digests import digest
from tests.feeds.make import BODIES, SAMPLE, SETTINGS, SUMMARIES, body, entry, event, make, topic

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SITE = SETTINGS.url
MADE = make([SAMPLE], BODIES)
RSS = etree.fromstring(MADE["news/feed.xml"])
FEED = etree.fromstring(MADE["news/atom.xml"])
JSON = json.loads(MADE["news/feed.json"])


@pytest.mark.parametrize("name", ["feed.xml", "atom.xml", "feed.json"])
def test_feeds_read_as_they_did_when_last_looked_at(golden, name):
    golden(f"feeds/{name}", MADE[f"news/{name}"])


def test_rss_channel_says_where_it_lives_and_when_it_changed():
    channel = RSS[0]
    assert channel.findtext("title") == "Cluster News: News"
    assert channel.findtext("link") == SITE + "news/"
    assert channel.findtext("language") == "en"
    assert channel.findtext("lastBuildDate") == "Mon, 15 Apr 2019 08:30:00 +0000"
    assert dict(channel.find(f"{ATOM}link").attrib) == {
        "href": SITE + "news/feed.xml",
        "rel": "self",
        "type": "application/rss+xml",
    }


@pytest.mark.parametrize(
    ("embargo", "updated", "published", "modified"),
    [
        (None, None, (2019, 4, 12, 0, 0), (2019, 4, 12, 0, 0)),
        (datetime(2019, 5, 3, 9, 30, tzinfo=UTC), None, (2019, 5, 3, 9, 30), (2019, 5, 3, 9, 30)),
        (datetime(2019, 5, 3, 9, 30, tzinfo=UTC), datetime(2019, 4, 20, tzinfo=UTC),
         (2019, 5, 3, 9, 30), (2019, 5, 3, 9, 30)),
        (datetime(2019, 5, 3, 9, 30, tzinfo=UTC), datetime(2019, 6, 1, tzinfo=UTC),
         (2019, 5, 3, 9, 30), (2019, 6, 1, 0, 0)),
        (datetime(2019, 4, 1, 9, 30, tzinfo=UTC), None, (2019, 4, 12, 0, 0), (2019, 4, 12, 0, 0)),
    ],
)  # fmt: skip
def test_an_item_is_published_when_readers_first_see_it(embargo, updated, published, modified):
    one = entry(publish=embargo and Moment(embargo.date(), embargo), updated=updated)
    made = make([topic(one)])
    (rss,) = feedparser.parse(made["news/feed.xml"]).entries
    (atom,) = feedparser.parse(made["news/atom.xml"]).entries
    (item,) = json.loads(made["news/feed.json"])["items"]
    assert rss.published_parsed[:5] == atom.published_parsed[:5] == published
    assert atom.updated_parsed[:5] == modified
    assert datetime.fromisoformat(item["date_published"]).timetuple()[:5] == published
    assert datetime.fromisoformat(item["date_modified"]).timetuple()[:5] == modified


LINZ = event("milan", start="2012-04-02")
OFF = event("forum-linz", start="2012-02-21", place="Linz", cancelled=True, body=digest("body", "forum-linz"))
KNOWN = Revision("other", 0, datetime(2012, 2, 1, 14, 30, tzinfo=UTC))


@pytest.mark.parametrize("settings", [SETTINGS, SUMMARIES], ids=["full text", "summaries"])
@pytest.mark.parametrize("name", ["feed.xml", "atom.xml", "feed.json"])
def test_a_cancelled_event_says_so_in_words(name, settings):
    followed = topic(OFF, LINZ, cancelled="Abgesagt")
    made = make([followed], {"forum-linz": body("<p>Words.</p>", text="Words.")}, settings)[f"news/{name}"]
    if name == "feed.json":
        off, on = json.loads(made)["items"]
        contents = [one.get("content_html", "") for one in (off, on)]
    else:
        off, on = feedparser.parse(made).entries
        contents = [one.content[0].value if "content" in one else "" for one in (off, on)]
    assert (off["title"], on["title"]) == ("Abgesagt: Forum Linz", "Milan")
    if settings is SETTINGS:
        assert contents[0].startswith("<p><strong>Abgesagt</strong> <s>21 February 2012 · Linz</s></p>")
    assert "Abgesagt" not in contents[1]


@pytest.mark.parametrize(
    ("today", "known", "updated"),
    [
        (None, None, (2012, 1, 10, 0, 0, 0)),
        (date(2012, 2, 2), KNOWN, (2012, 2, 2, 0, 0, 0)),
        (date(2012, 2, 1), KNOWN, (2012, 2, 1, 14, 30, 1)),
        (None, KNOWN._replace(shown=OFF.index_record.in_calendars), (2012, 2, 1, 14, 30, 0)),
    ],
    ids=["not published yet", "later", "the same day", "published"],
)
def test_what_changed_of_an_event_makes_readers_show_it_again(today, known, updated):
    followed = topic(OFF, today=today, revisions={OFF.path: known} if known else {})
    made = make([followed])
    (atom,) = feedparser.parse(made["news/atom.xml"]).entries
    (item,) = json.loads(made["news/feed.json"])["items"]
    assert atom.updated_parsed[:6] == updated
    modified = datetime.fromisoformat(item["date_modified"])
    assert modified.astimezone(UTC).timetuple()[:6] == updated
    assert atom.published_parsed[:3] == (2012, 1, 10)


def test_rss_item_has_plain_title_permanent_id_dates_authors_and_categories():
    item = RSS[0].find("item")
    assert item.findtext("title") == "QOOT & <Techdays>: “día uno” 🎉"
    assert item.findtext("link") == SITE + "news/2019/techdays/"
    assert item.findtext("guid") == SITE + "news/2019/techdays/"
    assert item.find("guid").get("isPermaLink") == "false"
    assert item.findtext("pubDate") == "Fri, 12 Apr 2019 00:00:00 +0000"
    assert [creator.text for creator in item.findall(CREATOR)] == ["QOOT", "Serena Mingolla"]
    assert item.find("author") is None
    assert [(c.text, c.get("domain")) for c in item.findall("category")] == [
        ("THE NEXT SOCIETY", SITE + "programmes/"),
        ("QOOT", SITE + "clusters/"),
        ("agri-food", SITE + "tags/"),
    ]


def test_rss_description_is_plain_text_escaped_for_readers_that_take_it_for_html():
    assert RSS[0].find("item").findtext("description") == "AT&amp;T isn't here; 1 &lt; 2."


def test_picture_is_an_enclosure_with_its_true_length_in_every_format():
    url = SITE + "media/milan.3f2a.jpg"
    enclosure = RSS[0].find("item").find("enclosure")
    assert dict(enclosure.attrib) == {"url": url, "length": "48213", "type": "image/jpeg"}
    link = FEED.find(f"{ATOM}entry").find(f"{ATOM}link[@rel='enclosure']")
    assert dict(link.attrib) == {"href": url, "rel": "enclosure", "type": "image/jpeg", "length": "48213"}
    item = JSON["items"][0]
    assert item["image"] == url
    assert item["attachments"] == [{"url": url, "mime_type": "image/jpeg", "size_in_bytes": 48213}]


def test_atom_links_keep_their_relation_type_and_language():
    links = {link.get("rel"): dict(link.attrib) for link in FEED.findall(f"{ATOM}link")}
    assert links["self"]["href"] == SITE + "news/atom.xml"
    assert links["self"]["type"] == "application/atom+xml"
    assert links["alternate"]["href"] == SITE + "news/"
    page = FEED.find(f"{ATOM}entry").find(f"{ATOM}link[@rel='alternate']")
    assert dict(page.attrib) == {
        "href": SITE + "news/2019/techdays/",
        "rel": "alternate",
        "type": "text/html",
        "hreflang": "en",
    }


def test_atom_says_ids_dates_language_people_and_categories():
    first = FEED.find(f"{ATOM}entry")
    assert FEED.get(LANG) == "en"
    assert FEED.findtext(f"{ATOM}updated") == "2019-04-15T08:30:00+00:00"
    assert FEED.findtext(f"{ATOM}author/{ATOM}name") == "Cluster Office"
    assert first.findtext(f"{ATOM}id") == SITE + "news/2019/techdays/"
    assert first.findtext(f"{ATOM}published") == "2019-04-12T00:00:00+00:00"
    assert first.findtext(f"{ATOM}updated") == "2019-04-15T08:30:00+00:00"
    assert [name.text for name in first.findall(f"{ATOM}author/{ATOM}name")] == ["QOOT", "Serena Mingolla"]
    assert dict(first.find(f"{ATOM}category").attrib) == {
        "term": "the-next-society",
        "label": "THE NEXT SOCIETY",
        "scheme": SITE + "programmes/",
    }
    assert first.find(f"{ATOM}content").get("type") == "html"
    assert first.findtext(f"{ATOM}summary") == "AT&T isn't here; 1 < 2."


def test_json_feed_says_the_same():
    assert JSON["version"] == "https://jsonfeed.org/version/1.1"
    assert (JSON["home_page_url"], JSON["feed_url"]) == (SITE + "news/", SITE + "news/feed.json")
    item = JSON["items"][0]
    assert item["summary"] == "AT&T isn't here; 1 < 2."
    assert item["date_modified"] == "2019-04-15T08:30:00+00:00"
    assert item["authors"] == [{"name": "QOOT", "url": SITE + "clusters/qoot/"}, {"name": "Serena Mingolla"}]
    assert item["tags"] == ["THE NEXT SOCIETY", "QOOT", "agri-food"]


def test_all_three_carry_the_same_text_in_the_order_given():
    rss = [item.findtext(CONTENT) for item in RSS[0].findall("item")]
    atom = [content.text for content in FEED.iter(f"{ATOM}content")]
    assert rss == atom == [item["content_html"] for item in JSON["items"]]
    assert "Energy and environment." in rss[1]


def test_summaries_alone_when_the_settings_say_so():
    made = make([SAMPLE], BODIES, SUMMARIES)
    item = etree.fromstring(made["news/feed.xml"])[0].find("item")
    assert item.find(CONTENT) is None
    assert item.findtext("description").startswith("AT&amp;T")
    assert json.loads(made["news/feed.json"])["items"][0]["content_text"] == "AT&T isn't here; 1 < 2."


def test_xml_names_its_style_sheet_by_a_path_below_the_site():
    for name in ("feed.xml", "atom.xml"):
        style = etree.fromstring(MADE[f"news/{name}"]).getprevious()
        assert style.target == "xml-stylesheet"
        assert dict(style.attrib) == {"type": "text/css", "href": "/news/feeds/feed.css"}


def test_empty_topic_gives_valid_feeds_without_an_invented_date():
    made = make([topic()])
    channel = etree.fromstring(made["news/feed.xml"])[0]
    assert channel.find("lastBuildDate") is None
    assert etree.fromstring(made["news/atom.xml"]).findtext(f"{ATOM}updated") == "2000-01-01T00:00:00+00:00"
    assert json.loads(made["news/feed.json"])["items"] == []
    assert not feedparser.parse(made["news/feed.xml"]).bozo


def test_entry_without_body_or_summary_still_stands_in_every_feed():
    made = make([topic(entry(summary=""))])
    assert etree.fromstring(made["news/feed.xml"])[0].findtext("item/title") == "Techdays"
    assert etree.fromstring(made["news/atom.xml"]).findtext(f"{ATOM}entry/{ATOM}title") == "Techdays"
    assert json.loads(made["news/feed.json"])["items"][0]["content_text"] == "Techdays"


def test_same_values_give_the_same_bytes_again():
    assert make([SAMPLE], BODIES) == MADE


def test_arabic_entry_says_its_language_and_direction():
    arabic = entry("ar-item", title="عنقود قوت", lang="ar", url="ar/news/2019/qoot/")
    made = make([topic(arabic, lang="ar", url="ar/news/")], {"ar-item": body("<p>مرحبا</p>")})
    feed = etree.fromstring(made["ar/news/atom.xml"])
    assert feed.get(LANG) == feed.find(f"{ATOM}entry").get(LANG) == "ar"
    assert feed.findtext(f"{ATOM}entry/{ATOM}content") == '<div dir="rtl" lang="ar"><p>مرحبا</p></div>'


text = st.text(st.characters(exclude_categories=()), max_size=40)


@given(title=text, summary=text, raw=text, published=st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)))
def test_any_text_gives_well_formed_feeds_with_the_same_items(title, summary, raw, published):
    moment = published.replace(tzinfo=UTC)
    one = entry(title=title, summary=summary, day=moment.isoformat())
    part = escape(raw.encode("utf-8", "replace").decode()) if "<" not in raw else raw
    made = make([topic(one, title=title)], {"techdays": body(f"<p>{part}</p>")})
    expected = one_line(title) or "techdays"

    item = json.loads(made["news/feed.json"])["items"][0]
    assert item["title"] == expected
    assert datetime.fromisoformat(item["date_published"]) == moment
    for name, path in (("feed.xml", "channel/item/title"), ("atom.xml", f"{ATOM}entry/{ATOM}title")):
        assert etree.fromstring(made[f"news/{name}"]).findtext(path) == expected
        parsed = feedparser.parse(made[f"news/{name}"])
        assert not parsed.bozo
        assert [found.id for found in parsed.entries] == [one.id]
    told = etree.fromstring(made["news/atom.xml"]).findtext(f"{ATOM}entry/{ATOM}summary") or ""
    assert told == strip_forbidden(summary).strip()


def test_feeds_name_their_hub():
    settings = replace(SETTINGS, feeds=FeedSettings(hub="https://hub.example.eu/"))
    made = make([SAMPLE], BODIES, settings=settings)
    links = etree.fromstring(made["news/feed.xml"])[0].findall(f"{ATOM}link")
    assert [(one.get("rel"), one.get("href")) for one in links] == [
        ("self", SITE + "news/feed.xml"),
        ("hub", "https://hub.example.eu/"),
    ]
    links = etree.fromstring(made["news/atom.xml"]).findall(f"{ATOM}link")
    assert {(one.get("rel"), one.get("href")) for one in links} >= {
        ("self", SITE + "news/atom.xml"),
        ("hub", "https://hub.example.eu/"),
    }
    assert json.loads(made["news/feed.json"])["hubs"] == [
        {"type": "WebSub", "url": "https://hub.example.eu/"}
    ]
    assert feedparser.parse(made["news/feed.xml"]).bozo == 0
    assert b"hub" not in MADE["news/feed.xml"]
