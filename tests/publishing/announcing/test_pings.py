"""Hubs and search engines are told what an upload changed, and nothing else; what fails is a warning."""

import json
from functools import partial
from urllib.parse import parse_qs

import pytest
from msgspec.structs import replace

from clusterpress.config.announcing import IndexNowSettings
from clusterpress.config.settings import FeedSettings, Settings
from clusterpress.publishing.announcing.pings import changed_feeds, changed_pages, ping_hub, send_pings
from clusterpress.publishing.changes import Changes
from clusterpress.publishing.files import SiteFile
from tests.publishing.announcing.stand_ins import Service, serving

KEY = "0123456789abcdef"
SITE = Settings(name="x", url="https://x.eu/news/")
NOINDEX = b'<!doctype html><meta name="robots" content="noindex">'
MOVED = b'<!doctype html>\n<title>Moved</title>\n<meta http-equiv="refresh" content="0; url=/news/a/">\n'
CONTENT = {"hidden/index.html": NOINDEX, "old/index.html": MOVED}
CHANGES = Changes(
    new=(
        "a/index.html",
        "feed.xml",
        "programmes/c/feed.json",
        "hidden/index.html",
        "embed/c/index.html",
        "a/é.html",
    ),
    changed=("index.html", "atom.xml", "sitemap.xml", "old/index.html", "404.html", "index.html.gz"),
    removed=("gone/index.html", "tags/x/feed.xml"),
    unchanged=3,
)
FILES = {
    path: SiteFile("d", partial(CONTENT.get, path, b"<!doctype html>"))
    for path in (*CHANGES.new, *CHANGES.changed)
}


@pytest.fixture
def service():
    there = Service()
    with serving(there) as address:
        there.url = address
        yield there


def told(settings, changes=CHANGES):
    warnings = []
    return [*send_pings(settings, changes, FILES, warnings.append)], warnings


def test_only_feeds_that_are_there_and_changed_are_told():
    assert changed_feeds(CHANGES, SITE) == (
        "https://x.eu/news/atom.xml",
        "https://x.eu/news/feed.xml",
        "https://x.eu/news/programmes/c/feed.json",
    )


def test_only_pages_that_search_engines_may_list_are_told():
    assert changed_pages(CHANGES, FILES, SITE) == (
        "https://x.eu/news/",
        "https://x.eu/news/a/",
        "https://x.eu/news/a/%C3%A9.html",
        "https://x.eu/news/gone/",
    )


def test_nobody_is_told_by_default():
    assert told(SITE) == ([], [])


def test_a_hub_gets_the_form_that_hubs_take(service):
    settings = replace(SITE, feeds=FeedSettings(hub=f"{service.url}/hub?x=1"))
    assert told(settings) == (["the hub was told of 3 feeds"], [])
    ((method, path, headers, body),) = service.asked
    assert (method, path) == ("POST", "/hub?x=1")
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert parse_qs(body.decode()) == {"hub.mode": ["publish"], "hub.url": [*changed_feeds(CHANGES, SITE)]}


def test_a_hub_is_told_of_many_feeds_in_several_requests(service):
    ping_hub(service.url, [f"https://x.eu/{n}/feed.xml" for n in range(250)])
    assert [len(parse_qs(body.decode())["hub.url"]) for *_, body in service.asked] == [100, 100, 50]


def test_search_engines_get_key_and_addresses(service):
    settings = replace(SITE, index_now=IndexNowSettings(key=KEY, endpoint=f"{service.url}/indexnow"))
    assert told(settings) == (["search engines were told of 4 pages"], [])
    ((method, path, _, body),) = service.asked
    assert (method, path) == ("POST", "/indexnow")
    assert json.loads(body) == {
        "host": "x.eu",
        "key": KEY,
        "keyLocation": f"https://x.eu/news/{KEY}.txt",
        "urlList": [*changed_pages(CHANGES, FILES, SITE)],
    }


def test_nothing_changed_means_nothing_told(service):
    settings = replace(
        SITE, feeds=FeedSettings(hub=service.url), index_now=IndexNowSettings(key=KEY, endpoint=service.url)
    )
    assert told(settings, Changes(new=(), changed=("media/a.png",), removed=(), unchanged=1)) == ([], [])
    assert service.asked == []


@pytest.mark.parametrize(
    ("status", "answer", "words"),
    [
        (
            403,
            {"message": f"the key {KEY} is not there"},
            "IndexNow does not let this key do that (403): the key … is not",
        ),
        (500, b"oops", "IndexNow has a fault of its own (500)"),
    ],
)
def test_a_refusal_is_a_warning_without_the_key(service, status, answer, words):
    service.answers = [(status, answer)]
    settings = replace(SITE, index_now=IndexNowSettings(key=KEY, endpoint=service.url))
    said, (warning,) = told(settings)
    assert said == []
    assert warning.startswith(words)
    assert warning.endswith("(the site is published)")
    assert KEY not in warning


def test_one_that_cannot_be_reached_keeps_no_other_from_being_told(service):
    settings = replace(
        SITE,
        feeds=FeedSettings(hub="http://127.0.0.1:9/"),
        index_now=IndexNowSettings(key=KEY, endpoint=service.url),
    )
    said, (warning,) = told(settings)
    assert said == ["search engines were told of 4 pages"]
    assert "the hub at 127.0.0.1:9 cannot be reached" in warning
