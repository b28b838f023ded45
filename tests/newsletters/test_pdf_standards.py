"""The PDF keeps what it claims: the rules of PDF/UA-1 and PDF/A-2a that a program can check, read by qpdf.

Numbers in the names of rules are clauses of ISO 14289-1 (UA), ISO 19005-2 (A) and ISO 32000-1 (PDF).
"""

import json
import re
import shutil
import subprocess
from itertools import pairwise

import pytest

from tests.newsletters.make import issue, make_pdfs, news
from tests.newsletters.test_pdf import FULL, PICTURE, RICH

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")]
ARABIC = {
    "news/a.ar.md": news("أيام", image=PICTURE, body=RICH.split("See [the")[0]),
    "newsletters/other/1.ar.md": issue(
        "  - {title: خبر, items: [a]}", newsletter="other", body="## رأس\n\nنص."
    ),
}
ISSUES = {"everything": FULL, "Arabic": ARABIC}


class Document:
    """A PDF as the objects that qpdf finds in it."""

    def __init__(self, pdf, folder):
        file = folder / "issue.pdf"
        file.write_bytes(pdf)
        command = ["qpdf", "--json=2", "--json-stream-data=inline", "--decode-level=generalized", file]
        output = subprocess.run(command, capture_output=True, check=True).stdout
        self.objects = json.loads(output)["qpdf"][1]
        self.pdf = pdf
        self.root = self[self.objects["trailer"]["value"]["/Root"]]

    def __getitem__(self, value):
        """Return what a value refers to; the dictionary of a stream."""
        while isinstance(value, str) and re.fullmatch(r"\d+ \d+ R", value):
            found = self.objects[f"obj:{value}"]
            value = found["stream"]["dict"] if "stream" in found else found["value"]
        return value

    def dictionaries(self):
        for found in self.objects.values():
            value = found.get("value") if "value" in found else found["stream"]["dict"]
            if isinstance(value, dict):
                yield value

    def pages(self, node=None):
        node = self[node or self.root["/Pages"]]
        if node["/Type"] == "/Page":
            yield node
        for kid in node.get("/Kids", ()):
            yield from self.pages(kid)

    def elements(self, node=None, parents=()):
        """Yield each element of the tag tree with the tags above it, in reading order."""
        node = self[self.root["/StructTreeRoot"] if node is None else node]
        if not isinstance(node, dict):
            return
        if "/S" in node:
            yield node, parents
        kids = self[node.get("/K", [])]
        for kid in kids if isinstance(kids, list) else [kids]:
            yield from self.elements(kid, (*parents, node.get("/S")))

    def attribute(self, element, name):
        found = self[element.get("/A", [])]
        owners = [self[one] for one in (found if isinstance(found, list) else [found])]
        return next((owner[name] for owner in owners if isinstance(owner, dict) and name in owner), None)

    def text(self, value):
        return value.removeprefix("u:") if isinstance(value, str) else ""


@pytest.fixture(scope="module", params=ISSUES)
def document(request, tmp_path_factory):
    (pdf,) = make_pdfs(ISSUES[request.param]).values()
    return Document(pdf, tmp_path_factory.mktemp("pdf"))


def tags(document, *names):
    return [element for element, _ in document.elements() if element["/S"] in names]


def test_the_file_says_what_it_claims(document):
    packet = document.pdf.replace(b" ", b"")
    for claim in (b"<pdfuaid:part>1<", b"<pdfaid:part>2<", b"<pdfaid:conformance>A<"):
        assert claim in packet
    assert b"<dc:title>" in packet  # UA 7.1
    assert document[document.root["/MarkInfo"]]["/Marked"] is True  # UA 7.1
    assert document[document.root["/ViewerPreferences"]]["/DisplayDocTitle"] is True  # UA 7.1
    assert document.text(document.root["/Lang"]) in ("en", "ar")  # UA 7.2
    assert document.root["/OutputIntents"]  # A 6.2.3


def test_nothing_in_it_runs_or_is_hidden(document):
    assert "/Encrypt" not in document.objects["trailer"]["value"]  # A 6.1.3
    for one in document.dictionaries():
        assert one.get("/S") not in ("/JavaScript", "/Launch", "/Movie", "/Sound")  # A 6.5.1
        assert not {"/AA", "/XFA", "/OCProperties"} & one.keys()


def test_fonts_are_embedded_with_their_characters(document):
    fonts = [one for one in document.dictionaries() if one.get("/Type") == "/Font"]
    assert fonts
    for font in fonts:
        if font["/Subtype"] == "/Type0":
            assert "/ToUnicode" in font  # UA 7.21.7
        if "/FontDescriptor" in font:
            assert {"/FontFile2", "/FontFile3"} & document[font["/FontDescriptor"]].keys()  # UA 7.21.4


def test_pages_are_read_in_the_order_of_their_tags(document):
    for page in document.pages():
        assert "/StructParents" in page
        if page.get("/Annots"):
            assert page["/Tabs"] == "/S"  # UA 7.18.3


def test_headings_begin_at_one_and_skip_no_level(document):
    levels = [int(element["/S"][2:]) for element in tags(document, *(f"/H{n}" for n in range(1, 7)))]
    assert levels[0] == 1  # UA 7.4.2
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels


def test_every_picture_has_a_text_alternative(document):
    figures = tags(document, "/Figure", "/Formula")
    assert figures
    assert all(document.text(figure.get("/Alt")) for figure in figures)  # UA 7.3


def test_tables_have_heads_with_a_scope(document):
    tables = tags(document, "/Table")
    assert tables
    heads = tags(document, "/TH")
    assert heads
    assert all(document.attribute(head, "/Scope") in ("/Column", "/Row", "/Both") for head in heads)  # UA 7.5
    for element, parents in document.elements():
        if element["/S"] in ("/TH", "/TD"):
            assert parents[-1] == "/TR"  # PDF 14.8.4.3.4
        if element["/S"] == "/TR":
            assert parents[-1] in ("/Table", "/THead", "/TBody", "/TFoot")


def test_the_first_cell_of_a_row_names_the_row(document):
    rows = [
        element
        for element, parents in document.elements()
        if element["/S"] == "/TR" and parents[-1] == "/TBody"
    ]
    assert rows
    for row in rows:
        first, *others = (document[cell] for cell in document[row["/K"]])
        assert (first["/S"], document.attribute(first, "/Scope")) == ("/TH", "/Row")
        assert {cell["/S"] for cell in others} == {"/TD"}


def test_lists_and_notes_are_whole(document):
    for element, parents in document.elements():
        if element["/S"] == "/LI":
            assert parents[-1] == "/L"  # PDF 14.8.4.3.3
        if element["/S"] in ("/LBody", "/Lbl"):
            assert (
                parents[-1] in ("/LI", "/Note", "/Reference", "/Link", "/P", "/Sub")
                or element["/S"] == "/Lbl"
            )
    notes = tags(document, "/Note")
    assert len({document.text(note["/ID"]) for note in notes}) == len(notes) >= 1  # UA 7.9


def test_links_say_where_they_lead_and_stand_in_the_tags(document):
    annotations = [one for one in document.dictionaries() if one.get("/Subtype") == "/Link"]
    assert annotations
    for link in annotations:
        assert document.text(link.get("/Contents"))  # UA 7.18.5
        assert "/StructParent" in link  # UA 7.18.1
        assert "/Dest" in link or "/A" in link
    assert len(tags(document, "/Link")) >= 1


def test_contents_lead_to_every_section(document):
    cover = next(document.pages())
    links = [document[link] for link in cover.get("/Annots", ())]
    inner = [link for link in links if "/Dest" in link or document[link.get("/A", {})].get("/S") == "/GoTo"]
    sections = len(tags(document, "/H1"))
    assert len(inner) >= min(sections, 1)


def test_qpdf_finds_no_fault(document, tmp_path):
    file = tmp_path / "issue.pdf"
    file.write_bytes(document.pdf)
    done = subprocess.run(["qpdf", "--check", file], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
