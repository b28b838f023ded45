"""The encoding of foreign files, decided by their bytes: what they declare is often wrong."""

import codecs
import re
from contextlib import suppress
from typing import NamedTuple

from clusterpress.values.characters import strip_forbidden

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"<\?xml[^<>]*?encoding=[\"']([\w.:-]+)")
_FOREIGN = re.compile("[\udc80-\udcff]+")
_CONTROLS = re.compile("[\x80\x82-\x8c\x8e\x91-\x9c\x9e\x9f]")
"""Control characters that were quotes and dashes of Windows-1252 before somebody took them for Latin-1."""
_UNICODE = ("utf", "ucs", "us-ascii", "ascii", "unicode")


class Decoded(NamedTuple):
    """A text, and what was wrong with its bytes."""

    text: str
    """The text, with line ends as ``\\n`` and without characters that files may not have."""
    dropped: int = 0
    """How many forbidden characters were dropped."""
    line: int = 1
    """Line of the first dropped character."""
    guessed: int = 0
    """How many bytes were not in the encoding of the rest, and were read as Windows-1252."""


def decode(raw: bytes) -> Decoded:
    """Return the text of a foreign file; it never fails, and never turns a whole file into mojibake.

    A byte order mark decides; then UTF-8, if most characters outside ASCII are valid in it; then the declared
    encoding, or Windows-1252. Single bytes that are wrong in UTF-8 are read as Windows-1252 (HTML Standard,
    "decode": labels for Latin-1 mean Windows-1252).
    """
    text, guessed = _decode(raw)
    guessed += len(_CONTROLS.findall(text))
    text = _CONTROLS.sub(lambda found: found[0].encode("latin-1").decode("cp1252"), text)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    clean = strip_forbidden(text)
    if len(clean) == len(text):
        return Decoded(text, guessed=guessed)
    pairs = enumerate(zip(text, clean, strict=False))
    first = next((at for at, (one, other) in pairs if one != other), len(clean))
    return Decoded(clean, len(text) - len(clean), text.count("\n", 0, first) + 1, guessed)


def _decode(raw: bytes) -> tuple[str, int]:
    for mark, name in _BOMS:
        if raw.startswith(mark):
            return raw.decode(name, "replace"), 0
    if raw[:2] == b"<\0" or raw[:2] == b"\0<":
        return raw.decode("utf-16-le" if raw[:1] == b"<" else "utf-16-be", "replace"), 0
    text = raw.decode("utf-8", "surrogateescape")
    foreign = sum(len(found[0]) for found in _FOREIGN.finditer(text))
    if not foreign:
        return text, 0
    if sum(character > "\x7f" for character in text) - foreign < foreign:
        return _decode_declared(raw), 0
    return _FOREIGN.sub(_as_windows, text), foreign


def _decode_declared(raw: bytes) -> str:
    """Return the text in the declared encoding, or in Windows-1252 if that cannot be right."""
    found = _DECLARED.search(raw[:200])
    name = found[1].decode().lower() if found else ""
    if name and not name.startswith(_UNICODE) and name not in {"iso-8859-1", "latin1", "latin-1"}:
        with suppress(LookupError):
            return raw.decode(name, "replace")
    return raw.decode("cp1252", "replace")


def _as_windows(found: re.Match[str]) -> str:
    return found[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace")
