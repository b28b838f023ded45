"""Normalises values that depend on several sources: title, language, slug, date, time of an event.

Each function changes one of them in a `PartialItem`, before types are checked.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from clusterpress.config.reader import is_time_zone
from clusterpress.config.settings import Settings
from clusterpress.content.dates import read_moment
from clusterpress.content.front_matter import split_heading
from clusterpress.content.items import Image, Moment, Period
from clusterpress.content.paths import FileName
from clusterpress.content.periods import read_period, read_range
from clusterpress.funding.record import Logo
from clusterpress.parsing.values import Position, Readers, Value, ValueFault, problem_at
from clusterpress.values.problems import Problem, Severity, did_you_mean
from clusterpress.values.slugs import slugify


@dataclass(slots=True)
class PartialItem:
    """The values of an item before their types are checked."""

    values: dict[str, Any]
    """Field → value; plain, or already an instance of the field's class."""
    lines: dict[str, Position]
    """Dotted name → place."""
    body: str
    body_line: int
    name: FileName
    path: str
    settings: Settings
    problems: list[Problem] = field(default_factory=list)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which the item's dates are most likely written."""
        return (self.values["lang"], *self.settings.languages, "en")

    @property
    def zone(self) -> str:
        """The zone of the item's times."""
        own = self.values.get("time_zone")
        return own if isinstance(own, str) and is_time_zone(own) else self.settings.time_zone

    def report(self, name: str, message: str, hint: str, severity: Severity = Severity.ERROR) -> None:
        """Add a problem at the position of a key."""
        self.problems.append(problem_at(name, self.lines, self.path, message, hint, severity))


Normaliser = Callable[[PartialItem, frozenset[str]], None]
"""Changes an item whose kind has the given fields."""


def readers_for(partial_item: PartialItem) -> Readers:
    """Return the functions that read dates, periods and pictures from text."""
    return {
        Moment: partial(
            _from_text,
            partial(read_moment, zone=partial_item.zone, languages=partial_item.languages),
            "a date",
        ),
        Period: partial(_from_text, partial(read_period, languages=partial_item.languages), "a period"),
        Image: _picture,
        Logo: _picture,
    }


def _picture(value: Any) -> Any:
    """Accept the name of a file in place of a picture."""
    return {"src": value} if isinstance(value, str) else value


def _from_text(read: Callable[[str], Any], what: str, value: Value | Moment | Period) -> Any:
    if isinstance(value, list | dict):
        raise ValueFault(f"{what} is one text", 'write it like "15 June 2019"')
    return read(value) if isinstance(value, str) else value


def _title(partial_item: PartialItem, _: frozenset[str]) -> None:
    """Take the title from a first H1; an H1 that only repeats the title is left out of the body."""
    heading = split_heading(partial_item.body)
    title = partial_item.values.get("title")
    if heading is None or (title is not None and _alike(heading.title) != _alike(title)):
        return
    if title is None:
        partial_item.values["title"] = heading.title
        partial_item.lines["title"] = (partial_item.body_line, 1)
    partial_item.body = heading.rest
    partial_item.body_line += heading.skipped


def _language(partial_item: PartialItem, _: frozenset[str]) -> None:
    """Take the language from the key, the folder's defaults, the file's name or the site, in this order."""
    known = partial_item.settings.languages
    written = partial_item.values.get("lang") or partial_item.name.language or partial_item.settings.language
    by_folded = {language.casefold(): language for language in known}
    found = by_folded.get(written.replace("_", "-").casefold()) if isinstance(written, str) else None
    if found is None:
        otherwise = f'add it to "languages" in site_config.yml, which has {", ".join(known)}'
        hint = did_you_mean(str(written), known, otherwise)
        partial_item.report("lang", f'"{written}" is not a language of this site', hint)
    partial_item.values["lang"] = found or partial_item.settings.language


def _slug(partial_item: PartialItem, _: frozenset[str]) -> None:
    """Take the slug from the key or the file's name."""
    written = partial_item.values.get("slug")
    if written is None:
        partial_item.values["slug"] = slugify(partial_item.name.stem)
        if not partial_item.values["slug"]:
            hint = 'add "slug: …" with letters a to z, digits and hyphens'
            partial_item.report(
                "slug", f'no address can be made of the file\'s name "{partial_item.name.stem}"', hint
            )
    elif isinstance(written, str) and slugify(written) != written:
        proposal = slugify(written)
        hint = f'write "{proposal}"' if proposal else "use letters a to z, digits and hyphens"
        partial_item.report("slug", f'"{written}" is not a slug', hint)


def _date(partial_item: PartialItem, fields: frozenset[str]) -> None:
    """Take the date from the file's name when no key gives one; ask when the two differ."""
    if "date" not in fields or not partial_item.name.date:
        return
    written = partial_item.values.setdefault("date", partial_item.name.date)
    if (
        (named := _day(partial_item.name.date, partial_item))
        and (day := _day(written, partial_item))
        and day != named
    ):
        message = f"the file's name says {named}, but its date is {day}"
        partial_item.report("date", message, "which is right? correct one of them", Severity.WARNING)


def _time_of_event(partial_item: PartialItem, fields: frozenset[str]) -> None:
    """Accept a range ("21-22 February 2012") or a period in ``start``; move a period to ``when``."""
    if "when" not in fields:
        return
    start = partial_item.values.get("start")
    if start is None and "when" not in partial_item.values:
        partial_item.report(
            "start", "the event has no time", 'add "start: 21 February 2012", or "when: June 2012"'
        )
    if not isinstance(start, str):
        return
    try:
        span = read_range(start, partial_item.zone, partial_item.languages)
    except ValueFault as fault:
        partial_item.report("start", fault.message, fault.hint)
        del partial_item.values["start"]
        return
    if span:
        if "end" in partial_item.values:
            partial_item.report("end", f'"start" already names the end: {start}', 'delete "end"')
        partial_item.values["start"], partial_item.values["end"] = span
    elif "when" not in partial_item.values and (period := _period(start, partial_item)):
        del partial_item.values["start"]
        partial_item.values["when"] = period


def _day(text: Any, partial_item: PartialItem) -> date | None:
    try:
        return (
            read_moment(text, partial_item.zone, partial_item.languages).day
            if isinstance(text, str)
            else None
        )
    except ValueFault:
        return None


def _period(text: str, partial_item: PartialItem) -> Period | None:
    try:
        return read_period(text, partial_item.languages)
    except ValueFault:
        return None


def _comma_lists(partial_item: PartialItem, _: frozenset[str]) -> None:
    """Accept tags separated by commas, as Pelican does: ``a, b``."""
    tags = partial_item.values.get("tags")
    if isinstance(tags, str):
        partial_item.values["tags"] = [tag.strip() for tag in tags.split(",") if tag.strip()]


def _partner_number(partial_item: PartialItem, fields: frozenset[str]) -> None:
    """Normalise partner numbers: ``pp 8``, ``PP08`` and ``8`` become ``PP8``."""
    number = partial_item.values.get("number")
    if "role" not in fields or not isinstance(number, str):
        return
    if found := re.fullmatch(r"(?:pp|p)?[\s.-]*0*(\d+)", number.strip(), re.IGNORECASE):
        partial_item.values["number"] = f"PP{found[1]}"


def _alike(title: Any) -> str:
    return " ".join(str(title).casefold().split())


NORMALISERS: tuple[Normaliser, ...] = (
    _title,
    _language,
    _slug,
    _date,
    _time_of_event,
    _comma_lists,
    _partner_number,
)
