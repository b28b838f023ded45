"""The pages that publishing changes, in words: titles of items and lists instead of names of files."""

import re
from collections.abc import Iterable, Mapping
from html import unescape
from pathlib import Path

from clusterpress.pipeline.snapshot import Snapshot

_PAGE = "index.html"
_TITLE = re.compile(rb"<title>([^<]*)</title>")
_HEAD = 20_000
"""Bytes at the start of a page among which its title stands."""

Row = dict[str, str]


def name_pages(snapshot: Snapshot, output: Path, lists: Mapping[str, Iterable[str]], site: str) -> list[Row]:
    """Return a row for each page that changes: first the items, by kind and title, then all other pages.

    Args:
        snapshot: the library with all items, drafts too.
        output: the output folder with the built site.
        lists: "new", "changed" or "removed" → paths of files below the output folder.
        site: name of the site, which the titles of pages end with.
    """
    items = _items_by_url(snapshot)
    rows = [
        {"change": change, "url": url, **(items.get(url) or _other(output / path, url, site))}
        for change, paths in lists.items()
        for path in paths
        if path.rpartition("/")[2] == _PAGE
        for url in [path.removesuffix(_PAGE)]
    ]
    kinds = list(dict.fromkeys(one["kind"] for one in items.values()))
    order = {"": len(kinds), **{kind: place for place, kind in enumerate(kinds)}}
    return sorted(rows, key=lambda row: (order[row["kind"]], row["title"].casefold(), row["url"]))


def _items_by_url(snapshot: Snapshot) -> dict[str, Row]:
    """Return address → what is known about an item, also of those that were deleted or withdrawn."""
    promises = snapshot.library.resolver.promises
    found = {
        url: {"title": one.title, "kind": one.kind, "lang": one.lang, "path": ""}
        for one in promises.lost.values()
        for url in one.addresses
    }
    for entry in snapshot.library.entries:
        found[entry.url] = {
            "title": entry.title, "kind": entry.kind, "lang": entry.lang, "path": entry.path,
        }  # fmt: skip
    return found


def _other(file: Path, url: str, site: str) -> Row:
    """Return the row of a page that is no item: a list, an archive, a page of a term."""
    head = b""
    if file.is_file():
        with file.open("rb") as page:
            head = page.read(_HEAD)
    found = _TITLE.search(head)
    title = unescape(found[1].decode("utf-8", "replace")).strip() if found else ""
    for mark in "·–|-":
        title = title.removesuffix(f" {mark} {site}")
    return {"title": title or f"/{url}", "kind": "", "lang": "", "path": ""}
