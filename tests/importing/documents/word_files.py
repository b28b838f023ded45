"""Word files made for the tests: with python-docx, and with XML that Word writes and python-docx cannot."""

import re
import zipfile
from io import BytesIO

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image

NAMESPACES = nsdecls("w", "r", "wp", "a", "pic", "m") + (
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)


def picture(colour="red", kind="PNG", size=(40, 30)):
    """Return the bytes of a small picture."""
    made = BytesIO()
    Image.new("RGB", size, colour).save(made, kind)
    return made.getvalue()


def new_document() -> Document:
    """Return an empty Word file without properties."""
    document = docx.Document()
    document.core_properties.author = ""
    document.core_properties.title = ""
    return document


def add_xml(document: Document, xml: str):
    """Add a block to the text, as XML with the usual prefixes; return it."""
    element = parse_xml(re.sub(r"^<([\w:]+)", rf"<\1 {NAMESPACES}", xml.strip(), count=1))
    document.element.body.insert(len(document.element.body) - 1, element)
    return element


def run(text: str, properties: str = "") -> str:
    """Return the XML of a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*parts: str, properties: str = "") -> str:
    """Return the XML of a paragraph; parts without markup are runs."""
    runs = "".join(part if part.startswith("<") else run(part) for part in parts)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def field(code: str, *result: str) -> str:
    """Return the XML of a field with its last result."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    shown = "".join(part if part.startswith("<") else run(part) for part in result)
    instruction = f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    return mark.format("begin") + instruction + mark.format("separate") + shown + mark.format("end")


def add_picture(document: Document, content: bytes, alt: str = ""):
    """Add a paragraph with a picture."""
    document.add_picture(BytesIO(content))
    document.inline_shapes[-1]._inline.docPr.set("descr", alt)


def saved(document: Document, changes: dict[str, bytes | None] | None = None) -> bytes:
    """Return the bytes of a Word file, with parts replaced, added or (None) removed."""
    made = BytesIO()
    document.save(made)
    return with_parts(made.getvalue(), changes or {})


def with_parts(raw: bytes, changes: dict[str, bytes | None]) -> bytes:
    """Return a Word file with parts replaced, added or (None) removed."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, content in changes.items():
            if content is not None:
                new.writestr(name, content)
    return made.getvalue()


def with_related(raw: bytes, kind: str, name: str, content: bytes, key: str = "rIdX") -> bytes:
    """Return a Word file with one more part that its text uses: ``footnotes``, ``chart`` …"""
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        relations = archive.read("word/_rels/document.xml.rels").decode()
    row = (
        f'<Relationship Id="{key}" Target="{name}" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/>'
    )
    relations = relations.replace("</Relationships>", row + "</Relationships>")
    return with_parts(raw, {"word/_rels/document.xml.rels": relations.encode(), f"word/{name}": content})


def notes(kind: str, texts: dict[str, str]) -> bytes:
    """Return a part with footnotes or endnotes: id → XML of its paragraphs."""
    inner = "".join(f'<w:{kind} w:id="{key}">{xml}</w:{kind}>' for key, xml in texts.items())
    return f"<w:{kind}s {NAMESPACES}>{inner}</w:{kind}s>".encode()
