"""The layout of the PDF: tables, long words, pictures, the colophon, lines in two directions."""

import re
import shutil
import subprocess
from base64 import b64decode
from io import BytesIO

import pytest
from PIL import Image

from clusterpress.library.pictures import Picture
from clusterpress.newsletters.pdf.pictures import wrap_picture
from tests.newsletters.make import issue, make_pdfs, news, png, record

needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
RIGHT = 595.28 - 18 / 25.4 * 72
"""Where the text ends on the right, in points."""
LONG = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
MAIL = "firstname.lastname.institution@university-with-a-long-name.example.eu"
TABLE = f"""
| Field | {LONG} | Amount | Address |
|---|:--|--:|---|
| {LONG} | short | 1,234.50 | https://www.example.eu/a/very/long/path/that/never/ends/index.html?q=abcdefghijklmn |
| two | many words that wrap into lines | 12.00 | {MAIL} |

| Name | Number |
|---|--:|
| alpha | 7 |
| beta | 1122 |
"""


def one_issue(body="Text.", sections="  - {title: S, items: [a]}", more=(), **fields):
    files = {"news/a.md": news("A", body=body), **dict(more)}
    files["newsletters/other/1.md"] = issue(sections, newsletter="other", **fields)
    (pdf,) = make_pdfs(files).values()
    return pdf


def words(pdf):
    """Yield (page, left, top, right, bottom, word)."""
    found = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout
    for number, page in enumerate(found.decode().split("<page ")[1:], start=1):
        for place, word in re.findall(r"<word ([^>]*)>(.*?)</word>", page):
            yield number, *map(float, re.findall(r'"([\d.]+)"', place)), word


def overlaps(found):
    return [
        (one[5], other[5])
        for index, one in enumerate(found)
        for other in found[index + 1 :]
        if one[0] == other[0]
        and min(one[3], other[3]) - max(one[1], other[1]) > 1
        and min(one[4], other[4]) - max(one[2], other[2]) > 4
    ]


@pytest.mark.slow
@needs_poppler
def test_no_word_lies_over_another_or_leaves_the_page():
    contact = f"{{web: 'https://www.a-very-long-name-of-a-partner.example.eu/', email: {MAIL}, phone: '1', city: Linz}}"
    events = {
        f"events/{slug}.md": f"---\ntitle: Forum {slug}\nstart: 21-22 February 2012\nplace: {place}\n---\nT.\n"
        for slug, place in (
            ("e", "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysilio"),
            ("f", "Linz"),
            ("g", "Graz"),
        )
    }
    pdf = one_issue(
        f"{TABLE}\n\n" + "Words in columns. " * 60 + "\n\nhttps://www.example.eu/" + "abcdefghij" * 9,
        "  - {title: S, items: [a]}\n  - {title: E, layout: events, items: [e, f, g]}\n"
        "  - {title: P, layout: profiles, partners: [PP1]}",
        {**events, "partners/p.md": record("P", number="PP1", contact=contact)},
    )
    found = list(words(pdf))
    assert overlaps(found) == []
    assert [one[5] for one in found if one[3] > RIGHT + 1] == []


@pytest.mark.slow
@needs_poppler
def test_a_table_of_two_columns_spans_the_page_and_aligns_its_numbers():
    found = {one[5]: one for one in words(one_issue(TABLE))}
    ends = [found[word][3] for word in ("Number", "7", "1122")]
    assert min(ends) > RIGHT - 10
    assert max(ends) - min(ends) < 0.5
    assert found["Name"][2] == pytest.approx(found["Number"][2], abs=1)


@pytest.mark.slow
@needs_poppler
def test_an_issue_ends_with_a_colophon():
    partner = record("P", number="PP1", logo="{src: /dots.png, alt: Dots}")
    sections = "  - {title: S, items: [a]}\n  - {title: P, layout: profiles, partners: [PP1]}"
    pdf = one_issue(sections=sections, more={"partners/p.md": partner}, next_issue="Spring 2012")
    text = " ".join(word for *_, word in words(pdf))
    assert "Subscribe to this newsletter" in text
    assert "news.example.eu/newsletters/other" in text
    assert "Next issue: Spring 2012" in text
    assert "Partners" in text
    links = subprocess.run(["pdfinfo", "-url", "-"], input=pdf, capture_output=True, check=True).stdout
    assert b"https://news.example.eu/newsletters/other/" in links


@pytest.mark.slow
@needs_poppler
@pytest.mark.parametrize("count", range(22, 36, 2))
def test_no_page_is_begun_for_the_colophon_if_its_strip_fits(count):
    pdf = one_issue("Words in a line of a text that fills a page. " * 4 + "\n\n" + "Words in a line. " * 12 + "\n\n" * 2
                    + "Cluster managers met, to compare how they work and what they plan.\n\n" * count)  # fmt: skip
    found = list(words(pdf))
    last = found[-1][0]
    text = [one for one in found if one[0] == last and 70 < one[2] < 780]
    if "Cluster" not in {one[5] for one in text} and last > 2:
        before = max(one[4] for one in found if one[0] == last - 1 and one[2] < 780)
        assert before > (297 - 21 - 34) / 25.4 * 72


@pytest.mark.slow
@needs_poppler
def test_brackets_in_lines_of_two_directions_stand_as_in_browsers():
    files = {
        "news/a.ar.md": news("خبر", body="TechDays (2019) في الدار (QOOT)"),
        "newsletters/other/1.ar.md": issue("  - {title: قسم, items: [a]}", newsletter="other", body="نص."),
    }
    (pdf,) = make_pdfs(files).values()
    found = {re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", one[5]): one for one in words(pdf)}
    left = {
        name: next(one for word, one in found.items() if name in word)
        for name in ("TechDays", "2019", "QOOT")
    }
    assert left["QOOT"][1] < left["TechDays"][1] < left["2019"][1]


@pytest.mark.parametrize(
    ("size", "expected"),
    [((1600, 900), [1600, 970, 728]), ((800, 400), [800, 800, 728]), ((300, 300), [300, 300, 300])],
)
def test_photographs_have_220_pixels_per_inch_in_every_place(size, expected):
    content = png(*size)
    picture = Picture(
        source="a.png",
        url="a.png",
        width=size[0],
        height=size[1],
        type="image/png",
        length=len(content),
        key=b"k",
    )
    files = wrap_picture("picture-1.raster.svg", picture, content)
    assert list(files) == ["picture-1.raster.svg", "picture-1.raster-84.svg", "picture-1.raster-112.svg"]
    widths = {
        Image.open(BytesIO(b64decode(re.search('base64,([^"]+)', text)[1]))).width for text in files.values()
    }
    assert widths == set(expected)
    assert all(f'viewBox="0 0 {size[0]} {size[1]}"' in text for text in files.values())


def test_drawings_stay_as_they_are():
    picture = Picture(
        source="a.svg", url="a.svg", width=9, height=9, type="image/svg+xml", length=6, key=b"k"
    )
    assert wrap_picture("picture-1.svg", picture, b"<svg/>") == {"picture-1.svg": "<svg/>"}


@needs_poppler
@pytest.mark.parametrize(("wanted", "inches"), [("width=96", 1), ("width=48", 0.5), ("width=12%", 1)])
def test_a_picture_has_the_width_that_its_author_wants(wanted, inches):
    pdf = one_issue(body=f"![Dots](/dots.png){{{wanted}}}")
    listed = subprocess.run(["pdfimages", "-list", "-"], input=pdf, capture_output=True, check=True).stdout
    pixels, per_inch = next(
        (int(row[3]), int(row[12]))
        for row in map(str.split, listed.decode().splitlines()[2:])
        if row[3] == "160"
    )
    assert pixels / per_inch == pytest.approx(inches, rel=0.02)
