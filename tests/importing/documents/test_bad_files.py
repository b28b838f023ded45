"""Files that are no Word files, or hold what no page can show: a clear sentence, and nothing half written."""

import zipfile
from io import BytesIO

import pytest

from clusterpress.importing.records import ImportSourceError
from clusterpress.importing.sources.documents import pictures as pictures_module
from clusterpress.importing.sources.documents import word_package
from clusterpress.importing.sources.documents.files import Source, read_documents
from clusterpress.importing.sources.documents.findings import Findings
from clusterpress.importing.sources.documents.pictures import read_picture
from clusterpress.importing.sources.documents.word_files import read_word
from tests.importing.documents.word_files import (
    add_picture,
    add_xml,
    new_document,
    paragraph,
    picture,
    saved,
    with_parts,
)
from tests.importing.project import Project

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def zipped(**parts: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return made.getvalue()


def simple() -> bytes:
    made = new_document()
    made.add_heading("A title", 0)
    made.add_paragraph("15 June 2027")
    made.add_paragraph("Some words.")
    return saved(made)


def read(raw, name="a.docx"):
    findings = Findings(name)
    return read_word(raw, name, findings), findings


WORD = simple()
BOMB = b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (COMPOUND + "WordDocument".encode("utf-16-le"), "Word 97-2003"),
        (b"{\\rtf1\\ansi Hello}", "Rich Text Format"),
        (b"%PDF-1.7", "this is a PDF"),
        (b"<html><body>Saved as a web page</body></html>", "this is a web page"),
        (b"", "the file is empty"),
        (bytes(4096), "the file is empty"),
        (b"just words", "this is not a Word file"),
        (zipped(readme=b"x"), "this is a zip file"),
        (zipped(xl__workbook_dot_xml=b"<x/>"), "this is a spreadsheet"),
        (zipped(ppt__presentation_dot_xml=b"<x/>"), "this is a presentation"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.text", content_dot_xml=b"<x/>"), "OpenDocument"),
        (WORD[: len(WORD) // 2], "the file is damaged"),
        (with_parts(WORD, {"word/document.xml": b"<w:document"}), "the file is damaged"),
        (with_parts(WORD, {"word/document.xml": BOMB + b"<x>&b;</x>"}), "declares a document type"),
        (with_parts(WORD, {"word/document.xml": b"<other/>"}), "this is a zip file, not a Word file"),
        (with_parts(WORD, {"word/styles.xml": b"<broken"}), "the file is damaged"),
    ],
)  # fmt: skip
def test_another_file_is_named_for_what_it_is(raw, said):
    with pytest.raises(ImportSourceError) as caught:
        read(raw)
    assert said in caught.value.message
    assert caught.value.place == "a.docx"
    assert caught.value.hint


def test_a_part_that_unpacks_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(word_package, "MAX_XML_BYTES", 1_000_000)
    with pytest.raises(ImportSourceError, match="more than 1 MB when it is unpacked"):
        read(with_parts(WORD, {"word/document.xml": b" " * 3_000_000}))


def test_tables_within_tables_without_end_are_a_fault_of_the_file(project):
    made = new_document()
    depth = 3000
    xml = "<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth
    head = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    raw = with_parts(saved(made), {"word/document.xml": f"{head}{xml}</w:body></w:document>".encode()})
    found = documents(project, Source("deep.docx", lambda: raw))
    assert [fault.place for fault in found.faults] == ["deep.docx"]


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "site")


def documents(project, *sources):
    from clusterpress.scaffolding.questions import read_records

    registers = read_records(project.root, project.settings).registers
    return read_documents(sources, read_word, project.settings, registers, {})


def locked():
    raise PermissionError(13, "Permission denied")


def test_one_bad_file_does_not_stop_the_others(project):
    found = documents(
        project,
        Source("bad.docx", lambda: b"{\\rtf"),
        Source("good.docx", lambda: WORD),
        Source("open.docx", locked),
        Source("~$good.docx", lambda: b"\x03Ann"),
    )
    assert [record.place for record in found.export.records] == ["good.docx"]
    assert [(fault.place, fault.message) for fault in found.faults] == [
        ("bad.docx", "this is a file in Rich Text Format (.rtf)"),
        ("open.docx", "the file may not be read"),
    ]
    (left,) = found.export.skipped
    assert (left.place, left.what) == ("~$good.docx", "mark of an open file")
    assert '"good.docx" is open in Word' in left.why


def test_macros_are_dropped_and_named():
    raw = with_parts(WORD, {"word/vbaProject.bin": b"Sub AutoOpen()"})
    _, findings = read(raw, "a.docm")
    assert [left.what for left in findings.skipped] == ["macros"]


def heic() -> bytes:
    from pillow_heif import register_heif_opener

    register_heif_opener()
    return picture("green", "HEIF", (64, 48))


EMF = b"\x01\x00\x00\x00\x6c\x00\x00\x00" + bytes(100)
WMF = b"\xd7\xcd\xc6\x9a" + bytes(100)


@pytest.mark.parametrize(
    ("raw", "name", "ending", "is_shown"),
    [
        (picture(), "a.png", ".png", True),
        (picture(kind="JPEG"), "a.png", ".jpg", True),
        (picture(kind="GIF"), "a.gif", ".gif", True),
        (picture(kind="TIFF"), "a.tiff", ".png", True),
        (picture(kind="BMP"), "a.bmp", ".png", True),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", ".svg", True),
        (EMF, "a.emf", ".emf", False),
        (WMF, "a.wmf", ".wmf", False),
        (b"\x1f\x8b\x08" + bytes(20), "a.emz", ".emz", False),
        (b"nothing", "a.tiff", ".tiff", False),
    ],
)  # fmt: skip
def test_a_picture_is_brought_into_a_form_that_browsers_show(raw, name, ending, is_shown):
    made = read_picture(raw, name)
    assert (made.ending, made.is_shown) == (ending, is_shown)
    assert bool(made.note) is not is_shown


def test_heic_photos_become_jpeg():
    made = read_picture(heic(), "a.heic")
    assert (made.ending, made.is_shown) == (".jpg", True)
    assert made.content.startswith(b"\xff\xd8\xff")


def test_without_the_library_a_heic_photo_is_kept_and_named(monkeypatch):
    raw = heic()
    monkeypatch.setitem(__import__("sys").modules, "pillow_heif", None)
    made = read_picture(raw, "a.heic")
    assert (made.ending, made.is_shown) == (".heic", False)
    assert "clusterpress[heic]" in made.hint


@pytest.mark.parametrize("kind", ["BMP", "PNG", "JPEG"])
def test_a_picture_with_too_many_pixels_is_not_decoded(monkeypatch, kind):
    monkeypatch.setattr(pictures_module, "_MAX_PIXELS", 100)
    made = read_picture(picture(kind=kind), "a.bmp")
    assert not made.is_shown
    assert "million pixels" in made.note


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF"])
def test_a_damaged_picture_that_would_stop_a_build_is_a_link(kind):
    whole = picture(kind=kind, size=(200, 200))
    made = read_picture(whole[: len(whole) // 2], "a.png")
    assert (made.is_shown, made.note) == (False, "cannot be read")


def test_a_picture_that_is_too_large_is_named_and_its_words_stay(project, monkeypatch):
    made = new_document()
    add_xml(made, paragraph("Before."))
    add_picture(made, picture(), "A red field")
    raw = saved(made)
    monkeypatch.setattr(word_package, "MAX_PICTURE_BYTES", 10)
    monkeypatch.setattr(word_package.Package.read, "__defaults__", (10,))
    found = documents(project, Source("a.docx", lambda: raw))
    assert not found.pictures
    assert "A red field" in found.export.records[0].text
    assert [left.what for left in found.export.skipped] == ["picture image1.png"]


def test_a_drawing_of_windows_is_kept_beside_the_item_as_a_link(project):
    made = new_document()
    add_picture(made, picture(), "The plan")
    raw = with_parts(saved(made), {"word/media/image1.png": EMF})
    found = documents(project, Source("a.docx", lambda: raw))
    assert found.pictures == {"a/picture-1.emf": EMF}
    assert '<a href="picture-1.emf">The plan</a>' in found.export.records[0].text
    assert any("picture-1.emf" in remark.message for remark in found.export.records[0].remarks)
