"""``feeds: hub:``, ``index_now:`` and ``announce:``: what they accept, and what they refuse with a remedy."""

import pytest

from clusterpress.config.reader import read_settings

BASE = "name: x\nurl: https://example.eu/\n"


def read(lines):
    settings, problems = read_settings(BASE + lines)
    return settings, [f"{one.message}; {one.hint}" for one in problems]


def test_nobody_is_told_by_default():
    settings, _ = read("")
    assert (settings.feeds.hub, settings.index_now) == ("", None)
    assert (settings.announce.mastodon, settings.announce.bluesky) == (None, None)


@pytest.mark.parametrize(
    "lines",
    [
        "feeds: {hub: 'https://hub.example.eu/'}\n",
        "index_now: {key: 0123456789abcdef}\n",
        "announce: {networks: [mastodon], mastodon: {server: 'https://social.example.eu', visibility: unlisted}}\n",
        "announce: {bluesky: {handle: news.example.eu}, languages: [en]}\n",
        "announce: {mastodon: {server: 'http://127.0.0.1:80'}}\n",
    ],
)
def test_blocks_that_are_accepted(lines):
    settings, problems = read(lines)
    assert settings is not None
    assert problems == []


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("feeds: {hub: hub.example.eu}\n", "https://hub.example.eu"),
        (
            "index_now: {key: short}\n",
            '"short" cannot be a key of IndexNow; write 8 to 128 letters, digits and hyphens',
        ),
        ("index_now: {key: '../../etc/passwd'}\n", "cannot be a key of IndexNow"),
        ("index_now: {key: 0123456789abcdef, endpoint: nowhere}\n", "nowhere"),
        ("announce: {networks: [twitter]}\n", "twitter"),
        (
            "announce: {mastodon: {server: 'http://social.example.eu'}}\n",
            "keys would be sent without encryption",
        ),
        (
            "announce: {mastodon: {server: 'https://me:pass@m.eu'}}\n",
            "CLUSTERPRESS_MASTODON_TOKEN in the environment",
        ),
        ("announce: {mastodon: {server: 'https://m.eu', token: abc}}\n", "a key must not stand in this file"),
        ("announce: {bluesky: {handle: '@news.example.eu'}}\n", 'write it without "@"'),
        (
            "announce: {bluesky: {handle: a.eu, app_password: x}}\n",
            "put it into CLUSTERPRESS_BLUESKY_PASSWORD",
        ),
        ("announce: {languages: [fr]}\n", 'the site has no language "fr"; write one of en'),
    ],
)
def test_blocks_that_are_refused(lines, words):
    settings, problems = read(lines)
    assert settings is None
    assert any(words in one for one in problems), problems
