"""No import ends in a traceback: what cannot be read is a line in the report, and costs only itself."""

import gzip
import json
import zipfile
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clusterpress.importing.records import ImportSourceError, ImportStatus
from clusterpress.importing.sources import packed
from clusterpress.importing.sources.drupal import read_drupal
from clusterpress.importing.sources.encoding import decode
from clusterpress.importing.sources.feeds import read_feed
from clusterpress.importing.sources.packed import unpack
from clusterpress.importing.sources.wordpress import read_wordpress
from clusterpress.values.problems import errors
from tests.importing import drupal_site
from tests.importing.project import Project
from tests.importing.wordpress_export import HEAD, TAIL, item


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "site")


def wordpress(*items):
    return read_wordpress((HEAD + "".join(items) + TAIL).encode(), "e.xml")


@pytest.mark.parametrize(
    ("raw", "text", "dropped", "guessed"),
    [
        ("Fin\x01. é".encode(), "Fin. é", 1, 0),
        ("Größe, né".encode() + b" caf\xe9", "Größe, né café", 0, 1),
        ('<?xml version="1.0" encoding="UTF-8"?>né'.encode("latin-1"), '<?xml version="1.0" encoding="UTF-8"?>né', 0, 0),
        ('<?xml version="1.0" encoding="ISO-8859-1"?>né'.encode(), '<?xml version="1.0" encoding="ISO-8859-1"?>né', 0, 0),
        ('<?xml version="1.0" encoding="koi8-r"?>да'.encode("koi8-r"), '<?xml version="1.0" encoding="koi8-r"?>да', 0, 0),
        (b'<?xml version="1.0" encoding="base64"?>\xe9', '<?xml version="1.0" encoding="base64"?>é', 0, 0),
        ("né".encode("utf-16"), "né", 0, 0),
        ("“a” – b".encode("cp1252"), "“a” – b", 0, 0),
        ("\ufeffa\r\nb\rc".encode(), "a\nb\nc", 0, 0),
    ],
)  # fmt: skip
def test_bytes_decide_the_encoding(raw, text, dropped, guessed):
    found = decode(raw)
    assert (found.text, found.dropped, found.guessed) == (text, dropped, guessed)


def test_a_control_character_costs_only_itself_and_is_named(project):
    text = HEAD + item(1, "Größe", "<p>Schön. Fin\x01.</p>") + item(2, "Zwei", "<p>né</p>") + TAIL
    report = project.bring(read_wordpress(text.encode(), "e.xml"))
    assert "Schön. Fin." in project.read("content/news/2019/post-1.md", ".")
    assert any(
        "1 control characters were dropped" in one.message and one.path == "e.xml" for one in report.warnings
    )


@pytest.mark.parametrize(
    "address",
    ["https://lab.example.eu]", "https://[lab", "http://x.eu:port/", "https://", "//", "http://[::1", "mailto:", "?p=", "#", "javascript:x"],
)  # fmt: skip
def test_an_unreadable_address_is_a_line_in_the_report(project, address):
    body = f'<p>See <a href="{address}">this</a>.</p><img src="{address}" alt="A"><iframe src="{address}"></iframe>'
    entry = item(
        1,
        "One",
        body,
        link=f"{address}x" if address.startswith("https://[") else None,
        meta={"source_url": address},
    )
    report = project.bring(wordpress(entry, item(2, "Two", "<p>Words</p>")))
    assert report.counts[ImportStatus.NEW] == 3
    assert not errors(report.warnings)
    assert "See" in project.read("content/news/2019/post-1.md", ".")
    project.built_with_everything()


def test_an_unreadable_link_is_named(project):
    report = project.bring(wordpress(item(1, "One", '<p><a href="https://lab.example.eu]">this</a></p>')))
    assert any("lab.example.eu]" in one.message and one.path.endswith("post-1.md") for one in report.warnings)


def test_a_text_without_an_end_does_not_swallow_the_next_items(project):
    broken = item(2, "Two", "<p>Second</p>").replace("<p>Second</p>]]>", "<p>Second</p>")
    report = project.bring(
        wordpress(item(1, "One", "<p>First</p>"), broken, item(3, "Three", "<p>Third</p>"))
    )
    assert report.counts[ImportStatus.NEW] == 4
    assert "Second" in project.read("content/news/2019/post-2.md", ".")
    assert "Third" in project.read("content/news/2019/post-3.md", ".")
    assert any("has no end here" in one.message for one in report.warnings)


@pytest.mark.parametrize("name", ["wp:post_wp:status", "exce2pt:encoded", "a:b:c"])
def test_an_element_with_a_damaged_name_is_no_end_of_the_import(project, name):
    damaged = item(1, "One").replace("</item>", f"<{name}>x</{name}></item>")
    project.bring(wordpress(damaged, item(2, "Two", "<p>Second</p>")))
    assert "Second" in project.read("content/news/2019/post-2.md", ".")


def test_a_broken_item_is_named_and_the_others_are_whole(project):
    broken = item(2, "Two", "<p>Second</p>").replace(
        "<title><![CDATA[Two]]></title>", "<title>Two & more</title>"
    )
    report = project.bring(wordpress(item(1, "One"), broken, item(3, "Three", "<p>Third</p>")))
    assert "title: Two & more" in project.read("content/news/2019/post-2.md", ".")
    assert "Third" in project.read("content/news/2019/post-3.md", ".")
    assert any('the item "Two & more" is broken' in one.message for one in report.warnings)


@pytest.mark.parametrize("tags", ["div", "blockquote", "ul li", "div blockquote b", "details", "table tr td"])
def test_html_of_any_depth_keeps_its_words_and_links(project, tags):
    opened = "".join(f"<{tag}>" for tag in tags.split())
    closed = "".join(f"</{tag}>" for tag in reversed(tags.split()))
    deep = opened * 1500 + '<p>Deep <a href="https://example.eu/x">words</a></p>' + closed * 1500
    report = project.bring(wordpress(item(1, "One", f"<p>Before</p>{deep}<p>After</p>")))
    text = project.read("content/news/2019/post-1.md", ".")
    assert (
        text.index("Before") < text.index("Deep") < text.index("https://example.eu/x") < text.index("After")
    )
    assert report.counts[ImportStatus.NEW] == 2
    project.built_with_everything()


def zipped(**files):
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return made.getvalue()


def test_packed_exports_are_unpacked():
    assert unpack(zipped(site_xml=b"<rss/>", read_txt=b"x"), "e.zip") == b"<rss/>"
    assert unpack(gzip.compress(b"<rss/>"), "e.xml.gz") == b"<rss/>"
    assert unpack(b"<rss/>", "e.xml") == b"<rss/>"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (zipped(a_xml=b"0" * 5000), "more than"),
        (gzip.compress(b"0" * 5000), "more than"),
        (b"0" * 5000, "more than"),
        (zipped(a_xml=b"x", b_xml=b"y"), "2 exports"),
        (zipped(a_txt=b"x"), "0 exports"),
        (zipped(a_xml=b"x" * 99)[:60], "cannot be unpacked"),
        (b"\x1f\x8bdamaged", "cannot be unpacked"),
    ],
    ids=["zip bomb", "gzip bomb", "huge", "two", "none", "cut zip", "cut gzip"],  # archives contain the time
)
def test_bombs_and_damaged_archives_are_refused_in_plain_words(monkeypatch, raw, said):
    monkeypatch.setattr(packed, "MAX_BYTES", 1000)
    with pytest.raises(ImportSourceError) as fault:
        unpack(raw, "e.zip")
    assert said in fault.value.message
    assert fault.value.hint


_ODD = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just([]) | st.just({"a": [None]})


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(["title", "body", "created", "langcode", "path", "status", "field_date", "field_lead", "field_links"]),
        _ODD | st.lists(_ODD, max_size=2),
    ),
    st.dictionaries(st.sampled_from(["uid", "field_image", "field_tags", "field_content"]), _ODD | st.fixed_dictionaries({"data": _ODD | st.just([{"id": "f1"}, None, 3])})),
    st.sampled_from(["article", "page", "event", "person", "partner"]),
)  # fmt: skip
def test_values_of_the_wrong_type_never_end_an_import(project, attributes, relations, kind):
    node = drupal_site.Node(1, "Title", [], kind=kind).resource
    node["attributes"] |= attributes
    node["relationships"] |= relations
    raw = json.dumps(
        {
            "data": [node, None],
            "included": [*drupal_site.included(), {"type": "file--file", "id": "f9", "attributes": 3}],
        }
    )
    report = project.bring(read_drupal(raw.encode(), "n.json"), is_dry=True)
    assert len(report.outcomes) == 1


@pytest.mark.parametrize(
    "feed",
    [
        {"items": [None, 3, {"id": None, "url": 7, "title": ["x"], "authors": [None], "tags": [None, 2], "attachments": [None], "date_published": 5}]},
        {"items": [{"id": "1", "url": "https://[", "content_html": "<p>Words</p>", "image": "https://]", "language": 3}]},
    ],
)  # fmt: skip
def test_odd_entries_of_a_json_feed_are_read_as_far_as_possible(project, feed):
    raw = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "T"} | feed).encode()
    report = project.bring(read_feed(raw, "feed.json", "UTC"))
    assert len(report.outcomes) == 1
    project.built_with_everything()


def test_names_of_any_length_become_names_that_every_disk_takes(project):
    long = "-".join("x" * 150)
    sizes = {"terms": [("category", long, long), ("post_tag", long, long)], "creator": long}
    pages = [item(1, long, "<p>One.</p>", type="page", slug=long)]
    pages += [
        item(n, long, "<p>More.</p>", type="page", slug=f"{long}-{n}", parent=n - 1) for n in range(2, 12)
    ]
    post = item(
        20,
        long,
        f'<p>See.</p><img src="https://www.old.example/wp-content/uploads/{long}.jpg">',
        slug=long,
        **sizes,
    )
    report = project.bring(wordpress(*pages, post))
    made = [path.relative_to(project.root).as_posix() for path in (project.root / "content").rglob("*.md")]
    assert len([path for path in made if path.startswith("content/pages/")]) == 11
    assert max(len(part) for path in made for part in path.split("/")) <= 100
    assert max(map(len, made)) <= 240
    assert report.counts[ImportStatus.NEW] == 13  # the pages, the post and its author
    project.built_with_everything()


HALF = "\ud800"
"""Half of a character, which JSON and YAML can write as an escape."""


def with_halves(value):
    if isinstance(value, str) and "://" not in value:
        return value + HALF
    if isinstance(value, list):
        return [with_halves(one) for one in value]
    return {key: with_halves(one) for key, one in value.items()} if isinstance(value, dict) else value


def test_half_a_character_in_any_text_of_an_export_is_left_out(project):
    nodes = [drupal_site.Node(number, f"Title {number}", []).resource for number in (1, 2)]
    answer = {"data": nodes, "included": [*drupal_site.included()]}
    for node in answer["data"]:
        node["attributes"] = with_halves(node["attributes"])
        node["id"] += HALF
    whole = json.dumps(answer)
    assert "\\ud800" in whole
    report = project.bring(read_drupal(whole.encode(), "n.json"))
    assert report.counts[ImportStatus.NEW] >= 2
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [
        {"id": "a", "url": "https://a.example/b", "title": "One", "content_html": "<p>Words</p>", "tags": ["x"], "date_published": "2019-01-02T10:00:00Z"}
    ]}  # fmt: skip
    raw = json.dumps({**feed, "items": with_halves(feed["items"])}).encode()
    report = project.bring(read_feed(raw, "feed.json", "UTC"))
    assert report.counts[ImportStatus.NEW] == 1
    for path in (project.root / "content").rglob("*.md"):
        assert "\ufffd" not in path.read_text("utf-8")
    project.built_with_everything()


@pytest.mark.parametrize("odd", [None, [], ["a"], {}, {"b": 1}, 3, 2.5, True])
def test_an_id_of_the_wrong_type_leads_nowhere(project, odd):
    node = drupal_site.Node(1, "Title", []).resource
    node["relationships"] |= {
        key: {"data": [{"id": odd, "type": "x"}]}
        for key in ("uid", "field_image", "field_tags", "field_content")
    }
    raw = json.dumps({"data": [node, {"id": odd, "type": "node--article"}], "included": [{"id": odd}]})
    assert len(project.bring(read_drupal(raw.encode(), "n.json"), is_dry=True).outcomes) == 1
