"""The benchmark measures what it says: the corpus is the same everywhere, and each measure sees its edit."""

import sys
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from bench.comparing import Measurements, compare, count, tools
from bench.corpus import Corpus
from bench.measuring import FailedError, peak_memory, run
from bench.report import report
from bench.serving import _get

SIGNS = {"html": "<", "tag": "{", "table": "|--:|", "footnote": "[^1]: ", "fence": "```"}


def test_the_corpus_is_the_same_on_every_machine():
    posts = "".join(map(repr, Corpus(20).posts()))
    assert sha256(posts.encode()).hexdigest()[:16] == "de264f0fd37f1f09"


def test_posts_have_about_500_words():
    words = [len(f"{post.summary} {post.body}".split()) for post in Corpus(200).posts()]
    assert 450 < sum(words) / len(words) < 550


def test_real_texts_have_the_shares_and_lengths_of_real_sites():
    bodies = [post.body for post in Corpus(1000, "real").posts()]
    assert bodies == [post.body for post in Corpus(1000, "real").posts()]
    words = sorted(len(body.split()) for body in bodies)
    assert 350 < words[500] < 520
    assert 1300 < words[950] < 2300
    share = {name: sum(sign in body for body in bodies) / 1000 for name, sign in SIGNS.items()}
    assert 0.25 < share["html"] < 0.5
    assert 0.25 < share["tag"] < 0.5
    assert 0.01 < share["table"] < 0.04
    assert 0.015 < share["footnote"] < 0.05
    assert 0.03 < share["fence"] < 0.09
    assert 0.03 < sum(not body[:60].isascii() for body in bodies) / 1000 < 0.08
    assert len(Corpus(1001, "real").post(1000).body.encode()) > 300_000


def test_a_new_post_is_newer_than_all_others():
    corpus = Corpus(50)
    assert corpus.post(50).date > max(post.date for post in corpus.posts())
    assert corpus.post(50).url not in {post.url for post in corpus.posts()}


def test_memory_counts_all_processes(tmp_path):
    hold = "import time; block = bytearray(b'x' * {size} * 2**20); time.sleep(0.5)"
    twice = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hold.format(size=80)!r}])"
    alone = peak_memory([sys.executable, "-c", hold.format(size=1)], tmp_path, tmp_path / "log")
    both = peak_memory([sys.executable, "-c", twice], tmp_path, tmp_path / "log")
    assert both > alone + 70


def test_a_command_that_fails_is_no_measure(tmp_path):
    with pytest.raises(FailedError, match="no such thing"):
        run([sys.executable, "-c", "import sys; sys.exit('no such thing')"], tmp_path, tmp_path / "log")


@pytest.mark.slow
def test_the_corpus_builds_without_a_warning_and_every_edit_shows(tmp_path):
    corpus = Corpus(12)
    found = tools(tmp_path, corpus, sys.executable, None, ["--strict"])
    measurements = compare(tmp_path, corpus, found, ["body", "new"], repeat=1)
    mine = measurements["clusterpress"]
    assert set(mine.values) == {"cold", "body", "new"}
    assert "| One body edited |" in report({12: measurements}, None, 1, [])
    built = count(found[0].site.output)
    assert built["RSS"] == built["Atom"] == built["JSON Feed"] > 12
    assert built["pages"] > 12


def test_growth_leaves_open_what_a_tool_was_not_measured_in():
    ours, hugo = (
        Measurements(
            values,
            {"bytes": 0} | dict.fromkeys(("pages", "redirects", "RSS", "Atom", "JSON Feed", "other"), 0),
        )
        for values in ({"body": [1.0], "recent": [2.0]}, {"body": [3.0]})
    )
    measurements = {"clusterpress": ours, "Hugo": hugo}
    text = report({100: measurements, 1000: measurements}, None, 1, [])
    assert "| One body edited | 0.00 | 0.00 |" in text
    assert "| … of a recent post | 0.00 |  |" in text


def test_a_page_that_is_cut_short_is_not_there_yet():
    class Cut(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Length", "10")
            self.end_headers()
            self.wfile.write(b"half")

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Cut) as server:
        thread = Thread(target=server.handle_request)
        thread.start()
        assert _get(f"http://127.0.0.1:{server.server_port}/") == b""
        thread.join()
