"""No output of a site has a word of a text that a key of another program hides."""

import gzip
import zlib

import pytest

from clusterpress.values.problems import errors
from tests.newsletters.make import issue
from tests.sites.small_site import FILES, Site

pytestmark = pytest.mark.slow

KEYS = [
    "published: false", "headless: true", "status: draft", "status: hidden", "status: private", "status: pending",
    "password: Zqxjsecret", "visibility: private", "visibility: hidden", "permalink: false", "publishDate: 2031-01-01",
    "expiryDate: 2020-01-01", "unlisted: true", "private: true", "build: {render: never}",
]  # fmt: skip
CONFIG = (
    "languages: [en, fr, ar]\nprogramme: next\nname: Small site\nurl: https://example.eu/\ncontact: us@example.eu\n"
    "vocabulary: open\nstrictness: {unknown-key: off}\nnewsletters:\n  cord: {name: Cord, address: 'Street 1, Linz'}\n"
)


def hidden(number, line, more=""):
    words = f"title: Zqxjtitle{number}\nsummary: Zqxjsummary{number}\ntags: [zqxjtag{number}]\n"
    return f"---\n{words}{more}{line}\n---\nZqxjbody{number} and the rest.\n\n## Zqxjhead{number}\n"


def unpacked(raw):
    """Return the bytes of an output as its reader has them."""
    try:
        return gzip.decompress(raw)
    except (OSError, EOFError, zlib.error):
        return raw


def test_no_output_has_a_word_of_a_hidden_text(tmp_path):
    letter = issue("  - {title: News, items: [one]}\n  - {title: All, where: {kind: news}}")
    site = Site(tmp_path, {**FILES, "content/newsletters/cord/03.md": letter})
    site.write("site_config.yml", CONFIG)
    for number, line in enumerate(KEYS):
        site.write(f"content/news/hidden-{number}.md", hidden(number, line, "date: 2019-04-20\n"))
        site.write(f"content/events/hidden-{number}.md", hidden(number, line, "start: 2022-04-20\n"))
        site.write(f"content/pages/hidden-{number}.md", hidden(number, line))
    result = site.build()
    assert not errors(result.problems), [str(one) for one in errors(result.problems)]
    assert [one.rule for one in result.problems].count("hidden-text") == 3 * len(KEYS)
    leaks = [path for path, raw in site.output().items() if b"zqxj" in unpacked(raw).lower()]
    assert not leaks
    assert not [path for path in site.output() if "hidden-" in path]
