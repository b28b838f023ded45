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

    def output(
        template: str,
        url: str,
        sections: tuple[ResolvedSection, ...],
        number: int = 0,
        cover: CoverContext | None = None,
    ) -> Output:
        make = partial(make_page, theme=theme, context=context, template=template, url=url)
        return Output(
            path=f"{url}index.html",
            make=partial(make, sections=sections, number=number, cover=cover),
            stored=tuple(entry.body for entry in entries_of(context.metadata, sections)),
            sources=(issue.item.source.path,),
        )

    yield output("cover.html", issue.path, (), COVER_NUMBER, cover)
    for page in pages:
        yield output("sheet.html", page.url, page.sections, page.number)
    yield output("all.html", context.editions.all, issue.sections, cover=cover)


def make_page(
    theme: Theme,
    context: PageContext,
    stored: tuple[Body, ...],
    *,
    template: str,
    url: str,
    sections: tuple[ResolvedSection, ...],
    number: int,
    cover: CoverContext | None,
) -> bytes:
    """Return a page of a web edition.

    Args:
        theme: the theme.
        context: what all pages of the issue share.
        stored: the bodies of `entries_of`.
        template: file name of its template.
        url: its path below the site's root.
        sections: those that it shows in full.
        number: its number in the pager; 0 for the whole issue on one page.
        cover: art and contents; None for pages with sections alone.
    """
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
        make_document(metadata, sections, wording, bodies=stored, pictures=names),
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
