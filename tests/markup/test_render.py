from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from clusterpress.markup.extensions import BadExtensionError, extension_problems
from clusterpress.markup.references import LinkKind, classify_link
from clusterpress.markup.render import body_key, render
from tests.markup.make import SAFE, TRUSTED, html_of, joined, with_extensions

EXAMPLE = Path(__file__).with_name("examples.md").read_text(encoding="utf-8")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
PIECES = [
    "# ", "## ", "- ", "  - ", "1. ", "> ", "> — Name", "    ", "```\n", "~~~", "|a|b|\n|-|-|\n|c|- d<br>- e|", "\n", "\n\n", "*", "**", "_", "`",
    "[a](b.md)", "[a](#b)", "![c](d.jpg 'e')", "[^1]", "[^1]: f", "*[HTML]: g", "HTML", "[TOC]", "<!-- more -->", "<div markdown>", "<div>", "</div>",
    "<p>", "<b>", "</b>", "<a href='javascript:x'>", "</a>", "<table>", "<td>", "<script>", "<!--", "<![CDATA[", "<?x", "</body>", "<svg>", "<select>",
    "<pre>", "<textarea>", "<template>", "{.x #y}", "{: z=1}", "!!! note\n    ", "??? tip\n    ", ":   h", "\\", "&#2;", "&lt;", "&", "<", ">", '"', "é", "ع",
    "🎉", "\x00", "\x02", "\x03", "\ud800", "word", " ", "\t", "\r\n", "=", "===", "---",
]  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
MERMAID = "{name: mermaid, class: mermaid, format: !!python/name:pymdownx.superfences.fence_code_format }"
MODES = pytest.mark.parametrize("mode", [TRUSTED, SAFE], ids=["trusted", "safe"])


class Balance(HTMLParser):
    """Fails on an end tag that does not close the element opened last."""

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, _attrs):
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@MODES
@settings(deadline=None)
@given(text=TEXTS)
@example(text="<a href='&#106;avascript:x'>y")
@example(text="<div><p>a</div>")
def test_any_text_gives_a_body_without_running_addresses(mode, text):
    body = render(text, mode)
    html = joined(body)
    html.encode()
    for node in LexborHTMLParser(html).css("[href], [src], [action]"):
        assert all(classify_link(value or "") is not LinkKind.REFUSED for value in node.attributes.values())
    assert not any("cannot be read" in message for _, message, _ in body.outline.problems)
    assert body.parts[: body.lead] + body.parts[body.lead :] == body.parts
    assert [part for part in body.parts if not isinstance(part, str)].sort(key=str) is None
    assert {*body.outline.links, *body.outline.pictures} >= {
        part for part in body.parts if not isinstance(part, str)
    }


@settings(deadline=None)
@given(text=TEXTS)
def test_any_text_gives_balanced_html(text):
    balance = Balance()
    balance.feed(html_of(text, SAFE))
    balance.close()
    assert balance.open == []


@settings(deadline=None)
@given(text=TEXTS)
@example(text="<div markdown><div>")
@example(text="<div markdown>\n<div markdown>\n- a")
@example(text="[TOC]<template>")
def test_any_words_survive(text):
    body = render(f"{text}\n\nlast-word", TRUSTED)
    assert "last-word" in joined(body)


@given(
    texts=st.lists(
        st.sampled_from(
            [
                EXAMPLE,
                "# A\n\n[^1]\n\n[^1]: x",
                "*[HTML]: x\n\nHTML",
                "[a]: b.md",
                "HTML [a] [^1]",
                "<div markdown>",
                "- a",
            ]
        ),
        max_size=5,
    )
)
def test_nothing_of_one_body_is_left_in_the_next(texts):
    expected = render("HTML [a] [^1]\n\n# A", TRUSTED)
    for text in texts:
        render(text, TRUSTED)
    assert render("HTML [a] [^1]\n\n# A", TRUSTED) == expected
    assert "<abbr" not in joined(expected)


def test_a_text_on_which_an_extension_fails_is_a_fault_and_its_words_stay():
    strict = with_extensions("  - pymdownx.snippets: {check_paths: true}")
    body = render('- a <word>\n\n--8<-- "missing.md"', strict)
    assert joined(body) == '<pre>- a &lt;word&gt;\n\n--8&lt;-- "missing.md"</pre>'
    assert "missing.md" in body.outline.problems[0][1]
    assert html_of("after", strict) == "<p>after</p>"


def test_control_characters_and_line_ends_make_no_difference():
    assert render("a\x00\r\nb\x0b\x7f\r\n\r\nc", TRUSTED) == render("a\nb\n\nc", TRUSTED)


def test_emoji_and_right_to_left_text_survive():
    assert html_of("مرحبا بكم في الدار البيضاء 🎉👩‍🔬") == "<p>مرحبا بكم في الدار البيضاء 🎉👩‍🔬</p>"


def test_the_key_changes_with_the_text_and_what_the_settings_say_about_markup():
    keys = [
        body_key("a", TRUSTED),
        body_key("b", TRUSTED),
        body_key("a", SAFE),
        body_key("a", with_extensions("  - smarty")),
    ]
    assert len(set(keys)) == len(keys)
    assert body_key("a", replace(TRUSTED, name="Another", page_size=7)) == keys[0]


@pytest.mark.parametrize(
    ("block", "text", "html"),
    [
        ("  - smarty", '"a" -- b', "<p>“a” – b</p>"),
        ("  - pymdownx.caret", "1^st^", "<p>1<sup>st</sup></p>"),
        ("  pymdownx.caret:\n    superscript: false", "1^st^", "<p>1^st^</p>"),
        (
            "  - toc:\n      permalink: true",
            "## A",
            '<h2 id="a">A<a class="headerlink" href="#a" title="Permanent link">¶</a></h2>',
        ),
        ("  - toc", "## عن\n## عن", '<h2 id="section">عن</h2>\n<h2 id="section_1">عن</h2>'),
        (
            f"  - pymdownx.superfences: {{custom_fences: [{MERMAID}]}}",
            "```mermaid\na\n```",
            '<pre class="mermaid"><code>a</code></pre>',
        ),
        (
            "  - toc: {slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: none}}}\nhooks: !ENV X",
            "## Ab",
            '<h2 id="Ab">Ab</h2>',
        ),
    ],
)
def test_extensions_named_for_mkdocs_are_used_too(block, text, html):
    assert html_of(text, with_extensions(block)) == html


def test_options_of_a_usual_extension_are_added_to_ours():
    html = html_of("a[^1]\n\n[^1]: b", with_extensions("  - footnotes: {BACKLINK_TEXT: back}"))
    assert ">back</a>" in html
    assert 'title="↑ 1"' in html


@pytest.mark.parametrize(
    "block",
    [
        "  - no_such_extension",
        "  - toc:\n      no_such_option: 1",
        "  - toc: !!python/name:no.such.module",
        "  - [",
        "  - toc: 3",
        "  - 3",
        "  - {toc: , smarty: }",
    ],
)
def test_an_extension_that_cannot_be_used_is_a_problem_of_the_settings(block):
    wrong = with_extensions(block)
    with pytest.raises(BadExtensionError):
        render("a", wrong)
    problems = extension_problems(wrong, "site_config.yml")
    assert [(problem.path, problem.field) for problem in problems] == [("site_config.yml", "mkdocs")]


def test_good_extensions_are_no_problem():
    assert extension_problems(TRUSTED, "site_config.yml") == []


@MODES
@pytest.mark.parametrize(
    "before", ["A", "- A", "> A", "| A |\n|---|\n| b |", "```\nA\n```", "<div>A</div>", "A[^1]\n\n[^1]: B"]
)
def test_marks_of_an_old_program_are_on_no_page(mode, before):
    note = "<!-- Not shown here: {% set secret = 1 %} · {{< x - -&gt;}} -->"
    assert html_of(f"{before}\n\n{note}\n", mode).split() == html_of(before, mode).split()
