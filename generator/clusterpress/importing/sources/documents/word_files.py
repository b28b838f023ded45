"""Word files as documents."""

from clusterpress.importing.sources.documents.document_html import parse_document
from clusterpress.importing.sources.documents.files import Document
from clusterpress.importing.sources.documents.findings import Findings
from clusterpress.importing.sources.documents.word_package import open_package
from clusterpress.importing.sources.documents.word_reader import read_word_text

ENDINGS = (".docx", ".docm", ".dotx", ".dotm", ".doc")
"""Endings of Word files in a folder; files of Word 97-2003 are named, not read."""


def read_word(raw: bytes, name: str, findings: Findings) -> Document:
    """Return the document in a Word file.

    Args:
        raw: bytes of the file.
        name: its name.
        findings: takes what cannot be imported, and remarks.

    Raises:
        ImportSourceError: it is no Word file that can be read.
    """
    package = open_package(raw, name)
    text = read_word_text(package, findings)

    def picture(part: str) -> bytes | None:
        return package.read(part) if part in package.names else None

    return Document(parse_document(text.html, findings), picture, text.properties, text.languages)
