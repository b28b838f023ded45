"""Every block stands in every block: in the editorial, in stories and around sections, in every edition."""

import re
import shutil
import subprocess
from functools import cache
from itertools import pairwise

import pytest
from selectolax.lexbor import LexborHTMLParser

from clusterpress.newsletters.pdf.plan import pdf_outputs
from clusterpress.newsletters.resolve import resolve_issues
from tests.newsletters.editions import Editions, make
from tests.newsletters.make import SETTINGS, THEME, issue, news, newsroom

BLOCKS = {
    "paragraph": "{w} **strong** `code` and [a link](https://y.eu/).",
    "heading": "#### {w}",
    "list": "- {w}\n- other\n    - inner{w}",
    "numbers": "3. {w}\n4. other",
    "tasks": "- [ ] {w}\n- [x] done{w}",
    "quote": "> {w}",
    "pull": "> {w}\n> {{.pull}}",
    "table": "| {w} | b |\n|---|--:|\n| c{w} | 1 |",
    "code": "```\n{w}\n  indented\n```",
    "box": '!!! note "{w}"\n    in{w}',
    "details": '??? note "{w}"\n    in{w}',
    "terms": "{w}\n:   means{w}",
    "picture": '![alt{w}](/dots.png "{w}")',
    "figures": "- **113** {w}\n- **30** others",
    "rule": "{w}\n\n---",
    "html": "<div><p>{w}</p><h3>head{w}</h3></div>",
    "reference": "{w}[^1]",
}
CONTAINERS = {
    "plain": "{}",
    "item": "- first\n\n    {}",
    "number": "1. first\n\n    {}",
    "quotation": "> first\n>\n> {}",
    "note": "!!! tip\n    first\n\n    {}",
    "folded": "??? tip\n    first\n\n    {}",
    "description": "Term\n:   first\n\n    {}",
    "footnote": "Text[^x{key}].\n\n[^x{key}]: first\n\n    {}",
    "cell": '<table markdown="1"><tr markdown="1"><td>one</td><td markdown="1">\n\n{}\n\n</td></tr></table>',
    "deep": "> - first\n>\n>     > {}",
}


def written(container, block):
    """Return a block within a container as an editor writes it, and the words that must not get lost."""
    key = f"{block}{container}"
    frame = CONTAINERS[container].replace("{key}", key)
    text = BLOCKS[block].format(w=f"W{key}")
    begin = frame[frame.rfind("\n", 0, frame.index("{}")) + 1 : frame.index("{}")]
    rest = begin if begin.strip(" >") == "" else " " * len(begin)
    text = text.replace("\n", "\n" + rest)
    return frame.replace("{}", text), re.findall(rf"\w*W{key}", text)


COMBINATIONS = [(container, block) for container in CONTAINERS for block in BLOCKS]
BODY = "\n\nBetween them.\n\n".join(written(*one)[0] for one in COMBINATIONS) + "\n\n[^1]: The note.\n"
TOOLTIPS = {"Wpicturecell", "Wpicturefootnote"}
"""The title of a picture in a line of text is a tooltip, not a caption."""
WORDS = {word for one in COMBINATIONS for word in written(*one)[1]} - TOOLTIPS


@cache
def made():
    """Return path → content of an issue whose editorial and story hold every combination."""
    files = {
        "news/a.md": news("Title CO₂ → ✓ 🎉 Ạ", body=BODY),
        "newsletters/other/1.md": issue(
            "  - {title: S, items: [a]}", newsletter="other", number="1", body=BODY
        ),
    }
    library, stored, _ = newsroom(files)
    issues, _ = resolve_issues(library)
    editions = Editions(library, stored)
    printed = pdf_outputs(issues, SETTINGS, THEME)
    contents = {path: editions.bytes(path) for path in editions.outputs if path.endswith((".html", ".txt"))}
    return contents | {output.path: make(output, stored) for output in printed}


def words_of(html):
    page = LexborHTMLParser(html)
    alts = " ".join(image.attributes["alt"] or "" for image in page.css("img"))
    return set(re.findall(r"\w+", f"{page.body.text(separator=' ')} {alts}"))


def test_the_table_is_large_enough():
    assert len(BLOCKS) >= 12
    assert len(CONTAINERS) >= 8
    assert len(WORDS) > len(COMBINATIONS)


@pytest.mark.parametrize("path", ["", "2/"])
def test_web_pages_lose_no_word(path):
    assert sorted(WORDS - words_of(made()[f"newsletters/other/1/{path}index.html"])) == []


def test_mails_lose_no_word():
    assert sorted(WORDS - words_of(made()["newsletters/other/1/email.html"])) == []


def test_the_text_of_mails_loses_no_word():
    assert sorted(WORDS - set(re.findall(r"\w+", made()["newsletters/other/1/email.txt"].decode()))) == []


@pytest.mark.parametrize("path", ["", "2/", "all/"])
def test_headings_on_web_pages_skip_no_level(path):
    page = LexborHTMLParser(made()[f"newsletters/other/1/{path}index.html"])
    levels = [int(node.tag[1]) for node in page.css("h1, h2, h3, h4, h5, h6")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
def test_the_pdf_loses_no_word_and_is_accessible():
    pdf = made()["newsletters/other/1/other-1.pdf"]
    text = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True).stdout
    found = set(
        re.findall(r"[A-Za-z]+", re.sub(r"[\u200b\u00ad]|(?<=\w)-\n", "", text.decode(errors="replace")))
    )
    alts = {word for word in WORDS if word.startswith("alt")}
    assert not WORDS - found - alts, sorted(WORDS - found - alts)
    assert b"<pdfuaid:part>1" in pdf.replace(b" ", b"")
    for character in "₂→✓🎉Ạ☐☑":
        assert character in text.decode(errors="replace"), character
