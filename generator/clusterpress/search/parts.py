"""Parts: Pagefind's index of one block of records, in a form that can be joined with others.

For each word, Pagefind lists the pages that contain it: the number of each page as the distance from the page
before, and the positions of the word. If blocks are joined, only the number of the first page of each block
changes in such a list; the rest stays as it is encoded.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from clusterpress.search.pagefind import cbor_header, encode, read_file
from clusterpress.values.digests import digest_bytes

ENTRY = "pagefind-entry.json"
SCRIPT = "pagefind.js"

Postings = tuple[int, int, int, bytes]
"""Number of pages with a word, numbers of the first and the last, and the encoded list after the first."""

Word = tuple[str, Postings, tuple[tuple[str, Postings], ...]]
"""A word without accents, the pages that spell it so, and pages by spelling with accents."""

_PAGE_HEADER = cbor_header(4, 3)
"""The first byte of a page in a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
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
    """Return a part from an index of Pagefind's, and digest → content of the files that stay unchanged.

    Args:
        files: path → content of the index.
        lang: the language of the index.
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
            sorted(
                (name, tuple(sorted((value, tuple(numbers)) for value, numbers in values)))
                for name, values in found
            )
        ),
        fields=tuple(fields),
        program=((SCRIPT, digest_bytes(files[SCRIPT])), (wasm, digest_bytes(files[wasm]))),
    )
    return part, {digest_bytes(content): content for content in contents}


def _pack(pages: list[list[Any]]) -> Postings:
    """Return a list of pages in a form that can be joined with others."""
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


def page_offsets(parts: Sequence[Part]) -> list[int]:
    """Return the number of the first page of each part in the joined index."""
    return [*accumulate((len(part.pages) for part in parts[:-1]), initial=0)]
