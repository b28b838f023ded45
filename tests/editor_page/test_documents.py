"""The editor on a site reads and writes sources as the program does: only what somebody changed is another byte."""

import json
import shutil
import subprocess
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clusterpress.config.reader import read_settings
from clusterpress.content.front_matter import read_front_matter
from clusterpress.content.paths import kind_of
from clusterpress.editing.round_trip import same_page
from clusterpress.editor_page.forms import folders_of
from clusterpress.editor_page.site_editor import PublishedEntries, make_site
from clusterpress.editor_page.words import words_of
from clusterpress.scaffolding.items import ScaffoldError, path_of_new
from clusterpress.scaffolding.models import Model
from clusterpress.values.kinds import FOLDERS
from clusterpress.values.slugs import slugify
from tests.editing.test_round_trips import odd_texts, read, real_texts
from tests.timing import PATIENCE

pytestmark = pytest.mark.skipif(not shutil.which("node"), reason="Node.js is not installed")

SCRIPT = Path(__file__).with_name("documents.mjs")
ROOT = Path(__file__).parents[2]
CONFIG = """\
name: Site
url: https://example.eu/
languages: [en, fr, ar]
editor: {backend: github, repo: owner/site}
front_matter: {categories: tags}
kinds: {posts: news, consortium: partner}
newsletters: {cord: {name: Cord}}
"""
SETTINGS = read_settings(CONFIG)[0]
TODAY = "2026-11-30"
PATH = "content/news/2019/one.md"


class NoEntries(PublishedEntries):
    """A site without items."""

    def __init__(self):
        self.entries = self.terms = ()
        self.digest = b""


def site():
    return json.loads(make_site(settings=SETTINGS, entries=NoEntries(), words=words_of("en")))


@cache
def node():
    """Return Node.js with the page's modules: it starts once for this file."""
    running = subprocess.Popen(
        ["node", "--no-warnings", str(SCRIPT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert running.stdin
    running.stdin.write(json.dumps(site()) + "\n")
    return running


@pytest.fixture(autouse=True, scope="module")
def _ended():
    yield
    if node.cache_info().currsize:
        node().communicate(timeout=PATIENCE)
        node.cache_clear()


def ask(*asked):
    running = node()
    running.stdin.write(json.dumps(asked) + "\n")
    running.stdin.flush()
    return json.loads(running.stdout.readline())


@cache
def opened(text):
    """Return what a form shows of a text."""
    return ask(["read", text, PATH])[0]


def form(text, body=None, **changed):
    """Return what a form returns if somebody opens a text and changes some values."""
    found = opened(text)
    values = {key: one for key, one in {**found["values"], **changed}.items() if one is not None}
    return {"values": values, "body": found["body"] if body is None else body}


WRITTEN = (
    "---\r\n# Checked by the press office\r\ntitle: 'One'   # short\r\ndate: 12 April 2019\r\n"
    "programme: Next\r\ncluster:   [ qoot, MDC ]\r\ncustom_key: [kept, {as: it is}]\r\n"
    "image: {src: ../picture.png, alt: A dot}\r\n---\r\n\r\nFirst.  \r\n\r\n* kept as\r\n  it is\r\n"
)


def test_only_what_somebody_changed_is_another_byte():
    cases = [
        ({}, WRITTEN),
        ({"title": "Two"}, WRITTEN.replace("'One'", "'Two'")),
        ({"title": "It's: two"}, WRITTEN.replace("'One'", '"It\'s: two"')),
        ({"date": "2019-04-13"}, WRITTEN.replace("12 April 2019", "2019-04-13")),
        ({"cluster": ["qoot"]}, WRITTEN.replace("cluster:   [ qoot, MDC ]", "cluster: [qoot]")),
        ({"cluster": None}, WRITTEN.replace("cluster:   [ qoot, MDC ]\r\n", "")),
        ({"tags": ["food", "C#"]}, WRITTEN.replace("---\r\n\r\n", "tags: [food, C#]\r\n---\r\n\r\n")),
        ({"summary": "a\nb"}, WRITTEN.replace("custom_key", "summary: |-\r\n  a\r\n  b\r\ncustom_key")),
        ({"pinned": True}, WRITTEN.replace("---\r\n\r\n", "pinned: true\r\n---\r\n\r\n")),
    ]
    asked = [["change", WRITTEN, form(WRITTEN, **changed), PATH] for changed, _ in cases]
    for (changed, wanted), found in zip(cases, ask(*asked), strict=True):
        assert found == wanted, changed


def test_the_text_is_changed_in_its_own_line_ends_and_drafts_lose_their_mark():
    draft = WRITTEN.replace("custom_key", "draft: true\r\ncustom_key")
    body, ready = ask(
        ["change", WRITTEN, form(WRITTEN, body="Anew.\n\nMore."), PATH], ["change", draft, form(draft), PATH]
    )
    assert body == WRITTEN.partition("First.")[0] + "Anew.\r\n\r\nMore.\r\n"
    assert ready == WRITTEN


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("+++\ntitle = 'x'\n+++\n", "other_front_matter"),
        ("---\ntitle: [a\n---\nText.\n", "no_front_matter"),
        ("---\n{title: x}\n---\nText.\n", "other_front_matter"),
        ("---\n- title\n---\n", "other_front_matter"),
    ],
)
def test_what_cannot_be_changed_without_loss_is_refused(text, fault):
    read, changed = ask(["read", text, PATH], ["change", text, {"values": {"title": "y"}, "body": ""}, PATH])
    assert fault in {read.get("fault"), changed["fault"]}


def test_the_values_of_real_items_are_read_as_the_program_reads_them_and_saved_without_a_change():
    files = {
        path: (ROOT / path).read_bytes().decode()
        for path in sorted(one.relative_to(ROOT).as_posix() for one in (ROOT / "content").rglob("*.md"))
        if kind_of(path, SETTINGS)
    }
    found = dict(zip(files, ask(*(["read", text, path] for path, text in files.items())), strict=True))
    assert len(files) > 50
    kept = ask(*(["change", text, found[path], path] for path, text in files.items()))
    for (path, text), after in zip(files.items(), kept, strict=True):
        ours = read_front_matter(text, path)
        assert found[path]["body"] == ours.body.strip("\n"), path
        for key, value in ours.parsed.values.items():
            if isinstance(value, str) and key not in {"draft", "lang"}:
                shown = found[path]["values"][key]
                assert shown in (value, [value], {"src": value}, value == "true") or str(shown) == value
        assert after == (text if not found[path]["isDraft"] else after), path
        assert "fault" not in after, path


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=20)
LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)


def test_any_value_is_written_so_that_the_program_reads_it():
    texts: list[str] = ["true", "no", "12:30", "007", "1e3", "null", "~", "- a", "a: b", "a #b", "#a", "'", '"', "\\", "é ", "\ufeffx",
                        "x\u2028y", "a\tb", "=", "<<", "2019-04-12", "2019-04-12 10:00", "[x", "&Co", "!Urgent", "*x", "@x", "%", "`", "a, b"]  # fmt: skip

    @settings(max_examples=300, database=None, suppress_health_check=list(HealthCheck))
    @given(LINES)
    def collect(one):
        texts.append(one)

    collect()
    texts = [one for one in dict.fromkeys(texts) if one.strip()]
    forms = [
        {"values": {"title": one, "tags": [one, "b"], "image": {"src": one, "alt": ""}}, "body": ""}
        for one in texts
    ]
    for one, written in zip(texts, ask(*(["write", form, PATH] for form in forms)), strict=True):
        assert isinstance(written, str), one
        front = read_front_matter(written, PATH)
        assert [str(p) for p in front.parsed.problems if p.severity == "error"] == [], written
        values = front.parsed.values
        assert (values["title"], values["tags"], values["image"]["src"]) == (one, [one, "b"], one), written


def test_a_new_issue_is_written_as_its_form_begins_and_changed_in_its_section_alone():
    form = {
        "values": {**site()["forms"]["newsletters"]["values"], "date": "2026-11-30"},
        "body": "Dear readers,",
    }
    path = "content/newsletters/cord/01.md"
    (text,) = ask(["write", form, path])
    values = read_front_matter(text, path).parsed.values
    assert (values["newsletter"], values["number"], values["select"]) == ("cord", "1", {"until": "issue"})
    assert [one["title"] for one in values["sections"]] == ["News", "Events"]
    (found,) = ask(["read", text, path])
    found["values"]["sections"][0] = {"title": "News", "items": ["news/one"]}
    (changed,) = ask(["change", text, found, path])
    assert changed.partition("sections:")[0] == text.partition("sections:")[0]
    assert read_front_matter(changed, path).parsed.values["sections"][0]["items"] in (
        "news/one",
        ["news/one"],
    )


def test_a_new_item_goes_where_the_program_puts_it():
    titles = [
        "Žilina, 2011",
        "Straße & Ærø’s “Größe”",
        "A" * 80,
        "one " * 30,
        "ΑΒΓ 12",
        "İstanbul",
        "x",
        "Ünïcode ﬁ",
        "Erasmus+ C#",
    ]
    asked, wanted = [], []
    for folder, kind in folders_of(SETTINGS).items():
        for title in titles:
            values = {"title": title, "date": "2019-04-12", "newsletter": "cord", "number": "7"}
            model = Model(folder=f"content/{folder}") if folder not in FOLDERS else Model()
            try:
                path = path_of_new(kind, values, SETTINGS, model, date.fromisoformat(TODAY))
            except ScaffoldError:
                path = None
            asked.append(["path", folder, values, TODAY])
            wanted.append(path and path.removesuffix(".md"))
    assert ask(*asked) == wanted
    assert ask(*(["slug", one] for one in titles)) == [slugify(one) for one in titles]


def test_each_path_has_a_branch_of_its_own_that_git_accepts():
    paths = [
        "content/news/2019/one.md", "content/news/2019+one.md", "content/news/a b.md", "content/news/ü~^:?*[.md",
        "content/news/a.fr.md", "content/news/a=2e.md", "content/news/a..b.md", "content/news/x.lock.md",
        "content/news/a/index.md", "content/news/%41.md", "content/news/a.markdown", "content/news/خبر.md",
    ]  # fmt: skip
    found = ask(*(["branch", one] for one in paths))
    assert [back for _, back in found] == paths
    branches = [branch for branch, _ in found]
    assert branches[0] == "clusterpress/news+2019+one"
    assert len({*branches}) == len(paths)
    for branch in branches:
        subprocess.run(["git", "check-ref-format", "--branch", branch], check=True, capture_output=True)


def test_the_same_files_are_items():
    paths = [
        "content/news/a.md", "content/posts/a.md", "content/README.md", "content/news/readme.md", "content/static/a.md", "content/news/_a.md",
        "content/news/a.png", "content/consortium/x.fr.md", "content/pages/a/index.md", "docs/a.md", "content/.git/a.md", "content/other/a.md",
    ]  # fmt: skip
    assert ask(*(["kind", one] for one in paths)) == [kind_of(one, SETTINGS) for one in paths]


def test_texts_that_it_takes_for_the_same_are_the_same_by_the_rules_of_the_site():
    texts = [*real_texts(), *odd_texts(150)]
    pairs = [pair for one in read(texts) for pair in one["pairs"]]
    (answers,) = ask(["same", pairs])
    taken = [pair for pair, answer in zip(pairs, answers, strict=True) if answer]
    assert taken
    for one, other in taken:
        assert same_page(one, other, SETTINGS), (one, other)
