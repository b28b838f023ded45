"""PDF files: columns in the order in which people read them, headings, lists, pictures, links; and what is no text."""

import re
from difflib import SequenceMatcher
from io import BytesIO
from random import Random

import pytest
from click.testing import CliRunner

from clusterpress.cli.commands import main
from clusterpress.content.reader import read_item
from clusterpress.importing.records import ImportSourceError
from clusterpress.importing.sources.documents.findings import Findings
from clusterpress.importing.sources.documents.pdf_files import read_pdf
from clusterpress.importing.sources.documents.pdf_pages import MAX_PAGES, _in_logical_order
from tests.importing.documents.pdf_files import (
    column,
    encrypted,
    jpeg,
    justified,
    pdf,
    scan,
    show,
    typeset,
    write,
)
from tests.importing.project import Project

LONG = (
    "conversation",
    "municipalities",
    "agreement",
    "transport",
    "kilometres",
    "laboratories",
    "of",
    "and",
    "the",
)
LEFT = [
    "The first column begins here and",
    "goes on for some lines, until a",
    "word of its last line is divid-",
]
RIGHT = ["ed, and the second column takes", "it up. It ends with a full stop."]
NEXT = ["A paragraph of its own follows", "after a wider gap."]


def articles(raw, name="a.pdf", **options):
    findings = Findings(name)
    return read_pdf(raw, name, findings, **options), findings


def html(*pages, name="a.pdf", **options):
    """Return the HTML of a PDF that is one text."""
    found, _ = articles(pdf(*pages, **options), name, whole=True)
    (one,) = found
    return re.sub(r"\s+</", "</", str(one.document.soup))


# Reading order


def test_columns_are_read_one_after_the_other_and_words_put_together():
    page = write(50, 780, "A headline across both of the columns", 20, "bold")
    page += column(310, 740, RIGHT) + column(310, 700, NEXT) + column(50, 740, LEFT)
    assert html(page) == (
        "<h1>A headline across both of the columns</h1><p>The first column begins here and goes on for some lines, until a word of "
        "its last line is divided, and the second column takes it up. It ends with a full stop.</p>"
        "<p>A paragraph of its own follows after a wider gap.</p>"
    )


def test_lines_that_a_program_wrote_across_the_columns():
    rows = [
        write(x, 740 - 12 * at, lines[at])
        for at in range(3)
        for x, lines in ((50, LEFT), (310, [*RIGHT, "And more."]))
    ]
    assert html(b"".join(rows)).startswith("<p>The first column begins here and goes on for some lines")
    assert "divided, and the second column takes it up." in html(b"".join(rows))


def test_three_columns_between_two_headlines():
    page = write(50, 780, "First headline over three columns of text here", 18) + write(
        50, 600, "Second headline over three columns of text", 18
    )
    for number, x in enumerate((50, 220, 390)):
        page += column(x, 740, [f"Upper text {number} that fills", "nearly all of this column."])
        page += column(x, 560, [f"Lower text {number} that fills", "nearly all of this column."])
    words = re.findall(r"Upper text \d|Lower text \d|First|Second", html(page))
    assert words == [
        "First",
        "Upper text 0",
        "Upper text 1",
        "Upper text 2",
        "Second",
        "Lower text 0",
        "Lower text 1",
        "Lower text 2",
    ]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("columns", [2, 3])
def test_justified_text_with_wide_gaps_between_its_words(columns, seed):
    random = Random(seed)
    pitch, texts = 500 // columns, []
    for number in range(columns):
        stems = [random.choice(LONG)[: random.randint(2, 14 if columns == 2 else 8)] for _ in range(90)]
        texts.append([f"start{number}", *stems, f"end{number}."])
    page = b"".join(
        justified(48 + pitch * number, 700 - 3 * random.randint(0, 1), words, pitch - 20, leading=12 + number)
        for number, words in enumerate(texts)
    )
    found = re.findall(r"[a-z0-9.]+", re.sub(r"<[^<>]+>", " ", html(page)))
    written = [word for words in texts for word in words]
    assert sorted(found) == sorted(written)
    if columns == 2:
        assert found == written
    else:  # gaps as wide as the gutter, above one another by chance, look like a column of their own
        assert SequenceMatcher(None, found, written, autojunk=False).ratio() > 0.8


def test_a_headline_of_one_column_stays_in_it():
    page = column(50, 740, ["Text that stands on the left", "and ends here."]) + write(
        50, 690, "A small head", 12, "bold"
    )
    page += column(50, 670, ["More text on the left side", "of this page."])
    page += column(
        310,
        740,
        [
            "Text that stands on the right",
            "from top to bottom, in many",
            "lines that go on and on and",
            "do not end before they are",
            "beside the small head, and",
            "then some, to the very end",
            "of the page.",
        ],
    )
    found = html(page)
    assert found.index("More text on the left") < found.index("on the right")


def test_a_paragraph_goes_on_after_a_picture_and_on_the_next_page():
    first = column(50, 400, ["This sentence is cut by a picture and does not"]) + show("P", 50, 200, 200, 150)
    second = column(50, 700, ["end before the second page has begun."])
    assert (
        "<p>This sentence is cut by a picture and does not end before the second page has begun.</p>"
        in html(first, second, pictures={"P": jpeg()})
    )


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (
            ["the co-operation of two, and co-", "operation again"],
            "the co-operation of two, and co-operation again",
        ),
        (["a very long word is divid-", "ed here"], "a very long word is divided here"),
        (
            ["the years 2014-", "2020 and the North-", "South line"],
            "the years 2014-2020 and the North-South line",
        ),
    ],
)
def test_hyphens_at_the_end_of_lines(lines, words):
    assert f"<p>{words}</p>" in html(column(50, 700, lines))


def test_a_line_from_right_to_left_is_read_from_right_to_left():
    assert _in_logical_order("ةرشن 2019 QOOT نم") == "من QOOT 2019 نشرة"
    assert _in_logical_order("(ربخ) 3.5 %") == "% 3.5 (خبر)"


# Parts of a text


def test_page_heads_and_numbers_are_left_out_and_named():
    pages = [write(50, 810, "The Letter", 8) + column(50, 700, [f"Words of the page {word}", "and some more of them."]) + write(290, 30, str(at), 8)
             for at, word in enumerate(("one", "two", "three"), 1)]  # fmt: skip
    found, findings = articles(pdf(*pages), whole=True)
    assert "The Letter" not in found[0].document.soup.get_text()
    left = {(one.what.partition(": ")[2], one.count) for one in findings.skipped}
    assert left >= {('"The Letter"', 3), ('"1"', 1), ('"3"', 1)}


def test_headings_by_size_and_by_bold_letters():
    page = (
        write(50, 780, "Large", 22)
        + write(50, 740, "Middle", 15)
        + column(50, 700, ["Text of the page, which is", "longer than the headings."])
    )
    page += write(50, 660, "Bold and short", 10, "bold") + column(50, 640, ["Text with one", "more line."])
    page += write(50, 600, "A sentence in bold letters ends with a full stop.", 10, "bold")
    assert re.findall(r"<(h\d)>(.+?)</", html(page)) == [
        ("h1", "Large"),
        ("h2", "Middle"),
        ("h3", "Bold and short"),
    ]


def test_lists_with_bullets_and_numbers():
    page = column(
        50, 700, ["Bring with you:", "\u2022 bread", "\u2022 cheese from the valley, or", "  from the hills"]
    )
    page += column(
        50, 640, ["Then, in this order:", "1. eat", "2. talk until 12. April", "   is over", "3. leave"]
    )
    assert html(page) == (
        "<p>Bring with you:</p><ul><li>bread</li><li>cheese from the valley, or from the hills</li></ul>"
        "<p>Then, in this order:</p><ol><li>eat</li><li>talk until 12. April is over</li><li>leave</li></ol>"
    )


def test_styles_and_links_within_a_paragraph():
    page = (
        write(50, 700, "See ")
        + write(72, 700, "this bold word", 10, "bold")
        + write(150, 700, "and the form for all.")
    )
    links = [(0, (200, 695, 222, 712), "https://example.eu/form?a=1&b=2")]
    found = html(page, links=links)
    assert "<strong>this bold word" in found
    assert '<a href="https://example.eu/form?a=1&amp;b=2">' in found


def test_words_in_rows_and_columns_are_a_table_and_named():
    rows = [
        ("Town", "Day", "Sector"),
        ("Linz", "21 February", "energy"),
        ("Milan", "3 April", "food"),
        ("Stuttgart", "7 June", "health"),
    ]
    page = b"".join(
        write(x, 700 - 14 * at, word)
        for at, row in enumerate(rows)
        for x, word in zip((50, 220, 400), row, strict=True)
    )
    found, _ = articles(pdf(column(50, 760, ["Three forums await you in the spring."]) + page), whole=True)
    table = found[0].document.soup.find("table")
    assert [[cell.get_text() for cell in row.find_all(["td", "th"])] for row in table.find_all("tr")] == [
        list(row) for row in rows
    ]
    assert any("a table was made of words" in one.message for one in found[0].findings.remarks)


def test_pictures_have_their_captions_and_no_ornaments():
    page = column(50, 780, ["Some text comes before the picture, and it has", "more than one line."])
    page += show("P", 50, 560, 200, 150) + write(50, 545, "Forty people at a table", 8)
    page += show("O", 400, 700, 20, 20) + column(
        50, 500, ["More text comes after it, and it is in the size", "of all the others."]
    )
    found = html(page, pictures={"P": jpeg(), "O": jpeg("red")})
    assert '<figure><img src="1/P"/><figcaption>Forty people at a table</figcaption></figure>' in found
    assert "O" not in re.findall(r'src="1/(\w)"', found)
    made, _ = articles(pdf(page, pictures={"P": jpeg(), "O": jpeg()}), whole=True)
    assert made[0].document.picture("1/P") == jpeg()


def test_a_picture_behind_words_is_a_part_of_the_layout():
    page = show("P", 40, 600, 500, 200) + column(
        50, 700, ["Words that stand on a picture,", "as designers like it."]
    )
    found, findings = articles(pdf(page, pictures={"P": jpeg()}), whole=True)
    assert found[0].document.soup.find("img") is None
    assert [one.what for one in findings.skipped] == ["pictures behind words"]


# Newsletters

LETTER = """
#set document(title: "The Cluster Letter no. 4", author: "The Agency")
#set page(paper: "a4", header: [The Cluster Letter · Spring 2014])
#set text(size: 10pt, hyphenate: true, lang: "en")
#set par(justify: true)
Dear readers, this issue begins in Linz, where forty people met, and ends in Milan. We thank all who wrote for it.

#pagebreak()
#show heading.where(level: 1): set text(size: 20pt)
#show heading.where(level: 2): set text(size: 13pt)
= Forum in Linz
#columns(2)[
12 April 2014

#lorem(90)

== Who came
- farms and kitchens
- buyers of the town
#lorem(60)
]
= News from Milan
#columns(2)[
#lorem(120) See #link("https://example.eu/milan")[the programme].
]
"""


@pytest.fixture(scope="module")
def letter():
    return typeset(LETTER)


def test_a_newsletter_has_an_editorial_and_articles(letter):
    found, _ = articles(letter, "letter-4.pdf")
    assert [(one.title, one.is_editorial) for one in found] == [
        ("", True),
        ("Forum in Linz", False),
        ("News from Milan", False),
    ]
    words = found[1].document.soup.get_text(" ")
    assert "Lorem ipsum dolor sit amet, consectetur adipiscing elit" in " ".join(words.split())
    assert not re.search(r"[a-z]- [a-z]", words), "words divided by Typst are put together"
    assert [one.get_text() for one in found[1].document.soup.find_all("li")] == [
        "farms and kitchens",
        "buyers of the town",
    ]
    assert found[2].document.soup.find("a")["href"] == "https://example.eu/milan"


def test_no_word_of_a_newsletter_is_lost(letter):
    from pypdf import PdfReader

    found, findings = articles(letter, "letter-4.pdf")
    kept = " ".join(
        [*(one.document.soup.get_text(" ") for one in found), *(one.what for one in findings.skipped)]
    )
    lacking = {
        word
        for page in PdfReader(BytesIO(letter)).pages
        for word in re.findall(r"[^\W\d_]{4,}", page.extract_text())
        if word not in kept
    }
    # pypdf gives the halves of divided words, too.
    assert all(any(word.lower() in one.lower() for one in kept.split()) for word in lacking), lacking


def run(root, file, *words):
    return CliRunner().invoke(main, ["--project", str(root), "import", "pdf", str(file), "--yes", *words])


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "project")


def item(project, path):
    found, problems = read_item((project.root / path).read_bytes(), path, project.settings)
    assert found, problems
    return found


def test_a_newsletter_becomes_a_draft_issue_that_lists_its_items(project, tmp_path, letter):
    project.write(
        "site_config.yml",
        (project.root / "site_config.yml").read_text("utf-8") + "newsletters:\n  cord: {name: Cord}\n",
    )
    (tmp_path / "letter-4.pdf").write_bytes(letter)
    result = run(project.root, tmp_path / "letter-4.pdf")
    assert result.exit_code == 0, result.output
    (path,) = (project.root / "content/newsletters").glob("*.md")
    issue = item(project, path.relative_to(project.root).as_posix())
    assert (issue.draft, issue.number, issue.title) == (True, 4, "The Cluster Letter no. 4")
    assert issue.sections[0].items == ("2014/forum-in-linz", "2014/news-from-milan")
    assert item(project, "content/news/2014/forum-in-linz.md").date.iso == "2014-04-12"
    assert "that of the issue" in result.output
    before = project.files()
    again = run(project.root, tmp_path / "letter-4.pdf")
    assert "nothing to do: 3 items (3 unchanged)" in again.stdout
    assert project.files() == before
    checked = CliRunner().invoke(main, ["--project", str(project.root), "check"])
    assert " error" not in checked.stderr, checked.stderr


def test_another_pdf_is_one_item(project, tmp_path):
    page = write(50, 780, "Cheese for schools", 20, "bold") + column(
        50, 740, ["Brussels, 15 June 2027 - The valley and the town sign", "an agreement on cheese."]
    )
    page += write(50, 690, "What it says", 13, "bold") + column(
        50, 670, ["It says a lot about cheese, and about schools, and", "about what both have in common."]
    )
    page += write(50, 620, "What follows", 13, "bold") + column(
        50, 600, ["A second agreement follows in the autumn, if all goes", "well and nobody forgets it."]
    )
    (tmp_path / "release.pdf").write_bytes(pdf(page, info=b"/Title (untitled) /CreationDate (D:20270616)"))
    assert run(project.root, tmp_path / "release.pdf").exit_code == 0
    found = item(project, "content/news/2027/cheese-for-schools.md")
    assert (found.date.iso, found.draft) == ("2027-06-15", False)
    assert re.findall(r"(?m)^#+ .+", found.source.body) == ["## What it says", "## What follows"]


# What is no text


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"<html>", "this is not a PDF file"),
        (b"%PDF-1.7\nnothing that follows is a PDF", "the file is damaged"),
        (pdf(write(50, 700, "Words"))[:700], "the file is damaged"),
        (encrypted(pdf(write(50, 700, "Words"))), "protected by a password"),
        (scan(), "pictures of pages, and no text"),
        (pdf(b""), "no text"),
        (pdf(*[b""] * (MAX_PAGES + 1)), f"more than {MAX_PAGES} pages"),
    ],
    ids=["no-pdf", "empty", "cut", "password", "scan", "blank", "long"],
)  # fmt: skip
def test_what_cannot_be_read_is_said_in_words(raw, said):
    with pytest.raises(ImportSourceError, match=said) as caught:
        articles(raw)
    assert len(caught.value.hint) > 10


def test_a_file_that_cannot_be_read_does_not_stop_the_others(project, tmp_path):
    folder = tmp_path / "old"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(b"%PDF-1.4 broken")
    (folder / "b.pdf").write_bytes(encrypted(pdf(write(50, 700, "Words"))))
    (folder / "c.pdf").write_bytes(pdf(write(50, 780, "A title", 20) + column(50, 740, ["15 June 2027"])))
    result = run(project.root, folder)
    assert "a.pdf:1:1: error: the file is damaged" in result.stderr
    assert "b.pdf:1:1: error: the file is protected by a password" in result.stderr
    assert (project.root / "content/news/2027/a-title.md").is_file(), result.stderr
