"""External links are checked with pauses, against servers of this machine."""

import socket
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner

from clusterpress.cli.commands import main
from clusterpress.config.settings import Settings
from clusterpress.content.reader import read_item
from clusterpress.link_checker.external_links import ExternalLink, find_external_links, report_links
from clusterpress.link_checker.requests import CrawlPolicy, LinkCache, LinkResult, check_urls
from tests.sites.small_site import Site

SETTINGS = Settings(name="x", url="https://x.eu/news/")
NOW = datetime(2022, 1, 1, tzinfo=UTC)


class Server(ThreadingHTTPServer):
    """Notes what it was asked, and by whom."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Requests)
        self.asked = []
        self.agents = set()
        self.lock = threading.Lock()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_address[1]}"


class Requests(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self):
        with self.server.lock:
            self.server.asked.append(f"{self.command} {self.path}")
            self.server.agents.add(self.headers["User-Agent"])
        self.answer()

    do_HEAD = do_GET  # noqa: N815 -- the base class looks for this name

    def answer(self):
        path, is_head = self.path, self.command == "HEAD"
        if path == "/robots.txt":
            return self.send(200, b"User-agent: *\nDisallow: /private/\n")
        if path.startswith("/moved"):
            return self.send(301 if "good" in path else 302, location="/fine")
        if path == "/round":
            return self.send(301, location="/round")
        if path == "/no-head" and is_head:
            return self.send(405)
        status = {"/gone": 404, "/broken": 500, "/closed": 403}.get(path, 200)
        return self.send(status, b"" if is_head else b"page")

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
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def server():
    with serving() as server:
        yield server


def policy(pauses=None):
    return CrawlPolicy(
        user_agent="clusterpress/0 (checks the links of https://x.eu/)",
        sleep=([] if pauses is None else pauses).append,
    )


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/fine", LinkResult(status=200)),
        ("/gone", LinkResult(status=404)),
        ("/broken", LinkResult(status=500)),
        ("/closed", LinkResult(status=403)),
        ("/no-head", LinkResult(status=200)),
        ("/moved-for-good", LinkResult(status=200, moved="{}/fine")),
        ("/moved-for-now", LinkResult(status=200)),
        ("/round", LinkResult(fault="it redirects more than 5 times")),
        ("/private/page", LinkResult(is_disallowed=True)),
        ("/é?q=a b", LinkResult(status=200)),
    ],
)
def test_what_comes_of_an_address(server, path, expected):
    ((_, found),) = check_urls([server.address + path], policy())
    moved = expected.moved.format(server.address)
    assert found == LinkResult(
        status=expected.status, moved=moved, fault=expected.fault, is_disallowed=expected.is_disallowed
    )
    assert "GET /private/page" not in server.asked


def test_a_port_where_nobody_listens_is_said_in_plain_words():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        ((_, found),) = check_urls([address], policy())
    assert found.fault == "the server refuses the connection"


def test_a_host_is_asked_one_thing_at_a_time_with_a_pause_and_under_our_name(server):
    pauses = []
    with serving() as other:
        addresses = [f"{one.address}/page-{number}" for one in (server, other) for number in range(5)]
        assert dict(check_urls(addresses, policy(pauses))) == dict.fromkeys(addresses, LinkResult(status=200))
        for one in (server, other):
            assert one.asked == ["GET /robots.txt", *(f"HEAD /page-{number}" for number in range(5))]
            assert one.agents == {"clusterpress/0 (checks the links of https://x.eu/)"}
    assert pauses == [1.0] * 10


def test_links_of_head_and_text_are_found_with_their_lines_and_our_own_are_not():
    text = (
        "---\ntitle: T\ndate: 2019-01-01\nmore:\n- {label: L, url: https://a.eu/x#part}\n---\n"
        "See [b](https://b.eu/).\n\n<a href='HTTP://c.eu'>c</a> [own](https://x.eu/news/2019/) [mail](mailto:a@b.eu)\n"
        "`https://code.eu` and https://bare.eu\n"
    )
    item, _ = read_item(text.encode(), "content/news/t.md", SETTINGS)
    assert find_external_links([item], SETTINGS) == [
        ExternalLink("content/news/t.md", 5, "https://a.eu/x"),
        ExternalLink("content/news/t.md", 7, "https://b.eu/"),
        ExternalLink("content/news/t.md", 9, "HTTP://c.eu"),
    ]


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (LinkResult(status=200), None),
        (LinkResult(is_disallowed=True), None),
        (LinkResult(status=404), 'error: link to "u": the page does not exist (404); find its new address'),
        (LinkResult(fault="there is no such host"), 'error: link to "u": there is no such host; correct'),
        (
            LinkResult(fault="the server does not answer"),
            'warning: link to "u": the server does not answer; open it in a browser',
        ),
        (LinkResult(status=503), 'warning: link to "u": the server answers with an error (503)'),
        (LinkResult(status=403), 'warning: link to "u": the server refuses automated requests (403)'),
        (
            LinkResult(status=200, moved="v"),
            'warning: link to "u": the page has moved permanently; write "v"',
        ),
    ],
)
def test_each_is_told_at_the_place_of_the_link(found, words):
    told = [str(one) for one in report_links([ExternalLink("a.md", 3, "u")], {"u": found})]
    assert [line.startswith(f"a.md:3:1: {words}") for line in told] == ([True] if words else [])


def test_what_was_sound_is_believed_for_some_days_and_the_rest_is_asked_again(tmp_path):
    memory = LinkCache.open(tmp_path)
    memory.save(
        {"a": LinkResult(status=200), "b": LinkResult(status=404), "c": LinkResult(is_disallowed=True)}, NOW
    )
    again = LinkCache.open(tmp_path)
    assert again.load("abc", NOW + timedelta(days=6), 7) == {
        "a": LinkResult(status=200),
        "c": LinkResult(is_disallowed=True),
    }
    assert again.load("abc", NOW + timedelta(days=8), 7) == {}
    (tmp_path / "links.json").write_text("{broken")
    assert LinkCache.open(tmp_path).known == {}


def test_the_command_tries_links_only_when_asked_and_remembers(tmp_path, server):
    site = Site(
        tmp_path,
        {
            "content/news/a.md": (
                f"---\ntitle: A\ndate: 2019-01-01\n---\n[fine]({server.address}/fine) [gone]({server.address}/gone)\n"
            )
        },
    )

    def check(*words):
        result = CliRunner().invoke(
            main, ["--project", str(tmp_path), "check", "--now", "2022-01-01", *words]
        )
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    site.write("site_config.yml", "name: x\nurl: https://x.eu/\n")
    assert check().exit_code == 0
    assert server.asked == []
    first = check("--links", "--only", "*/fine")
    assert first.exit_code == 0
    assert "External links: 1 address checked, 0 reused" in first.output
    second = check("--links")
    assert second.exit_code == 1
    assert (
        f'content/news/a.md:5:1: error: link to "{server.address}/gone": the page does not exist (404)'
        in second.output
    )
    assert "1 address checked, 1 reused" in second.output
    assert server.asked.count("HEAD /fine") == 1
    assert check("--only", "x").exit_code == 2
