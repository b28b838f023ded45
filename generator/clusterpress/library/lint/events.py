"""Lint for events: reports that are dated before the event, and texts that state another duration.

Texts are read in English, French, German, Spanish, Italian, Polish, Slovak and Arabic.
"""

import re
from collections.abc import Iterator, Sequence

from clusterpress.content.dates import format_day
from clusterpress.content.items import News
from clusterpress.library.entries import Entry
from clusterpress.library.names import Register
from clusterpress.values.problems import Problem, Severity
from clusterpress.values.slugs import slugify

_HAPPENED = re.compile(
    r"\b(?:took place|(?:was|were) held|brought together|gathered|came to an end|ended with|welcomed|attended"
    r"|a eu lieu|s'est tenue?|s’est tenue?|ont participé|a réuni"
    r"|fand statt|fanden statt|hat stattgefunden|tuvo lugar|se celebró|si è tenut[oa]|si è svolt[oa]"
    r"|odbył[aoy]? się|sa konal[aoi]?|uskutočnil[aoi]? sa)\b|عُقد|أقيم",
    re.IGNORECASE,
)
"""Words that a report has and an announcement has not; both name their event."""


def check_report_dates(entries: Sequence[Entry], events: Register) -> Iterator[Problem]:
    """Yield a warning for each report about an event that is dated before the event's first day.

    Args:
        entries: all entries.
        events: the names of events.
    """
    first_days = {entry.slug: entry.card.day for entry in entries if entry.kind == "event"}
    for entry in entries if first_days else ():
        for index, name in enumerate(entry.index_record.events):
            began, item = first_days.get(events.find(name) or ""), entry.item
            if not isinstance(item, News) or began is None or item.date.day >= began:
                continue
            if found := _HAPPENED.search(f"{item.title}\n{item.summary}\n{item.source.body}"):
                report = f'"{found[0]}" on {format_day(item.date.day)}'
                message = f'the report says {report}, but the event "{name}" began on {format_day(began)}'
                hint = "which is right? correct one of the dates, or the text"
                yield entry.warning(f"event.{index}", message, hint)


_NUMBERS = {
    word: number
    for number, words in {
        1: "one une un ein uno jedno",
        2: "two deux zwei dos due dwu dvoj",
        3: "three trois drei tres tre trzy troj ثلاثة",
        4: "four quatre vier cuatro quattro cztero štvor أربعة",
        5: "five cinq fünf cinco cinque pięcio päť خمسة",
        6: "six sechs seis sei sześcio šesť ستة",
        7: "seven sept sieben siete sette siedmio sedem سبعة",
    }.items()
    for word in words.split()
}

_NUMBER = rf"(?P<number>\d{{1,2}}|{'|'.join(_NUMBERS)})"
_MEETINGS = "conference|event|fair|festival|forum|meeting|mission|seminar|training|visit|workshop"
_PHRASES = (
    re.compile(rf"\b{_NUMBER}[- ]day (?:\w+ )?(?:{_MEETINGS})\b", re.IGNORECASE),
    re.compile(rf"\b(?:de|pendant|sur) {_NUMBER} jours\b", re.IGNORECASE),
    re.compile(rf"\b{_NUMBER}-?tägige\w?\b", re.IGNORECASE),
    re.compile(rf"\b(?:de|durante) {_NUMBER} días\b", re.IGNORECASE),
    re.compile(rf"\b(?:di|per|in) {_NUMBER} giorni\b", re.IGNORECASE),
    re.compile(rf"\b{_NUMBER}-?dniow\w+\b", re.IGNORECASE),
    re.compile(rf"\b{_NUMBER}-?d(?:ňov|enn)\w+\b", re.IGNORECASE),
    re.compile(rf"\bلمدة {_NUMBER} أيام\b"),
)


def stated_days(text: str) -> Iterator[tuple[str, int]]:
    """Yield (words, number of days) for each duration that a text states: ``three-day event`` → 3."""
    for phrase in _PHRASES:
        for found in phrase.finditer(text):
            number = found["number"].lower()
            yield found[0], _NUMBERS.get(number) or int(number)


def check_periods(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Yield a warning for each text that states another duration than the event's dates."""
    events = {entry.slug: entry for entry in entries if entry.kind == "event"}
    for entry in entries if events else ():
        names = [slugify(name) for name in entry.index_record.events] or [entry.slug]
        for event in (events[name] for name in names if name in events):
            days = _count_days(event)
            item = entry.item
            text = f"{item.title}. {item.summary}. {item.source.body}" if days else ""
            for words, stated in stated_days(text):
                if stated != days:
                    yield _warn_of_period(entry, event, words)


def _count_days(event: Entry) -> int:
    """Return the number of days of an event, or 0 for one without exact dates."""
    card = event.card
    return (card.last_day - card.day).days + 1 if card.day and card.last_day and not card.when else 0


def _warn_of_period(entry: Entry, event: Entry, words: str) -> Problem:
    source = entry.item.source
    before = source.body.partition(words)[0] if words in source.body else None
    line = source.lines.get("summary", source.lines.get("title", (1, 1)))[0]
    return Problem(
        path=source.path,
        line=line if before is None else source.body_line + before.count("\n"),
        severity=Severity.WARNING,
        message=f'"{words}", but {event.title} is from {event.card.day} to {event.card.last_day}',
        hint="which is right? correct the text or the dates",
    )
