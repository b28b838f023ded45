"""Path checks: addresses that cannot be files everywhere, before anything is written."""

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from clusterpress.library.entries import Entry
from clusterpress.parsing.values import problem_at
from clusterpress.pipeline.paths import CONFIG
from clusterpress.values.outputs import Output
from clusterpress.values.problems import Problem
from clusterpress.values.rules import default_severity

MAX_NAME = 240
"""Bytes of a file name: file systems have 255, of which publishing needs some for ``.gz`` and ``.part``."""
MAX_PATH = 1000
"""Bytes of a path below the root: S3 has 1024, with the folder in the bucket."""
_SURE = 60
"""Characters of a path that cannot be too long: no character has more than four bytes."""

_RESERVED = re.compile(
    r"(?:^|/)(?:(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.[^/\n]*)?|[^/\n]*[. ])(?=/|$)",
    re.IGNORECASE | re.MULTILINE,
)
"""Devices, and names that end in dot or space: https://learn.microsoft.com/windows/win32/fileio/naming-a-file."""


def find_unusable_paths(outputs: Mapping[str, Output], entries: Iterable[Entry]) -> Iterator[Problem]:
    """Yield an error for each file or folder whose name is too long, or no name on Windows.

    Args:
        outputs: path → output.
        entries: all entries, to find those whose term has such an address.
    """
    told: set[str] = set()
    for path in outputs:
        if len(path) > _SURE and (long := _find_long(path)) and long not in told:
            told.add(long)
            yield from _report_long(long, path, outputs[path], entries)
    if not _RESERVED.search("\n".join(outputs)):
        return
    for path, output in outputs.items():
        found = _RESERVED.search(path)
        if found and (name := path[: found.end()]) not in told:
            told.add(name)
            yield _report_reserved(name, path, output, entries)


def _find_long(path: str) -> str:
    """Return the path up to the first name that is too long, or the path if it is; else nothing."""
    parts = path.split("/")
    for number, part in enumerate(parts, 1):
        if len(part.encode(errors="surrogatepass")) > MAX_NAME:
            return "/".join(parts[:number])
    return path if len(path.encode(errors="surrogatepass")) > MAX_PATH else ""


def _report_long(long: str, path: str, output: Output, entries: Iterable[Entry]) -> Iterator[Problem]:
    name = long.rpartition("/")[2]
    is_name = len(name.encode(errors="surrogatepass")) > MAX_NAME
    size, limit = (len(name), MAX_NAME) if is_name else (len(long), MAX_PATH)
    what = f'"{name[:30]}…"' if is_name else f"/{long[:30]}…"
    message = f"the address {what} has {size} characters; file names have at most {limit} bytes"
    yield _place(path, output, entries, message, "write a shorter name, slug or path")


def _report_reserved(name: str, path: str, output: Output, entries: Iterable[Entry]) -> Problem:
    message = f"Windows cannot have a file or folder called /{name}"
    found = _place(path, output, entries, message, "give it another name, slug or path")
    return replace(found, severity=default_severity("windows-name"), rule="windows-name")


def _place(path: str, output: Output, entries: Iterable[Entry], message: str, hint: str) -> Problem:
    """Return a problem at the item of an address, or at the name that a term has in an item."""
    if output.sources:
        return Problem(path=output.sources[0], message=message, hint=hint)
    for entry in entries:
        for taxonomy in entry.item_loader.settings.all_taxonomies:
            for number, label in enumerate(entry.terms[taxonomy.name]):
                if label.url and path.startswith(label.url):
                    name, lines = f"{taxonomy.field}.{number}", entry.item.source.lines
                    return problem_at(name, lines, entry.path, message, hint)
    return Problem(path=CONFIG, message=message, hint=hint)
