"""Lint: warnings about items that are correct by themselves and doubtful beside others.

Texts about events are read in English, French, German, Spanish, Italian, Polish, Slovak and Arabic.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import zip_longest
from pathlib import PurePosixPath

from clusterpress.content.items import News
from clusterpress.library.entries import Entry
from clusterpress.library.index_records import IndexRecord
from clusterpress.library.item_loader import ItemLoader
from clusterpress.library.library import Library
from clusterpress.library.names import Register
from clusterpress.library.pictures import Picture
from clusterpress.library.translations import Translations
from clusterpress.parsing.values import problem_at
from clusterpress.values.media_types import media_type
from clusterpress.values.problems import Problem, Severity
from clusterpress.values.rules import default_severity
from clusterpress.values.slugs import term_slug

MAX_BYTES = 2_000_000
"""Largest size of a published picture, in bytes, that mobile readers receive within a few seconds."""

_KEPT_TYPES = frozenset({"image/gif", "image/jpeg", "image/png", "image/svg+xml", "image/webp"})
"""Media types of files that keep their type when they are published; other files are converted on purpose."""


def check_images(pictures: Iterable[Picture]) -> Iterator[Problem]:
    """Yield a warning for each picture that is huge, faulty or of another type than its name says."""
    for picture in pictures:
        for rule, message, hint in picture.remarks:
            severity = default_severity(rule)
            yield Problem(path=picture.source, severity=severity, message=message, hint=hint, rule=rule)
        if picture.length > MAX_BYTES:
            size = f"{picture.length / 1_000_000:.1f} MB"
            message, hint = f"the picture has {size} as published", "save it smaller, or as JPEG"
            yield Problem(path=picture.source, severity=Severity.WARNING, message=message, hint=hint)
        named = media_type(picture.source).partition(";")[0]
        if named in _KEPT_TYPES and named != picture.type:
            kind, suffix = picture.type.removeprefix("image/").upper(), PurePosixPath(picture.source).suffix
            message = f'the picture is {kind}, though its name ends in "{suffix}"'
            yield Problem(path=picture.source, severity=Severity.WARNING, message=message, hint="rename it")


def find_duplicates(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Yield an error for items with one name in feeds, and a warning for news with one title and date."""
    if any(entry.index_record.id for entry in entries):  # otherwise only their addresses can clash
        yield from _duplicate_ids(entries)
    moments = Counter([entry.index_record.published for entry in entries])
    shared = {moment for moment, number in moments.items() if number > 1}
    news: dict[tuple[str, str, float], Entry] = {}
    for entry in entries if shared else ():
        one = entry.index_record
        if one.published not in shared or one.kind != "news":
            continue
        first = news.setdefault((one.lang, one.title.casefold(), one.published), entry)
        if first is not entry:
            message = f"{first.path} has the same title and date"
            yield entry.warning("title", message, "delete one of the two, or give each a title of its own")


def _duplicate_ids(entries: Sequence[Entry]) -> Iterator[Problem]:
    names: dict[str, Entry] = {}
    for entry in entries:
        first = names.setdefault(entry.id, entry)
        if first is not entry and (entry.index_record.id or first.index_record.id):
            message = f"feeds would call this item the same as {first.path}: {entry.id}"
            lines, hint = entry.item.source.lines, 'give it another "id", or delete it'
            yield problem_at("id", lines, entry.path, message, hint)


def find_duplicate_numbers(
    items: Iterable[IndexRecord], translations: Translations, item_loader: ItemLoader
) -> Iterator[Problem]:
    """Yield an error for each partner with the number of another one.

    Args:
        items: all published items.
        translations: versions of one partner share its number.
        item_loader: finds the line of the number.
    """
    holders: dict[str, IndexRecord] = {}
    for partner in items:
        number = partner.teaser.number if partner.kind == "partner" else ""
        if not number:
            continue
        first = holders.setdefault(number, partner)
        if first.path not in {one.path for one in translations.of(partner).values()}:
            message = f"{number} already is the number of {first.path}"
            hint, lines = "give each partner a number of its own", item_loader.item(partner.item).source.lines
            yield problem_at("number", lines, partner.path, message, hint)


def find_undated_events(entries: Iterable[Entry], today: int) -> Iterator[Problem]:
    """Yield a warning for each coming event that is in no feed because it has no date of announcement."""
    for entry in entries:
        if entry.kind == "event" and entry.index_record.day > today:
            message = "a coming event without a date of announcement is in no feed until it begins"
            yield entry.warning("date", message, "add date: with the day of its announcement")


_MIN_COMMON_USES = 3
"""A term is a likely correction only if it is used so often."""
_MIN_LENGTH = 5
"""Shorter words are too often alike by chance."""


def find_similar_tags(library: Library, registers: Mapping[str, Register]) -> Iterator[Problem]:
    """Yield a warning for each term without a record that is used once and spelt almost like another one."""
    for place, (taxonomy, key, kind, _) in enumerate(library.settings.all_taxonomies):
        uses: Counter[str] = Counter()
        for lang in library.settings.languages:
            for term in library.terms(taxonomy, lang):
                uses[term.slug] += len(term.news) + len(term.events)
        for (sort, lang), entries in library.by_kind.items():
            if sort not in ("news", "event"):
                for used, found in library.resolver.terms.group(entries, lang)[place].items():
                    uses[used] += len(found)
        recorded = registers[kind].slugs if kind else {}
        rare = {slug for slug, number in uses.items() if number == 1 and slug not in recorded}
        common = {slug for slug, number in uses.items() if number >= _MIN_COMMON_USES} | recorded.keys()
        meant = _nearest(rare, common)
        for entry in library.entries if meant else ():
            for index, name in enumerate(entry.index_record.terms[place]):
                if other := meant.get(term_slug(name)):
                    known = recorded.get(other, other)
                    message = f'{key}: "{name}" is used nowhere else'
                    yield entry.warning(f"{key}.{index}", message, f'did you mean "{known}"?')


def _nearest(rare: set[str], common: set[str]) -> dict[str, str]:
    """Return rare word → the common one that differs from it by one letter."""
    by_deletion: dict[str, str] = {}
    for word in sorted(common):
        for deletion in _deletions(word):
            by_deletion.setdefault(deletion, word)
    found = {}
    for word in rare if by_deletion else ():
        near = next((by_deletion[deletion] for deletion in _deletions(word) if deletion in by_deletion), None)
        if near and _is_typo(word, near):
            found[word] = near
    return found


def _deletions(word: str) -> list[str]:
    """Return the word, and the word without each of its letters: words one letter apart share one of them."""
    if len(word) < _MIN_LENGTH:
        return []
    return [word, *(word[:at] + word[at + 1 :] for at in range(len(word)))]


def _is_typo(word: str, other: str) -> bool:
    """Return whether two similar words differ by one letter, or by two letters that changed places.

    Different digits are no typing errors: ``h2020`` is not ``h2021``.
    """
    figures, letters = ([c for c in one if c.isdigit()] for one in (word, other)), sorted(word)
    is_near = (
        abs(len(word) - len(other)) == 1
        or letters == sorted(other)
        or sum(a != b for a, b in zip_longest(word, other)) == 1
    )
    return is_near and next(figures) == next(figures)


_HAPPENED = (
    r"(?i)\b(?:took place|(?:was|were) held|brought together|gathered|came to an end|ended with|welcomed"
    r"|attended|a eu lieu|s'est tenue?|s’est tenue?|ont participé|a réuni"
    r"|fand statt|fanden statt|hat stattgefunden|tuvo lugar|se celebró|si è tenut[oa]|si è svolt[oa]"
    r"|odbył[aoy]? się|sa konal[aoi]?|uskutočnil[aoi]? sa)\b|عُقد|أقيم"
)
"""Words that a report has and an announcement has not; both name their event."""


def check_report_dates(entries: Sequence[Entry], events: Register) -> Iterator[Problem]:
    """Yield a warning for each report about an event that is dated before the event's first day."""
    from clusterpress.content.dates import format_day

    first_days = {entry.slug: entry.card.day for entry in entries if entry.kind == "event"}
    for entry in entries if first_days else ():
        for index, name in enumerate(entry.index_record.events):
            began, item = first_days.get(events.find(name) or ""), entry.item
            if not isinstance(item, News) or began is None or item.date.day >= began:
                continue
            if found := re.search(_HAPPENED, f"{item.title}\n{item.summary}\n{item.source.body}"):
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
    rf"\b{_NUMBER}[- ]day (?:\w+ )?(?:{_MEETINGS})\b",
    rf"\b(?:de|pendant|sur) {_NUMBER} jours\b",
    rf"\b{_NUMBER}-?tägige\w?\b",
    rf"\b(?:de|durante) {_NUMBER} días\b",
    rf"\b(?:di|per|in) {_NUMBER} giorni\b",
    rf"\b{_NUMBER}-?dniow\w+\b",
    rf"\b{_NUMBER}-?d(?:ňov|enn)\w+\b",
    rf"\bلمدة {_NUMBER} أيام\b",
)


@cache
def _phrases() -> tuple[re.Pattern[str], ...]:
    """Return the patterns; only sites with events wait until they are compiled."""
    return tuple(re.compile(phrase, re.IGNORECASE) for phrase in _PHRASES)


def stated_days(text: str) -> Iterator[tuple[str, int]]:
    """Yield (words, number of days) for each duration that a text states: ``three-day event`` → 3."""
    for phrase in _phrases():
        for found in phrase.finditer(text):
            number = found["number"].lower()
            yield found[0], _NUMBERS.get(number) or int(number)


def check_periods(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Yield a warning for each text that states another duration than the event's dates."""
    events = {entry.slug: entry for entry in entries if entry.kind == "event"}
    for entry in entries if events else ():
        names = [term_slug(name) for name in entry.index_record.events] or [entry.slug]
        for event in (events[name] for name in names if name in events):
            days = _count_days(event)
            item = entry.item
            text = f"{item.title}. {item.summary}. {item.source.body}" if days else ""
            for words, stated in stated_days(text):
                if stated != days:
                    yield _warn_of_period(entry, event, words)


def _count_days(event: Entry) -> int:
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
