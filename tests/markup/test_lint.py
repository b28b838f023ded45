"""What readers would miss is remarked upon, with its line."""

import pytest

from clusterpress.config.settings import Settings
from clusterpress.markup.body import Outline, outline_problems
from clusterpress.markup.render import render
from tests.markup.make import TRUSTED

SETTINGS = Settings(name="x", url="https://x.eu/")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("See\n[here](https://ec.europa.eu/a).", 2),
        ("[Click here](b.md)", 1),
        ("One.\n\n[**here**](b.md) and [there](c.md)", 3),
        ("[ici](b.md)", 1),
        ("[هنا](b.md)", 1),
        ("[Тук](b.md)", 1),
        ("[siin](b.md)", 1),
        ("[Anseo](b.md)", 1),
        ("[čia](b.md)", 1),
        ("[Lasīt vairāk…](b.md)", 1),
        ("[hawn](b.md)", 1),
        ("[детальніше](b.md)", 1),
        ("[Read more…](b.md)", 1),
    ],
)
def test_an_uninformative_link_text_is_reported(text, line):
    (remark,) = render(text, SETTINGS).outline.warnings
    assert remark[0] == line
    assert "does not say where it leads" in remark[1]


@pytest.mark.parametrize(
    "text", ["[The report](b.md)", "[Here we go again](b.md)", "![A dot](a.png)", "here"]
)
def test_other_links_and_pictures_are_not(text):
    assert render(text, SETTINGS).outline.warnings == ()


def test_a_picture_without_alt_text_is_reported():
    (remark,) = render("Text.\n\n![](milan.jpg)", SETTINGS).outline.warnings
    assert remark == (3, "the picture has no alt text", "describe what it shows between the square brackets")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("## A\n\n#### Deep *down* here\n", 3, "skips a level"),
        ("Text.\n\n## MEET US IN LINZ\n", 3, "all capitals"),
        ("Text.\n\n| | |\n|---|---|\n| Linz | 2 |\n", 5, "no heads"),
        ("Text.\n\n<table><tr><td>Linz</td></tr></table>\n", 3, "no heads"),
        ("- a\n\n  - b\n", 3, "fewer than four"),
        ("English words come first here.\n\nΤα δίκτυα της Ευρώπης\n", 3, "in Greek letters"),
        (
            "Новини за клъстерите на Балканите и техните срещи през тази година.\n\nThe news is that clusters meet.\n",
            3,
            "in Latin letters",
        ),
    ],
)
def test_what_some_readers_would_miss_is_reported_with_its_line(text, line, words):
    (remark,) = render(text, SETTINGS).outline.warnings
    assert remark[0] == line
    assert words in remark[1]


@pytest.mark.parametrize(
    "text",
    [
        "## A\n\n### B\n\n## C\n",
        "## SIDE CLUSTER\n",
        "| Town |\n|---|\n| Linz |\n",
        "- a\n    - b\n",
        "```\n- a\n  - b\n```\n",
        "برنامج THE NEXT SOCIETY ومنصة European Cluster Collaboration Platform في الدار البيضاء\n",
        'It says <span lang="el">Τα δίκτυα της Ευρώπης</span> on its door in Athens.\n',
        "Athens is called Αθήνα there.\n",
    ],
)
def test_what_nobody_misses_is_not(text):
    assert render(text, SETTINGS).outline.warnings == ()


def test_lint_findings_are_warnings_and_faults_are_errors():
    outline = Outline(problems=((2, "bad", "mend"),), warnings=((5, "poor", "better"),))
    assert [str(p) for p in outline_problems(outline, "a.md", 4)] == [
        "a.md:5:1: error: bad; mend",
        "a.md:8:1: warning: poor; better",
    ]


@pytest.mark.parametrize(
    "alt",
    [
        "IMG_2034.jpg",
        "DSC_0001",
        "image1.png",
        "Screenshot 2026-11-30 at 09.12",
        "IMG-20261130-WA0003",
        "photo 3",
    ],
)
def test_an_alt_text_that_is_the_name_of_a_file_is_warned_of(alt):
    found = render(f"Text.\n\n![{alt}](a.jpg)", TRUSTED).outline.warnings
    assert [(line, message) for line, message, _ in found] == [
        (3, f'the alt text "{alt}" is the name of a file')
    ]


@pytest.mark.parametrize(
    "alt", ["Image of 3 partners", "Photo: 12 people", "The Node.js logo", "A screenshot of 2026"]
)
def test_other_alt_texts_are_not(alt):
    assert render(f"![{alt}](a.jpg)", TRUSTED).outline.warnings == ()


@pytest.mark.parametrize(
    "words",
    [
        "https://www.youtube.com/watch?v=abcdefghijk&list=one-two-three-four-five-six",
        "first.middle.last.a.b.c@some.long.example.org",
        "one-two-three-four-five-six-seven.pdf",
        "`one two three four five six seven eight nine ten eleven`",
    ],
)
@pytest.mark.parametrize(
    "text",
    ["Партнери зустрілися в місті.", "Οι εταίροι συναντήθηκαν στην πόλη.", "التقى الشركاء في المدينة."],
)
def test_addresses_and_file_names_are_in_no_language(text, words):
    assert render(f"{text}\n\n{words}\n\n{text}", TRUSTED).outline.warnings == ()


@pytest.mark.parametrize("mark", ["a)\t", "b.\t", "(a)\t", "iv)\t", "➢\t", "o\t", "▪\t", "–\t", "●\t"])
def test_a_list_of_word_processors_is_told_as_a_list(mark):
    found = render(f"{mark}first\n{mark}second", TRUSTED).outline.warnings
    assert [line for line, _, hint in found if "in place of" in hint] == [1, 2]
    assert not [message for _, message, _ in found if "columns" in message]
