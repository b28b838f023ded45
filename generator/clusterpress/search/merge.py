"""Merging: the parts of a shard → its index, as Pagefind would make it from all records at once."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from zlib import crc32

from msgspec import Struct

from clusterpress.search.parts import ENTRY, Part, Postings, cbor_header, encode, join, pack
from clusterpress.values.digests import digest, digest_bytes

_MAX_FILE_SIZE = 45_000
"""Bytes after which a file of words ends, as in Pagefind; a search loads one such file for each word."""

_MIN_FILE_SIZE = _MAX_FILE_SIZE // 2
"""Bytes after which it also ends behind certain words, so that a change in one file does not move others."""

_BOUNDARY_MODULUS = 8
"""One word in this number of words is such a word."""

_NAME_DIGITS = 10
"""Digits in the name of a file of an index."""

_MIN_PAGE_DIGITS = 7
"""Fewest digits in the name of a page, as in Pagefind."""


class IndexFile(Struct, frozen=True):
    """A file of an index."""

    path: str
    """Below the folder of its shard."""
    source: bytes
    """Its content, before it is packed."""
    is_packed: bool = True
    """Whether it is packed. Packing takes longer than everything else; a stored file saves it."""

    @property
    def key(self) -> bytes:
        """Digest of everything that the content depends on."""
        return digest("packed", digest_bytes(self.source)) if self.is_packed else digest_bytes(self.source)

    def content(self) -> bytes:
        """Return the content."""
        return pack(self.source) if self.is_packed else self.source


def merge(parts: Sequence[Part], lang: str) -> list[IndexFile]:
    """Return the index of the parts of a shard, with the records in their order.

    There is at least one part, and all have the same fields; their own files are not returned again.
    """
    lang = lang.lower()
    offsets = [*accumulate((len(part.pages) for part in parts[:-1]), initial=0)]
    files, chunks, filters = [], [], []
    for begin, end, encoded in _chunks(_words(parts, offsets)):
        chunks.append([begin, end, _name_of(digest_bytes(encoded), lang)])
        files.append(IndexFile(f"index/{chunks[-1][-1]}.pf_index", encoded))
    for name, encoded in _filters(parts, offsets):
        filters.append([name, _name_of(digest_bytes(encoded), lang)])
        files.append(IndexFile(f"filter/{filters[-1][-1]}.pf_filter", encoded))
    entry = json.loads(parts[0].entry)
    width = width_of(parts)
    pages = [[_name_of(page, lang, width), words] for part in parts for page, words in part.pages]
    description = encode([entry["version"], pages, chunks, filters, [], list(parts[0].fields)])
    index = entry["languages"][lang]
    index |= {"hash": _name_of(digest_bytes(description), lang), "page_count": len(pages)}
    files.append(IndexFile(f"pagefind.{index['hash']}.pf_meta", description))
    content = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    files.append(IndexFile(ENTRY, content, is_packed=False))
    return files


def width_of(parts: Sequence[Part]) -> int:
    """Return the number of digits in names of pages; each costs a reader half a byte for each page."""
    digests = [page.hex() for part in parts for page, _ in part.pages]
    widths = range(_MIN_PAGE_DIGITS, len(digests[0]) + 1)
    return next(width for width in widths if len({one[:width] for one in digests}) == len(digests))


def fragments(part: Part, lang: str, width: int) -> Iterator[tuple[str, bytes]]:
    """Yield (path below the folder of its shard, digest) of the file of each page of a part.

    Args:
        part: the part.
        lang: the language of the index.
        width: digits in names of pages; see `width_of`.
    """
    for page, _ in part.pages:
        yield f"fragment/{_name_of(page, lang.lower(), width)}.pf_fragment", page


def _name_of(content: bytes, lang: str, width: int = _NAME_DIGITS) -> str:
    return f"{lang}_{content.hex()[:width]}"


def _words(parts: Sequence[Part], offsets: Sequence[int]) -> Iterator[tuple[str, bytes]]:
    found: dict[str, list[tuple[int, Postings]]] = defaultdict(list)
    spelt: dict[str, dict[str, list[tuple[int, Postings]]]] = {}
    for start, part in zip(offsets, parts, strict=True):
        for word, pages, spellings in part.words:
            found[word].append((start, pages))
            for spelling, more in spellings:
                spelt.setdefault(word, {}).setdefault(spelling, []).append((start, more))
    for word in sorted(found):
        others = spelt.get(word, {})
        encoded = [cbor_header(4, 3), encode(word), join(found[word]), cbor_header(4, len(others))]
        for spelling in sorted(others):
            encoded += (cbor_header(4, 2), encode(spelling), join(others[spelling]))
        yield word, b"".join(encoded)


def _chunks(words: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, str, bytes]]:
    pending: list[tuple[str, bytes]] = []
    size = 0
    for word, encoded in words:
        pending.append((word, encoded))
        size += len(encoded)
        is_border = crc32(word.encode()) % _BOUNDARY_MODULUS == 0
        if size >= (_MIN_FILE_SIZE if is_border else _MAX_FILE_SIZE):
            yield _chunk(pending)
            pending, size = [], 0
    if pending:
        yield _chunk(pending)


def _chunk(words: Sequence[tuple[str, bytes]]) -> tuple[str, str, bytes]:
    encoded = cbor_header(4, 1) + cbor_header(4, len(words)) + b"".join([content for _, content in words])
    return words[0][0], words[-1][0], encoded


def _filters(parts: Sequence[Part], offsets: Sequence[int]) -> Iterator[tuple[str, bytes]]:
    found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for start, part in zip(offsets, parts, strict=True):
        for name, values in part.filters:
            for value, pages in values:
                found[name][value] += [start + page for page in pages]
    for name in sorted(found):
        yield name, encode([name, [list(pair) for pair in sorted(found[name].items())]])
