"""The plan of the web edition: every file of it, as outputs."""

from collections.abc import Iterable, Iterator
from typing import Any

from clusterpress.library.library import Library
from clusterpress.newsletters.addresses import SCRIPT, STYLES
from clusterpress.newsletters.document import Front, entries_of
from clusterpress.newsletters.issues import ResolvedIssue, ResolvedSection
from clusterpress.newsletters.web.makers import copy_file, make_cover, make_sheet, make_whole
from clusterpress.newsletters.web.page_split import split_in_sheets
from clusterpress.newsletters.web.views import bind, open_issue
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
        yield Output(path=path, make=copy_file, inputs={"theme": theme, "file": file})


def web_pages(issues: Iterable[ResolvedIssue]) -> Iterator[PageRow]:
    """Yield the pages of the web editions that search engines shall know, as rows of a sitemap."""
    for issue in issues:
        if "web" in issue.item.editions:
            day = issue.entry.updated.date().isoformat()
            yield issue.path, day, issue.entry.translations
            for sheet in split_in_sheets(issue):
                yield sheet.url, day, ()


def _issue_outputs(issue: ResolvedIssue, library: Library, theme: Theme) -> Iterator[Output]:
    sheets = split_in_sheets(issue)
    binding = bind(issue, sheets, library, theme)
    shared: dict[str, Any] = {"theme": theme, "binding": binding}
    opening = {"opening": open_issue(issue, sheets)}
    source = (issue.item.source.path,)

    def page(url: str, make: Any, inputs: dict[str, Any], sections: tuple[ResolvedSection, ...]) -> Output:
        stored = _bodies(binding.front, sections)
        return Output(
            path=f"{url}index.html", make=make, inputs=shared | inputs, stored=stored, sources=source
        )

    yield page(issue.path, make_cover, opening, ())
    for sheet in sheets:
        yield page(sheet.url, make_sheet, {"sheet": sheet}, sheet.sections)
    yield page(binding.editions.all, make_whole, {**opening, "sections": issue.sections}, issue.sections)


def _bodies(front: Front, sections: tuple[ResolvedSection, ...]) -> tuple[bytes, ...]:
    return tuple(entry.body for entry in entries_of(front, sections))
