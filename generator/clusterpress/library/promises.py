"""Promises: the addresses and feed ids that readers have. A changed date, slug or setting must not end them.

The record of what was published lies beside the settings and is committed with the content. An item whose
address changes keeps its id in feeds, and its old addresses lead on to the new one.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct, field

from clusterpress.library.entries import Entry
from clusterpress.library.index_records import IndexRecord
from clusterpress.library.revisions import Revision
from clusterpress.values.digests import digest
from clusterpress.values.problems import Problem, Severity
from clusterpress.values.rules import default_severity
from clusterpress.values.source_names import RECORD


class PublishedItem(NamedTuple):
    """What readers know of an item."""

    kind: str
    lang: str
    title: str
    id: str
    """Its identifier in feeds."""
    addresses: tuple[str, ...]
    """Paths below the root at which it was published, the newest first."""
    line: int = 1
    """Line of the record."""
    revision: Revision | None = None
    """What calendars know of an event."""

    @property
    def name(self) -> tuple[str, str, str]:
        """By what an item is known whose file has another name now."""
        return self.kind, self.lang, self.title


class Promises(Struct, frozen=True, dict=True):
    """What was published, and what of it is kept."""

    items: Mapping[str, PublishedItem] = field(default_factory=dict)
    """Source path → what readers know of the item. Renamed files have their new paths."""
    lost: Mapping[str, PublishedItem] = field(default_factory=dict)
    """The same for files that are not there any more, by their old paths."""
    urls: Collection[str] = frozenset()
    """Paths of all items of the site, and their aliases: old addresses that belong to others now."""
    site: str = ""
    """Address of the site."""

    def keep(self, record: IndexRecord, url: str) -> IndexRecord:
        """Return an index record with the id and the old addresses that readers know.

        Args:
            record: as read from its file.
            url: path of the item below the root.
        """
        known = self.items.get(record.path)
        if known is None:
            return self._apart(record, url)
        written = {alias.strip("/") for alias in record.aliases}
        old = [
            f"/{address}"
            for address in known.addresses
            if address != url and address not in self.urls and address.strip("/") not in written
        ]
        name = record.id or known.id
        if not old and name == record.id:
            return record
        return record._replace(
            id=name, aliases=(*record.aliases, *old), digest=digest(record.digest, name, old)
        )

    def _apart(self, record: IndexRecord, url: str) -> IndexRecord:
        """Return a new item with an id of its own if it has the address of an item that moved."""
        if record.id or record.aliases or self.site + url not in self._ids:
            return record
        name = f"{self.site}{url}#{digest(record.path).hex()[:8]}"
        return record._replace(id=name, digest=digest(record.digest, name))

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(one.id for one in self.items.values())

    @cached_property
    def is_empty(self) -> bool:
        """Whether nothing was published, as far as is known."""
        return not (self.items or self.lost)


def match_promises(
    published: Mapping[str, PublishedItem], sources: Iterable[IndexRecord], urls: Mapping[str, str], site: str
) -> Promises:
    """Return the promises of a site, with those of renamed files under their new paths.

    A file is renamed if its path is gone, and a new file names one of its addresses among its aliases; or,
    without such an alias, exactly one new file has its kind, language and title.

    Args:
        published: source path → item, as recorded.
        sources: the index records of all items, also of those that are not shown now.
        urls: source path of each shown item → path below the root.
        site: address of the site.
    """
    if not published:
        return Promises()
    records = {one.path: one for one in sources}
    gone = {path: one for path, one in published.items() if path not in records}
    new = [one for path, one in records.items() if path not in published]
    moved = _moved_by_alias(gone, new)
    replaced = set(moved.values())
    moved |= _moved_by_name(
        {path: one for path, one in gone.items() if path not in moved},
        [one for one in new if one.path not in replaced],
    )
    items = {
        moved.get(path, path): one for path, one in published.items() if path in records or path in moved
    }
    aliases = (f"{alias.strip('/')}/" for path in urls for alias in records[path].aliases)
    lost = {path: one for path, one in gone.items() if path not in moved}
    return Promises(items, lost, frozenset((*urls.values(), *aliases)), site)


def _moved_by_alias(gone: Mapping[str, PublishedItem], new: Iterable[IndexRecord]) -> dict[str, str]:
    """Return old path → new path of each item whose address is the alias of a new one.

    If the new item has several such aliases, it continues the item of the first: it has one id.
    """
    paths = {address.strip("/"): path for path, one in gone.items() for address in one.addresses}
    moved: dict[str, str] = {}
    for record in new if paths else ():
        named = (paths.get(alias.strip("/"), "") for alias in record.aliases)
        if old := next((path for path in named if path and path not in moved), ""):
            moved[old] = record.path
    return moved


def _moved_by_name(gone: Mapping[str, PublishedItem], new: Iterable[IndexRecord]) -> dict[str, str]:
    """Return old path → new path of each item that one new file alone has the kind, language and title of."""
    named = [((one.kind, one.lang, one.title), one.path) for one in new]
    counts, names = Counter(name for name, _ in named), Counter(one.name for one in gone.values())
    unique = {name for name, number in counts.items() if number == 1 == names[name]}
    paths = dict(named)
    return {path: paths[one.name] for path, one in gone.items() if one.name in unique}


def check_promises(promises: Promises, entries: Iterable[Entry], site: str) -> Iterator[Problem]:
    """Yield a note for each address that leads on and each kept id, and a warning for each lost address."""
    if promises.is_empty:
        return
    for entry in entries:
        known = promises.items.get(entry.path)
        if known is None:
            continue
        if known.addresses and known.addresses[0] != entry.url:
            message = f"its address was /{known.addresses[0]}, which leads on to /{entry.url} now"
            yield Problem(path=entry.path, severity=Severity.NOTE, message=message, rule="moved-address")
        if entry.id != known.id:
            message = f"feeds knew it as {known.id}, and show it again as new"
            severity, hint = default_severity("new-id"), f'write "id: {known.id}"'
            yield Problem(path=entry.path, severity=severity, message=message, hint=hint, rule="new-id")
    yield from _find_lost(promises)
    yield from _check_site(promises, site)


def _find_lost(promises: Promises) -> Iterator[Problem]:
    for path, one in promises.lost.items():
        addresses = [address for address in one.addresses if address not in promises.urls]
        if addresses:
            message = f"/{addresses[0]} was published from {path} and leads nowhere now"
            alias = f'add "aliases: [/{addresses[0]}]" to the item that replaces it'
            hint = f"{alias}: a new one then keeps the id in feeds and calendars; or delete this line"
            severity = default_severity("lost-address")
            yield Problem(
                path=RECORD, line=one.line, severity=severity, message=message, hint=hint, rule="lost-address"
            )


def _check_site(promises: Promises, site: str) -> Iterator[Problem]:
    """Yield a note if most items were published on another site: their ids keep its address."""
    foreign = [one.id for one in promises.items.values() if "://" in one.id and not one.id.startswith(site)]
    if foreign:
        message = (
            f"the site has another address now; {len(foreign):,} items keep their ids, such as {foreign[0]}"
        )
        hint = "let the old address lead on to the new one, so that readers stay"
        yield Problem(
            path="site_config.yml",
            field="url",
            severity=Severity.NOTE,
            message=message,
            hint=hint,
            rule="moved-address",
        )
