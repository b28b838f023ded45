"""Parts: Pagefind's index of one block of records, in a form that can be joined with others.

For each word, Pagefind lists the pages that contain it: the number of each page as the distance from the page
before, and the positions of the word. If blocks are joined, only the number of the first page of each block
changes in such a list; the rest stays as it is encoded.

Its files are CBOR behind a signature, packed with gzip. No document describes them: see the source code of
Pagefind 1.5 (``pagefind/src/index/*.rs``).
"""

import gzip
import io
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from msgspec import Struct

from clusterpress.values.digests import digest_bytes

ENTRY = "pagefind-entry.json"
SCRIPT = "pagefind.js"

Postings = tuple[int, int, int, bytes]
"""Number of pages with a word, numbers of the first and the last, and the encoded list after the first."""

Word = tuple[str, Postings, tuple[tuple[str, Postings], ...]]
"""A word without accents, the pages that spell it so, and pages by spelling with accents."""

_PAGE_HEADER = b"\x83"
"""The first byte of a page in a list, which is a list of three (RFC 8949, section 3)."""

_SIGNATURE = b"pagefind_dcd"

_LEVEL = 6
"""Level of gzip: level 9 would take six times as long and save three per cent."""


class Part(Struct, frozen=True, kw_only=True):
    """A block of records, indexed."""

    entry: str
    """Pagefind's entry file."""
    pages: tuple[tuple[bytes, int], ...]
    """(digest of the page's file, number of its words) for each record, in the order of the records."""
    words: tuple[Word, ...]
    """All words, sorted."""
    filters: tuple[tuple[str, tuple[tuple[str, tuple[int, ...]], ...]], ...]
    """(name, (value, numbers of the pages)) for each filter, sorted."""
    fields: tuple[str, ...]
    """Names of the fields of records; lists of pages refer to them by position."""
    program: tuple[tuple[str, bytes], ...]
    """(file name, digest) of the program that reads the index."""

    def files(self) -> set[bytes]:
        """Return the digests of the files of the part."""
        return {digest for digest, _ in self.pages} | {digest for _, digest in self.program}


def read_part(files: Mapping[str, bytes], lang: str) -> tuple[Part, dict[bytes, bytes]]:
    """Return a part from the files of an index of Pagefind's, path → content, in one language.

    With it come those of the files that stay unchanged: digest → content.
    """
    entry = json.loads(files[ENTRY])
    index = entry["languages"][lang.lower()]
    _, pages, chunks, filters, _, fields = read_file(files[f"pagefind.{index['hash']}.pf_meta"])
    fragments = [(files[f"fragment/{name}.pf_fragment"], words) for name, words in pages]
    wasm = f"wasm.{index['wasm'] or 'unknown'}.pagefind"
    contents = [content for content, _ in fragments] + [files[SCRIPT], files[wasm]]
    words = [row for *_, name in chunks for row in read_file(files[f"index/{name}.pf_index"])[0]]
    found = (read_file(files[f"filter/{name}.pf_filter"]) for _, name in filters)
    part = Part(
        entry=files[ENTRY].decode(),
        pages=tuple((digest_bytes(content), words) for content, words in fragments),
        words=tuple(
            (word, _pack(pages), tuple((spelling, _pack(more)) for spelling, more in spellings))
            for word, pages, spellings in sorted(words)
        ),
        filters=tuple(
            sorted((name, tuple(sorted((v, tuple(n)) for v, n in values))) for name, values in found)
        ),
        fields=tuple(fields),
        program=((SCRIPT, digest_bytes(files[SCRIPT])), (wasm, digest_bytes(files[wasm]))),
    )
    return part, {digest_bytes(content): content for content in contents}


def _pack(pages: list[list[Any]]) -> Postings:
    if not pages:
        return 0, 0, 0, b""
    first, last = pages[0][0], sum(page[0] for page in pages)
    begin = len(cbor_header(4, len(pages))) + len(_PAGE_HEADER) + len(cbor_header(0, first))
    return len(pages), first, last, encode(pages)[begin:]


def join(found: Iterable[tuple[int, Postings]]) -> bytes:
    """Return the encoded list of the pages of several parts.

    Args:
        found: (number of the part's first page in the whole, pages of the part), in the order of the parts.
    """
    encoded: list[bytes] = []
    total = before = 0
    for start, (size, first, last, rest) in found:
        if size:
            encoded += (_PAGE_HEADER, cbor_header(0, start + first - before), rest)
            total, before = total + size, start + last
    return cbor_header(4, total) + b"".join(encoded)


def read_file(content: bytes) -> Any:
    """Return the value in a file."""
    import cbor2

    return cbor2.loads(gzip.decompress(content).removeprefix(_SIGNATURE))


def encode(value: Any) -> bytes:
    """Return a value in CBOR; equal values give equal bytes."""
    import cbor2

    return cbor2.dumps(value)


def pack(encoded: bytes) -> bytes:
    """Return the file with an encoded value."""
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=packed, mtime=0) as file:
        file.write(_SIGNATURE + encoded)
    return packed.getvalue()


@lru_cache(maxsize=1 << 16)
def cbor_header(kind: int, number: int) -> bytes:
    """Return the first bytes of a CBOR value: a number (``kind`` 0), or a list of so many values (4)."""
    first, *rest = encode(number)
    return bytes((kind << 5 | first, *rest))
