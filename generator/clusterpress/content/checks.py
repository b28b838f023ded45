"""Checks an item beyond the types of its fields: one function for each rule, and the words of its texts."""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import UTC
from typing import Any, NamedTuple

from clusterpress.config.reader import is_time_zone
from clusterpress.config.settings import Settings
from clusterpress.content.dates import WEEKDAYS, format_day, read_moment
from clusterpress.content.item_values import Image, Moment
from clusterpress.content.month_names import fold, weekday_called
from clusterpress.content.normalise import PartialItem
from clusterpress.parsing.values import (
    Finding,
    ValueFault,
    check_email,
    check_link,
    check_website,
    findings_of,
    position_of,
)
from clusterpress.values.characters import is_all_caps
from clusterpress.values.kinds import Kind
from clusterpress.values.problems import Problem, Severity, did_you_mean

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}|[a-z][a-z0-9-]*")

_MAX_TERMS = 500
"""Tags of one item; likewise authors, programmes, clusters and partners."""

HEADLINE_KINDS: tuple[Kind, ...] = ("news", "event", "issue", "page")
"""Kinds whose title is a headline rather than a name."""


class CheckContext(NamedTuple):
    """The input of the rules."""

    fields: Mapping[str, Any]
    """The fields that could be read."""
    given: Container[str]
    """Dotted names that the file itself has."""
    settings: Settings
    kind: Kind


Rule = Callable[[CheckContext], Iterator[Finding]]


def _title(context: CheckContext) -> Iterator[Finding]:
    """A headline must not be all capitals; the name of a record may be."""
    if context.kind in HEADLINE_KINDS and is_all_caps(context.fields.get("title", "")):
        hint = "write it as in a sentence: screen readers may spell capitals letter by letter"
        yield Finding("title", "the title is all capitals", hint, Severity.WARNING)


def _links(context: CheckContext) -> Iterator[Finding]:
    fields = context.fields
    for number, link in enumerate(fields.get("more", ())):
        yield from findings_of(f"more.{number}.url", check_link, link.url)
    for number, link in enumerate(fields.get("follow", ())):
        yield from findings_of(f"follow.{number}.url", check_website, link.url)
    for key in ("url", "registration"):
        if url := fields.get(key):
            yield from findings_of(key, check_website, url)
    if audio := fields.get("audio"):
        yield from findings_of("audio", check_link, audio)
    if (contact := fields.get("contact")) and contact.web:
        # A contact card may show an address as on paper: without https://.
        written = f"https://{contact.web}" if contact.web.startswith("www.") else contact.web
        yield from findings_of("contact.web", check_website, written)


def _terms(context: CheckContext) -> Iterator[Finding]:
    """Each name has pages and feeds of its own, which list all names of the item."""
    for field in ("tags", "authors", "programmes", "clusters", "partners"):
        names = context.fields.get(field)
        if isinstance(names, tuple) and len(names) > _MAX_TERMS:
            message = f"{len(names)} {field} are too many for one item: at most {_MAX_TERMS} are allowed"
            yield Finding(field, message, "keep those that readers would follow")


def _aliases(context: CheckContext) -> Iterator[Finding]:
    for number, alias in enumerate(context.fields.get("aliases", ())):
        path = re.sub(r"^(?:[a-z]+:)?//[^/]*", "", alias, flags=re.IGNORECASE)
        if not alias.startswith("/") or path != alias or re.search(r"\s|/\.\./|[?#]", alias):
            proposal = re.sub(r"\s+", "-", "/" + re.sub(r"[?#].*|\.\./", "", path).lstrip("/"))
            yield Finding(f"aliases.{number}", f'the alias "{alias}" is not a path', f'write "{proposal}"')


def _pictures(context: CheckContext) -> Iterator[Finding]:
    """A picture must be in content/ and have alternative text."""
    for name in ("image", "logo"):
        picture = context.fields.get(name)
        # The library reports pictures of other sites together with those in texts.
        if isinstance(picture, Image) and re.match(r"(?!https?://)[A-Za-z][A-Za-z0-9+.-]+:", picture.src):
            message = f'the picture "{picture.src}" lies elsewhere'
            yield Finding(f"{name}.src", message, "save it beside the item and name the file")
    picture = context.fields.get("image")
    if isinstance(picture, Image) and not picture.alt and "image.alt" not in context.given:
        hint = 'describe what it shows: "alt: …"; if it only decorates: alt: ""'
        yield Finding("image", "the picture has no alt text", hint, Severity.WARNING)


def _order_of_dates(context: CheckContext) -> Iterator[Finding]:
    for first, last, message in (
        ("publish", "expires", "the item expires before it is published"),
        ("date", "expires", "the item expires before its date"),
        ("start", "end", "the event ends before it starts"),
    ):
        begin, end = context.fields.get(first), context.fields.get(last)
        if begin and end and _is_before(end, begin):
            yield Finding(last, message, f'check "{first}" and "{last}"')
    date, updated = context.fields.get("date"), context.fields.get("updated")
    if date and updated and _is_before(updated, date) and updated.day < date.day:
        hint = 'check "date" and "updated"'
        yield Finding("updated", "the item was updated before its date", hint, Severity.WARNING)


_TIMED = ("date", "updated", "publish", "expires", "start", "end", "deadline")
"""Fields with a moment."""


def _times_that_exist(context: CheckContext) -> Iterator[Finding]:
    """The hour that clocks skip in spring is no time: programs show another one, and not all the same."""
    for name in _TIMED:
        moment = context.fields.get(name)
        at = moment.at if isinstance(moment, Moment) else None
        if at and (shown := at.astimezone(UTC).astimezone(at.tzinfo)).time() != at.time():
            message = f"there is no {at:%H:%M} on {format_day(at.date())}: clocks go forward in {at.tzinfo}"
            hint = f'write the time that clocks show, such as "{shown:%H:%M}"'
            yield Finding(name if name in context.given else "start", message, hint, Severity.WARNING)


def _event_has_a_time(context: CheckContext) -> Iterator[Finding]:
    """An event must have either exact dates or a period."""
    fields = context.fields
    if "end" in fields and "when" in fields and "start" not in fields:
        hint = 'delete it, or write "start" instead of "when"'
        yield Finding("end", 'an event with "when" has no "end"', hint)
    if "start" in fields and "when" in fields:
        yield Finding("when", '"start" and "when" both say when the event is', "keep one of them")


def _colour(context: CheckContext) -> Iterator[Finding]:
    colour = context.fields.get("colour", "")
    if colour and not _COLOUR.fullmatch(colour):
        hint = 'write a name such as blue, teal, green, orange, plum, or six digits: "#003399"'
        yield Finding("colour", f'"{colour}" is not a colour', hint)


def _emails(context: CheckContext) -> Iterator[Finding]:
    if email := context.fields.get("email"):
        yield from findings_of("email", check_email, email)
    if (contact := context.fields.get("contact")) and contact.email:
        yield from findings_of("contact.email", check_email, contact.email)


def _time_zone(context: CheckContext) -> Iterator[Finding]:
    zone = context.fields.get("time_zone", "")
    if zone and not is_time_zone(zone):
        yield Finding("time_zone", f'"{zone}" is not a time zone', 'write it like "Europe/Brussels"')


def _page_path(context: CheckContext) -> Iterator[Finding]:
    path = context.fields.get("path", "")
    if path and not re.fullmatch(r"/(?:[\w.~-]+/)*", path):
        proposal = re.sub(r"[^\w./~-]+", "-", path).strip("/-")
        yield Finding("path", f'"{path}" is not the path of a page', f'write "/{proposal}/"')


def _newsletter(context: CheckContext) -> Iterator[Finding]:
    slug = context.fields.get("newsletter", "")
    known = context.settings.newsletters
    if slug and slug not in known:
        hint = did_you_mean(slug, known, 'describe it in site_config.yml under "newsletters"')
        yield Finding("newsletter", f'there is no newsletter "{slug}"', hint)


RULES: tuple[Rule, ...] = (
    _title, _links, _terms, _aliases, _pictures, _order_of_dates, _times_that_exist, _event_has_a_time,
    _colour, _emails, _time_zone, _page_path, _newsletter,
)  # fmt: skip


def _is_before(moment: Moment, other: Moment) -> bool:
    """Compare the times if both are exact, else the days."""
    return moment.at < other.at if moment.at and other.at else moment.day < other.day


# New files contain placeholder text, of which `check` warns and which `publish` refuses. Drafts may keep it.
MARK = "REPLACE THIS"
"""The first words of placeholder text."""

_STANDING = re.compile(rf"(?<!`){MARK}")
"""A placeholder; between backticks, a text only speaks of it."""

FIELD = "placeholder"
"""The ``field`` of problems about placeholders."""

_NUMBER = r"\d{1,2}(?:st|nd|rd|th|er|re|[.ºª°])?"
_JOINT = r"(?:of |de |d'|d’|del |di |da )?"
_SHAPE = re.compile(
    rf"(?P<weekday>[^\W\d_][^\W\d_'-]*)(?:,? (?:the |le |den |el |il |dem )?|, )"
    rf"(?P<date>{_NUMBER},? {_JOINT}[^\W\d_]{{3,}}\.?,? {_JOINT}\d{{4}}"
    rf"|[^\W\d_]{{3,}}\.? {_NUMBER},? \d{{4}})\b"
)
"""A word followed by a date in words; only names of weekdays count."""
_SPACE = re.compile(r"\s")
_YEAR = re.compile(r"\d\d\d\d\b(?<=[\s'’]\d{4})")
"""The year of a date, after a space or the apostrophe of a `_JOINT`."""
_MAX_SPAN = 100
"""Maximum distance from a weekday to its year; limits the search."""


def placeholder(words: str) -> str:
    """Return placeholder text."""
    return f"{MARK}: {words}"


def find_placeholders(item: PartialItem) -> Iterator[Problem]:
    """Yield a warning for each placeholder in an item."""
    places = [position_of(name, item.lines) for name, text in _texts(item.values) if MARK in text]
    lines = enumerate(item.body.split("\n"), start=item.body_line)
    places += [(number, found.start() + 1) for number, line in lines if (found := _STANDING.search(line))]
    for line, column in places:
        yield Problem(
            path=item.path,
            line=line,
            column=column,
            severity=Severity.WARNING,
            message="placeholder text is still here",
            hint="write your own text in its place, or set draft: true until you do",
            field=FIELD,
        )


def placeholders_among(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems that are placeholders left in items."""
    return tuple(problem for problem in problems if problem.field == FIELD)


def _texts(values: Mapping[str, Any], start: str = "") -> Iterator[tuple[str, str]]:
    for key, value in values.items():
        if isinstance(value, str):
            yield f"{start}{key}", value
        elif isinstance(value, Mapping):
            yield from _texts(value, f"{start}{key}.")
        elif isinstance(value, list | tuple):
            yield from _texts({str(index): part for index, part in enumerate(value)}, f"{start}{key}.")


def find_weekday_mismatches(item: PartialItem) -> Iterator[Problem]:
    """Yield a warning for each date in title, summary and body with a wrong weekday."""
    texts = [(item.lines.get(key, (1, 1)), item.values.get(key)) for key in ("title", "summary")]
    for (first, column), text in (*texts, ((item.body_line, 1), item.body)):
        for line, words, said in _mismatches(text, item.languages) if isinstance(text, str) else ():
            yield Problem(
                path=item.path,
                line=first + line,
                column=column,
                severity=Severity.WARNING,
                message=f'"{words}", but {said}',
                hint="which is right? correct the weekday or the date",
            )


def _mismatches(text: str, languages: tuple[str, ...]) -> Iterator[tuple[int, str, str]]:
    """Yield (lines before it, words, correction) for each date with a wrong weekday."""
    for found in _dates(_SPACE.sub(" ", text)) if _YEAR.search(text) else ():
        named = weekday_called(fold(found["weekday"]), languages)
        if named is None:
            continue
        try:
            day = read_moment(found["date"], "UTC", languages).day
        except ValueFault:
            continue
        if day.weekday() != named:
            said = f"{format_day(day)} was a {WEEKDAYS[day.weekday()]}"
            yield text.count("\n", 0, found.start()), found[0], said


def _dates(text: str) -> Iterator[re.Match[str]]:
    for year in _YEAR.finditer(text):
        begin = text.rfind(" ", 0, max(year.start() - _MAX_SPAN, 0)) + 1
        for found in _SHAPE.finditer(text, begin, year.end()):
            if found.end() == year.end():
                yield found
