"""Bodies as trees."""

import pytest

from clusterpress.markup.body import render_html
from clusterpress.markup.render import render
from clusterpress.newsletters.nodes import lines_in, plain
from clusterpress.newsletters.parse_nodes import parse_nodes
from tests.newsletters.make import SETTINGS


def tree(markdown):
    html = render_html(
        render(markdown, SETTINGS),
        lambda link: f"https://x.eu/{link.target}",
        lambda picture: f'<img src="{picture.src}" alt="{picture.alt}">',
    )
    return parse_nodes(
        html,
        link=lambda address: {"href": address} if "://" in address else None,
        picture=lambda src: {"src": src},
    )


def test_paragraphs_keep_their_marks_and_lose_their_line_breaks():
    assert tree("One *two*\n**three** `four`  \nfive\n\nsix") == [
        {
            "t": "p",
            "c": [
                "One ", {"t": "em", "c": ["two"]}, " ", {"t": "strong", "c": ["three"]}, " ",
                {"t": "code", "c": ["four"]}, {"t": "br"}, " five",
            ],
        },
        {"t": "p", "c": ["six"]},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("markdown", "levels"),
    [
        ("## A\n\n### B\n\n## C", [1, 2, 1]),
        ("## A\n\n#### B\n\n##### C\n\n### D", [1, 2, 3, 2]),
        ("#### A\n\n## B\n\n### C", [1, 1, 2]),
    ],
)
def test_headings_never_skip_a_level(markdown, levels):
    assert [block["level"] for block in tree(markdown)] == levels


def test_lists_hold_blocks_and_nest():
    (block,) = tree("3. one\n4. two\n\n    - deep\n")
    assert (block["t"], block["ordered"], block["start"]) == ("list", True, 3)
    assert block["c"][1][1]["c"] == [[{"t": "p", "c": ["deep"]}]]


def test_a_link_without_an_address_leaves_its_words():
    assert tree("[here](#x) [there](https://y.eu/)")[0]["c"][-1] == {
        "t": "a", "href": "https://y.eu/", "c": ["there"],
    }  # fmt: skip


def test_footnotes_stand_where_they_are_referred_to():
    (block,) = tree("Text[^1] goes on.\n\n[^1]: A *note*.")
    assert block["c"] == [
        "Text", {"t": "note", "c": ["A ", {"t": "em", "c": ["note"]}, "."]}, " goes on.",
    ]  # fmt: skip


def test_tables_have_heads_captions_and_lists_in_cells():
    (table,) = tree("| Field | Work |\n|---|---|\n| Food | - one<br>- two |")
    assert table["columns"] == 2
    assert [plain(cell["c"]) for cell in table["head"][0]] == ["Field", "Work"]
    assert table["rows"][0][1]["c"][0]["t"] == "list"


def test_pictures_come_with_alternative_text_and_caption():
    (figure,) = tree('![Dots in a row](dots.png "The dots")')
    assert figure == {"t": "figure", "src": "dots.png", "alt": "Dots in a row", "caption": ["The dots"]}


def test_a_picture_in_a_line_stands_between_two_paragraphs():
    assert [block["t"] for block in tree("Before ![x](a.png) after")] == ["p", "figure", "p"]


def test_quotations_keep_who_said_it_and_pull_quotes_are_marked():
    quote, pull = tree("> Good.\n>\n> — Jihane\n\nText\n\n> Better.\n> {.pull}")[::2]
    assert (plain(quote["by"]), quote["pull"]) == ("Jihane", False)
    assert (plain(pull["c"]), pull["pull"]) == ("Better.", True)


@pytest.mark.parametrize(
    ("note", "text"),
    [
        ("Two:\n\n    - one\n    - two\n", "Two: – one – two"),
        ("Two:\n\n    3. one\n    4. two\n\n        - deep\n", "Two: 3. one 4. two – deep"),
        ("Said:\n\n    > Good.\n", "Said: Good."),
        ("One.\n\n    Two.\n", "One. Two."),
        ("Code:\n\n        a\n        b\n", "Code: a b"),
        ("Word\n\n    - **113** participants\n    - **30** managers\n", "Word 113 participants 30 managers"),
    ],
)
def test_a_footnote_keeps_its_paragraphs_items_and_quotations_apart(note, text):
    (block,) = tree(f"A[^1]\n\n[^1]: {note}")
    assert [plain(part) for part in block["c"]] == ["A", text]
    assert {"t": "br"} in block["c"][1]["c"]


def test_an_item_without_words_leaves_its_mark():
    rule = {"t": "list", "ordered": True, "start": 2, "c": [[{"t": "rule"}]]}
    assert list(lines_in([rule])) == [["2. "]]


def test_boxes_terms_rules_and_code_are_known():
    blocks = tree("!!! note\n    Inside\n\nWord\n:   Meaning\n\n---\n\n    code\n")
    assert [block["t"] for block in blocks] == ["box", "terms", "rule", "pre"]


def test_scripts_frames_and_the_list_of_headings_are_left_out():
    assert tree("[TOC]\n\n## A\n\n<script>x</script>\n\n<iframe src='https://y.eu'>text</iframe>\n\nEnd") == [
        {"t": "h", "level": 1, "c": ["A"]},
        {"t": "p", "c": ["End"]},
    ]


@pytest.mark.parametrize(
    ("items", "key_figures"),
    [
        (
            ("**113** participants", "**more than 30** managers"),
            [("", "113", "participants"), ("more than", "30", "managers")],
        ),
        (("**8 h** of talk", "**90 %** paid"), [("", "8 h", "of talk"), ("", "90 %", "paid")]),
        (("**2011-2012** period", "**7.8** million"), [("", "2011-2012", "period"), ("", "7.8", "million")]),
    ],
)
def test_a_short_list_of_figures_becomes_key_figures(items, key_figures):
    (block,) = tree("\n".join(f"- {item}" for item in items))
    assert [
        (key_figure["before"], key_figure["figure"], key_figure["label"]) for key_figure in block["c"]
    ] == key_figures


@pytest.mark.parametrize(
    "items",
    [
        ("**113** participants",),
        ("**Food** and drink", "**113** participants"),
        ("**5** sectors, and all of them with a long explanation of what they are", "**3** more"),
        ("**5** [sectors](https://x.eu/)", "**3** more"),
        ("**5**", "**3**"),
    ],
)
def test_other_lists_stay_lists(items):
    assert tree("\n".join(f"- {item}" for item in items))[0]["t"] == "list"
