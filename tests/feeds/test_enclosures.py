"""Sound, film and documents of an item are offered by all feeds, with their types and lengths."""

import json
import re

import pytest
from lxml import etree

from tests.sites.small_site import PICTURE_BYTES, Site

pytestmark = pytest.mark.slow
CONFIG = "name: S\nurl: https://example.eu/sub/\nsearch: false\n"
HEAD = "---\ntitle: T\ndate: 2021-02-01\n{keys}---\n"
ITEMS = {
    "player": HEAD.format(keys="") + '<audio controls src="talk one.mp3">Talk</audio>\n',
    "source": HEAD.format(keys="") + '<video controls><source src="/film.mp4" type="video/mp4"></video>\n',
    "link": HEAD.format(keys="image: {src: dot.png, alt: Dot}\n") + "[The talk](talk%20one.mp3)\n",
    "more": HEAD.format(keys="more: [{label: Film, url: /film.mp4}]\n") + "Text.\n",
    "key": HEAD.format(keys="audio: talk one.mp3\n") + "Text.\n",
    "file": HEAD.format(keys="more: [{label: Talk, url: talk%20one.mp3}]\n") + "Text.\n",
    "document": HEAD.format(keys="") + "[Agenda](agenda.docx) and [list](list.xlsx)\n",
}
EXPECTED = {
    "player": ("audio/mpeg", 7),
    "source": ("video/mp4", 11),
    "link": ("audio/mpeg", 7),
    "more": ("video/mp4", 11),
    "key": ("audio/mpeg", 7),
    "file": ("audio/mpeg", 7),
    "document": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", 5),
}


def site(root, name):
    files = {
        "content/news/talk one.mp3": b"ID3talk",
        "content/static/film.mp4": b"twelve - one",
        "content/news/agenda.docx": b"PK-12",
        "content/news/list.xlsx": b"PK",
        "content/news/dot.png": PICTURE_BYTES,
        "content/news/t.md": ITEMS[name],
    }
    project = Site(root, files | {"content/static/film.mp4": b"eleven byte"})
    project.write("site_config.yml", CONFIG)
    return project


def enclosures(project):
    rss = [dict(one.attrib) for one in etree.fromstring(project.read("feed.xml").encode()).iter("enclosure")]
    atom = [
        dict(one.attrib)
        for one in etree.fromstring(project.read("atom.xml").encode()).findall(".//{*}link[@rel='enclosure']")
    ]
    return rss, atom, json.loads(project.read("feed.json"))["items"][0].get("attachments", [])


@pytest.mark.parametrize("name", ITEMS)
def test_every_way_to_offer_a_file_reaches_all_feeds(tmp_path, name):
    project = site(tmp_path, name)
    result = project.build()
    assert not [one for one in result.problems if str(one.severity) == "error"]
    kind, length = EXPECTED[name]
    (rss,), atom, attachments = enclosures(project)
    assert (rss["type"], rss["length"]) == (kind, str(length))
    assert (
        project.root / "site" / rss["url"].removeprefix("https://example.eu/sub/")
    ).stat().st_size == length
    assert (atom[0]["href"], atom[0]["type"], atom[0]["length"]) == (rss["url"], kind, str(length))
    assert attachments[0] == {"url": rss["url"], "mime_type": kind, "size_in_bytes": length}
    assert len(atom) == (2 if name == "document" else 1)
    assert len(attachments) == (2 if name in ("link", "document") else 1)  # the picture, too


def test_a_longer_file_at_the_same_address_gets_its_new_length(tmp_path):
    project = site(tmp_path, "source")
    project.build()
    project.write("content/static/film.mp4", b"a longer film")
    project.build()
    assert {one["length"] for feed in enclosures(project)[:2] for one in feed} == {"13"}


def test_the_key_audio_puts_a_player_on_the_page_and_a_link_for_other_sites(tmp_path):
    project = site(tmp_path, "key")
    project.remove("content/news/agenda.docx")
    project.build()
    (src,) = re.findall(
        r'<audio controls preload="none" src="([^"]+)">', project.read("news/2021/t/index.html")
    )
    assert (project.root / "site" / src.removeprefix("/sub/")).read_bytes() == b"ID3talk"
    project.write("content/news/t.md", HEAD.format(keys="audio: /film.mp4\n") + "Text.\n")
    assert not project.build().problems
    assert '<video controls preload="none" src="/sub/film.mp4">' in project.read("news/2021/t/index.html")
    project.write(
        "content/news/t.md", HEAD.format(keys="audio: https://cast.example.org/e/1.mp3\n") + "Text.\n"
    )
    assert not project.build().problems
    page = project.read("news/2021/t/index.html")
    assert "<audio" not in page
    assert re.search(r'<a[^>]* href="https://cast.example.org/e/1.mp3"[^>]*>1.mp3', page)
    project.write("content/news/t.md", HEAD.format(keys="audio: gone.mp3\n") + "Text.\n")
    (problem,) = project.build().problems
    assert (problem.rule, problem.line, problem.field) == ("dead-link", 4, "audio")
