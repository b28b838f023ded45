"""A Word file as a package: its parts, read within limits, and why another file is not one.

The format is Office Open XML (ECMA-376, parts 1 and 2): a zip file of XML parts and media.
"""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import unquote

from lxml import etree
from msgspec import Struct, field

from clusterpress.importing.records import ImportSourceError
from clusterpress.importing.sources.documents.word_xml import NAMESPACES, local_name

MAX_BYTES = 500_000_000
"""Bytes of a Word file, at most."""
MAX_XML_BYTES = 60_000_000
"""Bytes of one XML part, unpacked, at most: a book of 1,000 pages has less than a tenth."""
MAX_PICTURE_BYTES = 60_000_000
"""Bytes of one picture, at most."""
_MAX_PARTS = 20_000

_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": NAMESPACES["w"].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": NAMESPACES["r"].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": NAMESPACES["m"].encode(),
    b"http://purl.oclc.org/ooxml/drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
}
"""Namespaces of the strict form of the format → those of the usual one."""
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""First bytes of a compound file ([MS-CFB]), in which old and encrypted Office files are stored."""
_SAVE = 'open it in Word, choose "Save as" and "Word Document (.docx)", and import that file'
_UNPACKING = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError,
    ValueError, KeyError,
)  # fmt: skip


class Relation(Struct, frozen=True):
    """A relationship of a part: a picture, a link, a header."""

    kind: str
    """Last segment of its type: ``image``, ``hyperlink``, ``header``."""
    target: str
    """Name of the part that it means, or an address."""
    is_external: bool


class Package(Struct):
    """The parts of a Word file."""

    name: str
    """Name of the file, for messages."""
    archive: zipfile.ZipFile
    main: str = "word/document.xml"
    """The part with the text."""
    _relations: dict[str, dict[str, Relation]] = field(default_factory=dict)

    @property
    def names(self) -> frozenset[str]:
        """Names of all parts."""
        return frozenset(self.archive.namelist())

    def read(self, part: str, limit: int = MAX_PICTURE_BYTES) -> bytes:
        """Return the bytes of a part.

        Raises:
            ImportSourceError: it is damaged or too large.
        """
        try:
            with self.archive.open(part) as stream:
                # The size in the archive's list may be wrong, so that the stream itself is limited.
                content = stream.read(limit + 1)
        except _UNPACKING as error:
            raise _damaged(self.name, f"{part}: {error}") from None
        if len(content) > limit:
            message = f'its part "{part}" has more than {limit // 1_000_000} MB when it is unpacked'
            raise ImportSourceError(self.name, 1, message, "make the file smaller, or split it")
        return content

    def size(self, part: str) -> int:
        """Return the size of a part, as the list of parts says."""
        return self.archive.getinfo(part).file_size

    def xml(self, part: str) -> "etree._Element | None":
        """Return the root of an XML part; None if there is no such part.

        Raises:
            ImportSourceError: it is damaged, too large or declares entities.
        """
        if part not in self.names:
            return None
        raw = self.read(part, MAX_XML_BYTES)
        for strict, usual in _STRICT.items():
            raw = raw.replace(strict, usual)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
        try:
            root = etree.fromstring(raw, parser)
        except etree.XMLSyntaxError as error:
            raise _damaged(self.name, f"{part}: {error.msg}") from None
        if getattr(root.getroottree().docinfo, "doctype", ""):
            raise _damaged(self.name, f"{part} declares a document type")
        return root

    def relations(self, part: str) -> dict[str, Relation]:
        """Return id → relationship of a part."""
        if part not in self._relations:
            folder, base = posixpath.split(part)
            root = self.xml(f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels")
            self._relations[part] = dict(_relations_in(root, folder)) if root is not None else {}
        return self._relations[part]

    def related(self, kind: str) -> list[str]:
        """Return the parts of a kind that the text uses, sorted by name."""
        found = (one.target for one in self.relations(self.main).values() if one.kind == kind)
        return sorted({target for target in found if target in self.names})


def _relations_in(root: "etree._Element", folder: str) -> Iterator[tuple[str, Relation]]:
    for one in root.iter("{*}Relationship"):
        target, is_external = one.get("Target", ""), one.get("TargetMode") == "External"
        if not is_external:
            target = unquote(posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
        kind = one.get("Type", "").rpartition("/")[2]
        yield one.get("Id", ""), Relation(kind, target, is_external)


def open_package(raw: bytes, name: str) -> Package:
    """Return a Word file as a package.

    Args:
        raw: bytes of the file.
        name: its name, for messages.

    Raises:
        ImportSourceError: it is no Word file that can be read.
    """
    if len(raw) > MAX_BYTES:
        raise ImportSourceError(name, 1, f"it has more than {MAX_BYTES // 1_000_000} MB", "split it")
    if not raw.startswith(b"PK\x03\x04"):
        raise _not_a_package(raw, name)
    try:
        archive = zipfile.ZipFile(BytesIO(raw))
    except _UNPACKING as error:
        raise _damaged(name, str(error)) from None
    if len(archive.namelist()) > _MAX_PARTS:
        raise _damaged(name, f"it has more than {_MAX_PARTS} parts")
    package = Package(name, archive)
    start = next((one for one in package.relations("").values() if one.kind == "officeDocument"), None)
    package.main = start.target if start else package.main
    if package.main not in package.names or not _is_word(package):
        raise _another_format(package)
    return package


def _is_word(package: Package) -> bool:
    root = package.xml(package.main)
    return root is not None and local_name(root.tag) == "w:document"


def _damaged(name: str, reason: str) -> ImportSourceError:
    hint = "open it in Word, which may repair it, and save it; or ask for the file again"
    return ImportSourceError(name, 1, f"the file is damaged: {reason}", hint)


def _not_a_package(raw: bytes, name: str) -> ImportSourceError:
    """Return why a file is no package, from its first bytes."""
    start = raw[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not raw.strip(b"\0"):
        hint = "if it lies in a cloud folder, open it once, so that it is downloaded"
        return ImportSourceError(name, 1, "the file is empty", hint)
    if raw.startswith(_COMPOUND) and "EncryptedPackage".encode("utf-16-le") in raw:
        hint = "open it in Word, remove the password under File, Info, Protect Document, and save it"
        return ImportSourceError(name, 1, "the file is protected by a password", hint)
    if raw.startswith(_COMPOUND):
        return ImportSourceError(name, 1, "this is a file of Word 97-2003 (.doc)", _SAVE)
    if start.startswith(b"{\\rtf"):
        return ImportSourceError(name, 1, "this is a file in Rich Text Format (.rtf)", _SAVE)
    if start.startswith((b"<!doctype html", b"<html")):
        return ImportSourceError(name, 1, "this is a web page", 'import it with "clusterpress import html"')
    if start.startswith(b"%pdf"):
        return ImportSourceError(name, 1, "this is a PDF", "ask for the Word file that it was made from")
    return ImportSourceError(name, 1, "this is not a Word file", _SAVE)


def _another_format(package: Package) -> ImportSourceError:
    """Return which other format a zip file has."""
    names = package.names
    kind = next(
        (
            words
            for folder, words in (("xl/", "a spreadsheet"), ("ppt/", "a presentation"))
            if any(one.startswith(folder) for one in names)
        ),
        "",
    )
    if "mimetype" in names and b"opendocument" in package.read("mimetype"):
        kind = "an OpenDocument file (.odt)"
    if not kind:
        return ImportSourceError(package.name, 1, "this is a zip file, not a Word file", _SAVE)
    return ImportSourceError(package.name, 1, f"this is {kind}, not a Word file", _SAVE)
