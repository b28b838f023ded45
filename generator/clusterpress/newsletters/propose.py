"""Propose: the file of the next issue, or of a yearly review, from what is new and from rules."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from textwrap import shorten

from msgspec import Struct
from msgspec.structs import replace

from clusterpress.config.settings import NewsletterSettings, Settings
from clusterpress.config.subscriptions import SectionRule
from clusterpress.content.checks import placeholder
from clusterpress.content.dates import read_moment
from clusterpress.content.items import Issue, Section, Source
from clusterpress.content.serialise import write_scalar
from clusterpress.library.entries import Entry
from clusterpress.library.library import Library
from clusterpress.library.obligations import CONFIG
from clusterpress.newsletters.issues import COLOURS, MAX_SUBJECT_LENGTH, ResolvedIssue
from clusterpress.newsletters.names import build_name_index, path_of
from clusterpress.newsletters.omissions import Omission, find_omissions, find_unpublished
from clusterpress.newsletters.sections import SectionContext, choose_stories
from clusterpress.newsletters.selection import BOUNDS
from clusterpress.theme.wording import Wording
from clusterpress.values.problems import Problem, errors

MAX_PREHEADER_LENGTH = 90
"""Characters of a preview text that inboxes show."""

DAY = timedelta(days=1)

_CANCELLED = "cancelled"
_REASONS = {_CANCELLED: "it is cancelled"}
"""Why an item cannot be proposed → words for staff; otherwise an earlier issue has it."""

_RELATIVE = ("issue", "previous")
"""Dates of a condition that hold for every issue."""


class ProposalError(Exception):
    """There is nothing to propose, or no place for it; the message explains why."""


class Request(Struct, frozen=True, kw_only=True):
    """What is proposed."""

    newsletter: str
    """Slug of the newsletter."""
    lang: str
    today: date
    """Date of issue."""
    review: int = 0
    """Year of a review; 0 for the next issue."""


class Proposal(Struct, frozen=True, kw_only=True):
    """The file of an issue."""

    path: str
    """From the project's root."""
    text: str
    taken: tuple[tuple[str, tuple[Entry, ...]], ...]
    """Title of each section with items, and its items."""
    empty: tuple[str, ...]
    """Titles of sections without items, which the file leaves out."""
    left_out: tuple[Omission, ...]
    since: date | None
    """Date of the issue before; None for the first one, and for reviews."""


def propose(
    request: Request, issues: Iterable[ResolvedIssue], library: Library, wording: Wording
) -> tuple[Proposal, list[Problem]]:
    """Return the file of the next issue, and the problems of its rules.

    Args:
        request: what is proposed.
        issues: all issues, as resolved, also drafts.
        library: all items, also those that are not published.
        wording: the words of newsletters in the language of the issue.

    Raises:
        ProposalError: the latest issue is still a draft, or nothing is new.
    """
    own = [one for one in issues if one.newsletter == request.newsletter and one.lang == request.lang]
    last = max(own, key=lambda one: (one.date, one.number), default=None)
    if last and last.entry.state == "draft":
        message = f"no. {last.number} is still a draft: edit {last.item.source.path}, or delete it"
        raise ProposalError(message)
    masthead = library.settings.newsletters[request.newsletter]
    rules = tuple(_rules(request, masthead, last, library, wording))
    number = max((one.number for one in own), default=0) + 1
    item = _make_issue(request, number, rules, masthead, last, library, wording)
    previous = last.date if last else None
    context = SectionContext(item, build_name_index(library), previous)
    unavailable = _unavailable(library, own if not request.review else ())
    context.used |= unavailable
    chosen = choose_stories(context)
    origin = last.item.source.path if last and not (masthead.propose or request.review) else CONFIG
    problems = [replace(one, path=origin, line=1, column=1) for one in errors(context.problems)]
    if not (problems or any(chosen)):
        when = f"in {request.review}" if request.review else f"since no. {last.number}" if last else "yet"
        raise ProposalError(f"nothing is new {when} by the rules of the sections; no file was written")
    pairs = tuple(zip(item.sections, chosen, strict=True))
    return Proposal(
        path=item.source.path,
        text=_write(item, pairs, wording),
        taken=tuple((section.title, stories) for section, stories in pairs if stories),
        empty=tuple(section.title for section, stories in pairs if not stories),
        left_out=_explain(_find_left_out(request, item, pairs, previous, library), unavailable),
        since=None if request.review else previous,
    ), problems


def _find_left_out(
    request: Request,
    item: Issue,
    pairs: Iterable[tuple[Section, tuple[Entry, ...]]],
    previous: date | None,
    library: Library,
) -> tuple[Omission, ...]:
    """Return the items of the time in question that the issue does not have: first those to be published."""
    if request.review:
        first, last = date(request.review, 1, 1), date(request.review, 12, 31)
    else:
        first, last = previous or date.min, request.today
    listed = [replace(one, where={}, items=tuple(map(path_of, two))) for one, two in pairs if two]
    dated = replace(item, sections=tuple(listed), date=replace(item.date, day=last))
    others = find_omissions(dated, first - DAY if first > date.min else None, library)
    unpublished = find_unpublished(tuple(one.entry for one in others))
    gone = {one.entry.path for one in unpublished}
    return (*unpublished, *(one for one in others if one.entry.path not in gone))


def _explain(left_out: Iterable[Omission], unavailable: Mapping[str, str]) -> tuple[Omission, ...]:
    """Return omissions with the reasons that do not come from the sections."""
    return tuple(
        replace(one, reason=_REASONS.get(why, f"it is in {why}"))
        if (why := unavailable.get(one.entry.path)) and one.entry.state == "published"
        else one
        for one in left_out
    )


def _unavailable(library: Library, earlier: Iterable[ResolvedIssue]) -> dict[str, str]:
    """Return source path → why, of the items that are not published or cancelled, or that earlier issues had.

    Events may be announced again. An issue that is not frozen may select later news; readers did not get it.
    """
    found = {
        entry.path: f"no. {issue.number}"
        for issue in earlier
        for entry in issue.stories
        if entry.kind == "news" and entry.day_seen <= issue.date
    }
    for entry in library.entries:
        if entry.index_record.teaser.cancelled:
            found[entry.path] = _CANCELLED
        if entry.state != "published":
            found[entry.path] = entry.state
    return found


def _rules(
    request: Request,
    masthead: NewsletterSettings,
    last: ResolvedIssue | None,
    library: Library,
    wording: Wording,
) -> Iterator[Section]:
    """Yield the sections with their conditions: of the settings, of the issue before, or the usual ones."""
    stated = masthead.review if request.review else masthead.propose
    if stated:
        sections = [_section(rule, request.lang, library.settings) for rule in stated]
    elif request.review:
        sections = list(_review_sections(request, library, wording))
    else:
        sections = [one for one in last.item.sections if one.where] if last else []
        sections = sections or _usual_sections(wording)
    for section in sections:
        yield replace(section, where=_dated(section, request, bool(last)), items=(), partners=())


def _section(rule: SectionRule, lang: str, settings: Settings) -> Section:
    titles = {settings.language: rule.title} if isinstance(rule.title, str) else rule.title
    title = titles.get(lang) or titles.get(settings.language) or next(iter(titles.values()))
    return Section(
        title=title,
        layout=rule.layout,
        colour=rule.colour,
        start=rule.start,
        where=rule.where,
        group_by=rule.group_by,
        sort=rule.sort,
        limit=rule.limit,
    )


def _usual_sections(wording: Wording) -> list[Section]:
    return [
        Section(
            title=wording.label("latest_news"),
            layout="feature",
            start="page",
            where={"kind": "news"},
            limit=1,
        ),
        Section(title=wording.label("news"), layout="briefs", where={"kind": "news"}, limit=12),
        Section(title=wording.label("upcoming_events"), layout="events", where={"kind": "event"}),
    ]


def _review_sections(request: Request, library: Library, wording: Wording) -> Iterator[Section]:
    """Yield a section for each programme with news in the year, one for the other news, one for events."""
    for term in library.terms("programmes", request.lang):
        yield Section(
            title=term.name, layout="briefs", where={"kind": "news", "programme": term.name}, sort="oldest"
        )
    yield Section(title=wording.label("news"), layout="briefs", where={"kind": "news"}, sort="oldest")
    yield Section(title=wording.label("events"), layout="events", where={"kind": "event"})


def _dated(section: Section, request: Request, has_previous: bool) -> Mapping[str, str | tuple[str, ...]]:
    """Return the conditions of a section with dates that hold for this issue."""
    where = dict(section.where)
    kept = {key: where.pop(key) for key in BOUNDS if key in where}
    if request.review:
        return {**where, "from": f"{request.review}-01-01", "until": f"{request.review}-12-31"}
    kept = {key: value for key, value in kept.items() if value in _RELATIVE}
    if kept:
        return {**where, **kept}
    if section.layout == "events" or where.get("kind") == "event":
        return {**where, "from": "issue"}
    if section.layout == "profiles":
        return where
    return {**where, **({"after": "previous"} if has_previous else {}), "until": "issue"}


def _make_issue(
    request: Request,
    number: int,
    sections: tuple[Section, ...],
    masthead: NewsletterSettings,
    last: ResolvedIssue | None,
    library: Library,
    wording: Wording,
) -> Issue:
    settings = library.settings
    what = str(request.review) if request.review else wording.label("issue_number", number=number)
    return Issue(
        source=Source(path=_path(request, number, last, settings), digest=b"", body=""),
        title=f"{masthead.name} {what}",
        lang=request.lang,
        newsletter=request.newsletter,
        number=number,
        select=_carried(request, masthead, last),
        date=read_moment(request.today.isoformat(), settings.time_zone, settings.languages),
        sections=sections,
    )


def _carried(
    request: Request, masthead: NewsletterSettings, last: ResolvedIssue | None
) -> Mapping[str, str | tuple[str, ...]]:
    """Return the conditions that the issue before states for all its sections, without dates."""
    if last is None or request.review or masthead.propose:
        return {}
    return {key: value for key, value in last.item.select.items() if key not in BOUNDS}


def _path(request: Request, number: int, last: ResolvedIssue | None, settings: Settings) -> str:
    """Return the path of the file: beside the last issue."""
    folder = last.item.source.path.rpartition("/")[0] if last else f"content/newsletters/{request.newsletter}"
    if folder.rpartition("/")[2].isdigit():  # a folder for each issue
        folder = folder.rpartition("/")[0]
    suffix = "" if request.lang == settings.language else f".{request.lang}"
    return f"{folder}/{number:02}{suffix}.md"


def _write(item: Issue, pairs: Iterable[tuple[Section, tuple[Entry, ...]]], wording: Wording) -> str:
    used = [entry for _, stories in pairs for entry in stories]
    lead, *others = [entry.title for entry in used] or [""]
    number = wording.label("issue_number", number=item.number)
    keys = {
        "title": item.title,
        "lang": item.lang,
        "newsletter": item.newsletter,
        "number": str(item.number),
        "date": item.date.iso,
        "draft": "true",
        "subject": _shorten(f"{wording.label('newsletter')} {number}: {lead}", MAX_SUBJECT_LENGTH),
        "preheader": _shorten(" · ".join(others[:3]) or lead, MAX_PREHEADER_LENGTH),
    }
    lines = [f"{key}: {_scalar(value)}" for key, value in keys.items() if value]
    lines += ["cover: {art: auto}", "sections:"]
    for index, (section, stories) in enumerate(pairs):
        if stories:
            lines += _write_section(section, stories, COLOURS[index % len(COLOURS)])
    return "\n".join(("---", *lines, "---", placeholder("write the editorial"), ""))


def _shorten(text: str, width: int) -> str:
    return shorten(text, width, placeholder="…") if len(text) > width else text


def _write_section(section: Section, stories: tuple[Entry, ...], colour: str) -> Iterator[str]:
    values = {
        "title": section.title,
        "layout": section.layout,
        "colour": section.colour or colour,
        "start": section.start if section.start == "page" else "",
        "group_by": section.group_by,
    }
    for number, (key, value) in enumerate((key, value) for key, value in values.items() if value):
        yield f"{'    ' if number else '  - '}{key}: {_scalar(value)}"
    yield "    items:"
    for story in stories:
        yield f"      - {_scalar(path_of(story))}  # {' '.join(story.title.split())}"


def _scalar(text: str) -> str:
    text = " ".join(text.split())
    return text if text in ("true", "false") or text.isdigit() else write_scalar(text)
