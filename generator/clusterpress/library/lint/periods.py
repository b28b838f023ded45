"""Durations: a "three-day event" that is dated on four days."""

import re
from collections.abc import Iterator, Sequence

from clusterpress.library.entries import Entry
from clusterpress.values.problems import Problem, Severity
from clusterpress.values.slugs import slugify

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
_MEETINGS = "conference|event|fair|festival|forum|meeting|mission|seminar|training|visit|cache_folder"
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
    """Yield (words, number of days) for each duration that a text states: ``three-day event`` → 3.

    Read are English, French, German, Spanish, Italian, Polish, Slovak and Arabic.
    """
    for phrase in _PHRASES:
        for found in phrase.finditer(text):
            number = found["number"].lower()
            yield found[0], _NUMBERS.get(number) or int(number)


def check_periods(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Yield a question for each event that lasts longer or shorter than it, or a report on it, says."""
    events = {entry.slug: entry for entry in entries if entry.index_record.kind == "event"}
    for entry in entries if events else ():
        names = [slugify(name) for name in entry.index_record.events] or [entry.slug]
        for event in (events[name] for name in names if name in events):
            days = _count_days(event)
            item = entry.item
            text = f"{item.title}. {item.summary}. {item.source.body}" if days else ""
            for words, stated in stated_days(text):
                if stated != days:
                    yield _warn(entry, event, words)


def _count_days(event: Entry) -> int:
    """Return the days from the first to the last, or 0 for an event without exact dates."""
    card = event.card
    return (card.last_day - card.day).days + 1 if card.day and card.last_day and not card.when else 0


def _warn(entry: Entry, event: Entry, words: str) -> Problem:
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
