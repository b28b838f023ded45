"""Merging: the parts of a shard → its index, as Pagefind would have made it of all records at once."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

from clusterpress.search.pagefind import cbor_header, encode, pack
from clusterpress.search.parts import ENTRY, Part, Postings, join, page_offsets
from clusterpress.values.digests import digest, digest_bytes

_MAX_FILE_SIZE = 45_000
"""Bytes of encoded words after which a file of them ends, as in Pagefind; a reader loads one a word."""

_MIN_FILE_SIZE = _MAX_FILE_SIZE // 2
"""From so many on it also ends behind certain words: so a change of one file does not move all others."""

_BOUNDARY_MODULUS = 8
"""One word of so many is such a word."""


_NAME_DIGITS = 10
"""Digits in the name of a file that was made for an index."""

_MIN_PAGE_DIGITS = 7
"""Fewest digits in the name of a page, as in Pagefind."""


@dataclass(frozen=True, slots=True)
class IndexFile:
    """A file made for an index."""

    path: str
    """Below the folder of its shard."""
    source: bytes
    """What it is made of."""
    is_packed: bool = True
    """Whether it is packed, which takes longer than all else: not done if something is kept under the key."""

    @property
    def key(self) -> bytes:
        """Digest of all that the content depends on."""
        return digest("packed", digest_bytes(self.source)) if self.is_packed else digest_bytes(self.source)

    def content(self) -> bytes:
        """Return the content."""
        return pack(self.source) if self.is_packed else self.source


def merge(parts: Sequence[Part], lang: str) -> list[IndexFile]:
    """Return the index of some parts, without the files that the parts brought.

    It holds the records in the order of the parts.

    Args:
        parts: what the blocks of a shard became, at least one, all with the same fields.
        lang: the language of the index.
    """
    lang = lang.lower()
    offsets = page_offsets(parts)
    files, chunks, filters = [], [], []
    for begin, end, encoded in _chunks(_words(parts, offsets)):
        chunks.append([begin, end, _name(lang, encoded)])
        files.append(IndexFile(f"index/{chunks[-1][-1]}.pf_index", encoded))
    for name, encoded in _filters(parts, offsets):
        filters.append([name, _name(lang, encoded)])
        files.append(IndexFile(f"filter/{filters[-1][-1]}.pf_filter", encoded))
    entry = json.loads(parts[0].entry)
    width = width_of(parts)
    pages = [[_name_of(page, lang, width), words] for part in parts for page, words in part.pages]
    description = encode([entry["version"], pages, chunks, filters, [], list(parts[0].fields)])
    index = entry["languages"][lang]
    index |= {"hash": _name(lang, description), "page_count": len(pages)}
    files.append(IndexFile(f"pagefind.{index['hash']}.pf_meta", description))
    content = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    files.append(IndexFile(ENTRY, content, is_packed=False))
    return files


def width_of(parts: Sequence[Part]) -> int:
    """Return how many digits names of pages have to have: each costs a reader half a byte for each page."""
    digests = [page.hex() for part in parts for page, _ in part.pages]
    return next(
        width for width in range(_MIN_PAGE_DIGITS, len(digests[0]) + 1) if _are_unique(digests, width)
    )


def _are_unique(digests: Sequence[str], width: int) -> bool:
    return len({one[:width] for one in digests}) == len(digests)


def fragments(part: Part, lang: str, width: int) -> Iterator[tuple[str, bytes]]:
    """Yield (path below the folder of its shard, digest) of the file of each page of a part."""
    for page, _ in part.pages:
        yield f"fragment/{_name_of(page, lang.lower(), width)}.pf_fragment", page


def _name(lang: str, encoded: bytes) -> str:
    return _name_of(digest_bytes(encoded), lang, _NAME_DIGITS)


def _name_of(content: bytes, lang: str, width: int) -> str:
    """Return the name under which an index knows a file, given the digest of the content."""
    return f"{lang}_{content.hex()[:width]}"


def _words(parts: Sequence[Part], offsets: Sequence[int]) -> Iterator[tuple[str, bytes]]:
    """Yield each word with all that is known of it, encoded, in the order of the words."""
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
    """Yield (first word, last word, encoded) of each file of words."""
    pending: list[tuple[str, bytes]] = []
    size = 0
    for word, encoded in words:
        pending.append((word, encoded))
        size += len(encoded)
        if size >= _MAX_FILE_SIZE or (
            size >= _MIN_FILE_SIZE and crc32(word.encode()) % _BOUNDARY_MODULUS == 0
        ):
            yield _chunk(pending)
            pending, size = [], 0
    if pending:
        yield _chunk(pending)


def _chunk(words: Sequence[tuple[str, bytes]]) -> tuple[str, str, bytes]:
    encoded = cbor_header(4, 1) + cbor_header(4, len(words)) + b"".join([content for _, content in words])
    return words[0][0], words[-1][0], encoded


def _filters(parts: Sequence[Part], offsets: Sequence[int]) -> Iterator[tuple[str, bytes]]:
    """Yield the name of each filter, in order, and the filter encoded, with its values in order."""
    found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for start, part in zip(offsets, parts, strict=True):
        for name, values in part.filters:
            for value, pages in values:
                found[name][value] += [start + page for page in pages]
    for name in sorted(found):
        yield name, encode([name, [list(pair) for pair in sorted(found[name].items())]])
