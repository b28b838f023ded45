"""Checks an item beyond the types of its fields: one function for each rule, and the words of its texts."""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from clusterpress.config.reader import is_time_zone
from clusterpress.config.settings import Settings
from clusterpress.content.dates import WEEKDAYS, existing_day, format_day, read_partial_date
from clusterpress.content.items import Image, Moment
from clusterpress.content.month_names import fold, weekday_called
from clusterpress.parsing.addresses import check_email, check_link, check_website
from clusterpress.parsing.values import Finding, Position, Value, ValueFault, findings_of, position_of
from clusterpress.values.characters import is_all_caps
from clusterpress.values.kinds import Kind
from clusterpress.values.problems import Problem, Severity, did_you_mean

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}|[a-z][a-z0-9-]*")

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


def find_faults(context: CheckContext) -> Iterator[Finding]:
    """Yield every broken rule."""
    for rule in RULES:
        yield from rule(context)


def _title(context: CheckContext) -> Iterator[Finding]:
    """A headline must not be all capitals; the name of a record may be."""
    if context.kind in HEADLINE_KINDS and is_all_caps(context.fields.get("title", "")):
        hint = "write it as in a sentence: screen readers may spell capitals letter by letter"
        yield Finding("title", "the title is all capitals", hint, Severity.WARNING)


def _links(context: CheckContext) -> Iterator[Finding]:
    """Links must be valid and harmless."""
    fields = context.fields
    for number, link in enumerate(fields.get("more", ())):
        yield from findings_of(f"more.{number}.url", check_link, link.url)
    for number, link in enumerate(fields.get("follow", ())):
        yield from findings_of(f"follow.{number}.url", check_website, link.url)
    if url := fields.get("url"):
        yield from findings_of("url", check_website, url)
    if (contact := fields.get("contact")) and contact.web:
        # A contact card may show an address as on paper: without https://.
        written = f"https://{contact.web}" if contact.web.startswith("www.") else contact.web
        yield from findings_of("contact.web", check_website, written)


def _aliases(context: CheckContext) -> Iterator[Finding]:
    """Aliases must be paths of this site."""
    for number, alias in enumerate(context.fields.get("aliases", ())):
        path = re.sub(r"^(?:[a-z]+:)?//[^/]*", "", alias, flags=re.IGNORECASE)
        if not alias.startswith("/") or path != alias or re.search(r"\s|/\.\./|[?#]", alias):
            proposal = "/" + re.sub(r"[?#].*|\.\./", "", path).lstrip("/")
            proposal = re.sub(r"\s+", "-", proposal)
            yield Finding(f"aliases.{number}", f'the alias "{alias}" is not a path', f'write "{proposal}"')


def _pictures(context: CheckContext) -> Iterator[Finding]:
    """A picture must be in content/ and have alternative text."""
    for name in ("image", "logo"):
        picture = context.fields.get(name)
        if isinstance(picture, Image) and re.match(r"[A-Za-z][A-Za-z0-9+.-]+:|//", picture.src):
            message = f'the picture "{picture.src}" lies elsewhere'
            yield Finding(f"{name}.src", message, "save it beside the item and name the file")
    picture = context.fields.get("image")
    if isinstance(picture, Image) and not picture.alt and "image.alt" not in context.given:
        yield Finding(
            "image",
            "the picture has no alt text",
            'describe what it shows: "alt: …"; if it only decorates: alt: ""',
            Severity.WARNING,
        )


def _order_of_dates(context: CheckContext) -> Iterator[Finding]:
    """Ends must follow beginnings."""
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


def _event_has_a_time(context: CheckContext) -> Iterator[Finding]:
    """An event must have either exact dates or a period."""
    fields = context.fields
    if "end" in fields and "when" in fields and "start" not in fields:
        yield Finding(
            "end", 'an event with "when" has no "end"', 'delete it, or write "start" instead of "when"'
        )
    if "start" in fields and "when" in fields:
        yield Finding("when", '"start" and "when" both say when the event is', "keep one of them")


def _colour(context: CheckContext) -> Iterator[Finding]:
    colour = context.fields.get("colour", "")
    if colour and not _COLOUR.fullmatch(colour):
        hint = 'write a name such as blue, teal, green, orange, plum, or six digits: "#003399"'
        yield Finding("colour", f'"{colour}" is not a colour', hint)


def _emails(context: CheckContext) -> Iterator[Finding]:
    contact = context.fields.get("contact")
    for name, address in (
        ("email", context.fields.get("email")),
        ("contact.email", contact and contact.email),
    ):
        if address:
            yield from findings_of(name, check_email, address)


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
    _title,
    _links,
    _aliases,
    _pictures,
    _order_of_dates,
    _event_has_a_time,
    _colour,
    _emails,
    _time_zone,
    _page_path,
    _newsletter,
)


def _is_before(moment: Moment, other: Moment) -> bool:
    """Compare the times if both are exact, else the days."""
    return moment.at < other.at if moment.at and other.at else moment.day < other.day


MARK = "REPLACE THIS"
"""The first words of placeholder text."""

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


def find_placeholders(
    values: Mapping[str, Value], lines: Mapping[str, Position], body: str, body_line: int, path: str
) -> Iterator[Problem]:
    """Yield a warning for each placeholder in an item.

    Args:
        values: key → value, as read.
        lines: dotted key → place.
        body: the Markdown text.
        body_line: the line of the file on which it begins.
        path: the file.
    """
    for name, text in _texts(values):
        if MARK in text:
            yield _warning(path, *position_of(name, lines))
    for number, line in enumerate(body.split("\n") if MARK in body else (), start=body_line):
        if MARK in line:
            yield _warning(path, number, line.index(MARK) + 1)


def placeholders_among(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems that are placeholders left in items."""
    return tuple(problem for problem in problems if problem.field == FIELD)


def _warning(path: str, line: int, column: int) -> Problem:
    return Problem(
        path=path,
        line=line,
        column=column,
        severity=Severity.WARNING,
        message="placeholder text is still here",
        hint="write your own text in its place, or set draft: true until you do",
        field=FIELD,
    )


def _texts(values: Mapping[str, Any], start: str = "") -> Iterator[tuple[str, str]]:
    """Yield (dotted key, text) for every text among values."""
    for key, value in values.items():
        if isinstance(value, str):
            yield f"{start}{key}", value
        elif isinstance(value, Mapping):
            yield from _texts(value, f"{start}{key}.")
        elif isinstance(value, list | tuple):
            yield from _texts({str(index): part for index, part in enumerate(value)}, f"{start}{key}.")


def find_weekday_mismatches(text: str, languages: tuple[str, ...]) -> Iterator[tuple[int, str, str]]:
    """Yield (line, words, correction) for each date in a text with a wrong weekday.

    Args:
        text: any text; its lines are counted from 1.
        languages: those of the names of months and weekdays, the most likely first.
    """
    if not _YEAR.search(text):  # most texts
        return
    for found in _dates(_SPACE.sub(" ", text)):
        named = weekday_called(fold(found["weekday"]), languages)
        if named is None:
            continue
        try:
            partial_date = read_partial_date(found["date"], languages)
            day = existing_day(partial_date.year or 0, partial_date.month or 0, partial_date.day or 0)
        except ValueFault:
            continue
        if day.weekday() != named:
            said = f"{format_day(day)} was a {WEEKDAYS[day.weekday()]}"
            yield text.count("\n", 0, found.start()) + 1, found[0], said


def _dates(text: str) -> Iterator[re.Match[str]]:
    for year in _YEAR.finditer(text):
        begin = text.rfind(" ", 0, max(year.start() - _MAX_SPAN, 0)) + 1
        for found in _SHAPE.finditer(text, begin, year.end()):
            if found.end() == year.end():
                yield found
