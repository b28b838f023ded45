"""Shared views: what all pages of a language share, and what items show of programmes and authors."""

from collections.abc import Iterable

from clusterpress.config.settings import Settings
from clusterpress.content.item_values import Link
from clusterpress.content.items import Author, Programme
from clusterpress.library.entries import Entry, Label
from clusterpress.library.icons import icons_of
from clusterpress.library.library import Library
from clusterpress.library.menus import footer, navigation
from clusterpress.library.obligations import credit_of
from clusterpress.library.programmes import FACTS
from clusterpress.library.publication import prefix
from clusterpress.library.subscriptions import subscriptions_of
from clusterpress.library.terms import Term
from clusterpress.theme.theme import Theme
from clusterpress.website.views import AuthorBox, ProgrammeBox, Site, resolved_references, with_digest


def make_site(library: Library, settings: Settings, theme: Theme, lang: str, *, search: str = "") -> Site:
    """Return what all pages of a language share.

    Args:
        library: all items.
        settings: the site's settings.
        theme: its labels name sections.
        lang: the language.
        search: path of the page that searches, if there is one.
    """
    start, settings = prefix(lang, settings), settings.in_language(lang)
    site = Site(
        settings=settings,
        lang=lang,
        menu=navigation(library, theme, lang),
        footer=footer(library, theme, lang),
        languages=tuple(
            Label(name=one, url=prefix(one, settings), lang=one)
            for one in settings.languages
            if len(settings.languages) > 1
        ),
        logo=file_url(library, settings.logo),
        icons=icons_of(library),
        funding=credit_of(library, settings.programme, lang, responsible=responsible(settings)),
        feeds=f"{start}feeds/",
        search=search,
        subscriptions=subscriptions_of(library, lang),
    )
    return with_digest(site)


def responsible(settings: Settings) -> str:
    """Return who is responsible for the contents of the site."""
    return settings.publisher or settings.name


def file_url(library: Library, path: str) -> str:
    """Return the path under which a file below content/ is published; static files keep their own."""
    if not path:
        return ""
    source = "content/" + path.removeprefix("/").removeprefix("content/")
    return library.files.get(source) or source.removeprefix("content/").removeprefix("static/")


def make_programme_box(library: Library, term: Term) -> ProgrammeBox:
    """Return what items show of a programme."""
    entry, label = term.record, make_term_label(term)
    if entry is None or not isinstance(entry.item, Programme):
        return with_digest(ProgrammeBox(label=label, lang=term.lang))
    item, settings = entry.item, library.settings.in_language(term.lang)
    box = ProgrammeBox(
        label=label,
        lang=entry.lang,
        short=item.short,
        colour=item.colour,
        facts=tuple((key, getattr(item, name)) for key, name in FACTS if getattr(item, name)),
        boilerplate=item.boilerplate or item.summary,
        website=item.url,
        follow=_follow(item.follow),
        funding=credit_of(library, term.slug, term.lang, responsible=responsible(settings)),
        byline=item.byline,
    )
    return with_digest(box)


def make_author_box(term: Term) -> AuthorBox | None:
    """Return what items show of an author, or None for a name without a record."""
    entry = term.record
    if entry is None:
        return None
    item = entry.item
    box = AuthorBox(
        label=make_term_label(term),
        lang=entry.lang,
        organisation=not isinstance(item, Author) or item.type == "organisation",
        role=", ".join(filter(None, (item.role, item.organisation))) if isinstance(item, Author) else "",
        website=getattr(item, "url", ""),
        picture=entry.picture,
        follow=_follow(getattr(item, "follow", ())),
        summary="" if author_body_key(entry) else entry.card.summary,
        references=resolved_references(entry),
    )
    return with_digest(box)


def author_body_key(entry: Entry | None) -> bytes | None:
    """Return the key of an author's own text; a partner or cluster that signs is shown by its summary."""
    if entry is None or not isinstance(entry.item, Author) or not entry.outline.words:
        return None
    return entry.body


def make_term_label(term: Term) -> Label:
    """Return the label of a term, with the language of its name if that is not the page's own."""
    foreign = term.record.lang if term.record and term.record.lang != term.lang else ""
    return Label(name=term.name, slug=term.slug, url=term.url, lang=foreign)


def _follow(links: Iterable[Link]) -> tuple[tuple[str, str], ...]:
    return tuple((link.label, link.url) for link in links)
