"""Times of day under keys of their own: ``date: 2019-06-12`` beside ``time: 14:00-17:00``."""

import re
from collections.abc import Mapping, MutableMapping
from datetime import date, timedelta

from clusterpress.content.clocks import Clock, find_clock, find_clocks
from clusterpress.content.month_names import fold
from clusterpress.importing.records import Remark
from clusterpress.parsing.values import Value, ValueFault

_STARTS = frozenset(
    {
        "time", "hours", "hour", "starttime", "timestart", "eventtime", "eventstarttime", "begintime",
        "fromtime", "timefrom", "uhrzeit", "zeit", "heure", "heures", "horaire", "horaires", "hora",
        "horario", "orario", "ora", "tijd",
    }
)  # fmt: skip
_ENDS = frozenset(
    {"endtime", "timeend", "eventendtime", "totime", "timeto", "finishtime", "endzeit", "heurefin"}
)
"""Keys of times, folded and without "_"."""
_MIDNIGHT = re.compile(r"[T ]00:00(?::00(?:\.0+)?)?(?:\s?(?:Z|[+-]\d\d:?\d\d))?$")
"""What programs add to a day that has no time."""
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def read_clocks(name: str, value: Value) -> dict[str, str]:
    """Return "start" and "end" → time of day, as a key of an event says; {} if it says no time only.

    Args:
        name: the key, in lower case and without ``_``.
        value: as written.
    """
    side = "start" if name in _STARTS else "end" if name in _ENDS else ""
    if not side or not isinstance(value, str):
        return {}
    folded = fold(value).strip()
    try:
        two = find_clocks(folded)
        one = None if two else find_clock(folded)
    except ValueFault:
        return {}
    if two and not two[0] and side == "start":
        return {"start": _written(two[1][0]), "end": _written(two[1][1])}
    return {side: _written(one[1])} if one and not one[0].strip() else {}


def _written(clock: Clock) -> str:
    shown = "24:00" if clock.is_last else f"{clock.at:%H:%M}"
    return f"{shown} {clock.zone}".strip()


def join_clocks(values: MutableMapping[str, Value], clocks: Mapping[str, str], day: str = "") -> list[Remark]:
    """Add times to the days of an event in place; return remarks about times that have no day.

    Args:
        values: with the days, under ``start`` (or ``date``) and ``end``.
        clocks: "start" and "end" → time of day.
        day: the day, if no key gives it.
    """
    if not clocks:
        return []
    key = "start" if "start" in values or "date" not in values else "date"
    first, has_time = _day_of(values.get(key) or day)
    last, _ = _day_of(values.get("end") or "")
    last = last or first
    start, end = clocks.get("start", ""), clocks.get("end", "")
    if not first or (start and has_time):
        hint = 'write it after the day under "start" or "end"'
        return [
            Remark(f'the time "{one}" was left out: no key gives its day alone', hint)
            for one in clocks.values()
        ]
    if start and end and last == first and end <= start and _ISO_DAY.fullmatch(first):
        last = (date.fromisoformat(first) + timedelta(days=1)).isoformat()
    if start:
        values[key] = f"{first} {start}"
    if end:
        values["end"] = f"{last} {end}"
    return []


def _day_of(written: Value) -> tuple[str, bool]:
    """Return the day of a moment, and whether it has a time; midnight often stands for none."""
    moment = _MIDNIGHT.sub("", written.strip()) if isinstance(written, str) else ""
    try:
        found = None if _ISO_DAY.fullmatch(moment) else find_clock(fold(moment))
    except ValueFault:
        found = None
    return (found[0], True) if found else (moment, False)
