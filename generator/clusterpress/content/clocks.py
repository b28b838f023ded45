"""Reads times of day as people write them, with their zones: 14:00, 2.30 pm, 14h30, 14 Uhr, 14:00 CET.

All texts are folded (`month_names.fold`). The grammar, for this module and `dates`::

    clock  = [("at" | "um" | "kl" …)] (HH(":" | "h" | ".")MM[:SS] | HH) ["am" | "pm" | "h" | "Uhr" …] [zone]
    zone   = "Z" | ("UTC" | "GMT")[±H[:MM]] | ±HH[[:]MM] | abbreviation | IANA name | city "time"
    clocks = clock (dash | "to" | "and" …) clock

``hh:mm-hh:mm`` is always two times. It is a time with an offset only where no writer means a range: after
the ``T`` of ISO 8601, after seconds, after an ISO date in ``hh:mm -hh:mm``, and, where one time is asked for,
after an ISO date if a second time would be earlier: ``2027-06-15 23:30-05:00``.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from clusterpress.parsing.values import ValueFault

_ZONES = {
    "cet": "Europe/Brussels", "cest": "Europe/Brussels", "eet": "Europe/Athens", "eest": "Europe/Athens",
    "wet": "Europe/Lisbon", "west": "Europe/Lisbon", "bst": "Europe/London", "msk": "Europe/Moscow",
    "est": "America/New_York", "edt": "America/New_York", "cdt": "America/Chicago",
    "mst": "America/Denver", "mdt": "America/Denver", "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles", "sast": "Africa/Johannesburg", "eat": "Africa/Nairobi",
    "wat": "Africa/Lagos", "cat": "Africa/Maputo", "idt": "Asia/Jerusalem", "trt": "Europe/Istanbul",
    "jst": "Asia/Tokyo", "kst": "Asia/Seoul", "hkt": "Asia/Hong_Kong", "pkt": "Asia/Karachi",
    "aest": "Australia/Sydney", "aedt": "Australia/Sydney", "nzst": "Pacific/Auckland",
    "nzdt": "Pacific/Auckland",
}  # fmt: skip
"""Abbreviation → a zone that has it; the site's or event's own zone comes first."""
_TRANSLATED = {
    "mez": "cet", "mesz": "cest", "oez": "eet", "oesz": "eest", "wez": "wet", "wesz": "west",
    "sec": "cet", "selc": "cest", "vec": "eet", "velc": "eest",
}  # fmt: skip
"""German, Czech and Slovak abbreviations."""
_AMBIGUOUS = frozenset({"ist", "cst"})
"""India, Ireland or Israel; China or Chicago."""

_OFFSETS = (timedelta(hours=-12), timedelta(hours=14))
"""The smallest and the largest offset from UTC that is in use."""
_MAX_NIGHT = 12 * 60
"""Minutes after which "22:00-02:00" is no event that ends after midnight, but a mistake."""

_NAMES = "|".join(sorted({*_ZONES, *_TRANSLATED, *_AMBIGUOUS}))
_ZONE = (
    rf"(?:(?:utc|gmt)\s?[+-]\s?\d{{1,2}}(?::?\d{{2}})?|(?:z|utc|gmt|{_NAMES})\b|[+-]\d{{2}}(?::?\d{{2}})?"
    r"|[a-z]+(?:/[a-z_]+)+|[a-z][a-z .'-]*? time\b)"
)
_AT = r"@|at|a|ob|um|kl\.?|klo|o|ore|alle(?:\s+ore)?|(?:a\s+)?las?|as|om|v|ve|godz\.?|ab|saat|u"
_BARE_AFTER = re.compile(r"@|at|ob|um|kl\.?|klo|godz\.?|alle(?: ore)?|a las|om|saat")
"""Words after which an hour needs no minutes: "at 9"."""
_AM, _PM = r"a\.?\s?m\b\.?|ص|صباحا|π\.?μ\b\.?|p\.d\b\.?", r"p\.?\s?m\b\.?|م|مساء|μ\.?μ\b\.?|m\.d\b\.?"
"""English, Arabic, Greek and Albanian: most other languages count to 24."""
_MARK = rf"{_AM}|{_PM}|o'clock|ч\.?|uhr|uur|hod(?:in|\.)?|horas?|heures?|hrs?|h(?:ours)?"


def _clock(number: int) -> str:
    n = number
    return (
        rf"(?P<h{n}>\d{{1,2}})(?:(?P<sign{n}>:|\s?h\s?|\.)(?P<m{n}>\d{{2}})(?:[:.](?P<s{n}>\d{{2}})(?:[.,]\d+)?)?)?"
        rf"(?![\d:])(?:\s*(?P<mark{n}>(?:{_MARK})(?![a-z0-9])))?(?:\s*\(?(?P<zone{n}>{_ZONE})\)?)?"
    )


_JOINTS = (
    r"\s*[-–—~/]\s*|\s+(?:to|until|till?|through|and|au?|et|jusqu'a|bis|und|al|alle(?:\s+ore)?|a\s+las?"
    r"|e(?:\s+(?:le|las))?|y(?:\s+las)?|as|ate|do|tot|en|az|og|och|ja|la)\s+"
)
_BEGIN = r"(?:^|(?<=[\s,;(]))"
_END_OF_CLOCK = r"(?=$|[\s,;)]|\.(?!\d))"
_CLOCKS = re.compile(
    rf"{_BEGIN}(?:(?:from|between|de|des|entre|von|zwischen|dalle|tra\s+le|od|van|tussen|fra|fran|mellan)\s+)?"
    rf"(?:(?:{_AT})\s+)?{_clock(1)}(?P<joint>{_JOINTS})(?:(?:{_AT})\s+)?{_clock(2)}{_END_OF_CLOCK}"
)
_CLOCK_LAST = re.compile(
    rf"(?P<before>^|[\s,;(|·•]+(?:[-–—]\s+)?|(?<=\d)t)(?:(?P<at>{_AT})\s+)?(?:{_clock(1)}|(?P<noon>noon|midday|midi))[\s.)]*$"
)
_CLOCK_FIRST = re.compile(
    rf"^(?P<before>)(?:(?P<at>{_AT})\s+)?(?:{_clock(1)}|(?P<noon>noon|midday|midi))(?:\s*,\s*|\s+)(?=\S)"
    r"(?:(?:on|le|am|el|il|den)\s+)?"
)
_SEASONAL = re.compile(rf"\d[^\W\d]*\s*\(?({_NAMES})\b")
_AROUND = " ,;.()|·•-–—"
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_OFFSET = re.compile(r"(?:utc|gmt)?\s?([+-])\s?(\d{1,2})(?::?(\d{2}))?")


class Clock(NamedTuple):
    """A time of day."""

    at: time
    """Without a zone."""
    zone: str = ""
    """The zone as written, folded; empty if none is named."""
    is_last: bool = False
    """Whether it is 24:00, the end of its day."""

    @property
    def minutes(self) -> int:
        """Minutes since midnight."""
        return 24 * 60 if self.is_last else self.at.hour * 60 + self.at.minute

    def on(self, day: date, own: str) -> datetime:
        """Return the exact time on a day.

        Args:
            day: the day.
            own: the IANA name of the zone of the site or event.

        Raises:
            ValueFault: there is no such zone, or its name has several meanings.
        """
        at = datetime.combine(day, self.at, _zone_called(self.zone, own, day.year))
        return at + timedelta(days=self.is_last)


def find_clocks(folded: str) -> tuple[str, tuple[Clock, Clock]] | None:
    """Return a text without its two times of day ("14:00-17:00"), and the times; None if it has no two.

    Raises:
        ValueFault: there is no such time of day.
    """
    for found in _CLOCKS.finditer(folded):
        if _is_two_times(found) and not _is_offset(found, folded[: found.start()]):
            before, after = folded[: found.start()].rstrip(_AROUND), folded[found.end() :].strip(_AROUND)
            if before and after:
                return None
            return before or re.sub(r"^on\s+", "", after), _read_two(found)
    return None


def find_clock(folded: str) -> tuple[str, Clock] | None:
    """Return a text without the time of day at its end or start, and the time; None if it has none.

    Raises:
        ValueFault: there is no such time of day.
    """
    for pattern in (_CLOCK_LAST, _CLOCK_FIRST):
        found = pattern.search(folded)
        if found and (found["noon"] or _is_time(found, folded)):
            rest = folded[: found.start()] + folded[found.end() :]
            return rest, Clock(time(12)) if found["noon"] else _read(found, 1)
    return None


def is_offset_of_date(one: Clock, rest: str, two: tuple[Clock, Clock]) -> bool:
    """Return whether the only time after an ISO date has an offset that also reads as an earlier second time.

    Args:
        one: the time with its offset.
        rest: the text without its two times.
        two: the two times.
    """
    return one.zone.startswith("-") and bool(_ISO_DAY.fullmatch(rest)) and two[1].minutes < two[0].minutes


def ends_next_day(first: Clock, last: Clock) -> bool:
    """Return whether "22:00-02:00" ends after midnight."""
    return last.minutes < first.minutes and last.minutes + 24 * 60 - first.minutes <= _MAX_NIGHT


def season_zone(folded: str) -> str:
    """Return the abbreviation in a text that names a zone in one season only: "cet"; else ""."""
    found = _SEASONAL.search(folded)
    return found[1] if found else ""


def right_season(at: datetime, written: str) -> str:
    """Return the abbreviation that is right at a time if the written one is that of the other season."""
    right = at.tzname() or ""
    return right if right.isalpha() and right.lower() != _TRANSLATED.get(written, written) else ""


def _is_time(found: re.Match[str], folded: str) -> bool:
    """Return whether the end of a text is a time and no part of a date: "2019. 06.15", "15 June"."""
    if found["m1"] is None:
        return bool(found["mark1"] or (found["at"] and _BARE_AFTER.fullmatch(found["at"])))
    is_clear = found["sign1"] != "." or found["mark1"] or found["at"] or "," in found["before"]
    return bool(is_clear or re.search(r"\d{4}", folded[: found.start()]))


def _is_two_times(found: re.Match[str]) -> bool:
    """Return whether "a-b" is two times: both have minutes, or the last one says that it is an hour."""
    first, last = (found[f"m{n}"] is not None or bool(found[f"mark{n}"]) for n in (1, 2))
    hours = [int(found[f"h{n}"]) for n in (1, 2)]
    if max(hours) > 24 or not last or (found["joint"].strip() == "/" and not first):  # noqa: PLR2004
        return False
    # "21-22.02" and "14:00 - 16.06" name days.
    return bool(found["mark1"] or found["mark2"]) or (found["sign1"] == ".") == (found["sign2"] == ".")


def _is_offset(found: re.Match[str], before: str) -> bool:
    """Return whether "hh:mm-hh:mm" is a time with an offset; see the head of this module."""
    written = re.fullmatch(r"\s*-", found["joint"])
    if not written or found["sign1"] != ":" or found["sign2"] != ":" or len(found["h2"]) < len("05"):
        return False
    if found["mark1"] or found["mark2"] or found["zone2"] or int(found["h2"]) > 12:  # noqa: PLR2004 - -12:00
        return False
    if found["s1"]:
        return not found["s2"]
    return found["joint"] != "-" and bool(_ISO_DAY.fullmatch(before.strip(" ,")))


def _read_two(found: re.Match[str]) -> tuple[Clock, Clock]:
    """Read two times; the first takes half of the day and zone of the last: "2-5 pm CET"."""
    last = _read(found, 2)
    first = _read(found, 1, mark="" if found["mark1"] else found["mark2"] or "")
    if not found["mark1"] and first.minutes > last.minutes and re.fullmatch(_PM, found["mark2"] or ""):
        first = _read(found, 1, mark="am")
    return first._replace(zone=first.zone or last.zone), last._replace(zone=last.zone or first.zone)


def _read(found: re.Match[str], number: int, *, mark: str = "") -> Clock:
    hour, minute, second = (int(found[f"{part}{number}"] or 0) for part in "hms")
    mark = found[f"mark{number}"] or mark
    half = "am" if re.fullmatch(_AM, mark) else "pm" if re.fullmatch(_PM, mark) else ""
    zone = (found[f"zone{number}"] or "").strip()
    if (hour, minute, second) == (24, 0, 0):
        return Clock(time(0), zone, is_last=True)
    try:
        if half and not (half == "am" and hour > 12):  # noqa: PLR2004 - 14:00 am is a mistake
            hour = hour % 12 + (12 if half == "pm" else 0)
        elif half:
            hour = -1
        return Clock(time(hour, minute, second), zone)
    except ValueError:
        raise ValueFault(f'there is no time "{found[0].strip(" ,t(")}"', 'write it like "09:00"') from None


def _zone_called(name: str, own: str, year: int) -> tzinfo:
    """Return the zone that a folded name means; the own one if it has this name in one of its seasons."""
    if not name or name == "local time":
        return ZoneInfo(own)
    if name in {"z", "utc", "gmt"}:
        return UTC
    if offset := _OFFSET.fullmatch(name):
        return _offset(offset)
    abbreviation = _TRANSLATED.get(name, name)
    seasons = (datetime(year, month, 1, tzinfo=ZoneInfo(own)).tzname() or "" for month in (1, 7))
    if abbreviation in {season.lower() for season in seasons}:
        return ZoneInfo(own)
    known = _ZONES.get(abbreviation) or _iana_names().get(name.removesuffix(" time").replace(" ", "_"))
    if known is None:
        why = "has several meanings" if name in _AMBIGUOUS else "is not a time zone"
        raise ValueFault(f'"{name.upper()}" {why}', 'write the offset: "2027-06-15T14:00+02:00"')
    return ZoneInfo(known)


def _offset(found: re.Match[str]) -> timezone:
    offset = timedelta(hours=int(found[2]), minutes=int(found[3] or 0)) * (-1 if found[1] == "-" else 1)
    if not _OFFSETS[0] <= offset <= _OFFSETS[1] or int(found[3] or 0) > 59:  # noqa: PLR2004
        hint = 'offsets are from -12:00 to +14:00; write a range like "14:00-17:00"'
        raise ValueFault(f'there is no time zone "{found[0].strip()}"', hint)
    return timezone(offset)


@cache
def _iana_names() -> dict[str, str]:
    """Return folded name, and folded city → IANA name: ``europe/brussels`` and ``brussels``."""
    names = sorted(name for name in available_timezones() if "/" in name)
    cities = {name.rpartition("/")[2].lower(): name for name in names}
    return {**cities, **{name.lower(): name for name in names}}
