"""Issues as PDF: contents, page numbers, accessibility, white space, equal bytes."""

import re
import shutil
import subprocess
from io import BytesIO

import pytest
from PIL import Image

from clusterpress.newsletters.pdf import plan
from clusterpress.newsletters.pdf.plan import pdf_outputs
from clusterpress.newsletters.resolve import resolve_issues
from clusterpress.values.problems import Severity
from tests.newsletters.make import PROGRAMME, SETTINGS, THEME, issue, make_pdfs, news, newsroom, record

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed"),
]

PARAGRAPH = (
    "Cluster managers from several regions met to compare how their clusters are run, and to plan work on export, "
    "training and marketing that none of them could do alone. They will meet again in spring.\n\n"
)
PICTURE = "{src: /dots.png, alt: A field of dots, caption: Dots, credit: nobody}"
CONTACT = (
    "{web: 'https://p.eu/', email: a@p.eu, phone: '+43 1 2', fax: '+43 1 3', street: Street 1, city: Linz}"
)
RICH = (
    PARAGRAPH
    + "- **113** participants\n- **30** managers\n\n"
    + "## What they did\n\n"
    + PARAGRAPH
    + "> They will meet again.\n> {.pull}\n\n"
    + "Something to note.[^1]\n\n[^1]: A note at the foot.\n\n"
    + "| Field | Work | News |\n|---|---|---|\n| Food | - one<br>- two | Many |\n\n"
    + '![Dots in a row](/dots.png "A row")\n\n'
    + "See [the other story](b.md) and [elsewhere](https://y.eu/).\n"
)
SECTIONS = """
  - {title: Report, layout: feature, start: page, items: [a]}
  - {title: B, layout: feature, start: page, items: [b]}
  - {title: Partners, layout: profiles, start: page, partners: [PP8]}
  - {title: Events, layout: events, items: [forum, later]}
  - {title: Short news, layout: briefs, group_by: partner, items: [c, d, e]}
  - {title: About, layout: text, items: [f]}
""".strip("\n")
FILES = {
    "programmes/cord.md": PROGRAMME,
    "partners/milan.md": record("Milano Metropoli", number="PP8", role="WP4 leader", contact=CONTACT),
    "news/a.md": news("A story", image=PICTURE, sectors="[food]", author="Jihane", body=RICH),
    "news/b.md": news("B", image=PICTURE, more="[{label: A story, url: a.md}]", body=PARAGRAPH * 3),
    "news/c.md": news("C", partners="PP8", image=PICTURE),
    "news/d.md": news("D", partners="PP8"),
    "news/e.md": news("E", image=PICTURE),
    "news/f.md": news("F", body=PARAGRAPH),
    "events/forum.md": "---\ntitle: Forum\nstart: 21-22 February 2012\nplace: Linz\nsectors: [food]\n---\nText.\n",
    "events/later.md": "---\ntitle: Later\nwhen: June 2012\nplace: Stuttgart\n---\nText.\n",
}
FULL = {**FILES, "newsletters/cord/03.md": issue(SECTIONS, period="Winter 2011/2012")}


def run(*command, pdf):
    """Return what a program of poppler's says of a PDF; those that write a file are told to write it here."""
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout


def pages(pdf):
    return run("pdftotext", "-layout", "-", "-", pdf=pdf).decode().split("\f")[:-1]


def filled(pdf):
    """Return how much of the height of each page's body is used, from 0 to 1."""
    ink = run("pdftoppm", "-r", "25", "-gray", "-", pdf=pdf)
    shares = []
    while ink:
        header = re.match(rb"P5\s(\d+)\s(\d+)\s255\s", ink)
        width, height = int(header[1]), int(header[2])
        end = header.end() + width * height
        page = Image.open(BytesIO(ink[:end])).crop((0, height * 24 // 297, width, height * 275 // 297))
        box = page.point(lambda value: 255 if value < 200 else 0).getbbox()
        shares.append(box[3] / page.height if box else 0.0)
        ink = ink[end:]
    return shares


def largest_gap(pdf):
    """Return the height of the largest white stripe on the last page, as a share of its body."""
    sheets = run("pdftoppm", "-r", "25", "-gray", "-f", str(len(pages(pdf))), "-", pdf=pdf)
    page = Image.open(BytesIO(sheets))
    body = page.crop((0, page.height * 24 // 297, page.width, page.height * 275 // 297))
    rows = "".join(
        " " if body.crop((0, y, body.width, y + 1)).getextrema()[0] > 200 else "x" for y in range(body.height)
    )
    return max(map(len, rows.split("x"))) / body.height


def images(pdf):
    return run("pdfimages", "-list", "-", pdf=pdf).decode().splitlines()[2:]


@pytest.fixture(scope="module")
def full():
    (pdf,) = make_pdfs(FULL).values()
    return pdf


def test_the_pdf_lies_beside_the_issue():
    assert list(make_pdfs(FULL)) == ["newsletters/cord/3/cord-3.pdf"]


def test_the_same_issue_gives_the_same_bytes(full):
    (again,) = make_pdfs(FULL).values()
    assert again == full


def test_everything_of_an_issue_is_printed(full):
    text = " ".join(" ".join(pages(full)).split())
    for words in (
        "NEWSLETTER no. 3", "connecting small to feel big", "Winter 2011/2012", "Dear readers", "In this issue",
        "Co-financed by the ERDF", "Investing in your future", "About A story", "By Jihane", "113", "participants",
        "They will meet again.", "A note at the foot", "A row", "WP4 leader", "a@p.eu", "+43 1 3",
        "21–22 February 2012", "June 2012", "exact dates to follow", "PP8", "Published by Cluster Office", "food",
    ):  # fmt: skip
        assert words.casefold() in text.casefold(), words


def test_the_contents_name_the_true_pages(full):
    cover, *others = pages(full)
    listed = dict(re.findall(r"(Report|B|Partners|Events|Short news|About)\s+(\d+)\n", cover))
    assert set(listed) == {"Report", "B", "Partners", "Events", "Short news", "About"}
    for title, number in listed.items():
        assert re.search(rf"^\s*{title}\s*$", others[int(number) - 2], re.MULTILINE), title


def test_each_page_but_the_cover_has_head_and_foot(full):
    cover, *others = pages(full)
    assert "Page 1 of" not in cover
    for number, page in enumerate(others, start=2):
        assert f"Page {number} of {len(others) + 1}" in page
        assert "Newsletter no. 3 · Winter 2011/2012" in page


def test_a_link_to_a_story_of_the_issue_names_its_page(full):
    assert re.search(r"› A story\s\(page 2\)", "".join(pages(full)))


def test_pdfs_are_marked_as_accessible_and_for_archives(full):
    said = run("pdfinfo", "-", pdf=full).decode()
    assert re.search(r"Title: +Issue\n", said)
    assert re.search(r"Tagged: +yes", said)
    assert re.search(r"CreationDate: +Mon Jan 16 .*2012", said)
    assert b"<pdfuaid:part>1" in full.replace(b" ", b"")
    assert b"<pdfaid:part>2" in full.replace(b" ", b"")
    tags = set(run("pdfinfo", "-struct", "-", pdf=full).decode().replace(":", " ").split())
    assert {"H1", "H2", "H3", "Table", "TH", "Figure", "Note", "BlockQuote", "L", "Link"} <= tags


def test_fonts_are_embedded_and_readable(full):
    for line in run("pdffonts", "-", pdf=full).decode().splitlines()[2:]:
        assert re.search(r"yes\s+yes\s+yes\s+\d+\s+\d+$", line), line


@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")
def test_the_file_is_sound(full, tmp_path):
    file = tmp_path / "issue.pdf"
    file.write_bytes(full)
    assert subprocess.run(["qpdf", "--check", file], check=False, capture_output=True).returncode == 0


@pytest.mark.parametrize(
    "sections",
    [
        {"only": 30},
        {"long": 5000},
        {f"story-{number}": 60 + 97 * number % 420 for number in range(24)},
        {f"story-{number}": 700 + 13 * number for number in range(12)},
    ],
    ids=["one short item", "an article of ten pages", "many short stories", "many long stories"],
)
def test_no_page_is_more_than_half_empty(sections):
    files = {}
    lines = []
    for number, (slug, words) in enumerate(sections.items()):
        body = PARAGRAPH * (words // 36 + 1)
        files[f"news/{slug}.md"] = news(
            f"Story {number}", body=body, **({"image": PICTURE} if number % 3 else {})
        )
        lines.append(f"  - {{title: Section {number}, layout: feature, start: page, items: [{slug}]}}")
    (pdf,) = make_pdfs(
        {**files, "newsletters/other/1.md": issue("\n".join(lines), newsletter="other")}
    ).values()
    *shares, last = filled(pdf)
    assert all(share > 0.5 for share in shares), shares
    assert last > 0.9
    assert largest_gap(pdf) < 0.33  # the band of the cover fills what the texts leave
    assert "Overfull" not in "".join(pages(pdf))


def test_contents_too_long_for_the_cover_have_a_page_of_their_own():
    files = {f"news/s{n}.md": news(f"Story {n}", body=PARAGRAPH) for n in range(30)}
    sections = "\n".join(f"  - {{title: Number {n}, layout: feature, items: [s{n}]}}" for n in range(30))
    (pdf,) = make_pdfs({**files, "newsletters/other/1.md": issue(sections, newsletter="other")}).values()
    cover, contents, *_ = pages(pdf)
    assert "Number 7" not in cover
    assert all(f"Number {n}" in contents for n in range(30))


def test_an_editorial_too_long_for_the_cover_has_a_page_of_its_own():
    files = {
        "news/a.md": news("A"),
        "newsletters/other/1.md": issue(
            "  - {title: A, items: [a]}", newsletter="other", body=PARAGRAPH * 16
        ),
    }
    (pdf,) = make_pdfs(files).values()
    cover, editorial, *_ = pages(pdf)
    assert "Cluster managers" not in cover
    assert "Editorial" in editorial


ARABIC = (
    "انعقدت الدورة الأولى في الدار البيضاء، وحضرها تجمّع من لبنان. وقد نظّمتها المفوضية الأوروبية عبر المنصة "
    "الأوروبية لتعاون التجمعات. لا يستحق اللقاء عناء السفر ما لم يتبعه اتصال في إسبانيا أو لاتفيا."
)


def test_arabic_is_set_from_right_to_left_and_can_be_read_out_again():
    files = {
        "news/a.ar.md": news("أيام الدار البيضاء", body=f"{ARABIC}\n\n## عنوان\n\n{ARABIC}\n"),
        "newsletters/other/1.ar.md": issue("  - {title: خبر, items: [a]}", newsletter="other", body=ARABIC),
    }
    (pdf,) = make_pdfs(files).values()
    text = re.sub(
        "[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", run("pdftotext", "-", "-", pdf=pdf).decode()
    )
    # pdftotext puts a mark before its letter; the letters keep their order.
    assert text.count("\u0651") >= 2 * ARABIC.count("\u0651")
    found = set(re.findall("[\u0621-\u064a]+", re.sub("[\u064b-\u0652]", "", text)))
    words = [re.sub("[\u064b-\u0652]", "", word) for word in re.findall("[\u0621-\u0652]+", ARABIC)]
    assert sum(word in found for word in words) >= len(words) * 19 / 20, [w for w in words if w not in found]
    placed = run("pdftotext", "-bbox", "-", "-", pdf=pdf).decode()
    assert all(float(left) > 595 / 2 for left in re.findall(r'xMin="([\d.]+)"[^>]*>البيضاء<', placed))


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "fr",
            ["LETTRE nº 3", "Dans ce numéro", "Page 2 sur 2", "21–22 février 2012", "dates exactes à venir"],
        ),
        ("sk", ["SPRAVODAJ č. 3", "V tomto čísle", "Strana 2 z 2", "Trnavská rozvojová spoločnosť"]),
        ("pl", ["BIULETYN nr 3", "W tym numerze", "Strona 2 z 2", "21–22 lutego 2012", "Zażółć gęślą jaźń"]),
    ],
)
def test_an_issue_speaks_its_language(lang, words):
    files = {
        **FILES,
        f"news/x.{lang}.md": news("Trnavská rozvojová spoločnosť", body="Zażółć gęślą jaźń."),
        f"newsletters/cord/3.{lang}.md": issue(
            "  - {title: X, items: [x]}\n  - {title: Y, layout: events, items: [forum, later]}"
        ),
    }
    (pdf,) = make_pdfs(files).values()
    text = " ".join(" ".join(pages(pdf)).split())
    for word in words:
        assert word.casefold() in text.casefold(), word


def test_what_is_in_an_issue_changes_its_key_and_nothing_else_does():
    def key(files):
        library, _, _ = newsroom(files)
        (output, *_) = pdf_outputs(resolve_issues(library)[0], SETTINGS, THEME)
        return output.fingerprint()

    before = key(FULL)
    assert key({**FULL, "news/z.md": news("Z")}) == before
    later = issue("  - {title: Z, items: [z]}", number="4", date="2012-05-01")
    assert key({**FULL, "news/z.md": news("Z"), "newsletters/cord/04.md": later}) == before
    assert key({**FULL, "news/a.md": news("A story", body="Other text.")}) != before
    assert key({**FULL, "partners/milan.md": record("Milano Metropoli", number="PP8", role="Host")}) != before


def _make_one(body):
    files = {
        "news/a.md": news("A", body=body),
        "newsletters/other/1.md": issue("  - {title: A, items: [a]}", newsletter="other"),
    }
    library, stored, _ = newsroom(files)
    (output,) = pdf_outputs(resolve_issues(library)[0], SETTINGS, THEME)
    pdf = output.content(stored[key] for key in output.stored)
    return pdf, output.inspect(pdf, output.sources)


def test_characters_that_no_font_has_are_replaced():
    pdf, problem = _make_one("One.\n\nTwo 中 &rarr; three.\n")
    assert problem is None
    assert "Two □ → three." in "".join(pages(pdf))


def test_a_text_that_breaks_a_standard_is_printed_without_the_marks(monkeypatch):
    # No known text does so any more: an older font stands for the next one that is found.
    monkeypatch.setattr(plan, "printable_code_points", lambda _: frozenset())
    pdf, problem = _make_one("One.\n\nTwo 中 three.\n")
    assert (problem.path, problem.line, problem.severity) == ("content/news/a.md", 8, Severity.WARNING)
    assert '"中" cannot be printed' in problem.message
    assert "three." in "".join(pages(pdf))
    assert b"pdfuaid:part" not in pdf


def test_a_picture_can_be_the_cover():
    plain = {**FILES, "newsletters/cord/03.md": issue("  - {title: B, items: [b]}", image=PICTURE)}
    drawn = {
        **FILES,
        "newsletters/cord/03.md": issue("  - {title: B, items: [b]}", image=PICTURE, cover="{art: auto}"),
    }
    with_picture, with_art = (next(iter(make_pdfs(files).values())) for files in (plain, drawn))
    assert len(images(with_picture)) == len(images(with_art)) + 1
