"""Standing pages: About, Legal, and the page for addresses that lead nowhere."""

from collections.abc import Iterator
from functools import partial

from clusterpress.content.items import Page
from clusterpress.library.entries import Entry
from clusterpress.library.funding import Credit
from clusterpress.library.statements import statements_in
from clusterpress.markup.body import Body
from clusterpress.markup.plain_text import repeats
from clusterpress.theme.theme import Theme
from clusterpress.values.outputs import Output
from clusterpress.website.bodies import render_page_body
from clusterpress.website.json_ld import breadcrumbs
from clusterpress.website.lazy_engine import render_page
from clusterpress.website.page_planner import PagePlanner
from clusterpress.website.pages.items import more_links
from clusterpress.website.pages.statements import credits_of, make_statement_context, versions_of
from clusterpress.website.views import Frame, Site, resolved_references


def outputs(planner: PagePlanner, lang: str) -> Iterator[Output]:
    """Yield the standing pages of a language; the first language also has the page for errors."""
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
        source = (entry.item.source.path,)
        shown = credits_of(planner.library, lang) if _statement(entry) else ()
        make = partial(make_page, item=entry, credits=shown)
        yield planner.page(lang, frame, make, stored=(entry.body,), sources=source)
    if lang == planner.settings.language:
        frame = Frame(url="404.html", title=planner.label(lang, "not_found"), indexed=False)
        yield planner.page(lang, frame, partial(make_missing))


def make_page(
    site: Site,
    theme: Theme,
    page: Frame,
    item: Entry,
    credits: tuple[Credit, ...],  # noqa: A002 -- an input's name
    stored: tuple[Body],
) -> bytes:
    """Return a standing page; under its own text stands the statement that it asks for."""
    statement = _statement(item)
    repeated = repeats(item.item.summary, item.outline)
    return render_page(
        site,
        theme,
        page,
        "page.html",
        body=render_page_body(stored[0], resolved_references(item), site, theme, without_lead=repeated),
        graph=(breadcrumbs(page, site.settings),),
        entry=item,
        item=item.item,
        more=more_links(item),
        **(make_statement_context(site, theme, statement, credits) if statement else {}),
    )


def _statement(entry: Entry) -> str:
    return entry.item.statement if isinstance(entry.item, Page) else ""


def _versions(planner: PagePlanner, entry: Entry) -> tuple[tuple[str, str], ...]:
    """Return the versions of a page; one that stands in for a statement goes with those made elsewhere."""
    statements = statements_in(planner.library, entry.lang)
    name = next((name for name, url in statements.items() if url == entry.url), "")
    return versions_of(planner, name) if name else entry.translations


def make_missing(site: Site, theme: Theme, page: Frame) -> bytes:
    """Return the page that servers send when there is nothing at an address."""
    return render_page(site, theme, page, "missing.html")
