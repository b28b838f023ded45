"""Front matter as staff type it: nothing is cut silently, and each slip has its own words."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from clusterpress.config.settings import Settings
from clusterpress.content.reader import read_item
from clusterpress.parsing import yaml_text
from clusterpress.sources.front_matter import set_values
from clusterpress.values.kinds import PROSE_KEYS

SETTINGS = Settings(name="X", url="https://x.eu/", typography=False)


def read(front, path="content/news/x.md"):
    return read_item(f"---\n{front}---\nText.\n".encode(), path, SETTINGS)


@pytest.mark.parametrize(
    "typed",
    [
        "Hash # in title", "Meet us at stand #4", "#TechDays opens", "In C #", "!Urgent", "!Urgent news", "! Wait",
        "!!Wow big", "&Co", "&Co news", "{x}", "Yes", "No", "on", "1.10", "0123", "12:30", "2027-01-01", "1e3",
        "0x1F", ".5", "=", "C#", "C# and F#", "50% off", "a:b", "https://x.eu/a:b", "🎉 emoji", "“curly”",
        "It's here", 'He said "no"', "Ready?", "-dash", "a - b", "a, b", "خبر جديد", "tab\there",
    ],
)  # fmt: skip
@pytest.mark.parametrize("key", ["title", "summary"])
def test_a_text_is_kept_as_typed(typed, key):
    other = "summary" if key == "title" else "title"
    item, problems = read(f"date: 2027-01-01\n{key}: {typed}\n{other}: Other\n")
    assert getattr(item, key) == typed
    assert not [problem for problem in problems if problem.severity == "error"]


@pytest.mark.parametrize(
    "typed",
    [
        "Title: with colon", "trailing colon:", "*new*", "*new* thing", "& Sons", "@home", "`x`", "%x", "[Draft] title",
        "{x} y", "- dash", '"half quoted" title', "'s-Hertogenbosch", '"open', "[open", "| pipe", "null", "~",
    ],
)  # fmt: skip
def test_a_title_that_yaml_refuses_is_told_on_its_line_with_a_remedy(typed):
    item, problems = read(f"date: 2027-01-01\ntitle: {typed}\n")
    assert item is None
    (error,) = [problem for problem in problems if problem.severity == "error"]
    assert error.line == 3
    assert error.hint


@pytest.mark.parametrize(
    ("front", "line", "words"),
    [
        ("publish: 2027-01-01 # new year\n", 0, ""),
        ("tags: [ict]  # to be checked\n", 0, ""),
        ("pinned: true # for a week\n", 0, ""),
        ("author: Ann Example  # editor\n", 0, ""),
        ("author: Ann Example # editor\n", 4, '"# editor" begins a comment'),
        ("place: Linz # or Wels\n", 4, '"place" is not a key'),
        ("summary: In short # TODO\n", 4, '"# TODO" stays in the text'),
        ("summary: # to be written\n", 0, ""),
        ("title:: A\n", 4, "two colons"),
        ("lang:en\n", 4, "no space after the colon"),
        ("lang:\u00a0en\n", 4, "non-breaking space"),
        ("image:\n\u00a0 src: a.jpg\n", 5, "non-breaking space"),
        ("image:\nsrc: a.jpg\nalt: A\n", 5, '"src" belongs to "image" above'),
        ("picture:\nsrc: a.jpg\n", 5, '"src" belongs to "picture" above'),
        ("image:\n\tsrc: a.jpg\n", 5, "a tab stands"),
        ("\tlang: en\n", 4, "a tab stands at the start"),
        (" \tlang: en\n", 4, "a tab stands at the start"),
        ("summary : One : two\n", 4, "a second colon"),
        ("summary\t: One : two\n", 4, "a second colon"),
        ("publish: “1 January 2027”\n", 4, "curly quotation marks"),
        ("summary: “One: two”\n", 4, "curly quotation marks"),
        ("tags:\n- a\n- “b”\n", 4, "curly quotation marks"),
        ("title: Another\n", 4, '"title" is given twice'),
    ],
)
def test_each_slip_has_its_own_words(front, line, words):
    _, problems = read(f"title: T\ndate: 2027-01-01\n{front}")
    found = [(problem.line, problem.message, bool(problem.hint)) for problem in problems]
    if not line:
        assert found == []
    else:
        assert any(at == line and words in message and hint for at, message, hint in found), found


@pytest.mark.parametrize("fence", ["—--", "–––", "- - -", "----", "—", " ---", "***", "```yaml"])
def test_a_line_like_a_fence_is_told(fence):
    text = f"{fence}\ntitle: A\ndate: 2027-01-01\n{fence}\nText.\n".encode()
    _, problems = read_item(text, "content/news/x.md", SETTINGS)
    if fence != " ---":
        (problem,) = problems
        assert (problem.line, problem.severity) == (1, "error")
        assert f'"{fence}" is not the line that opens' in problem.message
    if fence[0] not in "*`":
        text = f"---\ntitle: A\ndate: 2027-01-01\n{fence}\nText.\n".encode()
        (problem,) = read_item(text, "content/news/x.md", SETTINGS)[1]
        assert (problem.line, problem.hint) == (4, 'write three hyphens at the start: "---"')


def test_a_rule_at_the_top_of_a_text_is_no_fence():
    text = b"----\nA sentence under a rule.\n"
    assert not any(
        "opens" in problem.message for problem in read_item(text, "content/news/x.md", SETTINGS)[1]
    )


@pytest.mark.parametrize(
    "front", ["title: Tabbed\n\tdate: 2026-11-29\n", "date: 2026-11-29\n\ttitle: Tabbed\n"]
)
def test_a_tab_before_a_key_is_told_once_and_nothing_is_missing(front):
    _, problems = read(f"{front}summary: Short\n")
    assert [(problem.line, problem.message) for problem in problems] == [
        (3, "a tab stands at the start of this line")
    ]
    assert front.rsplit("\t", 1)[1].strip() in problems[0].hint


@pytest.mark.parametrize("key", ["summary", "title"])
def test_a_space_before_the_colon_changes_no_words(key):
    told = [read(f"date: 2026-11-29\n{key}{gap}: Le forum : jour un\n")[1] for gap in ("", " ")]
    assert [p.message for p in told[0]] == [p.message for p in told[1]]
    assert told[0][0].hint.replace(key, f"{key} ") == told[1][0].hint or told[0][0].hint == told[1][0].hint


def test_all_faults_of_a_file_are_told_in_one_run():
    front = (
        "title: a: b\ndate: 5 Jume 2027\ntags: [x\nsummary: @home\npinned: maybe\nimage:\n\tsrc: x.jpg\n"
        'byline: sideways\nprogramme: "open\n'
    )
    item, problems = read(front)
    assert item is None
    assert [problem.line for problem in problems if problem.severity == "error"] == [2, 3, 4, 5, 6, 8, 9, 10]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("The FCC&#8217;s maps", "The FCC’s maps"), ("R&amp;D", "R&D"), ("Caf&eacute; &ndash; news", "Café – news"),
        ("&#x2019;s", "’s"), ("A &lt;b&gt; tag", "A <b> tag"), ("R&D; AT&T", "R&D; AT&T"), ("a &copy b", "a &copy b"),
    ],
)  # fmt: skip
def test_entities_in_texts_are_decoded(written, shown):
    item, _ = read(
        f"title: '{written}'\ndate: 2027-01-01\ntags: ['{written}']\nimage: {{src: 'a.jpg', alt: '{written}'}}\n"
    )
    assert (item.title, item.tags, item.image.alt) == (shown, (shown,), shown)
    item, _ = read_item(
        f"---\ndate: 2027-01-01\n---\n# {written}\n\nText.\n".encode(), "content/news/x.md", SETTINGS
    )
    assert item.title == shown


def test_entities_in_addresses_stay():
    item, _ = read("title: T\ndate: 2027-01-01\nmore: [{label: 'A&amp;B', url: 'https://x.eu/?a=1&lt;=2'}]\n")
    assert (item.more[0].label, item.more[0].url) == ("A&B", "https://x.eu/?a=1&lt;=2")


WORDS = st.sampled_from(
    ["Hash", "#tag", "# c", "!Urgent", "&Co", "*new*", "@x", "`x`", "%x", "a: b", "x:", "[x]", "[x", "{x}", "- d", '"q"',
     "'s", "null", "~", "1.10", "é", "🎉", "\u00a0", "“c”", "|", ">", "<<", "?", "  ", "# x", "!!str", "C#", ","]
)  # fmt: skip
VALUES = st.lists(WORDS, max_size=4).map(" ".join)
KEYS = st.sampled_from(
    ["title", "summary", "date", "tags", "image", "src", "alt", "a b", "Ünder", "<<", "- x", "  src"]
)
LINES = st.lists(st.tuples(KEYS, VALUES).map(": ".join) | VALUES, min_size=1, max_size=6).map("\n".join)


@given(LINES)
def test_the_fast_and_the_slow_reader_agree(text):
    def found(loader):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(yaml_text, "_Loader", loader)
            result = yaml_text.read_yaml(text, "x", prose=PROSE_KEYS)
        return result.values, bool(result.problems), {problem.severity for problem in result.problems}

    fast, slow = found(yaml.CBaseLoader), found(yaml.BaseLoader)
    # On a text that one of them refuses, they may stop at different places.
    if "error" not in fast[2] | slow[2]:
        assert fast == slow
    else:
        assert "error" in fast[2]
        assert "error" in slow[2]


def test_the_editor_replaces_the_whole_of_a_text_with_a_hash():
    text = "---\ntitle: Hash # in title\ndate: 2027-01-01 # new year\n---\n"
    changed = set_values(text, {"title": "New"}, "news", SETTINGS)
    assert changed == "---\ntitle: New\ndate: 2027-01-01 # new year\n---\n"
