"""Parts: what Pagefind made of one block of records, in a form in which several become one index.

For each word, Pagefind lists the pages that have it, each with its number, counted on from the page before,
and with the places of the word. When blocks are joined, the only thing in such a list that changes is the
number of the first page of each block: all the rest is kept as it is encoded.
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
"""How many pages have a word, numbers of the first and last of them, and what is encoded behind the first."""

Word = tuple[str, Postings, tuple[tuple[str, Postings], ...]]
"""A word without accents, the pages that have it so, and those that have it with accents, by spelling."""

_PAGE_HEADER = cbor_header(4, 3)
"""A page in a list begins so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A block of records, indexed."""

    entry: str
    """Pagefind's entry file."""
    pages: tuple[tuple[bytes, int], ...]
    """(digest of the page's file, how many words it has) of each record, in the order of the records."""
    words: tuple[Word, ...]
    """All words, in their order."""
    filters: tuple[tuple[str, tuple[tuple[str, tuple[int, ...]], ...]], ...]
    """(name, (value, numbers of the pages)) of each filter, in order."""
    fields: tuple[str, ...]
    """Names of what records say beside their text; lists of pages name them by place."""
    program: tuple[tuple[str, bytes], ...]
    """(file name, digest) of the program that reads the index."""

    def files(self) -> set[bytes]:
        """Return the digests of the files that the part consists of."""
        return {digest for digest, _ in self.pages} | {digest for _, digest in self.program}


def read_part(files: Mapping[str, bytes], lang: str) -> tuple[Part, dict[bytes, bytes]]:
    """Return what an index of Pagefind's becomes, and digest → content of the files that stay as they are.

    Args:
        files: path → content, as Pagefind made them.
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
    """Return a list of pages in the form in which it can be joined with others."""
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
    """Return for each part the number of its first page in the whole."""
    return [*accumulate((len(part.pages) for part in parts[:-1]), initial=0)]
