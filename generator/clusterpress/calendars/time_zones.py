"""Time zones as VTIMEZONE components (RFC 5545, 3.6.5) that every calendar program understands.

Outlook reads the yearly rules of a zone (RRULE) and ignores lists of dates (RDATE): with these alone, its
events are an hour off in summer. So each change of the clock is part of a yearly rule, or, where a government
follows no rule (Morocco in Ramadan), a component of its own with nothing but its start.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

_STEP = timedelta(days=7)
"""No zone changes its clock twice within this time."""
_CYCLE = 28
"""Years after which the weekdays of all dates come again: a rule is compared with a whole cycle."""
_MIN_RUN = 3
"""A rule must hold for so many years; fewer changes are written one by one."""
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class _Onset(NamedTuple):
    """A change of the clock."""

    local: datetime
    """On the clock before the change, without a zone."""
    before: timedelta
    after: timedelta
    """Offsets from UTC."""
    name: str
    """Abbreviation of the zone from now on."""


def time_zone(name: str, first_year: int, last_year: int) -> Timezone:
    """Return the definition of a zone that is right in all years from the first to the last.

    Args:
        name: the IANA name.
        first_year: the year of the first event.
        last_year: the year of the last event; rules without an end go on after it.
    """
    zone = Timezone()
    zone.add("tzid", name)
    onsets = _onsets(name, first_year - 1, last_year + _CYCLE)
    runs = [run for run in _runs(onsets) if run[0].local.year <= last_year + 1]
    if not any(run[0].local.year < first_year for run in runs):
        runs.insert(0, [_standing(name, first_year - 1)])
    for run in sorted(runs):
        zone.add_component(_observance(run, goes_on=run[-1].local.year >= last_year + _CYCLE - 1))
    return zone


def _observance(run: list[_Onset], *, goes_on: bool) -> TimezoneStandard | TimezoneDaylight:
    """Return the component of changes that follow one yearly rule, or of a single change."""
    first = run[0]
    part = TimezoneDaylight() if first.after > first.before else TimezoneStandard()
    part.add("dtstart", first.local)
    part.add("tzoffsetfrom", first.before)
    part.add("tzoffsetto", first.after)
    part.add("tzname", first.name)
    if len(run) > 1:
        rule = vRecur({"FREQ": "YEARLY", "BYMONTH": first.local.month} | _rule(run))
        if not goes_on:
            # A day later, because some readers take the time in UTC for local time.
            rule["UNTIL"] = [(run[-1].local + timedelta(days=1)).replace(tzinfo=UTC)]
        part.add("rrule", rule)
    return part


def _runs(onsets: Iterable[_Onset]) -> Iterator[list[_Onset]]:
    """Yield changes that follow one rule in successive years, and all other changes one by one."""
    kinds: dict[tuple[timedelta, timedelta], list[_Onset]] = {}
    for onset in onsets:
        kinds.setdefault((onset.before, onset.after), []).append(onset)
    for kind in kinds.values():
        run: list[_Onset] = []
        for onset in kind:
            if run and not (onset.local.year == run[-1].local.year + 1 and _rule([*run, onset])):
                yield from _whole(run)
                run = []
            run.append(onset)
        yield from _whole(run)


def _whole(run: list[_Onset]) -> list[list[_Onset]]:
    return [run] if len(run) >= _MIN_RUN else [[onset] for onset in run]


def _rule(run: list[_Onset]) -> dict[str, object]:
    """Return the days of the month on which all changes fall, as part of an RRULE, or nothing."""
    days = [onset.local for onset in run]
    if len({(day.month, day.time(), onset.name) for day, onset in zip(days, run, strict=True)}) > 1:
        return {}
    numbers, weekdays = [day.day for day in days], {day.weekday() for day in days}
    if len(weekdays) > 1:
        return {"BYMONTHDAY": numbers[0]} if len(set(numbers)) == 1 else {}
    weekday = _DAYS[weekdays.pop()]
    if all((day + _STEP).month != day.month for day in days):
        return {"BYDAY": f"-1{weekday}"}
    if len(weeks := {(number - 1) // 7 for number in numbers}) == 1:
        return {"BYDAY": f"{weeks.pop() + 1}{weekday}"}
    if max(numbers) - min(numbers) < _STEP.days:
        # Israel: the Friday before the last Sunday of March.
        last = max(numbers)
        return {"BYDAY": weekday, "BYMONTHDAY": list(range(last - _STEP.days + 1, last + 1))}
    return {}


@lru_cache(maxsize=256)
def _onsets(name: str, first_year: int, last_year: int) -> tuple[_Onset, ...]:
    """Return every change of the clock from the first year to the last."""
    zone, onsets = ZoneInfo(name), []
    start, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    times = [start + _STEP * step for step in range((end - start) // _STEP + 2)]
    for begin, stop in pairwise(times):
        before = begin.astimezone(zone).utcoffset() or timedelta()
        if before != stop.astimezone(zone).utcoffset():
            at = _first_with_another_offset(begin, stop, zone)
            after = at.astimezone(zone)
            local = (at + before).replace(tzinfo=None)
            onsets.append(_Onset(local, before, after.utcoffset() or timedelta(), after.tzname() or name))
    return tuple(onsets)


def _first_with_another_offset(begin: datetime, stop: datetime, zone: ZoneInfo) -> datetime:
    """Return the minute in which the offset changes, by bisection."""
    offset = begin.astimezone(zone).utcoffset()
    low, high = 0, int((stop - begin).total_seconds()) // 60
    while high - low > 1:
        middle = (low + high) // 2
        if (begin + timedelta(minutes=middle)).astimezone(zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return begin + timedelta(minutes=high)


def _standing(name: str, year: int) -> _Onset:
    """Return the state of a zone at the beginning of a year, for one that did not change its clock since."""
    at = datetime(year, 1, 1, tzinfo=ZoneInfo(name))
    offset = at.utcoffset() or timedelta()
    return _Onset(at.replace(tzinfo=None), offset, offset, at.tzname() or name)
