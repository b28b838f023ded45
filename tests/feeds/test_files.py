"""Files that feeds of newsletters offer with each issue."""

import json

from lxml import etree
from msgspec.structs import replace

from clusterpress.feeds.plan import outputs
from clusterpress.feeds.views import PrintedPage
from clusterpress.library.pictures import ShownPicture
from tests.feeds.make import SETTINGS, SUMMARIES, entry, picture, topic
from tests.planned import expand_bundles

ISSUES = topic(
    entry("three", url="newsletters/cord/3/", picture=ShownPicture(picture=picture(), alt="Dots")),
    entry("two", url="newsletters/cord/2/"),
    url="newsletters/cord/",
    kind="newsletter",
)
PRINTED = PrintedPage(
    page="newsletters/cord/3/", path="newsletters/cord/3/cord-3.pdf", type="application/pdf", fingerprint=b"1"
)
FILE = "https://clusters.example.eu/news/newsletters/cord/3/cord-3.pdf"
ENCLOSURE = {"url": FILE, "length": "1339776", "type": "application/pdf"}


def made(path, printed=(PRINTED,), followed=ISSUES):
    output = {one.path: one for one in expand_bundles(outputs([followed], SUMMARIES, printed))}[
        f"{followed.url}{path}"
    ]
    assert output.measured == tuple(file.path for file in printed)
    return output.make(sizes={PRINTED.path: 1339776})


def test_an_issue_comes_with_its_pdf_in_every_format():
    (rss,) = etree.fromstring(made("feed.xml")).findall(".//enclosure")
    assert dict(rss.attrib) == ENCLOSURE
    links = etree.fromstring(made("atom.xml")).findall(".//{*}link[@rel='enclosure']")
    assert [link.get("href") for link in links] == [FILE]
    assert (links[0].get("length"), links[0].get("type")) == ("1339776", "application/pdf")
    three, two = json.loads(made("feed.json"))["items"]
    assert three["attachments"][0] == {"url": FILE, "mime_type": "application/pdf", "size_in_bytes": 1339776}
    assert three["image"].endswith("milan.3f2a.jpg")
    assert "attachments" not in two


def test_other_topics_do_not_wait_for_files():
    followed = replace(ISSUES, kind="newsletters")
    for output in expand_bundles(outputs([followed], SETTINGS, [PRINTED])):
        assert not output.measured


def test_a_file_that_follows_from_other_things_changes_the_key():
    def keys(printed):
        return {one.path: one.fingerprint() for one in expand_bundles(outputs([ISSUES], SETTINGS, [printed]))}

    before, after = keys(PRINTED), keys(replace(PRINTED, fingerprint=b"2"))
    assert [path for path in before if before[path] != after[path]] == [
        "newsletters/cord/feed.xml", "newsletters/cord/atom.xml", "newsletters/cord/feed.json",
    ]  # fmt: skip
