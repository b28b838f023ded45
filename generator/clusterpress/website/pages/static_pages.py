"""Static pages: those of editors, statements made from the settings, the page for errors, and redirects."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from markupsafe import Markup

from clusterpress.config.settings import Settings
from clusterpress.content.items import Page
from clusterpress.library.entries import Entry, TeaserCards
from clusterpress.library.library import Library
from clusterpress.library.obligations import Credit, credit_of, own_statement, statements_in
from clusterpress.library.subscriptions import make_subscriptions
from clusterpress.markup.body import Body
from clusterpress.theme.theme import FALLBACK, Theme, read_labels
from clusterpress.values.outputs import Output
from clusterpress.website.lazy_engine import render_page
from clusterpress.website.page_planner import PagePlanner
from clusterpress.website.pages.items import show_item
from clusterpress.website.shared_views import responsible
from clusterpress.website.structured_data import breadcrumbs
from clusterpress.website.views import Frame, Site

_LATEST = 3
"""News on the page for errors."""


def outputs(planner: PagePlanner, lang: str) -> Iterator[Output]:
    """Yield the static pages of a language; the first language also has the page for errors."""
    for entry in planner.library.of_kind("page", lang):
        frame = Frame(
            url=entry.url,
            title=entry.item.title,
            description=entry.card.summary,
            section=entry.url,
            crumbs=planner.crumbs(lang),
            feed=planner.topics.get(planner.url_prefix(lang)),
            translations=_versions(planner, entry),
            picture=entry.picture,
            modified=entry.item.updated.iso if entry.item.updated else "",
            indexed=not entry.item.draft,
        )
        shown = _credits_of(planner.library, lang) if _statement(entry) else ()
        make = partial(
            _make_static_page, item=entry, credits=shown, collections=planner.collections_of(entry)
        )
        yield planner.page(lang, frame, make, stored=(entry.body,), sources=(entry.item.source.path,))
    yield from _statements(planner, lang)
    if lang == planner.settings.language:
        frame = Frame(url="404.html", title=planner.label(lang, "not_found"), indexed=False)
        latest = TeaserCards(planner.library.of_kind("news", lang)[:_LATEST])
        yield planner.view(lang, frame, "missing.html", graph=(), latest=latest)


def _make_static_page(
    site: Site,
    theme: Theme,
    page: Frame,
    item: Entry,
    credits: tuple[Credit, ...],  # noqa: A002 -- an input's name
    collections: tuple[TeaserCards, ...],
    stored: tuple[Body],
) -> bytes:
    """Return a static page: its own text, followed by the statement that it includes, if any."""
    statement = _statement(item)
    return render_page(
        site,
        theme,
        page,
        "page.html",
        **show_item(item, stored[0], site, theme, collections),
        graph=(breadcrumbs(page, site.settings),),
        **(_statement_context(site, theme, statement, credits) if statement else {}),
    )


def _statement(entry: Entry) -> str:
    return entry.item.statement if isinstance(entry.item, Page) else ""


def _versions(planner: PagePlanner, entry: Entry) -> tuple[tuple[str, str], ...]:
    """Return the versions of a page; one that replaces a statement is a version of the other statements."""
    statements = statements_in(planner.library, entry.lang)
    name = next((name for name, url in statements.items() if url == entry.url), "")
    return _versions_of_statement(planner, name) if name else entry.translations


def _statements(planner: PagePlanner, lang: str) -> Iterator[Output]:
    for name, url in statements_in(planner.library, lang).items():
        if own_statement(planner.library, name, lang):
            continue
        frame = Frame(
            url=url,
            title=planner.label(lang, f"{name}_title"),
            description=planner.label(lang, f"{name}_text"),
            section=url,
            crumbs=planner.crumbs(lang),
            translations=_versions_of_statement(planner, name),
            modified=_reviewed(planner.settings, name),
        )
        make = partial(_make_statement, statement=name, credits=_credits_of(planner.library, lang))
        yield planner.page(lang, frame, make, sources=("site_config.yml",))


def _reviewed(settings: Settings, name: str) -> str:
    """Return the day on which a statement was last reviewed, by the settings; empty if they do not say it."""
    legal = settings.legal
    if name == "accessibility" and legal and legal.accessibility:
        return legal.accessibility.reviewed or legal.accessibility.prepared
    return legal.privacy.updated if name == "privacy" and legal and legal.privacy else ""


def _make_statement(
    site: Site,
    theme: Theme,
    page: Frame,
    statement: str,
    credits: tuple[Credit, ...],  # noqa: A002 -- an input's name
) -> bytes:
    """Return the page of a statement."""
    return render_page(
        site,
        theme,
        page,
        "statement.html",
        graph=(breadcrumbs(page, site.settings),),
        **_statement_context(site, theme, statement, credits),
    )


def _statement_context(
    site: Site, theme: Theme, statement: str, credits_: tuple[Credit, ...]
) -> dict[str, Any]:
    """Return the variables of a statement's template, in the page's language or in English."""
    from clusterpress.theme.wording import open_wording

    folder, langs = Path(theme.folder) / "website/statements", (site.lang, site.lang.partition("-")[0])
    legal = site.settings.legal
    only_facts = statement == "privacy" and not (legal and legal.privacy)
    lang = next((one for one in langs if (folder / f"{statement}.{one}.html").is_file()), FALLBACK)
    if only_facts:  # the theme has their words in every language of the site
        lang = site.lang
    subscriptions = make_subscriptions(site.settings, lang)
    if only_facts and not subscriptions:
        return {}

    def localised(words: Mapping[str, str] | str) -> Markup:
        """Return words of the settings in the statement's language, or marked with their language."""
        known = {site.settings.language: words} if isinstance(words, str) else words
        own = next((one for one in (lang, site.settings.language) if one in known), next(iter(known)))
        marked = Markup("{1}") if own == lang else Markup('<span lang="{}">{}</span>')
        return marked.format(own, known[own])

    return {
        "say": open_wording(theme, lang).say,
        "subscriptions": subscriptions,
        "statement": "statements/facts.html" if only_facts else f"statements/{statement}.{lang}.html",
        "statement_lang": lang,
        "legal": legal,
        "credits": credits_,
        "localised": localised,
        "day": lambda iso: open_wording(theme, lang).dates.day(date.fromisoformat(iso)),
    }


def _credits_of(library: Library, lang: str) -> tuple[Credit, ...]:
    slugs = dict.fromkeys(slug for kind, slug, _ in library.records if kind == "programme")
    who = responsible(library.settings.in_language(lang))
    found = (credit_of(library, slug, lang, responsible=who) for slug in slugs)
    return tuple(one for one in found if one)


def _versions_of_statement(planner: PagePlanner, name: str) -> tuple[tuple[str, str], ...]:
    """Return (language, path) of a statement in each language, if there are several."""
    found = tuple(
        (lang, url)
        for lang in planner.settings.languages
        if (url := statements_in(planner.library, lang).get(name))
    )
    return found if len(found) > 1 else ()


def redirect_outputs(library: Library, settings: Settings, theme: Theme) -> Iterator[Output]:
    """Yield a page for each alias of an item, and for each old address of a term.

    For the arguments, see `website.outputs.outputs`.
    """
    moved = [(old, entry.url, entry.title, entry.lang, (entry.path,)) for old, entry in library.redirects]
    terms = [(old, term.url, term.name, term.lang, ()) for old, term in library.moved_terms]
    for alias, url, title, lang, sources in (*moved, *terms):
        labels = read_labels(theme, lang)
        yield Output(
            path=alias if alias.endswith((".html", ".htm")) else f"{alias.rstrip('/')}/index.html",
            make=partial(
                make_redirect,
                address=settings.url + url,
                path=settings.root + url,
                title=title,
                lang=lang,
                words=(str(labels["moved"]), str(labels["moved_text"])),
            ),
            sources=sources,
        )


def make_redirect(address: str, path: str, title: str, lang: str, words: tuple[str, str]) -> bytes:
    """Return a page that forwards at once, with a link for browsers that do not.

    Args:
        address: the full new address, for search engines.
        path: the new address on the same server.
        title: title of the page there.
        lang: its language.
        words: heading and sentence.
    """
    heading, sentence = words
    from clusterpress.theme.content_security import add_policy
    from clusterpress.theme.languages import direction_of

    direction = direction_of(lang)
    page = (
        f'<!doctype html>\n<html lang="{escape(lang)}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(heading)}: {escape(title)}</title>\n"
        f'<meta http-equiv="refresh" content="0; url={escape(path)}">\n'
        f'<link rel="canonical" href="{escape(address)}">\n<meta name="robots" content="noindex">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n</head>\n<body>\n'
        f"<main>\n<h1>{escape(heading)}</h1>\n"
        f'<p>{escape(sentence)} <a href="{escape(path)}">{escape(title)}</a></p>\n</main>\n</body>\n</html>\n'
    )
    return add_policy(page.encode())
