"""Names in files of every kind, where people see them and where they do not."""

import gzip
import io
import json
import zipfile
from email.message import EmailMessage
from importlib import import_module

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfWriter

from clusterpress.forgetting.names import NamePattern
from clusterpress.forgetting.places import search_file
from clusterpress.forgetting.readers import UnreadableError

NAME = "María Núñez"
PATTERN = NamePattern([NAME])


def typst(markup):
    return import_module("typst").compile(markup.encode())


def zipped(**members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "/", 1), content)
    return file.getvalue()


def mail():
    message = EmailMessage()
    message["Subject"] = "Words of María Núñez"
    message["From"] = "press@example.eu"
    message.set_content("Long words. " * 9 + "María Núñez wrote é.\n", cte="quoted-printable")
    message.add_alternative("<p>María <b>Núñez</b></p>", subtype="html", cte="base64")
    message.add_attachment(typst("María Núñez"), maintype="application", subtype="pdf", filename="a.pdf")
    return message.as_bytes()


def picture():
    file, info = io.BytesIO(), PngInfo()
    info.add_text("Author", "Maria Nunez")
    Image.new("RGB", (2, 2)).save(file, "png", pnginfo=info)
    return file.getvalue()


def exif():
    file, values = io.BytesIO(), Image.Exif()
    values[0x9C9D] = NAME.encode("utf-16-le")  # XPAuthor, as Windows writes it
    Image.new("RGB", (2, 2)).save(file, "jpeg", exif=values)
    return file.getvalue()


def pdf_with_link():
    return typst('#link("https://example.eu/authors/maria-nunez/")[her page]')


def stripped_pdf(**metadata):
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_metadata({f"/{key}": value for key, value in metadata.items()})
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("path", "raw", "lines"),
    [
        ("a.md", f"one\nby {NAME}\n".encode(), [2]),
        ("a.md", f"one\nby {NAME}\n".encode("latin-1"), [2]),
        ("a.txt", f"\ufeffone\nby {NAME}\n".encode("utf-16"), [2]),
        ("a.html", b"<p>\n<i>Mar&iacute;a</i>&nbsp;N&#250;&ntilde;ez", [2]),
        ("a.html", "<p>\nMar<b>ía</b> Núñ<i>ez".encode(), [2]),
        ("a.html", b'<a\nhref="/authors/mar%C3%ADa-n%C3%BA%C3%B1ez/">', [2]),
        ("a.json", json.dumps({"name": NAME}).encode(), [1]),
        ("a.ics", b"BEGIN:VCALENDAR\r\nDESCRIPTION:Words of Mari\r\n a Nu\r\n nez\r\n", [0]),
        ("a.vcf", "BEGIN:VCARD\r\nN:Núñez;María;;;\r\n".encode(), [2]),
        ("a.html.gz", gzip.compress(f"<p>{NAME}".encode(), mtime=0), [1]),
        (
            "x.pf_fragment",
            gzip.compress(b"\x81\x01" + json.dumps({"c": NAME}, ensure_ascii=False).encode(), mtime=0),
            [1],
        ),
        ("a.docx", zipped(word_document="<w:t>Mar</w:t><w:t>ía</w:t> <w:t>Núñez</w:t>"), [0]),
        ("a.zip", zipped(in_zip=zipped(in_zip=NAME)), [0]),
        ("maria-nunez.zip", zipped(people_maria="x"), []),
        ("a.png", picture(), [0]),
        ("a.jpg", exif(), [0]),
        ("a.pdf", typst(f"= Words\n{NAME} wrote."), [0]),
        ("a.pdf", typst(f'#set document(author: "{NAME}")\nWords'), [0]),
        ("a.pdf", pdf_with_link(), [0]),
        ("a.pdf", stripped_pdf(Author="Núñez, María"), [0]),
        ("a.sqlite", b"SQLite format 3\0" + b"\0" * 80 + NAME.encode() + b"\0", [0]),
    ],
)
def test_a_name_is_found_in_files_of_every_kind(path, raw, lines):
    found = list(search_file(path, raw, PATTERN))
    assert sorted({line for line, _, _ in found}) == lines


def test_every_part_of_a_mail_is_read():
    labels = {label for _, label, _ in search_file("a.eml", mail(), PATTERN)}
    assert {"header", "text/plain", "text/html", "application/pdf"} <= labels


def test_the_page_of_a_pdf_is_named():
    raw = typst(f"One #pagebreak() {NAME}")
    assert "page 2" in {label for _, label, _ in search_file("a.pdf", raw, PATTERN)}


def encrypted():
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def bomb():
    raw = b"x"
    for _ in range(6):
        raw = gzip.compress(raw)
    return raw


@pytest.mark.parametrize(
    ("path", "raw"),
    [
        ("a.pdf", encrypted()),
        ("a.pdf", b"%PDF-1.7 broken"),
        ("a.gz", b"\x1f\x8bbroken"),
        ("a.zip", b"PK\x03\x04broken"),
        ("a.gz", bomb()),
    ],
)
def test_a_file_that_cannot_be_read_is_said_to_be_unread(path, raw):
    with pytest.raises(UnreadableError):
        list(search_file(path, raw, PATTERN))


def test_a_file_without_the_name_has_no_place():
    for path, raw in (
        ("a.md", b"Maria wrote to Nunez Ltd."),
        ("a.pdf", typst("Nothing")),
        ("a.png", b"\x89PNG\0"),
    ):
        assert list(search_file(path, raw, PATTERN)) == []
