"""A large feed is a warning with a remedy, in every build until it is heeded."""

import pytest

from tests.sites.small_site import Site

pytestmark = pytest.mark.slow
CONFIG = "name: S\nurl: https://example.eu/\nsearch: false\n"


def told(result):
    return [(one.rule, str(one.severity)) for one in result.problems if one.rule == "large-feed"]


def test_a_feed_of_more_than_a_megabyte_is_told_with_a_remedy(tmp_path):
    words = "A sentence of many words that fills the feed up to its brim.\n\n"
    files = {
        f"content/news/{number}.md": f"---\ntitle: Item {number}\ndate: 2021-01-{number + 1:02}\n---\n{words * 2000}"
        for number in range(10)
    }
    site = Site(tmp_path, files)
    site.write("site_config.yml", CONFIG)
    first = site.build()
    assert told(first) == [("large-feed", "warning")]
    (problem,) = (one for one in first.problems if one.rule == "large-feed")
    assert (
        "/feed.json has" in problem.message
        or "/feed.xml has" in problem.message
        or "atom.xml" in problem.message
    )
    assert "full_text: false" in problem.hint
    site.write("content/pages/new.md", "---\ntitle: New\n---\nA page.\n")
    assert told(site.build()) == told(first), "also when the feeds were not made again"
    assert site.build(folder="strict", strict=True).difference  # it grows with time alone
    site.write("site_config.yml", CONFIG + "feeds: {full_text: false}\n")
    assert told(site.build()) == []
