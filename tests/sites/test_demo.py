"""The demo site, built whole at the root and under a sub-path: every promise of the source material is visible."""

import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree as ET

import feedparser
import icalendar
import pytest
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from tests.sites.demo import copy_demo
from tests.sites.small_site import Site

pytestmark = pytest.mark.slow
PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module", params=["", "sub/press/"], ids=["root", "sub-path"])
def demo(request, tmp_path_factory):
    """Return (output folder, address) of the demo, built at the root or under a sub-path."""
    root = tmp_path_factory.mktemp("demo")
    address = f"https://clusters.example.eu/{request.param}"
    copy_demo(root, url=address, light=True)
    result = Site.at(root).build()
    assert [str(problem) for problem in result.problems] == []
    return root / "site", address


def pages(folder):
    return sorted(folder.rglob("*.html"))


def parsed(path):
    return LexborHTMLParser(path.read_text(encoding="utf-8"))


def address_of(page, folder, base):
    return base + page.relative_to(folder).as_posix().removesuffix("index.html")


def test_every_link_stays_inside_and_leads_somewhere(demo):
    folder, base = demo
    broken = []
    drawings = folder.rglob("*.svg")
    ids = {page: {node.id for node in parsed(page).css("[id]")} for page in (*pages(folder), *drawings)}
    for page in pages(folder):
        here = address_of(page, folder, base)
        for node in parsed(page).css("[href], [src]"):
            target = urljoin(here, node.attributes.get("href") or node.attributes.get("src") or "")
            if not target.startswith("https://clusters.example.eu/"):
                continue
            address, _, fragment = target.partition("#")
            path = address.partition("?")[0]
            file = folder / unquote(path.removeprefix(base)) if path.startswith(base) else None
            if file and file.is_dir():
                file /= "index.html"
            if (
                file is None
                or not file.is_file()
                or (fragment and unquote(fragment) not in ids.get(file, ()))
            ):
                broken.append((page.relative_to(folder).as_posix(), target))
    assert broken == []


def test_nothing_is_loaded_from_a_third_party(demo):
    folder, home = demo
    loaded = [
        (page.name, node.attributes.get(name))
        for page in pages(folder)
        if page.name != "email.html"  # a mail's pictures are hosted by the site itself
        for name, query in (
            ("src", "[src]"),
            ("href", "link[rel~=stylesheet], link[rel=preload], link[rel=icon]"),
        )
        for node in parsed(page).css(query)
        if "//" in (address := node.attributes.get(name) or "") and not address.startswith(home)
    ]
    assert loaded == []
    for style in folder.rglob("*.css"):
        assert not re.search(r"url\(\s*[\"']?(https?:)?//", style.read_text(encoding="utf-8")), style


def test_every_page_has_one_heading_a_title_and_a_language(demo):
    folder, _ = demo
    for page in pages(folder):
        tree = parsed(page)
        if tree.css_first("meta[http-equiv=refresh]"):
            continue
        assert len(tree.css("h1")) == 1, page
        assert tree.css_first("title").text(strip=True)
        assert tree.css_first("html").attributes["lang"] in ("en", "fr", "ar")


def test_the_standfirst_is_not_printed_twice(demo):
    folder, _ = demo
    page = parsed(folder / "news/2019/italy-benchmarking-visit/index.html").css_first("main").text()
    assert page.count("Five days of benchmarking and training took QOOT to Italy") == 1


def test_the_hashtag_at_a_line_start_is_text(demo):
    folder, _ = demo
    tree = parsed(folder / "news/2019/techdays-casablanca/index.html")
    assert not any("#TechDays is a new word" in h.text() for h in tree.css("h1, h2, h3"))
    assert "#TechDays is a new word" in tree.css_first("main").text()


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (
            "news/2019/italy-benchmarking-visit",
            ["About the author", "EUR 7.8 million", "up to 90 %", "Berytech"],
        ),
        ("news/2014/eccl-pilot-training-lille", ["Serena Mingolla", "Follow"]),
        ("news/2021/clusterxchange-final-webinar", ["Submitted by", "Imogen Allan", "15 November 2021"]),
        ("partners/milano-metropoli", ["PP8", "WP4 leader", "+39 224126540", "Via Venezia 23"]),
        ("events/exchange-forum-milan", ["beginning of April 2012"]),
        ("feeds", ["feed.xml", "events.ics"]),
    ],
)
def test_what_the_publications_show_is_there(demo, page, words):
    folder, _ = demo
    text = unescape(parsed(folder / page / "index.html").css_first("main").text())
    for word in words:
        assert word in text, word


def test_the_arabic_item_runs_from_right_to_left(demo):
    folder, _ = demo
    (page,) = (folder / "ar/news/2019").glob("*/index.html")
    attributes = parsed(page).css_first("html").attributes
    assert (attributes["lang"], attributes["dir"]) == ("ar", "rtl")


def test_every_feed_is_well_formed_with_absolute_addresses(demo):
    folder, base = demo
    feeds = [*folder.rglob("feed.xml"), *folder.rglob("atom.xml")]
    assert len(feeds) > 100
    for path in feeds:
        found = feedparser.parse(path.read_bytes())
        assert not found.bozo, (path, found.get("bozo_exception"))
        assert all(entry.link.startswith(base) for entry in found.entries)
        ids = [entry.id for entry in found.entries]
        assert len(ids) == len(set(ids))
        content = " ".join(part.value for entry in found.entries for part in entry.get("content", ()))
        assert not re.search(r'(?:href|src)="(?!https?:|mailto:|tel:)', content), path
    for path in folder.rglob("feed.json"):
        feed = json.loads(path.read_text(encoding="utf-8"))
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert all(item["url"].startswith(base) for item in feed["items"])


def test_enclosures_tell_the_true_length(demo):
    folder, base = demo
    enclosures = [
        e for entry in feedparser.parse((folder / "feed.xml").read_bytes()).entries for e in entry.enclosures
    ]
    assert enclosures
    for enclosure in enclosures:
        file = folder / enclosure.href.removeprefix(base)
        assert file.stat().st_size == int(enclosure.length)


def test_pages_point_to_their_own_feeds(demo):
    folder, base = demo
    tree = parsed(folder / "clusters/qoot/index.html")
    links = [node.attributes["href"] for node in tree.css("link[type='application/rss+xml']")]
    assert urlsplit(base).path + "clusters/qoot/feed.xml" in links


def test_calendars_hold_the_exact_events_and_leave_out_the_fuzzy_ones(demo):
    folder, _ = demo
    calendar = icalendar.Calendar.from_ical((folder / "events.ics").read_bytes())
    places = {str(event.get("location", "")) for event in calendar.walk("VEVENT")}
    listed = parsed(folder / "events/index.html").css_first("main").text()
    fuzzy = "beginning of April 2012"
    assert fuzzy in listed
    dates = {(str(e.decoded("dtstart")), str(e.decoded("dtend"))) for e in calendar.walk("VEVENT")}
    assert ("2012-02-21", "2012-02-23") in dates
    assert any("Linz" in place for place in places)
    assert not any(start.startswith(("2012-04", "2012-06")) for start, _ in dates)


def test_pictures_carry_no_metadata(demo):
    folder, _ = demo
    pictures = [path for path in folder.rglob("*") if path.suffix in (".jpg", ".png", ".webp")]
    assert pictures
    for path in pictures:
        with Image.open(path) as picture:
            assert not picture.getexif()
            assert not picture.info.keys() & {"exif", "xmp", "XML:com.adobe.xmp", "Comment"}


def test_the_sitemap_lists_every_page_that_may_be_found(demo):
    folder, base = demo
    tree = ET.parse(folder / "sitemap.xml")
    listed = {node.text for node in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    built = {
        address_of(page, folder, base)
        for page in pages(folder)
        if page.name != "404.html"
        and not parsed(page).css_first("meta[name=robots], meta[http-equiv=refresh]")
    }
    assert listed == built


def test_old_addresses_lead_to_the_new_one(demo):
    folder, base = demo
    page = (folder / "2019/04/techdays/index.html").read_text(encoding="utf-8")
    assert f"{base}news/2019/techdays-casablanca/" in page
    assert "noindex" in page


def test_structured_data_cannot_break_out_of_its_element(demo):
    folder, base = demo
    described = {}
    for page in pages(folder):
        scripts = parsed(page).css("script[type='application/ld+json']")
        described[address_of(page, folder, base)] = [json.loads(script.text()) for script in scripts]
    for url in re.findall(r"<loc>(.*?)</loc>", (folder / "sitemap.xml").read_text(encoding="utf-8")):
        assert len(described[unescape(url)]) == 1, url
