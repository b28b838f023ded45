"""The text part of mails, as a mail program without HTML shows it: every block in every container."""

import re

import pytest

from clusterpress.newsletters.mail.text_blocks import WIDTH, TextWriter, linked
from clusterpress.newsletters.nodes import Block
from tests.newsletters.editions import Editions
from tests.newsletters.make import issue, news, newsroom

CONTAINERS = {
    "body": ("{}", ""),
    "item": ("- first\n\n    {}", "  "),
    "number": ("1. first\n\n    {}", "   "),
    "quotation": ("> first\n>\n> {}", "> "),
    "note": ("!!! tip\n    first\n\n    {}", "| "),
    "alert": ("> [!WARNING]\n> first\n>\n> {}", "| "),
    "description": ("Term\n:   first\n\n    {}", "    "),
    "deep": ("> - first\n>\n>     {}", ">   "),
}
TABLE = "| Land | Number |\n|:---|---:|\n| Sweden | 1 234 |\n| *Nord* | **9** |"
BLOCKS = {
    "table": (TABLE, ["Land    Number", "------  ------", "Sweden   1 234", "Nord         9"]),
    "headless": (
        "<table><tr><td>a</td><td>bb</td></tr><tr><td>ccc</td><td>d</td></tr></table>",
        ["a    bb", "ccc  d"],
    ),
    "break": ("First line  \nsecond line", ["First line", "second line"]),
    "picture": ('![A hall](/dots.png "The opening")', ["[A hall]", "The opening"]),
    "pair": ("One.\n\nTwo.", ["One.", "", "Two."]),
    "deleted": ("Until ~~1 May~~ 2 May.", ["Until 2 May."]),
    "mail": ("Write to <a@b.example>.", ["Write to a@b.example."]),
    "named": ("[Write](mailto:a@b.example)", ["Write <mailto:a@b.example>"]),
    "quote": ("> We met.\n> — Ann Example", ["> We met.", "— Ann Example"]),
    "box": ('!!! note "Mind"\n    The step.', ["| Mind", "|", "| The step."]),
    "folded": (
        "<details><summary>More</summary><p>Hidden words</p></details>",
        ["| More", "|", "| Hidden words"],
    ),
    "figures": ("- **113** participants\n- **€4.5 m** budget", ["113 participants", "€4.5 m budget"]),
    "list": ("- one\n    - two\n- six", ["* one", "  * two", "* six"]),
    "loose": ("- one\n\n    more\n\n- six", ["* one", "", "  more", "", "* six"]),
}


def text_of(body):
    files = {"news/a.md": news("A"), "newsletters/cord/3.md": issue("  - {title: A, items: [a]}", body=body)}
    library, stored, _ = newsroom(files)
    return Editions(library, stored).text("newsletters/cord/3/email.txt")


def within(frame, block):
    begin = frame[frame.rfind("\n", 0, frame.index("{}")) + 1 : frame.index("{}")]
    rest = begin if begin.strip(" >") == "" else " " * len(begin)
    return frame.replace("{}", block.replace("\n", f"\n{rest}"))


@pytest.mark.parametrize("container", CONTAINERS)
def test_every_block_reads_alike_in_every_container(container):
    frame, prefix = CONTAINERS[container]
    body = "\n\nMARK\n\n".join(within(frame, block) for block, _ in BLOCKS.values())
    text = text_of(f"Begin.\n\nMARK\n\n{body}\n\nMARK\n\nEnd.")
    for part, (name, (_, lines)) in zip(text.split("\n\nMARK\n\n")[1:], BLOCKS.items(), strict=False):
        expected = "\n".join(f"{prefix}{line}".rstrip() for line in lines)
        assert part.endswith(expected), (name, part)
        assert part == expected or part.removesuffix(expected).endswith("\n"), (name, part)
        assert not re.search(r"^ (?! )| $", part, flags=re.MULTILINE) or prefix.startswith(" "), (name, part)


def test_a_table_that_is_too_wide_has_a_line_for_each_cell_under_its_heading():
    head = " | ".join(f"Column {number}" for number in range(9))
    row = " | ".join(f"value number {number}" for number in range(9))
    text = text_of(f"| {head} |\n|{'---|' * 9}\n| {row} |\n| {row} |")
    record = "\n".join(f"Column {number}: value number {number}" for number in range(9))
    assert f"\n\n{record}\n\n{record}\n\n" in text


def test_cells_that_reach_over_others_stay_with_their_headings():
    text = text_of(
        "<table><thead><tr><th>A</th><th>B</th><th>C</th></tr></thead><tbody>"
        '<tr><td rowspan="2">one</td><td>two</td><td>three</td></tr><tr><td>four</td><td>five</td></tr>'
        '<tr><td>six</td><td colspan="2">both</td></tr></tbody></table>'
    )
    assert "A: one\nB: two\nC: three\n\nB: four\nC: five\n\nA: six\nB: both\n" in text


def test_a_cell_of_several_lines_keeps_them():
    text = text_of(
        "<table><thead><tr><th>A</th><th>B</th></tr></thead>"
        "<tbody><tr><td>one</td><td><ul><li>x</li><li>y</li></ul></td></tr></tbody></table>"
    )
    assert "A: one\nB: * x\n  * y\n" in text


def test_columns_stand_below_each_other_in_wide_scripts():
    text = text_of("| 国 | x |\n|---|---|\n| 日本 | 1 |\n| a | 2 |")
    assert "国    x\n----  -\n日本  1\na     2\n" in text


def test_an_abbreviation_is_explained_where_it_comes_first():
    text = text_of("The EU pays. The EU asks.\n\n*[EU]: European Union\n")
    assert "The EU (European Union) pays. The EU asks." in text


def test_no_deleted_word_stands_in_the_text_part_wherever_it_is_written():
    deleted = "~~gone {}~~"
    body = (
        f"{deleted.format('alone')}\n\n- {deleted.format('item')}\n- kept\n\n"
        f"| a |\n|---|\n| {deleted.format('cell')} |\n\n### {deleted.format('heading')} kept\n\n"
        f"[{deleted.format('link')} kept](https://x.example/)\n\n> {deleted.format('quoted')}\n"
    )
    text = text_of(body)
    assert "gone" not in text
    assert "* kept\n" in text
    assert not re.search(r"^(?:\*|>) *$", text, flags=re.MULTILINE)


def test_pictures_among_words_are_marked():
    assert "Press [Sq] twice." in text_of("Press ![Sq](/dots.png){height=20} twice.")


@pytest.mark.parametrize(
    ("words", "address", "written"),
    [
        ("a@b.example", "mailto:a@b.example", "a@b.example"),
        ("+32 2 1", "tel:+32 2 1", "+32 2 1"),
        ("https://x.example/", "https://x.example/", "https://x.example/"),
        ("x.example", "https://x.example/", "https://x.example/"),
        ("https://x.example", "https://x.example/", "https://x.example/"),
        ("", "https://x.example/", "https://x.example/"),
        ("there", "https://x.example/", "there <https://x.example/>"),
    ],
)
def test_an_address_stands_once(words, address, written):
    assert linked(words, address) == written


@pytest.mark.parametrize("depth", [1, 3, 8])
def test_lines_within_containers_are_not_longer_than_others(depth):
    block: Block = {"t": "p", "c": ["word " * 60]}
    for _ in range(depth):
        block = {"t": "quote", "pull": False, "c": [block]}
    (text,) = TextWriter(address=lambda link: link["href"]).write([block])
    assert max(map(len, text.split("\n"))) <= WIDTH
