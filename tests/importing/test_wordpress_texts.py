"""Texts, fields and states of WordPress, one at a time: blocks, shortcodes, custom fields, events, odd exports."""

import json

import pytest

from clusterpress.importing.inventory import Use
from clusterpress.importing.records import ImportStatus
from clusterpress.importing.sources.wordpress import read_wordpress
from clusterpress.importing.texts.html import to_markdown
from tests.importing.project import Project
from tests.importing.test_html import Anywhere
from tests.importing.wordpress_export import HEAD, TAIL, UPLOADS, item

PICTURES = [
    item(90, "hall", type="attachment", attachment=f"{UPLOADS}/hall.jpg", excerpt="The hall", meta={"_wp_attachment_image_alt": "Hall"}, status="inherit", parent=1),
    item(91, "map", type="attachment", attachment=f"{UPLOADS}/map.png", status="inherit", parent=1),
    item(92, "talk", type="attachment", attachment=f"{UPLOADS}/talk.mp3", status="inherit", parent=1),
]  # fmt: skip
PATTERNS = [
    item(80, "Pattern", "<!-- wp:paragraph --><p>Shared words.</p><!-- /wp:paragraph -->", type="wp_block"),
    item(81, "Loop", '<!-- wp:block {"ref":81} /--><!-- wp:block {"ref":80} /-->', type="wp_block"),
]


def read(*items, **options):
    return read_wordpress((HEAD + "".join(items) + TAIL).encode(), "e.xml", **options)


def record_of(content="", **more):
    """Return the record of one post in an export with pictures and patterns, and the export."""
    export = read(item(1, "Post", content, **more), *PICTURES, *PATTERNS)
    return next(one for one in export.records if one.identity.endswith("?p=1")), export


def markdown_of(content, **more):
    return to_markdown(record_of(content, **more)[0].text, Anywhere())


def left_out(export):
    return {row.name for row in export.inventory if row.use is Use.LEFT_OUT}


@pytest.mark.parametrize(
    ("content", "markdown"),
    [
        ('<!-- wp:block {"ref":80} /-->', "Shared words.\n"),
        ('<!-- wp:core/block {"ref":80} /-->', "Shared words.\n"),
        ('<!-- wp:gallery {"ids":[90,91]} /-->', f'![Hall]({UPLOADS}/hall.jpg "The hall")\n\n![]({UPLOADS}/map.png)\n'),
        ('<!-- wp:embed {"url":"https://vimeo.com/12345"} /-->', "[vimeo.com](https://vimeo.com/12345){.embed}\n"),
        ('<!-- wp:social-links --><ul><!-- wp:social-link {"url":"https://x.eu/c","service":"mastodon"} /--></ul><!-- /wp:social-links -->', "[mastodon](https://x.eu/c)\n"),
        ('<!-- wp:acf/box {"name":"acf/box","data":{"text":"Two words","_text":"field_1","rows":[{"more":"And more words"}],"size":"large"}} /-->', "Two words\n\nAnd more words\n"),
        ('<!-- wp:latest-posts {"postsToShow":3} /--><!-- wp:paragraph --><p>x</p><!-- /wp:paragraph -->', "x\n"),
        ("[gallery]", f'![Hall]({UPLOADS}/hall.jpg "The hall")\n\n![]({UPLOADS}/map.png)\n'),
        ('[gallery columns="2" ids="91"]', f"![]({UPLOADS}/map.png)\n"),
        ('[playlist ids="92"]', f"[talk.mp3]({UPLOADS}/talk.mp3)\n"),
        ('[youtube id="abcdefghijk"]', "[youtube.com](https://www.youtube.com/watch?v=abcdefghijk){.embed}\n"),
        ("[youtube=https://youtu.be/abcdefghijk]", "[youtu.be](https://youtu.be/abcdefghijk){.embed}\n"),
        ("[vimeo 12345]", "[vimeo.com](https://vimeo.com/12345){.embed}\n"),
        ('[video mp4="https://x.eu/a/film.mp4"][/video]', "[film.mp4](https://x.eu/a/film.mp4)\n"),
        ("[embed]https://youtu.be/abcdefghijk[/embed]", "[youtu.be](https://youtu.be/abcdefghijk){.embed}\n"),
        ("One[ref]A note.[/ref] two", "One[^1] two\n\n[^1]: A note.\n"),
        ("[vc_row][vc_column_text]Inside[/vc_column_text][/vc_row]", "Inside\n"),
        ('[vc_custom_heading text="Big words"]', "Big words\n"),
        ('[vc_btn title="Go there" link="url:https%3A%2F%2Fx.eu%2Fa|target:_blank"]', "[Go there](https://x.eu/a)\n"),
        ('[su_spoiler title="Question one?"]Answer.[/su_spoiler]', "Question one?\n\nAnswer.\n"),
        ("As we said [sic] in [1] and [2019].", "As we said \\[sic\\] in [1] and [2019].\n"),
        ("[[gallery]] is a shortcode", "\\[gallery\\] is a shortcode\n"),
        ("First\n<!--nextpage-->\nSecond", "First\n\nSecond\n"),
    ],
)  # fmt: skip
def test_texts_become_what_readers_saw(content, markdown):
    assert markdown_of(content) == markdown


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ('<!-- wp:block {"ref":7} /-->', "7"),
        ('<!-- wp:block {"ref":81} /-->', "81"),
        ('<!-- wp:some/slider {"id":3} /-->', "some/slider"),
        ('<!-- wp:pattern {"slug":"theme/hero"} /-->', "pattern"),
        ('[rev_slider alias="home"]', "rev_slider"),
        (
            '<!-- wp:paragraph --><p>x<sup data-fn="gone"><a href="#gone">1</a></sup></p><!-- /wp:paragraph -->',
            "gone",
        ),
        ("<p>x</p><form><input name=a></form>", None),
    ],
)
def test_what_cannot_be_carried_is_named(content, name):
    _, export = record_of(content)
    assert (name in left_out(export)) is (name is not None)


def test_blocks_of_other_programs_have_no_pattern_that_eats_text():
    text = '<!-- wp:a/b {"x":"--\\u003e"} --><p>One</p><!-- /wp:a/b -->\n<!-- wp:odd {broken} /--><p>Two</p><!-- wp: --><p>Three</p>'
    assert markdown_of(text) == "One\n\nTwo\n\nThree\n"


@pytest.mark.parametrize(
    ("meta", "key", "value"),
    [
        ({"subtitle": "A <em>short</em> one"}, "summary", "A short one"),
        ({"field_lead": "Lead"}, "summary", "Lead"),
        ({"rank_math_description": "For engines"}, "summary", "For engines"),
        ({"source_url": "https://x.eu/a/page"}, "more", [{"label": "page", "url": "https://x.eu/a/page"}]),
        ({"enclosure": "https://x.eu/ep.mp3\n123\naudio/mpeg"}, "more", [{"label": "ep.mp3", "url": "https://x.eu/ep.mp3"}]),
        ({"_links_to": "https://x.eu/there"}, "more", [{"label": "there", "url": "https://x.eu/there"}]),
    ],
)  # fmt: skip
def test_custom_fields_are_read_by_their_names(meta, key, value):
    record, export = record_of("x", meta=meta)
    assert record.values[key] == value
    assert not left_out(export)


@pytest.mark.parametrize(
    "meta",
    [
        {"_EventCost": "12 €"},
        {"mood": "sunny"},
        {"price": "12"},
        {"_hidden": "Some hidden words"},
        {"data": 'a:1:{i:0;s:1:"x";}'},
    ],
)
def test_custom_fields_without_a_known_meaning_are_named(meta):
    assert left_out(record_of("x", meta=meta)[1]) == set(meta)


@pytest.mark.parametrize(
    "key",
    ["_edit_lock", "_yoast_wpseo_title", "rank_math_score", "_elementor_data", "_wp_page_template", "_acf_x"],
)
def test_the_affairs_of_plugins_are_not_needed(key):
    rows = {row.name: row.use for row in record_of("x", meta={key: "Some words here"})[1].inventory}
    assert rows[key] is Use.NOT_NEEDED


@pytest.mark.parametrize(
    ("term", "name"),
    [
        (("author", "cap-serena", "serena"), "Serena Mingolla"),
        (("author", "cap-desk", "The desk"), "QOOT"),
        (("author", "cap-guest", "Guest Author"), "Guest Author"),
    ],
)
def test_co_authors_have_their_display_names(term, name):
    record, _ = record_of("x", terms=[term])
    assert [one for taxonomy, one in record.terms if taxonomy == "author"] == [name]


def test_a_footnote_that_no_text_cites_is_named():
    notes = [{"id": "aaaaaaaa", "content": "Cited."}, {"id": "bbbbbbbb", "content": "Forgotten words."}]
    cited = '<!-- wp:paragraph --><p>x<sup data-fn="aaaaaaaa">1</sup></p><!-- /wp:paragraph -->'
    _, export = record_of(cited, meta={"footnotes": json.dumps(notes)})
    assert left_out(export) == {"bbbbbbbb"}


def test_a_subtitle_beside_an_excerpt_opens_the_text():
    record, _ = record_of("<p>Body</p>", excerpt="Short.", meta={"subtitle": "Second line"})
    assert (record.values["summary"], to_markdown(record.text, Anywhere())) == (
        "Short.",
        "Second line\n\nBody\n",
    )


def test_fields_can_be_mapped_and_dropped():
    export = read(
        item(1, "Post", "x", meta={"mood": "Sunny", "old": "y"}), mapped={"mood": "summary", "old": "drop"}
    )
    assert export.records[-1].values["summary"] == "Sunny"
    assert not left_out(export)


def event(**meta):
    venue = item(
        5,
        "Old town hall",
        type="tribe_venue",
        meta={
            "_VenueCity": "Linz",
            "_VenueAddress": "Platz 1",
            "_VenueZip": "4020",
            "_VenueCountry": "Austria",
        },
    )
    export = read(item(1, "Forum", "x", type=meta.pop("type", "tribe_events"), meta=meta), venue)
    return export.records[0]


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        ({"_EventStartDate": "2026-09-10 18:00:00", "_EventEndDate": "2026-09-10 20:30:00", "_EventTimezone": "Europe/Vienna"}, {"start": "2026-09-10 18:00", "end": "2026-09-10 20:30", "time_zone": "Europe/Vienna"}),
        ({"_EventStartDate": "2026-09-10 00:00:00", "_EventEndDate": "2026-09-11 23:59:59", "_EventAllDay": "yes", "_EventTimezone": "Europe/Vienna"}, {"start": "2026-09-10", "end": "2026-09-11"}),
        ({"_EventStartDate": "2026-09-10 18:00:00", "_EventVenueID": "5"}, {"start": "2026-09-10 18:00", "place": "Old town hall, Linz", "address": "Platz 1, 4020 Linz", "country": "Austria"}),
        ({"type": "event", "_event_start_date": "2026-09-10", "_event_start_time": "18:00:00", "_event_timezone": "Europe/Rome"}, {"start": "2026-09-10 18:00", "time_zone": "Europe/Rome"}),
        ({"type": "event", "event_date": "20260910", "location": "Linz", "website": "https://x.eu/"}, {"start": "2026-09-10", "place": "Linz", "url": "https://x.eu/"}),
        ({"_EventStartDate": "2026-09-10 18:00:00", "_tribe_events_status": "canceled"}, {"start": "2026-09-10 18:00", "cancelled": "true"}),
    ],
)  # fmt: skip
def test_events_of_calendar_plugins_have_their_facts(meta, expected):
    record = event(**meta)
    assert record.kind == "event"
    assert {
        key: value for key, value in record.values.items() if value and key not in {"title", "date"}
    } == expected


@pytest.mark.parametrize(
    ("offset", "utc"), [("UTC+2", "16:00"), ("UTC-5:30", "23:30"), ("UTC+0", "18:00"), ("UTC", "18:00")]
)
def test_events_at_an_offset_are_exact(offset, utc):
    record = event(_EventStartDate="2026-09-10 18:00:00", _EventTimezone=offset)
    assert record.moments["start"].utctimetuple()[3:5] == tuple(map(int, utc.split(":")))


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "site")


def test_events_without_a_date_are_drafts_and_build(project):
    items = [
        item(1, "No date", "x", type="tribe_events"),
        item(2, "Odd", "x", type="tribe_events", meta={"_EventStartDate": "soon", "_EventEndDate": "2020-01-01 00:00:00"}),
        item(3, "Backwards", "x", type="tribe_events", meta={"_EventStartDate": "2026-09-10 18:00:00", "_EventEndDate": "2026-09-09 18:00:00"}),
    ]  # fmt: skip
    report = project.bring(read(*items))
    assert "draft: true\n" in project.read("content/events/post-1.md", ".")
    assert any('"soon " under "_EventStartDate" cannot be read' in one.message for one in report.warnings)
    assert any("was before its start" in one.message for one in report.warnings)
    project.built_with_everything()
    assert project.bring(read(*items)).is_idle


def test_copies_with_the_identity_of_their_original_come_over_and_only_once(project):
    twin = item(2, "Twin", "<p>Two</p>").replace("?p=2", "?p=1")
    bare = [
        item(n, "Same", f"<p>Bare {n}</p>", slug="same").replace(
            f'<guid isPermaLink="false">https://www.old.example/?p={n}</guid>', ""
        )
        for n in (3, 4)
    ]
    items = [item(1, "One", "<p>One</p>"), twin, *bare]
    assert project.bring(read(*items)).counts == {ImportStatus.NEW: 5}
    assert project.bring(read(*items)).is_idle
    project.built_with_everything()


def test_exports_of_other_versions_and_programs_are_read(project):
    """Forms seen in published exports: other namespaces, empty elements, no states, fields of other programs."""
    text = """<?xml version='1.0' encoding='UTF-8'?>
<!-- This is a WordPress eXtended RSS file. <!DOCTYPE x> -->
<rss version="2.0" xmlns:excerpt="https://wordpress.org/export/1.2/excerpt/" xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="https://wordpress.org/export/1.2/">
<channel><title>T</title><link>https://old.example</link><pubDate>Tue, 27 Jan 2015 14:56:57 +0000</pubDate>
<item><title>A &amp; B</title><link>https://old.example/2010/09/10/a/</link><pubDate>Fri, 10 Sep 2010 14:24:14 +0000</pubDate>
<dc:creator>Somebody Else</dc:creator><description/><content:encoded><![CDATA[Text with <!DOCTYPE html> in it.]]></content:encoded>
<excerpt:encoded><![CDATA[Short.]]></excerpt:encoded><wp:post_id>5</wp:post_id><wp:post_date>2010-09-10 07:24:14</wp:post_date>
<wp:post_date_gmt>2010-09-10 14:24:14</wp:post_date_gmt><wp:post_name>a</wp:post_name><wp:post_parent>0</wp:post_parent>
<wp:post_type>post</wp:post_type><wp:post_password/><wp:is_sticky>0</wp:is_sticky><geo:lat>45.2</geo:lat><category><![CDATA[Food]]></category></item>
</channel></rss>"""
    report = project.bring(read_wordpress(text.encode(), "e.xml"))
    written = project.read("content/news/2010/a.md", ".")
    assert (
        "title: A & B\ndate: 2010-09-10 16:24\nauthor: [somebody-else]\nsummary: Short.\ntags: [Food]\n"
        in written
    )
    assert "draft" not in written
    assert any('the field "lat" was left out' in one.message for one in report.warnings)
    project.built_with_everything()
