"""The plan of the web edition: every file of it, as outputs."""

from collections.abc import Iterable, Iterator
from functools import partial

from clusterpress.library.library import Library
from clusterpress.newsletters.addresses import SCRIPT, STYLES
from clusterpress.newsletters.document import entries_of
from clusterpress.newsletters.issues import ResolvedIssue, ResolvedSection
from clusterpress.newsletters.web.makers import copy_file, make_cover, make_page, make_single_page
from clusterpress.newsletters.web.page_split import split_into_pages
from clusterpress.newsletters.web.views import build_cover_context, build_page_context
from clusterpress.theme.theme import Theme
from clusterpress.values.outputs import Output, PageRow

FILES = {STYLES: "newsletter/web/edition.css", SCRIPT: "newsletter/web/keys.js"}
"""Path below the site's root → file of the theme."""


def web_outputs(issues: Iterable[ResolvedIssue], library: Library, theme: Theme) -> Iterator[Output]:
    """Yield every file of the web editions, without rendering anything.

    Args:
        issues: all issues, as resolved; those without a web edition are passed over.
        library: the library.
        theme: how they look.
    """
    made = False
    for issue in issues:
        if "web" in issue.item.editions:
            made = True
            yield from _issue_outputs(issue, library, theme)
    for path, file in FILES.items() if made else ():
        yield Output(path=path, make=partial(copy_file, theme=theme, file=file))


def web_pages(issues: Iterable[ResolvedIssue]) -> Iterator[PageRow]:
    """Yield the pages of the web editions that search engines shall know, as rows of a sitemap."""
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
