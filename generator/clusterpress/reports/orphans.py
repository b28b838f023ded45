"""Orphans: unused files, and items that readers can hardly find.

An orphan is

- a picture or file beside the items that no item shows or links to (it is not published),
- a file in a folder of content/static/ without any reference (it is published, but no link leads to it; files
  directly in content/static/, such as robots.txt, are for programs and never orphans),
- a news item or event without programme, cluster, partner and tag: it appears in the general list only,
- a programme, cluster, partner or author that no item names or links to,
- a page that no item, menu or footer links to (without `footer:` in the settings, it lists all pages).

Drafts and expired items are never orphans, nor are the files that they show.
"""

from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urlsplit

from clusterpress.config.settings import Settings
from clusterpress.content.items import Event, Issue, Item, News, Programme
from clusterpress.library.entries import Entry
from clusterpress.library.library import Library
from clusterpress.library.names import term_slug
from clusterpress.library.permalinks import STATIC, resolve_path
from clusterpress.library.statements import statements_in
from clusterpress.reports.questions import Row, row_of
from clusterpress.values.taxonomies import RECORD_KINDS, Taxonomy

_TERMS: tuple[Taxonomy, ...] = ("programmes", "clusters", "partners", "tags")


def orphans(library: Library, files: Iterable[str]) -> Iterator[Row]:
    """Yield every orphan.

    Args:
        library: the library with all items in it.
        files: paths of all files below content/.
    """
    yield from _files(library, files)
    settings = library.settings
    named = {url for entry in library.entries for url in _named(entry, library)}
    named |= {_below_root(link.url) for link in (*settings.menu, *settings.footer)}
    for lang in settings.languages:
        named |= {*statements_in(library, lang).values()}
    named |= {
        url for name in _funding_programmes(settings) for url in _addresses(library, ("programme",), name)
    }
    for entry in library.entries:
        if entry.card.state not in {"published", "scheduled"}:
            continue
        item = entry.item
        if isinstance(item, News | Event) and not any(entry.terms[term] for term in _TERMS):
            yield row_of(entry, "has no programme, cluster, partner or tag")
        elif item.kind in RECORD_KINDS and entry.url not in named and not _is_translated(entry, library):
            yield row_of(entry, "no item names it")
        elif (
            item.kind == "page"
            and settings.footer
            and entry.url not in named
            and not _is_translated(entry, library)
        ):
            yield row_of(entry, "no item, menu or footer links to it")


def _files(library: Library, files: Iterable[str]) -> Iterator[Row]:
    """Yield the files that no item shows or links to."""
    settings = library.settings
    used = {path for entry in library.entries for path in _shown(entry.item, entry)}
    used |= {resolve_path("content/x", _path(link.url)) for link in (*settings.menu, *settings.footer)}
    used.add(f"content/{settings.logo}")
    for path in files:
        name = path.rpartition("/")[2]
        is_own = path.startswith(STATIC) and "/" not in path.removeprefix(STATIC)
        if path in used or path.endswith(".md") or is_own or name in settings.mkdocs:
            continue
        note = "nothing refers to it" if path.startswith(STATIC) else "no item shows it or links to it"
        yield Row(path=path, note=note)


def _shown(item: Item, entry: Entry) -> Iterator[str]:
    """Yield the path of each file that an item shows or links to."""
    yield from entry.index_record.shown
    for link in item.more:
        yield resolve_path(item.source.path, _path(link.url))
    if isinstance(item, Programme) and item.funding:
        yield from (f"content/{logo}" for logo in item.funding.logos)


def _named(entry: Entry, library: Library) -> Iterator[str]:
    """Yield the address of every item that an item names or links to."""
    for _, url in entry.targets:
        yield url.partition("#")[0]
    for labels in entry.terms.values():
        yield from (label.url for label in labels if label.url)
    item = entry.item
    if isinstance(item, Event):
        yield from (label.url for label in map(library.label_of, item.organiser))
    # An author may be a cluster or partner: the name has a page of its own, and means that record too.
    for name in item.author if isinstance(item, News) else ():
        yield from _addresses(library, ("author", "cluster", "partner"), name)
    for section in item.sections if isinstance(item, Issue) else ():
        for name in (*section.items, *section.partners):
            yield from _addresses(library, RECORD_KINDS, name)


def _addresses(library: Library, kinds: Iterable[str], name: str) -> Iterator[str]:
    for kind in kinds:
        if label := library.registers.get(kind, {}).get(term_slug(name)):
            yield label.url


def _funding_programmes(settings: Settings) -> tuple[str, ...]:
    names = (settings.programme, *(one.programme for one in settings.newsletters.values()))
    return tuple(filter(None, names))


def _is_translated(entry: Entry, library: Library) -> bool:
    """Whether it is a translation of an item in the site's main language."""
    return entry.lang != library.settings.language and bool(entry.translations)


def _below_root(url: str) -> str:
    return urlsplit(url).path.lstrip("/")


def _path(url: str) -> str:
    return unquote(urlsplit(url).path)
