import pytest

from clusterpress.values.active_files import describe_active, is_markup


@pytest.mark.parametrize(
    "name",
    [
        "a.html", "a.htm", "a.HTML", "a.xhtml", "a.xht", "a.svg", "a.svgz", "a.xml", "a.js", "a.mjs", "a.swf", "a.rss", "a.atom",
        "a.kml", "a.gpx", "a.xsl", "a.php", "a.phtml", "a.shtml", "a.cgi", "a.html.fr", "a.html.", "a.html .", "a.php.backup",
        "a.xml.unknown", ".htaccess", "_headers", "web.config", "news/deep/A.Xml", ".well-known/x.html", "a.mhtml", "a.hta",
    ],
)  # fmt: skip
def test_what_runs_is_known_by_its_name(name):
    assert describe_active(name)


@pytest.mark.parametrize(
    "name",
    [
        "a.pdf", "a.docx", "a.odt", "a.zip", "a.epub", "a.mp3", "a.mp4", "a.png", "a.txt", "a.csv", "a.ics", "a.json", "robots.txt",
        "CNAME", ".nojekyll", "Node.js.pdf", "a.html.txt", "html", "a.woff2", "a.vcf", ".well-known/security.txt", "a.css",
    ],
)  # fmt: skip
def test_documents_sound_and_films_are_not_active(name):
    assert not describe_active(name)


@pytest.mark.parametrize(
    "start", [b"<html>", b"\n <!doctype html>", b"\xef\xbb\xbf<svg", b"\xff\xfe<\0h\0", b"<?xml"]
)
def test_a_page_without_an_end_to_its_name_is_known_by_its_first_bytes(start):
    assert is_markup(start)
    assert not is_markup(b"text " + start)
