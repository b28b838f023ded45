"""Statements: the legal notice, the privacy notice and the accessibility statement, and their checks."""

from collections.abc import Iterator
from datetime import date, timedelta

from clusterpress.content.items import Page, Programme
from clusterpress.library.entries import Entry
from clusterpress.library.funding import CONFIG
from clusterpress.library.library import Library
from clusterpress.library.permalinks import prefix
from clusterpress.values.problems import Problem, Severity

STATEMENTS = ("legal", "privacy", "accessibility")
"""Names of the pages, and last parts of their addresses."""

YEAR = timedelta(days=366)
"""Time until an accessibility statement must be reviewed: Implementing Decision (EU) 2018/1523, Article 3."""


def statements_in(library: Library, lang: str) -> dict[str, str]:
    """Return name → path below the root of each statement in a language, written or generated."""
    start = prefix(lang, library.settings)
    return {
        name: f"{start}{name}/"
        for name in STATEMENTS
        if own_statement(library, name, lang) or is_generated(library, name)
    }


def own_statement(library: Library, name: str, lang: str) -> Entry | None:
    """Return the page that replaces a generated statement, or None."""
    url = f"{prefix(lang, library.settings)}{name}/"
    return next((page for page in library.of_kind("page", lang) if page.url == url), None)


def is_generated(library: Library, name: str) -> bool:
    """Return whether the settings contain the data of a statement."""
    legal = library.settings.legal
    return legal is not None and (name == "legal" or getattr(legal, name) is not None)


def check_statements(library: Library) -> Iterator[Problem]:
    """Yield a problem for each statement that is missing, incomplete or due for review."""
    settings = library.settings
    if settings.legal:
        for name in STATEMENTS:
            if name not in statements_in(library, settings.language):
                hint = f"add {name}: under legal:, or write content/pages/{name}.md"
                yield _warning(CONFIG, 1, f"legal.{name}", f"the site has no {name} statement", hint)
    yield from _unreviewed(library)
    yield from _find_missing_disclaimers(library)


def _unreviewed(library: Library) -> Iterator[Problem]:
    """Yield a warning for an accessibility statement without a review for a year."""
    own = own_statement(library, "accessibility", library.settings.language)
    if own:
        told, item = own.item.updated, own.item
        if told and library.today - told.day >= YEAR:
            line = item.source.lines.get("updated", (1, 1))[0]
            yield _old(item.source.path, line, "updated", told.day)
        return
    block = library.settings.legal.accessibility if library.settings.legal else None
    if block:
        day = date.fromisoformat(block.reviewed or block.prepared)
        if library.today - day >= YEAR:
            yield _old(CONFIG, 1, "legal.accessibility.reviewed", day)


def _old(path: str, line: int, field: str, day: date) -> Problem:
    message = f"the accessibility statement was last reviewed on {day.isoformat()}, more than a year ago"
    hint = f'review it, and write the day under "{field.rpartition(".")[2]}"'
    return _warning(path, line, field, message, hint)


def _warning(path: str, line: int, field: str, message: str, hint: str) -> Problem:
    return Problem(path=path, line=line, field=field, severity=Severity.WARNING, message=message, hint=hint)


def _find_missing_disclaimers(library: Library) -> Iterator[Problem]:
    """Yield an error for each language whose legal page lacks the disclaimer for external actions."""
    funders = [
        entry.item
        for entry in library.records.values()
        if entry.kind == "programme"
        and isinstance(entry.item, Programme)
        and entry.item.funding
        and entry.item.funding.rules == "external"
    ]
    if not funders:
        return
    language = library.settings.language
    if "legal" not in statements_in(library, language):
        funder = funders[0]
        line = funder.source.lines.get("funding", (1, 1))[0]
        message = "the disclaimer of this funding has to stand on a legal page, and the site has none"
        hint = 'add legal: to site_config.yml, or content/pages/legal.md with "statement: funding"'
        yield Problem(path=funder.source.path, line=line, field="funding", message=message, hint=hint)
    for lang in library.languages():
        own = own_statement(library, "legal", lang)
        if own and isinstance(own.item, Page) and own.item.statement not in ("legal", "funding"):
            message = f"the legal page does not show the disclaimer for the funding of {funders[0].title}"
            hint = 'add "statement: funding" to its front matter: the disclaimer is put under your text'
            yield Problem(path=own.item.source.path, message=message, hint=hint, field="statement")
