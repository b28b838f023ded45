"""Obligations: the credits of funding and the statements that a site has to show, and what is missing."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from clusterpress.content.items import Page, Programme
from clusterpress.funding.record import Funding, Project
from clusterpress.library.entries import Entry
from clusterpress.library.library import Library
from clusterpress.library.pictures import ShownPicture
from clusterpress.library.publication import prefix
from clusterpress.values.problems import Problem, Severity, as_timed, did_you_mean
from clusterpress.values.slugs import term_slug

if TYPE_CHECKING:
    from clusterpress.funding.acknowledgement import Acknowledgement

CONFIG = "site_config.yml"


class Credit(Struct, frozen=True, kw_only=True):
    """The credit for a programme's funding, in one language."""

    words: "Acknowledgement"
    logos: tuple[ShownPicture, ...] = ()
    """The logos of the programme and of its funding record, never larger than the emblem."""
    url: str = ""
    """The programme's own page, below the root."""


def credit_of(
    library: Library, name: str, lang: str, *, responsible: str = "", publication: bool = False
) -> Credit | None:
    """Return the credit for a programme's funding, or None if nothing must be shown.

    A translation without a funding record uses that of the original.

    Args:
        library: all items.
        name: slug, title or alias of the programme.
        lang: language of the page or issue.
        responsible: who is responsible for the contents.
        publication: whether it is for a newsletter instead of the website.
    """
    label = library.registers.get("programme", {}).get(term_slug(name)) if name else None
    slug = label.slug if label else name
    entry = library.record("programme", slug, lang)
    if entry is None or not isinstance(entry.item, Programme):
        return None
    holder = _holder(library, slug, entry)
    if _funding(holder) is None:
        return None
    # Imported only for funded sites and items: loading its texts in 25 languages takes time.
    from clusterpress.funding.acknowledgement import acknowledge

    words = acknowledge(_project(entry.item, holder), lang, responsible=responsible, publication=publication)
    return Credit(words=words, logos=_logos(holder), url=entry.url) if words else None


def check_funding(library: Library) -> Iterator[Problem]:
    """Yield an error for everything that the law requires to be shown and that is missing."""
    for entry, item in _funded_programmes(library):
        from clusterpress.funding.record import find_missing

        for finding in find_missing(_project(item, entry)):
            yield finding.at(item.source.lines, item.source.path)
    known = library.registers.get("programme", {})
    named = {"programme": library.settings.programme} | {
        f"newsletters.{slug}.programme": one.programme for slug, one in library.settings.newsletters.items()
    }
    for field, name in named.items():
        if name and term_slug(name) not in known:
            hint = did_you_mean(term_slug(name), known, "write the name of a file in content/programmes/")
            message = f'no programme is called "{name}", so that its funding would not be shown'
            yield Problem(path=CONFIG, field=field, message=message, hint=hint)


def _funded_programmes(library: Library) -> Iterator[tuple[Entry, Programme]]:
    for entry in library.records.values():
        if entry.kind == "programme" and isinstance(entry.item, Programme) and entry.item.funding:
            yield entry, entry.item


def _holder(library: Library, slug: str, entry: Entry) -> Entry:
    """Return the record with the funding: the entry itself, or its version in another language."""
    langs = (entry.lang, *library.settings.languages)
    found = (library.records.get(("programme", slug, lang)) for lang in langs)
    return next((one for one in found if one and _funding(one)), entry)


def _funding(entry: Entry) -> Funding | None:
    return entry.item.funding if isinstance(entry.item, Programme) else None


def _project(item: Programme, holder: Entry) -> Project:
    return Project(
        name=item.title,
        lang=item.lang,
        description=item.boilerplate or item.summary,
        has_logo=bool(getattr(holder.item, "logo", None)),
        funding=_funding(holder),
        funding_lang=holder.lang,
    )


def _logos(holder: Entry) -> tuple[ShownPicture, ...]:
    item, figures = holder.item, dict(holder.resolved.figures)
    assert isinstance(item, Programme)  # noqa: S101 -- `_holder` returns no other
    images = (*((item.logo,) if item.logo else ()), *(item.funding.logos if item.funding else ()))
    return tuple(
        ShownPicture(picture=figures[image.src], alt=image.alt or item.title)
        for image in images
        if image.src in figures and not figures[image.src].is_remote
    )


STATEMENTS = ("legal", "privacy", "accessibility")
"""Names of the pages, and last parts of their addresses."""

YEAR = timedelta(days=366)
"""Time until an accessibility statement must be reviewed: Implementing Decision (EU) 2018/1523, Article 3."""


def statements_in(library: Library, lang: str) -> dict[str, str]:
    """Return name → path below the root of each statement in a language, written or generated."""
    start, legal = prefix(lang, library.settings), library.settings.legal
    return {
        name: f"{start}{name}/"
        for name in STATEMENTS
        if own_statement(library, name, lang) or (legal and (name == "legal" or getattr(legal, name)))
    }


def own_statement(library: Library, name: str, lang: str) -> Entry | None:
    """Return the page that replaces a generated statement, or None.

    Args:
        library: all items.
        name: one of `STATEMENTS`.
        lang: language of the page.
    """
    url = f"{prefix(lang, library.settings)}{name}/"
    return next((page for page in library.of_kind("page", lang) if page.url == url), None)


def check_statements(library: Library) -> Iterator[Problem]:
    """Yield a problem for each statement that is missing, incomplete or due for review."""
    settings = library.settings
    drafts = library.resolver.link_targets.hidden
    for name in STATEMENTS if settings.legal else ():
        if name not in statements_in(library, settings.language) and f"content/pages/{name}.md" not in drafts:
            hint = f"add {name}: under legal:, or write content/pages/{name}.md"
            yield _warning(CONFIG, 1, f"legal.{name}", f"the site has no {name} statement", hint)
    yield from _unreviewed(library)
    yield from _find_missing_disclaimers(library)


class Review(NamedTuple):
    """The last review of a statement."""

    statement: str
    """Its name, one of `STATEMENTS`."""
    path: str
    """The page of its own, or the settings."""
    line: int
    field: str
    """The key that holds the day."""
    day: date | None
    """None if a page of its own does not say it."""
    page: Entry | None
    """The page of its own."""


def find_due_reviews(library: Library) -> Iterator[Review]:
    """Yield the last review of each accessibility statement and privacy notice, if a review is due.

    The law asks for a review of the first each year; the second has to be true at any time.
    """
    for name in ("accessibility", "privacy"):
        for lang in library.settings.languages:
            review = _last_review(library, name, lang)
            if review and (review.page or lang == library.settings.language) and _is_due(review, library):
                yield review


def _last_review(library: Library, name: str, lang: str) -> Review | None:
    """Return the last review of a statement in a language; None if there is none, or its day is not asked."""
    own, legal = own_statement(library, name, lang), library.settings.legal
    if own:
        updated = own.item.updated
        line = own.item.source.lines.get("updated", (1, 1))[0]
        return Review(name, own.path, line, "updated", updated.day if updated else None, own)
    day = field = ""
    if name == "accessibility" and legal and legal.accessibility:
        day, field = legal.accessibility.reviewed or legal.accessibility.prepared, "reviewed"
    elif name == "privacy" and legal and legal.privacy:
        day, field = legal.privacy.updated, "updated"
    return Review(name, CONFIG, 1, f"legal.{name}.{field}", date.fromisoformat(day), None) if day else None


def _is_due(review: Review, library: Library) -> bool:
    return review.day is None or library.today - review.day >= YEAR


def _unreviewed(library: Library) -> Iterator[Problem]:
    review = _last_review(library, "accessibility", library.settings.language)
    if review and review.day and _is_due(review, library):
        day = review.day.isoformat()
        message = f"the accessibility statement was last reviewed on {day}, more than a year ago"
        hint = f'review it, and write the day under "{review.field.rpartition(".")[2]}"'
        yield as_timed(_warning(review.path, review.line, review.field, message, hint))


def _warning(path: str, line: int, field: str, message: str, hint: str) -> Problem:
    return Problem(path=path, line=line, field=field, severity=Severity.WARNING, message=message, hint=hint)


def _find_missing_disclaimers(library: Library) -> Iterator[Problem]:
    """Yield an error for each language whose legal page lacks the disclaimer for external actions."""
    programmes = [item for _, item in _funded_programmes(library)]
    funders = [item for item in programmes if item.funding and item.funding.rules == "external"]
    if not funders:
        return
    language = library.settings.language
    if "legal" not in statements_in(library, language):
        funder = funders[0]
        line = funder.source.lines.get("funding", (1, 1))[0]
        message = "the disclaimer of this funding has to stand on a legal page, and the site has none"
        hint = 'add legal: to site_config.yml, or content/pages/legal.md with "statement: funding"'
        yield Problem(path=funder.source.path, line=line, field="funding", message=message, hint=hint)
    for lang in library.settings.languages:
        own = own_statement(library, "legal", lang)
        if own and isinstance(own.item, Page) and own.item.statement not in ("legal", "funding"):
            message = f"the legal page does not show the disclaimer for the funding of {funders[0].title}"
            hint = 'add "statement: funding" to its front matter: the disclaimer is put under your text'
            yield Problem(path=own.item.source.path, message=message, hint=hint, field="statement")
