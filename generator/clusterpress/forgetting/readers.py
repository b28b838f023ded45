"""Texts in files of any kind: what people read in them, and what they do not see."""

import gzip
import io
import logging
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes, policy
from html import unescape
from importlib import import_module
from importlib.util import find_spec
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import unquote

MAX_SIZE = 200_000_000
"""Bytes of the largest file that is read, and of what is unpacked from an archive."""
_MAX_DEPTH = 3
"""Archives in archives that are opened."""
_TAG = re.compile(r"<[^<>]*>")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_FOLD = re.compile(r"\r?\n[ \t]")
_QUOTED = re.compile(rb"=([0-9A-F]{2})")
_UTF_8 = re.compile(rb"(?:[\t -~]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}){3,}")
_UTF_16 = re.compile(rb"(?:[\t -~\xa0-\xff]\0|[^\n][\x01-\x06\x1e]){3,}")
"""Texts among other data: letters of Latin, Greek, Cyrillic, Hebrew and Arabic writing."""
_GZIP, _ZIP, _PDF = b"\x1f\x8b", b"PK\x03\x04", b"%PDF-"


class UnreadableError(Exception):
    """A file whose content cannot be read; the message says why."""


class View(NamedTuple):
    """One text of a file."""

    label: str
    """Which part of the file it is: "page 3", "metadata"; empty for the whole of a text file."""
    text: str
    has_lines: bool = True
    """Whether its lines are those of the file."""
    is_squeezed: bool = False
    """Whether spaces in it may be missing or wrong."""


def read_views(path: str, raw: bytes, depth: int = 0) -> Iterator[View]:
    """Yield the texts of a file.

    Args:
        path: its name shows its kind, besides its first bytes.
        raw: its bytes.
        depth: number of archives around it.

    Raises:
        UnreadableError: it is encrypted, damaged or too large.
    """
    if len(raw) > MAX_SIZE or depth > _MAX_DEPTH:
        raise UnreadableError("it is too large, or packed too often")
    suffix = PurePosixPath(path).suffix.lower()
    if raw.startswith(_GZIP) or suffix == ".br":
        yield from read_views(path.removesuffix(suffix), _unpack(raw, suffix), depth + 1)
    elif raw.startswith(_ZIP):
        yield from _zip_views(raw, depth)
    elif raw.startswith(_PDF):
        yield from _pdf_views(raw)
    elif suffix == ".eml":
        yield from (View("", text) for text in _decode(raw))
        yield from _mail_views(raw, depth)
    elif _is_text(raw):
        for text in _decode(raw):
            yield from _text_views(text)
    else:
        narrow, wide = (b"\n".join(runs.findall(raw)) for runs in (_UTF_8, _UTF_16))
        yield View("data", narrow.decode("utf-8", "ignore"), has_lines=False, is_squeezed=True)
        text = wide.replace(b"\n", b"\n\0").decode("utf-16-le", "ignore")
        yield View("data", text, has_lines=False, is_squeezed=True)


def _is_text(raw: bytes) -> bool:
    return raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" not in raw[:100_000]


def _decode(raw: bytes) -> tuple[str, ...]:
    """Return a text; twice, if it is not clear in which encoding it is."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return (raw.decode("utf-16", "replace"),)
    try:
        return (raw.decode("utf-8-sig"),)
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace"), raw.decode("utf-8", "ignore")


def _text_views(text: str) -> Iterator[View]:
    """Yield a text as it is, and as programs show it: decoded, and without tags."""
    yield View("", text)
    if text.startswith(("BEGIN:VCALENDAR", "BEGIN:VCARD")) and (unfolded := _FOLD.sub("", text)) != text:
        yield View("", unfolded, has_lines=False)
    shown = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "\\u" in text else text
    shown = unquote(unescape(shown)) if "%" in shown or "&" in shown else shown
    if "<" in shown:
        yield View("", _TAG.sub(lambda tag: "\n" * tag[0].count("\n"), shown))
    if shown != text:
        yield View("", shown)
    if "=" in text and (decoded := _QUOTED.sub(_byte, text.encode())) != text.encode():
        yield View("", decoded.replace(b"=\n", b"").decode("utf-8", "replace"), has_lines=False)


def _byte(found: re.Match[bytes]) -> bytes:
    return bytes.fromhex(found[1].decode())


def _unpack(raw: bytes, suffix: str) -> bytes:
    if suffix == ".br" and find_spec("brotli") is None:
        raise UnreadableError('it needs the extra "brotli"')
    try:
        if suffix == ".br":
            brotli: Any = import_module("brotli")
            return bytes(brotli.decompress(raw))
        with gzip.open(io.BytesIO(raw)) as file:
            return file.read(MAX_SIZE + 1)
    except Exception as fault:
        raise UnreadableError("it is packed, and damaged") from fault


def _zip_views(raw: bytes, depth: int) -> Iterator[View]:
    """Yield the texts of an archive, such as an office file or a book."""
    left = MAX_SIZE
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            for member in archive.infolist():
                yield View(member.filename, member.filename, has_lines=False)
                left -= member.file_size
                if left < 0:
                    raise UnreadableError("it is too large when unpacked")
                for view in read_views(member.filename, archive.read(member), depth + 1):
                    yield view._replace(label=f"{member.filename} {view.label}".strip(), has_lines=False)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error, EOFError) as fault:
        raise UnreadableError("it is encrypted or damaged") from fault


def _mail_views(raw: bytes, depth: int) -> Iterator[View]:
    message = message_from_bytes(raw, policy=policy.default)
    for part in message.walk():
        with suppress(Exception):  # headers that no standard allows
            yield View(
                "header", "\n".join(f"{name}: {value}" for name, value in part.items()), has_lines=False
            )
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            name = part.get_filename() or f"part.{part.get_content_subtype()}"
            for view in read_views(name, content, depth + 1):
                yield view._replace(label=part.get_content_type(), has_lines=False)


def _pdf_views(raw: bytes) -> Iterator[View]:
    """Yield the texts of a PDF: its pages, and every text in its objects, such as metadata and addresses."""
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its remarks on the structure are for programmers
    try:
        reader = PdfReader(io.BytesIO(raw))
        for number, page in enumerate(reader.pages, start=1):
            yield View(f"page {number}", page.extract_text(), has_lines=False, is_squeezed=True)
        for number in range(1, int(str(reader.trailer["/Size"]))):
            for text in _strings(reader.get_object(number)):
                yield View("metadata", text, has_lines=False)
        for text in _strings(reader.trailer.get("/Info")):
            yield View("metadata", text, has_lines=False)
    except Exception as fault:  # whatever a damaged file makes the library raise
        raise UnreadableError("this PDF is encrypted or damaged") from fault


def _strings(value: Any, depth: int = 0) -> Iterator[str]:
    """Yield the texts in an object of a PDF, and the text of a stream with metadata (XMP)."""
    if isinstance(value, bytes):
        yield from _decode(value)
    elif isinstance(value, str):
        yield unquote(value)
    elif isinstance(value, dict):
        if value.get("/Type") in {"/Metadata", "/EmbeddedFile"} and hasattr(value, "get_data"):
            yield from (view.text for view in read_views("", value.get_data(), 1))
        if depth < 20:  # noqa: PLR2004 -- deeper objects are reached by their own numbers
            for part in value.values():
                yield from _strings(part, depth + 1)
    elif isinstance(value, list) and depth < 20:  # noqa: PLR2004
        for part in value:
            yield from _strings(part, depth + 1)
