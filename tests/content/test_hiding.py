"""Keys of other programs that hide a text: it is a draft, under embargo or expired here, and says so."""

import pytest

from clusterpress.config.settings import Settings
from clusterpress.content.hiding import EMBARGO, EXPIRY, HIDDEN_IF_FALSE, HIDDEN_IF_TRUE, hidden_by
from clusterpress.content.reader import read_item
from clusterpress.values.kinds import FRONT_MATTER_KEYS

HIDING = [
    "published: false", "published: no", "Published: 'False'", "publi_shed: off", "public: 0", "headless: true",
    "hidden: yes", "hidden: 1", "isPrivate: true", "private: true", "unlisted: true", "render: false", "permalink: false",
    "eleventyExcludeFromCollections: true", "build: {render: never}", "_build: {list: never, render: always}",
    "status: draft", "status: hidden", "status: private", "status: pending", "Status: Entwurf", "status: in review",
    "status: 0", "visibility: private", "visibility: hidden", "visibility: members", "password: x", "password: 'true x'",
    "password: 1", "embargo: true",
]  # fmt: skip
SHOWN = [
    "published: true", "public: yes", "headless: false", "hidden: 0", "private: no", "permalink: /a/:title/",
    "status: published", "status: Publish", "status: final", "status: 1", "visibility: public", 'password: ""',
    "password: false", "embargo: false", "expiry: false", "build: {list: always}", "render: always", "layout: hidden",
    "tone: private",
]  # fmt: skip


def read(*keys, head="title: T\ndate: 2019-06-15", path="content/news/x.md", settings=None):
    text = "\n".join(["---", head, *keys, "---", "Text.\n"])
    item, problems = read_item(text.encode(), path, settings or Settings(name="S", url="https://example.eu/"))
    assert item is not None, [str(problem) for problem in problems]
    return item, problems


@pytest.mark.parametrize("line", HIDING)
@pytest.mark.parametrize("path", ["content/news/x.md", "content/pages/x.md", "content/events/x.md"])
def test_a_key_that_hides_a_text_elsewhere_makes_a_draft_and_warns(line, path):
    head = {"content/events/x.md": "title: T\nstart: 2019-06-15", "content/pages/x.md": "title: T"}
    item, problems = read(line, head=head.get(path, "title: T\ndate: 2019-06-15"), path=path)
    assert item.draft
    (problem,) = problems
    assert (problem.severity, problem.rule, problem.line) == (
        "warning",
        "hidden-text",
        len(head.get(path, "a\nb").split("\n")) + 2,
    )
    assert line.partition(":")[0] in problem.message
    assert "draft: true" in problem.hint
    assert not item.unknown


@pytest.mark.parametrize("line", SHOWN)
def test_a_value_that_hides_nothing_leaves_the_text_and_todays_warnings(line):
    item, problems = read(line)
    assert not item.draft
    assert (item.publish, item.expires) == (None, None)
    assert {problem.rule for problem in problems} <= {"unknown-key"}


@pytest.mark.parametrize("line", [*HIDING, "publishDate: 2031-01-01", "expiryDate: 2020-01-01"])
def test_turning_off_unknown_keys_does_not_silence_it(line):
    quiet = Settings(name="S", url="https://example.eu/", strictness={"unknown-key": "off"})
    item, problems = read(line, settings=quiet)
    assert item.draft or item.publish or item.expires
    assert [problem.rule for problem in problems] == ["hidden-text"]


@pytest.mark.parametrize("key", sorted(HIDDEN_IF_TRUE))
def test_every_key_whose_yes_hides(key):
    assert read(f"{key}: true")[0].draft
    assert not read(f"{key}: false")[0].draft


@pytest.mark.parametrize("key", sorted(HIDDEN_IF_FALSE))
def test_every_key_whose_no_hides(key):
    assert read(f"{key}: false")[0].draft
    assert not read(f"{key}: true")[0].draft


@pytest.mark.parametrize("key", sorted(EMBARGO))
def test_every_key_of_an_embargo(key):
    item, problems = read(f"{key}: 2031-01-01T08:00:00+01:00")
    assert item.publish.iso == "2031-01-01T08:00:00+01:00"
    assert "publish: 2031-01-01T08:00:00+01:00" in problems[0].hint


@pytest.mark.parametrize("key", sorted(EXPIRY))
def test_every_key_of_an_expiry(key):
    item, problems = read(f"{key}: 2020-01-01")
    assert item.expires.iso == "2020-01-01"
    assert problems[0].rule == "hidden-text"


def test_an_embargo_up_to_the_date_of_the_text_is_none():
    item, problems = read("publishDate: 2019-06-15T09:00:00Z")
    assert item.publish is None
    assert [problem.rule for problem in problems] == ["unknown-key"]


def test_our_own_keys_and_those_of_the_settings_win():
    item, _ = read("publish: 2032-02-02", "publishDate: 2031-01-01")
    assert item.publish.iso == "2032-02-02"
    mapped = Settings(name="S", url="https://example.eu/", front_matter={"status": "audience"})
    item, problems = read("status: private", settings=mapped)
    assert (item.draft, item.audience, problems) == (False, ("private",), [])


def test_draft_false_does_not_publish_what_another_key_hides():
    assert read("published: false", "draft: false")[0].draft
    assert read("draft: false", "status: private")[0].draft


def test_a_password_is_not_repeated_in_the_message():
    _, problems = read("password: tr0ub4dor")
    assert "tr0ub4dor" not in str(problems[0])


def test_the_table_names_no_key_of_ours():
    ours = {key.replace("_", "") for key in FRONT_MATTER_KEYS}
    assert not ours & (HIDDEN_IF_TRUE | HIDDEN_IF_FALSE | EMBARGO | EXPIRY)
    assert hidden_by("title", "draft") is None
