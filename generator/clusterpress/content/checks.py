"""Checks an item's fields beyond their types: one function for each rule."""

import re
from collections.abc import Callable, Container, Iterator, Mapping
from typing import Any, NamedTuple

from clusterpress.config.checks import is_time_zone
from clusterpress.config.settings import Settings
from clusterpress.content.items import Image, Moment
from clusterpress.parsing.values import Finding, check_email, check_link, check_website, findings_of
from clusterpress.values.characters import is_all_caps
from clusterpress.values.kinds import Kind
from clusterpress.values.problems import Severity, did_you_mean

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
