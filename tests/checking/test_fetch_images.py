"""Pictures of other sites: fetched from a real server, saved beside the item, named in its text."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner

from clusterpress.cli.commands import main
from clusterpress.link_checker import fetch_images
from clusterpress.link_checker.fetch_images import replace_address
from tests.media.make import file, image
from tests.sites.small_site import Site

CONFIG = "name: S\nurl: https://example.eu/\nsearch: false\n"
JPEG = file(image(), "JPEG")


class Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        if self.path == "/moved.jpg":
            return self.send(302, location="/found/hall.jpg")
        if self.path == "/gone.jpg":
            return self.send(404)
        if self.path == "/page.jpg":
            return self.send(200, b"<!doctype html><p>Please log in</p>")
        if self.path == "/endless.jpg":
            return self.send(200, b"x" * 300_000)
        return self.send(200, JPEG)

    def send(self, status, content=b"", location=""):
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


@contextmanager
def serving():
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        server.asked = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server, f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def fetch(site):
    result = CliRunner().invoke(main, ["--project", str(site.root), "check", "--fetch-images", "-v"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.mark.slow
def test_pictures_are_fetched_once_and_named_in_the_items(tmp_path):
    site = Site(tmp_path, {})
    site.write("site_config.yml", CONFIG)
    with serving() as (server, host):
        text = (
            f"---\r\ntitle: A # sharp\r\ndate: 2021-01-01\r\nimage:\r\n  src: {host}/u/Great%20Hall.png  # the hall\r\n"
            f"  alt: Hall\r\n---\r\nText, see {host}/u/Great%20Hall.png.\r\n\r\n![Other]({host}/moved.jpg 'T')\r\n"
        )
        site.write("content/news/a.md", text)
        site.write(
            "content/news/b.md", f"---\ntitle: B\ndate: 2021-01-02\n---\n![x]({host}/u/Great%20Hall.png)\n"
        )
        result = fetch(site)
        asked = list(server.asked)
        again = fetch(site)
        assert server.asked == asked
    assert result.exit_code == again.exit_code == 0
    assert asked == ["/u/Great%20Hall.png", "/moved.jpg", "/found/hall.jpg"]
    assert "2 files saved, 0 not fetched" in result.output
    expected = text.replace(f"src: {host}/u/Great%20Hall.png", "src: great-hall.jpg")
    expected = expected.replace(f"({host}/moved.jpg", "(moved.jpg")
    assert (tmp_path / "content/news/a.md").read_bytes().decode() == expected
    assert (tmp_path / "content/news/great-hall.jpg").read_bytes() == JPEG
    assert "![x](great-hall.jpg)" in (tmp_path / "content/news/b.md").read_text()


@pytest.mark.slow
def test_what_cannot_be_fetched_is_told_with_its_line_and_left(tmp_path, monkeypatch):
    monkeypatch.setattr(fetch_images, "MAX_BYTES", 200_000)
    site = Site(tmp_path, {})
    site.write("site_config.yml", CONFIG)
    with serving() as (_, host):
        names = ("gone", "page", "endless")
        body = "\n".join(f"![{name}]({host}/{name}.jpg)\n" for name in names)
        text = f"---\ntitle: A\ndate: 2021-01-01\n---\n{body}\n![no]({host.rpartition(':')[0]}:1/x.png)\n"
        site.write("content/news/a.md", text)
        output = fetch(site).output
    assert "a.md:5:1: warning: picture" in output
    for words in (
        "answers with an error (404)",
        "leads to a page",
        "more than 0 MB",
        "refuses the connection",
    ):
        assert words in output
    assert (tmp_path / "content/news/a.md").read_text() == text
    assert [path.name for path in (tmp_path / "content/news").iterdir()] == ["a.md"]


ADDRESS = "https://example.org/a.png?x=1&y=2"


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        (f"![a]({ADDRESS})", "![a](N)"),
        (f"![a](<{ADDRESS}> 'T')", "![a](<N> 'T')"),
        (f"[![a]({ADDRESS})]({ADDRESS})", f"[![a](N)]({ADDRESS})"),
        ('<img alt="" src="https://example.org/a.png?x=1&amp;y=2">', '<img alt="" src="N">'),
        (f"![a][b]\n\n[b]: {ADDRESS}\n", "![a][b]\n\n[b]: N\n"),
        (
            f"[a]({ADDRESS}) and {ADDRESS} and ![b]({ADDRESS}3)",
            f"[a]({ADDRESS}) and {ADDRESS} and ![b]({ADDRESS}3)",
        ),
        (
            f"---\nimage: {{src: {ADDRESS}, alt: x}}\n---\n{ADDRESS}",
            f"---\nimage: {{src: N, alt: x}}\n---\n{ADDRESS}",
        ),
        (f'+++\nimage = "{ADDRESS}"\n+++\n', '+++\nimage = "N"\n+++\n'),
    ],
)
def test_only_pictures_change_their_address(text, changed):
    assert replace_address(text, ADDRESS, "N") == changed
