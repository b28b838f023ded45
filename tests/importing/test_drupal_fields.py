"""Fields, media and paragraphs of Drupal, one at a time."""

import json

import pytest

from clusterpress.importing.inventory import Use
from clusterpress.importing.sources.drupal import read_drupal
from clusterpress.importing.texts.html import to_markdown
from tests.importing.test_html import Anywhere

FILE = {
    "type": "file--file",
    "id": "f",
    "attributes": {
        "filename": "plan.pdf",
        "filemime": "application/pdf",
        "uri": {"value": "public://plan.pdf"},
    },
}
FILM = {
    "type": "media--remote_video",
    "id": "v",
    "attributes": {"name": "The day", "field_media_oembed_video": "https://youtu.be/abcdefghijk"},
}


def read(fields=None, relations=None, included=(), kind="article"):
    node = {
        "type": f"node--{kind}",
        "id": "n",
        "attributes": {
            "title": "T",
            "langcode": "en",
            "created": "2021-05-04T08:20:30+00:00",
            "status": True,
            **(fields or {}),
        },
        "relationships": {key: {"data": value} for key, value in (relations or {}).items()},
    }
    export = read_drupal(json.dumps({"data": [node], "included": list(included)}).encode(), "n.json")
    return export.records[0], export


def text(*arguments, **options):
    return to_markdown(read(*arguments, **options)[0].text, Anywhere())


def body(html):
    return {"value": html, "processed": html}


@pytest.mark.parametrize(
    ("fields", "kind", "key", "value"),
    [
        ({"field_lead": body("<p>A <b>lead</b></p>")}, "article", "summary", "A lead"),
        ({"field_subtitle": "Second line"}, "article", "summary", "Second line"),
        (
            {"field_links": [{"uri": "internal:/about", "title": "About"}]},
            "article",
            "more",
            [{"label": "About", "url": "/about"}],
        ),
        ({"field_dates": [{"value": "2026-05-01", "end_value": "2026-05-03"}]}, "event", "end", "2026-05-03"),
        ({"field_when": {"value": "2026-05-01"}}, "event", "start", "2026-05-01"),
        ({"field_location": "Linz"}, "event", "place", "Linz"),
        ({"field_is_online": True}, "event", "online", "true"),
        ({"field_organiser": "The Agency, The Town"}, "event", "organiser", ["The Agency", "The Town"]),
        ({"field_job_title": "Head"}, "person", "role", "Head"),
        ({"field_website": {"uri": "https://x.eu/"}}, "partner", "url", "https://x.eu/"),
        ({"field_address": {"locality": "Linz", "country_code": "AT"}}, "cluster", "city", "Linz"),
    ],
)
def test_fields_are_read_by_name_and_form(fields, kind, key, value):
    record, export = read(fields, kind=kind)
    assert record.values[key] == value
    assert not [row for row in export.inventory if row.use is Use.LEFT_OUT]


def test_times_are_exact():
    record, _ = read({"field_dates": {"value": 1788105600, "end_value": 1788112800}}, kind="event")
    assert record.moments["start"].isoformat() == "2026-08-30T16:00:00+00:00"
    assert record.moments["date"].isoformat() == "2021-05-04T08:20:30+00:00"


@pytest.mark.parametrize(
    ("fields", "relations", "markdown"),
    [
        ({"field_more_text": body("<p>More</p>")}, {}, "More\n"),
        ({"field_notes": ["One note", "Two notes"]}, {}, "One note\n\nTwo notes\n"),
        ({"field_video": {"uri": "https://vimeo.com/12345", "title": "Film"}}, {}, "[Film](https://vimeo.com/12345){.embed}\n"),
        ({}, {"field_file": {"type": "file--file", "id": "f"}}, "[plan.pdf](/sites/default/files/plan.pdf)\n"),
        ({}, {"field_media": {"type": "media--remote_video", "id": "v"}}, "[The day](https://youtu.be/abcdefghijk){.embed}\n"),
        ({"body": "Plain\n\ntext"}, {}, "Plain\n\ntext\n"),
        ({"body": [{"value": "<p>In a list</p>"}]}, {}, "In a list\n"),
        ({"body": body('<p>x</p>[[{"fid":"1","view_mode":"default"}]]')}, {}, "x\n"),
        (
            {}, {"field_parts": [{"type": "paragraph--box", "id": "p"}]},
            "### Head\n\nWords\n\n[Go](https://x.eu/)\n\n[The day](https://youtu.be/abcdefghijk){.embed}\n",
        ),
    ],
)  # fmt: skip
def test_what_a_page_showed_is_in_the_text(fields, relations, markdown):
    box = {
        "type": "paragraph--box", "id": "p",
        "attributes": {"field_title": "Head", "field_text": body("<p>Words</p>"), "field_link": {"uri": "https://x.eu/", "title": "Go"}, "field_style": "dark", "status": True},
        "relationships": {"field_media": {"data": {"type": "media--remote_video", "id": "v"}}},
    }  # fmt: skip
    assert text(fields, relations, (FILE, FILM, box)) == markdown


def test_a_paragraph_within_itself_ends():
    loop = {
        "type": "paragraph--loop",
        "id": "p",
        "attributes": {"field_text": "Some words"},
        "relationships": {"field_parts": {"data": {"type": "paragraph--loop", "id": "p"}}},
    }
    record, export = read({}, {"field_parts": {"type": "paragraph--loop", "id": "p"}}, (loop,))
    assert "Some words" in record.text
    assert any(row.sort == "paragraph" and row.use is Use.LEFT_OUT for row in export.inventory)


def test_translations_of_one_node_are_two_items():
    nodes = [
        {
            "type": "node--article",
            "id": "same",
            "attributes": {"drupal_internal__nid": 1, "title": title, "langcode": code, "status": True},
        }
        for code, title in (("en", "Hello"), ("fr", "Bonjour"))
    ]
    records = read_drupal(json.dumps({"data": nodes}).encode(), "n.json").records
    assert [one.identity for one in records] == ["urn:uuid:same", "urn:uuid:same:fr"]
    assert len({one.group for one in records}) == 1


@pytest.mark.parametrize("time", ["14:00-17:00", [{"value": "2pm - 5pm"}], body("<p>14:00 to 17:00</p>")])
def test_a_time_in_a_field_of_its_own_joins_the_day(time):
    record, _ = read({"field_time": time, "field_zz_date": {"value": "2026-05-01"}}, kind="event")
    assert (record.values["start"], record.values["end"]) == ("2026-05-01 14:00", "2026-05-01 17:00")
    assert "17:00" not in record.text


def test_a_time_beside_an_exact_time_is_named():
    fields = {"field_date": "2026-05-01T12:00:00+00:00", "field_time": "14:00"}
    record, _ = read(fields, kind="event")
    assert [remark.message for remark in record.remarks if "14:00" in remark.message]
