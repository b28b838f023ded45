"""Feeds in three formats give the same items, from a file or from a server."""

import json
import re
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from clusterpress.importing.inventory import Use
from clusterpress.importing.records import ImportSourceError, ImportStatus
from clusterpress.importing.sources.feeds import fetch, read_feed
from clusterpress.importing.sources.times import time_of
from tests.importing.project import Project, check_counts, folder_of, picture

TEXT = '<p>Text {n} with <b>bold</b> and <a href="/2019/06/item-1/">a link</a>.</p><img src="/img/a-300x200.jpg" alt="A">'


def rss(count=30):
    items = "".join(
        f"<item><title>Item {n} &amp;amp; more</title><link>https://old.example/2019/06/item-{n}/</link>"
        f'<guid isPermaLink="false">old-{n}</guid><pubDate>Sat, 15 Jun 2019 {n % 24:02}:30:00 GMT</pubDate>'
        f"<dc:creator>Ann Example</dc:creator><category>THE NEXT SOCIETY</category><category>food</category>"
        f"<description>Short {n}. [&#8230;]</description>"
        f"<content:encoded><![CDATA[{TEXT.format(n=n)}]]></content:encoded>"
        f'<enclosure url="https://old.example/img/a.jpg" type="image/jpeg" length="1"/></item>'
        for n in range(1, count + 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Old</title>'
        f"<link>https://old.example/</link><description>d</description>{items}</channel></rss>"
    ).encode()


def atom():
    return (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>Old</title><id>x</id><updated>2019-06-15T10:00:00Z</updated>'
        b"<entry><title>Item 1</title><id>tag:old,1</id><updated>2019-06-15T10:00:00Z</updated>"
        b'<link href="https://old.example/a/item-1"/><author><name>Ann</name></author>'
        b'<content type="html">&lt;p&gt;Text&lt;/p&gt;</content></entry></feed>'
    )


def json_feed():
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Old",
            "items": [
                {"id": "1", "url": "https://old.example/a/", "title": "Item 1", "content_html": "<p>Text</p>", "date_published": "2019-06-15T10:00:00+02:00", "authors": [{"name": "Ann"}], "tags": ["food"], "attachments": [{"url": "https://old.example/a.pdf", "mime_type": "application/pdf"}]},
                {"id": "2", "content_text": "A note <without> a title.\n\nAnd no date."},
            ],
        }
    ).encode()  # fmt: skip


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "site")


def test_a_feed_comes_over_builds_and_comes_over_only_once(project, tmp_path):
    media = folder_of(tmp_path / "old", {"img/a.jpg": picture()})
    report = project.bring(read_feed(rss(), "feed.xml", "Europe/Brussels"), media)
    check_counts(report, 30)
    project.built_with_everything()
    before = project.files()
    assert project.bring(read_feed(rss(), "feed.xml", "Europe/Brussels"), media).is_idle
    assert project.files() == before
    assert project.read("content/news/2019/item-2.md", ".") == (
        "---\n"
        "title: Item 2 & more\n"
        "date: 2019-06-15 04:30\n"
        "author: [Ann Example]\n"
        "programme: [the-next-society]\n"
        "summary: Short 2. …\n"
        "image:\n  src: /img/a.jpg\n"
        "tags: [food]\n"
        "aliases: [/2019/06/item-2/]\n"
        "id: old-2\n"
        "---\n"
        "Text 2 with **bold** and [a link](item-1.md).\n\n"
        "![A](/img/a.jpg)\n"
    )


def test_recordings_and_films_of_a_feed_are_links_and_players(project):
    body = '<audio src="https://old.example/ep.mp3"></audio><iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>'
    enclosure = '<enclosure url="https://old.example/ep2.mp3" type="audio/mpeg" length="1"/>'
    feed = (
        rss(1)
        .decode()
        .replace("<p>Text 1", f"{body}<p>Text 1")
        .replace("<enclosure", f"{enclosure}<enclosure")
    )
    project.bring(read_feed(feed.encode(), "feed.xml", "UTC"))
    text = project.read("content/news/2019/item-1.md", ".")
    assert "[ep.mp3](https://old.example/ep.mp3)" in text
    assert "[youtube.com](https://www.youtube.com/watch?v=abcdefghijk){.embed}" in text
    assert '{label: ep2.mp3, url: "https://old.example/ep2.mp3"}' in text or "label: ep2.mp3" in text


def test_fields_of_a_feed_without_a_key_here_are_named(project):
    feed = (
        rss(2)
        .decode()
        .replace("<guid", "<geo:lat xmlns:geo='http://www.w3.org/2003/01/geo/wgs84_pos#'>45.2</geo:lat><guid")
    )
    report = project.bring(read_feed(feed.encode(), "feed.xml", "UTC"))
    rows = {row.name: (row.use, row.count) for row in report.inventory if row.sort == "field"}
    assert [name for name, (use, _) in rows.items() if use is Use.LEFT_OUT] == ["geo_lat"]
    assert rows["title"] == (Use.CARRIED, 2)
    raw = json.loads(json_feed()) | {"title": "T"}
    raw["items"][0]["mood"] = "sunny"
    named = read_feed(json.dumps(raw).encode(), "f.json", "UTC").inventory
    assert [row.name for row in named if row.use is Use.LEFT_OUT] == ["mood"]


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "utf-16"])
def test_bytes_decide_the_encoding_of_a_feed(project, encoding):
    raw = rss(1).decode().replace("Text 1", "Größe").encode(encoding)
    project.bring(read_feed(raw, "feed.xml", "UTC"))
    assert "Größe" in project.read("content/news/2019/item-1.md", ".")


def test_without_a_folder_pictures_are_reported_not_fetched(project):
    report = project.bring(read_feed(rss(1), "feed.xml", "UTC"))
    assert "[A](https://old.example/img/a-300x200.jpg)" in project.read("content/news/2019/item-1.md", ".")
    assert sum("--media" in warning.hint for warning in report.warnings) == 2
    assert report.copied == ()


@pytest.mark.parametrize(("raw", "date"), [(atom(), "2019-06-15 12:00"), (json_feed(), "2019-06-15 10:00")])
def test_atom_and_json_feed_are_read_alike(project, raw, date):
    report = project.bring(read_feed(raw, "feed", "Europe/Brussels"))
    text = project.read(report.outcomes[0].path, ".")
    assert "title: Item 1\n" in text
    assert f"date: {date}\n" in text
    assert "author: [Ann]\n" in text
    assert text.endswith("---\nText\n")


def test_an_entry_without_title_and_date_is_a_draft_with_warnings(project):
    report = project.bring(read_feed(json_feed(), "feed", "UTC"))
    text = project.read(report.outcomes[1].path, ".")
    assert "title: A note <without> a title\n" in text
    assert "draft: true\n" in text
    assert "A note &lt;without> a title.\n\nAnd no date.\n" in text
    assert report.counts[ImportStatus.NEW] == 2


@pytest.mark.parametrize(
    "date", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "-0001-01-01T00:00:00Z", "0000-00-00"]
)
def test_a_date_that_no_calendar_has_is_a_missing_date(project, date):
    raw = atom().replace(b"2019-06-15T10:00:00Z</updated><link", b"</updated><link")
    raw = raw.replace(
        b"<id>tag:old,1</id><updated>2019-06-15T10:00:00Z", f"<id>tag:old,1</id><updated>{date}".encode()
    )
    report = project.bring(read_feed(raw, "feed", "UTC"))
    assert "draft: true\n" in project.read(report.outcomes[0].path, ".")


@pytest.mark.parametrize(
    ("seconds", "year"), [(0, 1970), (1560592800, 2019), (-(10**11), None), (10**12, None), (-(10**9), 1938)]
)
def test_seconds_are_a_time_while_there_is_a_calendar(seconds, year):
    found = time_of(seconds)
    assert (found.year if found else None) == year


@pytest.mark.parametrize("raw", [b"<html><body>No feed</body></html>", b"", b"{}", b"{broken"])
def test_what_is_no_feed_is_refused(raw):
    with pytest.raises(ImportSourceError):
        read_feed(raw, "x", "UTC")


class _Server(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/feed.xml" else 404)
        self.end_headers()
        self.wfile.write(rss(2) if self.path == "/feed.xml" else b"")

    def log_message(self, *_):
        pass


@pytest.fixture
def address():
    server = HTTPServer(("127.0.0.1", 0), _Server)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_feed_is_fetched_from_its_address(address):
    assert len(read_feed(fetch(f"{address}/feed.xml"), "x", "UTC").records) == 2


@pytest.mark.parametrize("wrong", ["/gone.xml", ":1/"])
def test_an_address_that_does_not_answer_is_an_error_of_the_system(address, wrong):
    base = address if wrong.startswith("/") else "http://127.0.0.1"
    with pytest.raises(OSError, match=r".+"):
        fetch(base + wrong)


def test_only_http_is_fetched(tmp_path):
    (tmp_path / "feed.xml").write_bytes(rss(1))
    with pytest.raises(OSError, match="unknown url type"):
        fetch((tmp_path / "feed.xml").as_uri())


def variants():
    """Yield feeds in which one element after the other is empty, gone, doubled or without attributes."""
    rich_atom = atom().replace(
        b"</entry>",
        b'<summary>Short</summary><category term="a"/><link rel="enclosure" href="e.mp3"/></entry>',
    )
    for feed in (rss(1), rich_atom):
        for name in sorted(set(re.findall(rb"<([\w:]+)", feed)) - {b"rss", b"feed", b"channel"}):
            tag = re.escape(name)
            yield re.sub(rb"<%s\b[^>]*>.*?</%s>" % (tag, tag), b"<%s/>" % name, feed, flags=re.DOTALL)
            yield re.sub(rb"<%s\b[^>]*?(/?)>" % tag, rb"<%s\1>" % name, feed)
            yield re.sub(rb"</?%s\b[^>]*>" % tag, b"", feed)
            yield re.sub(rb"(<%s\b[^>]*>)" % tag, rb"\1<b>", feed)
            yield re.sub(rb"(<%s\b)" % tag, rb"\1 type='xhtml' src='x' ", feed)


def test_no_element_that_is_empty_gone_or_odd_ends_an_import(project):
    tried = 0
    for number, feed in enumerate(variants()):
        try:
            found = read_feed(feed, "feed.xml", "UTC")
        except ImportSourceError:
            continue
        for record in found.records:
            assert isinstance(record.text, str)
            assert all(
                isinstance(one, str) for one in (record.identity, record.base, record.lang, record.stem)
            )
        if number % 5 == 0:  # one that is empty
            project.bring(found, is_dry=True)
        tried += 1
    assert tried > 60
