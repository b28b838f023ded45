"""Posters and project sheets: one page or whole tables, the words of the law, and tags that qpdf can read."""

import shutil
import subprocess
from io import BytesIO

import pytest
from pypdf import PdfReader

from clusterpress.posters.plan import find_problems, outputs
from clusterpress.values.outputs import OutputError
from tests.newsletters.make import SETTINGS, THEME, newsroom, record
from tests.newsletters.test_pdf_standards import Document, tags

ASKS = {"poster": "true", "project_sheet": "true"}
FUNDING = "{rules: mga-2021, authority: European Innovation Council, logos: [{src: /dots.png, alt: Agency}]}"
PROGRAMME = record(
    "Cord", **ASKS, updated="2021-05-04", period="2017-2020", budget="EUR 7.8 million", eu_share="up to 90 %",
    launcher="Cluster Office", url="https://cord.example.eu/", boilerplate="It connects small to feel big.",
    logo="{src: /dots.png, alt: Logo of Cord}", funding=FUNDING,
)  # fmt: skip


def partner(number, **more):
    return record(
        f"Partner {number}",
        number=f"PP{number}",
        programme="cord",
        **{"country": "France", "role": "Lead"} | more,
    )


FILES = {
    "programmes/cord.md": PROGRAMME,
    "partners/a.md": partner(2),
    "partners/b.md": partner(1),
    "partners/c.md": record("Elsewhere", number="PP3"),
}


def make(files, settings=SETTINGS, theme=THEME):
    """Return path → bytes of all prints of a small site."""
    library, stored, problems = newsroom(files, settings=settings)
    assert not problems, problems
    return {
        one.path: one.content(stored[key] for key in one.stored) for one in outputs(library, settings, theme)
    }


def words(pdf):
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return " ".join(text.replace("\u200b", "").split())


@pytest.fixture(scope="module")
def made():
    return make(FILES)


@pytest.mark.parametrize("name", ["poster", "project-sheet"])
def test_a_print_says_what_the_record_and_its_funding_say(made, name):
    said = words(made[f"programmes/cord/{name}.pdf"])
    for text in (
        "Cord", "About Cord.", "It connects small to feel big.", "2017-2020", "EUR 7.8 million", "up to 90 %",
        "cord.example.eu", "news.example.eu/programmes/cord", "PP1 Partner 1", "France", "Funded by the European Union",
        "European Innovation Council",
    ):  # fmt: skip
        assert text in said, text
    assert said.index("PP1") < said.index("PP2")
    assert "Elsewhere" not in said


def test_the_poster_is_one_sheet_of_a3_and_the_sheet_is_a4(made):
    for name, size in (("poster", (842, 1191)), ("project-sheet", (595, 842))):
        pages = PdfReader(BytesIO(made[f"programmes/cord/{name}.pdf"])).pages
        assert [(round(page.mediabox.width), round(page.mediabox.height)) for page in pages] == [size]


def test_the_poster_stays_one_page_whatever_the_record_says():
    long = "A programme with a very long description that its staff wrote with great care. " * 30
    title = (
        "Wissenstransferzentrumsentwicklungsgesellschaft for the clusters of eleven regions and three seas"
    )
    more = {f"partners/x{n}.md": partner(n, country="Bosnia and Herzegovina") for n in range(4, 40)}
    files = (
        FILES
        | more
        | {"programmes/cord.md": record(f'"{title}"', slug="cord", poster="true", boilerplate=long)}
    )
    (pdf,) = make(files).values()
    assert len(PdfReader(BytesIO(pdf)).pages) == 1
    assert "PP39" in words(pdf)


def test_each_language_of_the_record_has_prints_in_its_words():
    arabic = record("حبل", lang="ar", translation_of="cord", budget="مليون", funding="{rules: cpr-2021}")
    made = make(FILES | {"programmes/cord.ar.md": arabic})
    assert sorted(made) == [
        f"{start}programmes/cord/{name}.pdf" for start in ("ar/", "") for name in ("poster", "project-sheet")
    ]
    assert PdfReader(BytesIO(made["ar/programmes/cord/poster.pdf"])).root_object["/Lang"] == "ar"


def test_nothing_is_made_that_no_record_asks_for():
    assert make(FILES | {"programmes/cord.md": record("Cord")}) == {}


def test_a_programme_without_funding_shows_no_emblem():
    (pdf,) = make(
        {"programmes/cord.md": record("Cord", poster="true", logo="{src: /dots.png, alt: Cord}")}
    ).values()
    assert "European Union" not in words(pdf)


def test_the_same_record_gives_the_same_bytes(made):
    assert make(FILES) == made


def test_what_the_fonts_lack_is_told_before():
    library, _, _ = newsroom({"programmes/cord.md": record("Cord 中", slug="cord", poster="true")})
    (problem,) = find_problems(library, SETTINGS, THEME)
    assert problem.path == "content/programmes/cord.md"
    assert 'the poster prints "□" for "中"' in problem.message


def test_a_theme_without_templates_says_what_to_copy(tmp_path):
    shutil.copytree(THEME.folder, tmp_path / "own", ignore=shutil.ignore_patterns("posters", "website"))
    (tmp_path / "own" / "website").mkdir()
    shutil.copytree(f"{THEME.folder}/website/labels", tmp_path / "own" / "website" / "labels")
    theme = type(THEME)(name="own", folder=str(tmp_path / "own"), digest=b"own")
    with pytest.raises(
        OutputError, match=r'the theme "own" has no template for a poster; copy the folder posters/'
    ):
        make({"programmes/cord.md": record("Cord", poster="true")}, theme=theme)


def test_qr_codes_lie_beside_the_pages_that_ask_for_them():
    made = make(
        {"news/a.md": record("A", date="2021-01-01", qr_code="true"), "programmes/cord.md": record("Cord")}
    )
    assert sorted(made) == ["news/2021/a/qr.png", "news/2021/a/qr.svg"]
    assert made["news/2021/a/qr.svg"].startswith(b"<?xml")
    assert made["news/2021/a/qr.png"].startswith(b"\x89PNG")


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")
@pytest.mark.parametrize("name", ["poster", "project-sheet"])
def test_a_print_is_accessible_and_archivable(made, name, tmp_path):
    document = Document(made[f"programmes/cord/{name}.pdf"], tmp_path)
    packet = document.pdf.replace(b" ", b"")
    for claim in (b"<pdfuaid:part>1<", b"<pdfaid:part>2<", b"<pdfaid:conformance>A<", b"<dc:title>"):
        assert claim in packet
    assert document[document.root["/ViewerPreferences"]]["/DisplayDocTitle"] is True
    assert document.text(document.root["/Lang"]) == "en"
    assert [one["/S"] for one in tags(document, "/H1", "/H2", "/H3")] == ["/H1", "/H2"]
    assert sorted(document.text(figure["/Alt"]) for figure in tags(document, "/Figure")) == [
        "Agency", "Emblem of the European Union", "Logo of Cord",
    ]  # fmt: skip
    done = subprocess.run(["qpdf", "--check", tmp_path / "issue.pdf"], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_sheet_lists_the_newest_news_and_events_of_its_programme():
    items = {
        f"news/{day}.md": f"---\ntitle: News {day}\ndate: 2019-05-{day:02}\nprogramme: cord\n---\nText.\n"
        for day in range(1, 7)
    }
    event = "---\ntitle: Forum\ndate: 2019-01-01\nstart: 2019-06-01\nprogramme: cord\n---\nText.\n"
    made = make({**FILES, **items, "events/f.md": event})
    said = words(made["programmes/cord/project-sheet.pdf"])
    assert "6 May 2019 · News 6" in said
    assert "News 1" not in said  # only the newest
    assert "Forum" in said
    assert "Forum" not in words(made["programmes/cord/poster.pdf"])


@pytest.mark.parametrize(("more", "is_table"), [({}, True), ({"role": ""}, False)])
def test_a_sheet_has_no_empty_cells(more, is_table):
    made = make({**FILES, "partners/b.md": partner(1, **more)})
    said = words(made["programmes/cord/project-sheet.pdf"])
    assert ("Role" in said) == is_table
    assert "PP1 Partner 1" in said
    assert "France" in said
