"""A JSON:API export of Drupal comes over with its pictures, terms, languages and addresses."""

import json

import pytest

from clusterpress.importing.records import ImportSourceError, ImportStatus
from clusterpress.importing.sources.drupal import read_drupal
from tests.importing.project import Project, check_counts, folder_of, picture

FILE = {"type": "file--file", "id": "f1", "attributes": {"filename": "hall.jpg", "filemime": "image/jpeg", "uri": {"value": "public://2019-06/hall.jpg", "url": "/sites/default/files/2019-06/hall.jpg"}}}  # fmt: skip
MEDIA = {"type": "media--image", "id": "m1", "attributes": {"name": "Hall"}, "relationships": {"field_media_image": {"data": {"type": "file--file", "id": "f1", "meta": {"alt": "A hall"}}}}}  # fmt: skip
TERM = {"type": "taxonomy_term--tags", "id": "t1", "attributes": {"name": "QOOT"}}
OTHER = {"type": "taxonomy_term--sectors", "id": "t2", "attributes": {"name": "Food"}}
USER = {"type": "user--user", "id": "u1", "attributes": {"display_name": "Ann Example"}}


def node(number, title="", body="<p>Text</p>", kind="article", **more):
    attributes = {
        "drupal_internal__nid": number,
        "langcode": "en",
        "status": True,
        "title": title or f"Item {number}",
        "created": "2019-06-15T10:20:30+02:00",
        "path": {"alias": f"/news/item-{number}"},
        "body": {"value": body, "processed": body, "summary": ""},
    } | more
    relationships = {
        "field_image": {"data": {"type": "file--file", "id": "f1", "meta": {"alt": "Alt", "title": "Caption"}}},
        "field_tags": {"data": [{"type": "taxonomy_term--tags", "id": "t1"}, {"type": "taxonomy_term--sectors", "id": "t2"}]},
        "uid": {"data": {"type": "user--user", "id": "u1"}},
    } if number == 1 else {}  # fmt: skip
    return {
        "type": f"node--{kind}",
        "id": f"uuid-{number}",
        "attributes": attributes,
        "relationships": relationships,
    }


def build():
    nodes = [
        node(1, "First: with a colon", '<p>See <a href="/node/2">two</a> and <a href="/news/item-3#x">three</a>.</p><img src="/sites/default/files/2019-06/hall.jpg" alt="Hall" data-caption="In caption" />'),
        node(2, "Media", '<p>Text</p><drupal-media data-entity-type="media" data-entity-uuid="m1" data-caption="Big"></drupal-media>'),
        node(3, status=False),
        node(4, "Titre", langcode="fr", drupal_internal__nid=5, path={"alias": "/nouvelles/titre"}),
        node(5, "Title", path={"alias": None}),
        node(6, "About", kind="page", path={"alias": "/about/team"}),
        node(7, "Event", kind="recipe"),
        node(8, "مرحبا", path={"alias": None}),
        node(9, "Summary", body="<p>B</p>", sticky=True) | {},
    ]  # fmt: skip
    nodes += [node(number) for number in range(20, 45)]
    first = {
        "data": nodes[:10],
        "included": [FILE, MEDIA, TERM],
        "links": {"self": {"href": "https://old.example/jsonapi"}},
    }
    second = {
        "data": nodes[10:],
        "included": [OTHER, USER],
        "links": {"next": {"href": "https://old.example/jsonapi?page=3"}},
    }
    return json.dumps([first, second], ensure_ascii=False, indent=1).encode()


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "site")


@pytest.fixture
def media(tmp_path):
    return folder_of(tmp_path / "files", {"2019-06/hall.jpg": picture()})


def export():
    return read_drupal(build(), "nodes.json")


def test_the_export_comes_over_builds_and_comes_over_only_once(project, media):
    report = project.bring(export(), media)
    check_counts(report, 33)
    assert report.counts[ImportStatus.NEW] == 33
    project.built_with_everything()
    before = project.files()
    assert project.bring(export(), media).is_idle
    assert project.files() == before


def test_a_node_reads_like_one_of_ours(project, media):
    project.bring(export(), media)
    assert project.read("content/news/2019/item-1.md", ".") == (
        "---\n"
        'title: "First: with a colon"\n'
        "date: 2019-06-15 10:20\n"
        "author: [Ann Example]\n"
        "cluster: [qoot]\n"
        "image:\n  src: /sites/default/files/2019-06/hall.jpg\n  alt: Alt\n  caption: Caption\n"
        "tags: [Food]\n"
        "aliases: [/news/item-1, /node/1]\n"
        "id: urn:uuid:uuid-1\n"
        "---\n"
        "See [two](item-2.md) and three.\n\n"
        '![Hall](/sites/default/files/2019-06/hall.jpg "In caption")\n'
    )


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("content/news/2019/item-2.md", '![A hall](/sites/default/files/2019-06/hall.jpg "Big")'),
        ("content/news/2019/item-3.md", "draft: true"),
        ("content/news/2019/titre.fr.md", "translation_of: title"),
        ("content/news/2019/titre.fr.md", "aliases: [/nouvelles/titre, /fr/nouvelles/titre, /fr/node/5]"),
        ("content/pages/about/team.md", "path: /about/team/"),
        ("content/news/2019/item-9.md", "pinned: true"),
    ],
)
def test_oddities_have_their_place(project, media, path, line):
    project.bring(export(), media)
    assert line in project.read(path, ".").splitlines()


def test_files_that_are_not_there_keep_their_old_address(project):
    body = '<p><a href="/sites/default/files/a.pdf">Plan</a> <img src="/sites/default/files/b.png" alt="Hall"></p>'
    raw = json.dumps(
        {"data": [node(1, body=body)], "links": {"self": {"href": "https://old.example/jsonapi"}}}
    )
    report = project.bring(read_drupal(raw.encode(), "n.json"))
    text = project.read("content/news/2019/item-1.md", ".")
    assert "[Plan](https://old.example/sites/default/files/a.pdf)" in text
    assert "[Hall](https://old.example/sites/default/files/b.png)" in text
    assert sum(one.path.endswith("item-1.md") for one in report.warnings) >= 2


def test_what_is_left_out_and_missing_is_named_with_its_line(project, media):
    report = project.bring(export(), media)
    (event,) = [left for left in report.skipped if left.what == 'recipe "Event"']
    assert "--also recipe:news" in event.why
    assert '"uuid-7"' in build().decode().splitlines()[event.line - 1]
    assert any("next page" in warning.message and "page=3" in warning.hint for warning in report.warnings)


@pytest.mark.parametrize("raw", [b"{", b"[]x", b'{"data": 3}', b'{"items": []}'])
def test_what_is_no_export_is_refused(raw):
    with pytest.raises(ImportSourceError):
        read_drupal(raw, "x.json")


@pytest.mark.parametrize(
    ("created", "date"),
    [("2019-12-31T23:30:00+00:00", "2020-01-01 00:30"), ("2019-07-01T10:00:00+02:00", "2019-07-01 10:00"),
     ("2019-07-01", "2019-07-01")],
)  # fmt: skip
def test_times_in_utc_are_converted_to_the_zone_of_the_site(project, created, date):
    raw = json.dumps({"data": [node(1, "One", created=created)]}).encode()
    project.bring(read_drupal(raw, "x.json"))
    (written,) = [content.decode() for path, content in project.files().items() if "/news/" in path]
    assert f"date: {date}\n" in written
