"""Front matter that YAML readers refuse, mended where it has one meaning."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from clusterpress.checking.mend_yaml import mend_yaml
from clusterpress.config.settings import Settings
from clusterpress.content.reader import read_item

SETTINGS = Settings(name="x", url="https://x.eu/", typography=False)


def title_of(text):
    item, problems = read_item(text.encode(), "content/news/x.md", SETTINGS)
    assert item is not None, [str(problem) for problem in problems]
    return item.title


@pytest.mark.parametrize(
    "typed",
    [
        "Erasmus: the new call", "Coming soon:", "A: b: c", "@home", "`x` in texts", "%x", "*new* thing", "& Sons",
        "[Draft] title", "{x} and y", '"half quoted" title', "'half' quoted", "'s-Hertogenbosch", "| pipe", "> more",
        "? what", "]x", 'He said: "no"', "It's: 'both\"",
    ],
)  # fmt: skip
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_title_that_yaml_refuses_is_quoted_and_means_what_was_typed(typed, newline):
    text = newline.join(["---", f"title: {typed}", "date: 2027-01-01", "---", "Text: @home", ""])
    mended, ((line, before, _),) = mend_yaml(text)
    assert (line, before) == (2, f"title: {typed}")
    assert title_of(mended) == typed
    assert mended.endswith(newline.join(["date: 2027-01-01", "---", "Text: @home", ""]))
    assert mend_yaml(mended) == (mended, ())


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("—--\ntitle: A\ndate: 2027-01-01\n—--\n", "---\ntitle: A\ndate: 2027-01-01\n---\n"),
        ("---\ntitle: A\ndate: 2027-01-01\n–––\n", "---\ntitle: A\ndate: 2027-01-01\n---\n"),
        ("- - -\ntitle: A\ndate: 2027-01-01\n- - -\n", "---\ntitle: A\ndate: 2027-01-01\n---\n"),
        ("----\ntitle: A\ndate: 2027-01-01\n----\n", "---\ntitle: A\ndate: 2027-01-01\n---\n"),
        ("---\ntitle:A\ndate: 2027-01-01\n---\n", "---\ntitle: A\ndate: 2027-01-01\n---\n"),
        ("---\ntitle:: A\ndate: 2027-01-01\n---\n", "---\ntitle: A\ndate: 2027-01-01\n---\n"),
        ("---\ntitle:\u00a0A\ndate: 2027-01-01\n---\n", "---\ntitle: A\ndate: 2027-01-01\n---\n"),
        ("---\ntitle: “A: b”\ndate: 2027-01-01\n---\n", '---\ntitle: "A: b"\ndate: 2027-01-01\n---\n'),
        ("---\ntitle: A\nimage:\n\u00a0 src: x.jpg\n---\n", "---\ntitle: A\nimage:\n  src: x.jpg\n---\n"),
        ("---\ntags:\n- @a\n- b: c: d\n---\n", '---\ntags:\n- "@a"\n- b: "c: d"\n---\n'),
    ],
)
def test_slips_with_one_meaning_are_mended(front, expected):
    assert mend_yaml(f"{front}Text.\n")[0] == f"{expected}Text.\n"


@pytest.mark.parametrize(
    "text",
    [
        '---\ntitle: "open\ndate: 2027-01-01\n---\n', "---\ntags: [a, b\n---\n", "---\ntitle: - a\n---\n",
        "---\ntitle: a\n  date: b\n---\n", "---\ntitle: a\ntitle: b\n---\n", "---\ntitle: A\n\nText without an end\n",
        "—--\nA text under a line.\n", "----\nNote: a heading\n", "Just text.\n", "",
    ],
)  # fmt: skip
def test_what_is_not_certain_stays(text):
    assert mend_yaml(text) == (text, ())


@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=30
    )
)
def test_mending_changes_no_word_of_a_title(typed):
    text = f"---\ntitle: {typed}\ndate: 2027-01-01\n---\n"
    mended, changes = mend_yaml(text)
    if (
        changes
        and "\ntitle: " in mended
        and (item := read_item(mended.encode(), "content/news/x.md", SETTINGS)[0])
    ):
        written = yaml.safe_load(mended.split("---")[1])["title"] if mended.count("---") == 2 else None
        letters = [letter for letter in typed if letter.isalnum()]
        assert [letter for letter in str(written or item.title) if letter.isalnum()] == letters
