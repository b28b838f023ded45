"""The web edition: its outputs, and their makers, which other processes may run."""

from collections.abc import Iterable, Iterator
from functools import partial

from markupsafe import Markup

from clusterpress.library.library import Library
from clusterpress.markup.body import Body
from clusterpress.newsletters.document import entries_of, make_document, pictures_of
from clusterpress.newsletters.images import art_seed, draw_art, ring_of
from clusterpress.newsletters.issues import SCRIPT, STYLES, ResolvedIssue, ResolvedSection
from clusterpress.newsletters.web.views import (
    COVER_NUMBER,
    CoverContext,
    Page,
    PageContext,
    build_cover_context,
    build_page_context,
    split_into_pages,
)
from clusterpress.theme.cover_art import HEIGHT, WIDTH
from clusterpress.theme.theme import Theme, read_file
from clusterpress.theme.wording import open_wording
from clusterpress.values.outputs import Output, PageRow

FILES = {STYLES: "newsletter/web/edition.css", SCRIPT: "newsletter/web/keys.js"}
"""Path below the site's root → file of the theme."""


def web_outputs(issues: Iterable[ResolvedIssue], library: Library, theme: Theme) -> Iterator[Output]:
    """Yield every file of the web editions, without rendering anything.

    Args:
        issues: all issues, as resolved; those without a web edition are skipped.
        library: the library.
        theme: the theme.
    """
    made = False
    for issue in issues:
        if "web" in issue.item.editions:
            made = True
            yield from _issue_outputs(issue, library, theme)
    for path, file in FILES.items() if made else ():
        yield Output(path=path, make=partial(read_file, theme=theme, file=file))


def web_pages(issues: Iterable[ResolvedIssue]) -> Iterator[PageRow]:
    """Yield the pages of the web editions that search engines may index, as rows of a sitemap."""
    for issue in issues:
        if "web" in issue.item.editions:
            day = issue.entry.updated.date().isoformat()
            yield issue.path, day, issue.entry.translations
            for page in split_into_pages(issue):
                yield page.url, day, ()


def _issue_outputs(issue: ResolvedIssue, library: Library, theme: Theme) -> Iterator[Output]:
    pages = split_into_pages(issue)
    context = build_page_context(issue, pages, library, theme)
    cover = build_cover_context(issue, pages)

    def page_output(url: str, make: partial[bytes], sections: tuple[ResolvedSection, ...]) -> Output:
        return Output(
            path=f"{url}index.html",
            make=make,
            stored=tuple(entry.body for entry in entries_of(context.metadata, sections)),
            sources=(issue.item.source.path,),
        )

    yield page_output(issue.path, partial(make_cover, theme=theme, context=context, cover=cover), ())
    for page in pages:
        make = partial(make_page, theme=theme, context=context, page=page)
        yield page_output(page.url, make, page.sections)
    make = partial(make_single_page, theme=theme, context=context, cover=cover, sections=issue.sections)
    yield page_output(context.editions.all, make, issue.sections)


def make_cover(theme: Theme, context: PageContext, cover: CoverContext, stored: tuple[Body, ...]) -> bytes:
    """Return the cover: masthead, art, editorial and contents."""
    return _make(
        theme,
        "cover.html",
        context,
        (),
        stored,
        url=context.page_links[0].url,
        number=COVER_NUMBER,
        cover=cover,
    )


def make_page(theme: Theme, context: PageContext, page: Page, stored: tuple[Body, ...]) -> bytes:
    """Return a page with some sections."""
    return _make(
        theme, "sheet.html", context, page.sections, stored, url=page.url, number=page.number, cover=None
    )


def make_single_page(
    theme: Theme,
    context: PageContext,
    cover: CoverContext,
    sections: tuple[ResolvedSection, ...],
    stored: tuple[Body, ...],
) -> bytes:
    """Return the whole issue on one page, which also prints well."""
    url = context.editions.all
    return _make(theme, "all.html", context, sections, stored, url=url, number=0, cover=cover)


def _make(
    theme: Theme,
    template: str,
    context: PageContext,
    sections: tuple[ResolvedSection, ...],
    bodies: tuple[Body, ...],
    *,
    url: str,
    number: int,
    cover: CoverContext | None,
) -> bytes:
    # Importing Jinja takes longer than planning all issues.
    from clusterpress.newsletters.web.pages import elide_page_links, picture_address, render_page

    metadata = context.metadata
    pictures = pictures_of(metadata, sections)
    wording = open_wording(theme, metadata.entry.lang, "newsletter")
    names = {picture.key: picture_address(picture, context.home.root) for picture in pictures}
    before = [page_link for page_link in context.page_links if page_link.number < number]
    after = [page_link for page_link in context.page_links if page_link.number > number]
    art = ""
    if cover:
        seed = art_seed(metadata.newsletter, metadata.number)
        art = Markup(draw_art(theme, wording, seed, cover.art))  # noqa: S704 -- numbers and colours alone
    return render_page(
        theme,
        template,
        context,
        make_document(metadata, sections, wording, bodies=bodies, pictures=names),
        url=url,
        pictures=pictures,
        number=number,
        page_links=elide_page_links(context.page_links, number) if number else [],
        before=before[-1] if before else None,
        after=after[0] if after and number else None,
        cover=cover,
        art=art,
        ring=ring_of(wording),
        canvas=(WIDTH, HEIGHT),
    )
