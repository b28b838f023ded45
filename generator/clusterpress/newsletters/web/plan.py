"""The web edition: its outputs."""

from collections.abc import Iterable, Iterator
from functools import partial

from clusterpress.library.library import Library
from clusterpress.newsletters.document import entries_of
from clusterpress.newsletters.issues import SCRIPT, STYLES, ResolvedIssue, ResolvedSection
from clusterpress.newsletters.web.pages import make_page
from clusterpress.newsletters.web.views import (
    COVER_NUMBER,
    CoverContext,
    build_cover_context,
    build_page_context,
    split_into_pages,
)
from clusterpress.theme.theme import Theme, read_file
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
