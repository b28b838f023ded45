"""The files of an index, made the same on every run, and without those that our page does not use.

Pagefind 1.5 lists the filters, and the values of each, in an order that changes from run to run. We sort them
and name these files anew by their content. Their forms are those of `pagefind/src/index/*.rs`: CBOR behind a
signature.
"""

import gzip
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from clusterpress.digests import of_bytes

_SIGNATURE = b"pagefind_dcd"
_ENTRY = "pagefind-entry.json"
_SCRIPT = "pagefind.js"
_FILTERS = 3
"""Where the description of an index lists its filters: [name, file] each."""


@dataclass(frozen=True, slots=True)
class IndexFile:
    """A file of an index."""

    path: str
    """Below the folder of its shard."""
    content: bytes


def settle(files: Mapping[str, bytes], lang: str, *, first: bool) -> list[IndexFile]:
    """Return the files to publish of an index, by path.

    Args:
        files: path → content, as Pagefind made them.
        lang: the language of the index.
        first: whether browsers open this index first, and take the program from beside it.
    """
    lang = lang.lower()
    entry = json.loads(files[_ENTRY])
    index = entry["languages"][lang]
    meta = _read(files[f"pagefind.{index['hash']}.pf_meta"])
    kept = {path: content for path, content in files.items() if path.startswith(("fragment/", "index/"))}
    for path, content, row in _sorted_filters(files, meta[_FILTERS], lang):
        kept[path] = content
        row[1] = path.removeprefix("filter/").removesuffix(".pf_filter")
    meta[_FILTERS].sort()
    description = _write(meta)
    index["hash"] = f"{lang}_{of_bytes(description).hex()[:10]}"
    kept[f"pagefind.{index['hash']}.pf_meta"] = description
    kept[_ENTRY] = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    if first:
        program = f"wasm.{index['wasm'] or 'unknown'}.pagefind"
        kept |= {_SCRIPT: files[_SCRIPT], program: files[program]}
    return [IndexFile(path, content) for path, content in sorted(kept.items())]


def _sorted_filters(
    files: Mapping[str, bytes], rows: list[list[str]], lang: str
) -> Iterator[tuple[str, bytes, list[str]]]:
    """Yield the path and content of each filter with its values sorted, and its row in the description."""
    for row in rows:
        name, values = _read(files[f"filter/{row[1]}.pf_filter"])
        content = _write([name, sorted(values)])
        yield f"filter/{lang}_{of_bytes(content).hex()[:10]}.pf_filter", content, row


def _read(content: bytes) -> Any:
    import cbor2

    return cbor2.loads(gzip.decompress(content).removeprefix(_SIGNATURE))


def _write(value: Any) -> bytes:
    import cbor2

    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0) as file:
        file.write(_SIGNATURE + cbor2.dumps(value))
    return packed.getvalue()
