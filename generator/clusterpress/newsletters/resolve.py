"""Resolve issues: every issue with its stories, its masthead and its neighbours; find one by its name."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from clusterpress.config.settings import NewsletterSettings
from clusterpress.content.items import Issue
from clusterpress.library.entries import Entry
from clusterpress.library.library import Library
from clusterpress.library.obligations import credit_of
from clusterpress.newsletters.issues import (
    MAX_PREHEADER_LENGTH,
    MAX_SUBJECT_LENGTH,
    ResolvedIssue,
    preheader_of,
    subject_of,
)
from clusterpress.newsletters.names import NameIndex, build_name_index
from clusterpress.newsletters.sections import SectionContext, resolve_sections
from clusterpress.parsing.values import problem_at
from clusterpress.theme.theme import Theme, missing_labels
from clusterpress.values.problems import Problem, Severity, did_you_mean

EDITIONS = ("web", "pdf", "email")
"""The possible editions of an issue."""


class UnknownIssueError(LookupError):
    """No issue has the name, or several have it; the message lists the issues."""


def resolve_issues(library: Library) -> tuple[tuple[ResolvedIssue, ...], list[Problem]]:
    """Return all issues, oldest first within each newsletter and language, and their problems."""
    runs: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in library.entries:
        if entry.kind == "issue" and isinstance(entry.item, Issue):
            runs[entry.item.newsletter, entry.lang].append(entry)
    if not runs:
        return (), []
    name_index = build_name_index(library)
    issues: list[ResolvedIssue] = []
    problems: list[Problem] = []
    for (newsletter, lang), entries in sorted(runs.items()):
        # The reader refuses an issue of a newsletter that is not in the settings.
        masthead = library.settings.in_language(lang).newsletters[newsletter]
        entries.sort(key=lambda entry: (entry.item.date.day, entry.item.number))  # type: ignore[attr-defined]
        for older, entry, newer in zip((None, *entries), entries, (*entries[1:], None), strict=False):
            issue, faults = _resolve(entry, older, masthead, name_index)
            problems += faults
            issues.append(
                replace(issue, previous=older.card if older else None, next=newer.card if newer else None)
            )
    return tuple(issues), problems


def _resolve(
    entry: Entry, older: Entry | None, masthead: NewsletterSettings, name_index: NameIndex
) -> tuple[ResolvedIssue, list[Problem]]:
    item = entry.item
    assert isinstance(item, Issue)  # noqa: S101 -- only issues are asked for
    context = SectionContext(item, name_index, older.card.day if older else None)
    library = name_index.library
    settings = library.settings.in_language(entry.lang)
    issue = ResolvedIssue(
        entry=entry,
        masthead=masthead,
        funder=credit_of(
            library,
            masthead.programme or settings.programme,
            entry.lang,
            responsible=masthead.publisher or settings.publisher or settings.name,
            publication=True,
        ),
        sections=resolve_sections(context),
    )
    return issue, [*context.problems, *_check_head(item), *_check_lengths(issue)]


def _check_lengths(issue: ResolvedIssue) -> Iterator[Problem]:
    """Yield a warning if mail programs cut the subject or the line after it."""
    item = issue.item
    if "email" not in item.editions:
        return
    for name, text, most in (
        ("subject", subject_of(issue), MAX_SUBJECT_LENGTH),
        ("preheader", preheader_of(issue), MAX_PREHEADER_LENGTH),
    ):
        if len(text) > most:
            own = getattr(item, name)
            message = f"the {name} has {len(text)} characters, and mail programs show {most}"
            hint = "shorten it" if own else f"write a shorter one under {name}:"
            yield problem_at(
                name if own else "title", item.source.lines, item.source.path, message, hint, Severity.WARNING
            )


def _check_head(item: Issue) -> Iterator[Problem]:
    lines, path = item.source.lines, item.source.path
    for index, edition in enumerate(item.editions):
        if edition not in EDITIONS:
            hint = did_you_mean(edition, EDITIONS, f"write some of {', '.join(EDITIONS)}")
            yield problem_at(f"editions.{index}", lines, path, f'there is no edition "{edition}"', hint)
    if "src" in item.cover:
        message = "the picture of the cover is not read here"
        yield problem_at("cover.src", lines, path, message, 'put it under "image:", with src and alt')


def check_words(issues: Iterable[ResolvedIssue], theme: Theme) -> Iterator[Problem]:
    """Yield an error for each language in which the theme lacks words: English ones never stand in."""
    for lang, issue in sorted({issue.lang: issue for issue in issues}.items()):
        if missing := missing_labels(theme, lang, "newsletter"):
            file = f"themes/{theme.name}/newsletter/labels/{lang}.yml"
            message = f'the theme has no words for newsletters in "{lang}": {", ".join(missing)}'
            yield Problem(path=issue.item.source.path, message=message, hint=f"write them into {file}")


def find_issue(issues: Sequence[ResolvedIssue], name: str) -> ResolvedIssue:
    """Return the issue with a name.

    Args:
        issues: all issues, as resolved.
        name: a number; with its newsletter before it where several newsletters have the number, and with the
            language before both where several languages have the newsletter.

    Raises:
        UnknownIssueError: no issue, or more than one, has the name.
    """
    wanted = name.strip().strip("/").split("/")
    found = [issue for issue in issues if _parts(issue)[-len(wanted) :] == wanted]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join("/".join(_parts(issue)) for issue in found)
        raise UnknownIssueError(f'several issues are called "{name}": write one of {names}')
    there = ", ".join("/".join(_parts(issue)[1:]) for issue in issues)
    raise UnknownIssueError(
        f'there is no issue "{name}": there are {there}'
        if there
        else "there is no issue yet: put one into content/newsletters/"
    )


def _parts(issue: ResolvedIssue) -> list[str]:
    return [issue.lang, issue.newsletter, str(issue.number)]
