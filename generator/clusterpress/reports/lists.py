"""Lists of what needs attention: drafts, scheduled, expired, untranslated, no alt text, orphans.

Each takes the library with all items, including those that are not published yet or any more.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from clusterpress.content.dates import format_day
from clusterpress.content.item_values import Image, Moment
from clusterpress.content.items import Event, Issue, Item, News, Programme
from clusterpress.library.entries import Entry
from clusterpress.library.library import Library
from clusterpress.library.obligations import statements_in
from clusterpress.library.publication import STATIC, State, resolve_path
from clusterpress.values.kinds import RECORD_KINDS
from clusterpress.values.slugs import term_slug
from clusterpress.values.source_names import is_markdown


class Row(Struct, frozen=True, kw_only=True, order=True):
    """An item or a file, with a note."""

    path: str
    """Its file, relative to the project's root."""
    line: int = 1
    """The line that the note is about."""
    kind: str = ""
    """Kind of item; "" for another file."""
    lang: str = ""
    title: str = ""
    note: str = ""
    """Why it is in the list."""


def drafts(library: Library) -> Iterator[Row]:
    """Yield the items with ``draft: true``."""
    return (row_at_key(entry, "draft", "draft") for entry in _in_state(library, "draft"))


def scheduled(library: Library) -> Iterator[Row]:
    """Yield the items that will be published later, because of their embargo or their date."""
    for entry in _in_state(library, "scheduled"):
        item = entry.item
        dated = item.date if isinstance(item, News | Event | Issue) else None
        key, moment = ("publish", item.publish) if item.publish else ("date", dated)
        yield row_at_key(entry, key, f"will be published {f'on {_when(moment)}' if moment else 'later'}")


def expired(library: Library) -> Iterator[Row]:
    """Yield the items that are no longer published."""
    for entry in _in_state(library, "expired"):
        if entry.item.expires:
            yield row_at_key(entry, "expires", f"expired on {_when(entry.item.expires)}")


def untranslated(library: Library) -> Iterator[Row]:
    """Yield each item that lacks a translation, once, in the first language that it has.

    A translation that is still a draft counts; expired items do not need one.
    """
    for entry in library.entries:
        available = [lang for lang, _ in entry.translations] or [entry.lang]
        missing = [lang for lang in library.settings.languages if lang not in available]
        if missing and entry.lang == available[0] and entry.card.state != "expired":
            yield row_of(entry, f"missing in {', '.join(missing)}")


def without_alt(library: Library) -> Iterator[Row]:
    """Yield each picture without alt text.

    Decorative pictures need none: those with ``alt: ""`` in front matter or ``{role=presentation}`` in a
    text.
    """
    for entry in library.entries:
        item = entry.item
        picture: Image | None = item.image
        if picture and not picture.alt and "image.alt" not in item.source.lines:
            yield row_at_key(entry, "image", picture.src)
        for ref in entry.outline.pictures:
            if not ref.alt.strip() and ("role", "presentation") not in ref.attributes:
                yield row_of(entry, ref.src, item.source.body_line + ref.line - 1)


LISTS: Mapping[str, Callable[[Library], Iterator[Row]]] = {
    "drafts": drafts,
    "scheduled": scheduled,
    "expired": expired,
    "untranslated": untranslated,
    "without-alt": without_alt,
}
"""Name → list that needs nothing but the library."""


def row_of(entry: Entry, note: str, line: int = 1) -> Row:
    """Return the row of an item, with a note about a line of its file."""
    item = entry.item
    return Row(path=item.source.path, line=line, kind=item.kind, lang=entry.lang, title=item.title, note=note)


def _in_state(library: Library, state: State) -> Iterator[Entry]:
    return (entry for entry in library.entries if entry.card.state == state)


def row_at_key(entry: Entry, key: str, note: str) -> Row:
    """Return the row of an item, with a note about a key of its front matter."""
    return row_of(entry, note, entry.item.source.lines.get(key, (1, 1))[0])


def _when(moment: Moment) -> str:
    return f"{format_day(moment.day)}, {moment.at:%H:%M}" if moment.at else format_day(moment.day)


def orphans(library: Library, files: Iterable[str]) -> Iterator[Row]:
    """Yield every orphan: unused files, and items that readers can hardly find.

    An orphan is

    - a picture or file beside the items that no item shows or links to (it is not published),
    - a file in a folder of content/static/ without any reference (it is published, but no link leads to it;
      files directly in content/static/, such as robots.txt, are for programs and never orphans),
    - a news item or event without programme, cluster, partner and tag: it appears in the general list only,
    - a programme, cluster, partner or author that no item names or links to,
    - a page that no item, menu or footer links to (without `footer:` in the settings, it lists all pages).

    Drafts and expired items are never orphans, nor are the files that they show. The ``files`` are the paths
    of all files below content/.
    """
    yield from _unused_files(library, files)
    named = {url for entry in library.entries for url in _named(entry, library)} | _named_by_site(library)
    for entry in library.entries:
        if entry.card.state not in {"published", "scheduled"}:
            continue
        # A translation is found through the item in the site's main language.
        is_translated = entry.lang != library.settings.language and entry.translations
        is_found = is_translated or entry.url in named
        terms = (entry.terms[term] for term in ("programmes", "clusters", "partners", "tags"))
        if isinstance(entry.item, News | Event) and not any(terms):
            yield row_of(entry, "has no programme, cluster, partner or tag")
        elif entry.item.kind in RECORD_KINDS and not is_found:
            yield row_of(entry, "no item names it")
        elif entry.item.kind == "page" and library.settings.footer and not is_found:
            yield row_of(entry, "no item, menu or footer links to it")


def _unused_files(library: Library, files: Iterable[str]) -> Iterator[Row]:
    settings = library.settings
    used = {path for entry in library.entries for path in _shown(entry.item, entry)}
    used |= {resolve_path("content/x", _path(link.url)) for link in (*settings.menu, *settings.footer)}
    used.add(f"content/{settings.logo}")
    for path in files:
        name = path.rpartition("/")[2]
        is_own = path.startswith(STATIC) and "/" not in path.removeprefix(STATIC)
        if path in used or is_markdown(path) or is_own or name in settings.mkdocs:
            continue
        note = "nothing refers to it" if path.startswith(STATIC) else "no item shows it or links to it"
        yield Row(path=path, note=note)


def _shown(item: Item, entry: Entry) -> Iterator[str]:
    yield from entry.index_record.shown
    for link in item.more:
        yield resolve_path(item.source.path, _path(link.url))
    if isinstance(item, Programme) and item.funding:
        yield from (f"content/{logo}" for logo in item.funding.logos)


def _named(entry: Entry, library: Library) -> Iterator[str]:
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


def _named_by_site(library: Library) -> set[str]:
    """Return the address of every item that the settings name or link to, and of the statements."""
    settings = library.settings
    links = {urlsplit(link.url).path.lstrip("/") for link in (*settings.menu, *settings.footer)}
    for lang in settings.languages:
        links |= {*statements_in(library, lang).values()}
    programmes = (settings.programme, *(one.programme for one in settings.newsletters.values()))
    return links | {url for name in programmes if name for url in _addresses(library, ("programme",), name)}


def _addresses(library: Library, kinds: Iterable[str], name: str) -> Iterator[str]:
    for kind in kinds:
        if label := library.registers.get(kind, {}).get(term_slug(name)):
            yield label.url


def _path(url: str) -> str:
    return unquote(urlsplit(url).path)
