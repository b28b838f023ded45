"""The table of the dialect is true: every construct of CommonMark and GitHub, as three readers read it.

``GOLDEN=renew`` writes the three columns anew; the source and the reason are written by hand.
"""

import os
import re
from pathlib import Path

import pytest
from markdown import Markdown
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from clusterpress.markup.extensions import DEFAULT_EXTENSIONS
from clusterpress.markup.render import render
from tests.markup.make import TRUSTED, html_of

PAGE = Path(__file__).parents[2] / "generator/clusterpress/handbook/pages/markdown.md"
HEAD = "| Construct | Written | CommonMark, GitHub | Python-Markdown | clusterpress | Why |\n|---|---|---|---|---|---|\n"

CLASSES = {
    # CommonMark 0.31.2, chapters 2 to 6
    "Tabs", "Escapes", "Entities", "Precedence", "Rules", "Headings", "Underlined headings", "Indented code", "Fenced code",
    "HTML blocks", "Reference definitions", "Paragraphs", "Blank lines", "Quotations", "Items", "Lists", "Code spans",
    "Emphasis", "Links", "Pictures", "Autolinks", "Raw HTML", "Hard breaks", "Soft breaks", "Text",
    # GFM 0.29: 4.10, 5.3, 6.5, 6.9, 6.11, and what GitHub's documentation adds
    "Tables", "Tasks", "Deleted words", "Bare addresses", "Disallowed HTML", "Footnotes", "Alerts",
}  # fmt: skip
GITHUB = {
    "- [ ] a\n- [x] b": "list(task, task)",
    "See https://a.example/b.": "link",
    "www.a.example": "link",
    "b@a.example": "link",
    "(https://a.example/b_(c))": "link",
    "«https://a.example»": "link",
    "a/b@c.example": "link",
    "~a~": "deleted",
    "<script>a</script>": "text",
    "a[^1]\n\n[^1]: b": "link, footnotes",
    "[^1]: b": "",
    "> [!NOTE]\n> a": "box",
    "> a\n\n> [!NOTE]\n> b": "quotation, box",
}
"""What GitHub adds and the CommonMark program of this test does not know (GFM 0.29, and GitHub's documentation)."""

NAMES = {
    "ul": "list", "ol": "numbers", "blockquote": "quotation", "pre": "code", "code": "inline code", "a": "link", "img": "picture",
    "em": "emphasis", "strong": "bold", "del": "deleted", "s": "deleted", "hr": "rule", "br": "break", "table": "table",
    **{f"h{level}": "heading" for level in range(1, 7)}, "b": "HTML", "script": "HTML",
}  # fmt: skip
WHOLE = {"code", "inline code", "heading", "table"}


def shape_of(html):
    """Return the constructs of some HTML, nested ones in brackets."""
    parser = LexborHTMLParser(f"<!doctype html><body>{html}")
    return ", ".join(_shapes(parser.body))


def _shapes(node):
    found = []
    for child in node.iter(include_text=True):
        classes = (child.attributes.get("class") or "").split() if child.tag != "-text" else []
        if child.tag in NAMES:
            found.append(_named(child))
        elif child.tag == "p":
            found += _shapes(child) or (["text"] if child.text().strip() else [])
        elif "footnote" in classes:
            found.append("footnotes")
        elif "admonition" in classes:
            found.append("box")
        elif child.tag == "div" and child.css_first("pre"):
            found.append("code")
        elif child.tag == "div" and "table" in classes:
            found.append("table")
        elif not child.tag.startswith(("-", "_")):
            inner = _shapes(child)
            found += [f"HTML({', '.join(inner)})" if inner else "HTML"] if child.tag == "div" else inner
        elif child.tag == "-text" and child.text().strip() and node.tag in {"body", "div"}:
            found.append("text")
    return found


def _named(node):
    name = NAMES[node.tag]
    if name == "numbers" and node.attributes.get("start"):
        name = f"numbers from {node.attributes['start']}"
    if name in WHOLE:
        return name
    if node.tag in {"ul", "ol"}:
        inner = [
            shape
            for item in node.iter()
            for shape in (["task"] if "task" in str(item.attributes.get("class")) else _shapes(item))
        ]
        items = sum(1 for item in node.iter() if item.tag == "li")
        name = name if items == 1 else f"{name} of {items}"
        if inner and set(inner) == {"task"}:
            name = name.partition(" of")[0]
        inner = [shape for shape in inner if shape != "text"]
    else:
        inner = [shape for shape in _shapes(node) if shape != "text"]
    return f"{name}({', '.join(inner)})" if inner else name


def commonmark(text):
    return shape_of(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text))


def python_markdown(text):
    return shape_of(Markdown(extensions=DEFAULT_EXTENSIONS, output_format="html").convert(text))


def ours(text):
    return shape_of(html_of(text))


def readings(text):
    return (GITHUB.get(text, commonmark(text)), python_markdown(text), ours(text))


def rows():
    table = PAGE.read_text(encoding="utf-8").partition(HEAD)[2].partition("\n\n")[0]
    for line in filter(None, table.split("\n")):
        name, written, *read, why = (cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1])
        yield name, source_of(written), tuple(read), why


def source_of(written):
    marks = len(written) - len(written.lstrip("`"))
    inner = written[marks:-marks]
    if inner.startswith(" ") and inner.endswith(" ") and "`" in inner:
        inner = inner[1:-1]
    return inner.replace("\\|", "|").replace("⏎", "\n").replace("→", "\t")


def cell_of(text):
    text = text.replace("|", "\\|").replace("\n", "⏎").replace("\t", "→")
    marks = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{marks} {text} {marks}" if "`" in text else f"`{text}`"


@pytest.mark.golden
def test_the_table_says_what_each_reader_makes_of_a_construct():
    wanted = [
        (name, text, tuple(reading or "nothing" for reading in readings(text)), why)
        for name, text, _, why in rows()
    ]
    if os.environ.get("GOLDEN") == "renew":
        lines = [
            f"| {name} | {cell_of(text)} | {' | '.join(read)} | {why} |\n" for name, text, read, why in wanted
        ]
        before, _, after = PAGE.read_text(encoding="utf-8").partition(HEAD)
        PAGE.write_text(before + HEAD + "".join(lines) + after.partition("\n\n")[2], encoding="utf-8")
    assert list(rows()) == wanted


def test_every_class_of_constructs_is_there():
    assert {name for name, *_ in rows()} == CLASSES


def test_each_difference_has_a_reason():
    silent = [text for _, text, (github, _, own), why in rows() if own != github and not why]
    assert silent == []


@pytest.mark.parametrize("text", [text for _, text, *_ in rows()])
def test_no_construct_of_the_table_stops_a_build_or_prints_a_placeholder(text):
    body = render(text, TRUSTED)
    assert not any("cannot be read" in message for _, message, _ in body.outline.problems)
    assert "klzzwxh" not in body.text
