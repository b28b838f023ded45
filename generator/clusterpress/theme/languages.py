"""Languages: locale, direction and name of a language code, and how it writes dates, for all editions.

Patterns and separators of dates are our own, in the table below; names of months and time zones come from
Babel. A test pins both, so that no update of a library changes a date unnoticed. The rules:

- Between bare day numbers, and between times, the dash has no spaces: "21–22 February 2012". It has spaces
  in Bulgarian (Official Spelling Dictionary, 2012), Croatian (Hrvatski pravopis, "Crtica") and Slovak
  (Pravidlá slovenského pravopisu).
- If a side has several words, a plain space stands on both sides of the dash: "28 February – 2 March 2012"
  (New Hart's Rules). Plain spaces exist in every font and can be searched for. Danish, Slovenian and Swedish
  (Interinstitutional Style Guide, sv 10.4.10) have no spaces here either; Ukrainian has a long dash.
- An ordinal keeps its full stop before a dash, but not in Hungarian (AkH. 12, 296) and Serbian (Pravopis,
  184 d) where the dash follows it directly.
- The first day of a month is an ordinal in French ("1er mars") and Italian ("1º marzo").
- A code with a region follows CLDR for that region: ``en-US`` prints "June 15, 2019" and "2:00–5:00 PM"
  (Chicago Manual of Style, 6.38 and 9.37), ``en-AU`` prints "15 June 2019", as ``en`` does.
"""
# ruff: noqa: RUF002 -- docstrings show dates as they are printed

import re
from calendar import Calendar
from datetime import date, datetime
from functools import lru_cache
from typing import Protocol

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, get_timezone_name
from msgspec import Struct
from msgspec.structs import replace

_EUROPEAN = {"en": "en-GB", "pt": "pt-PT"}
"""Language → the variant that is meant where CLDR would mean another continent's."""


@lru_cache(maxsize=64)
def locale_of(lang: str) -> Locale:
    """Return the locale of a language code; ``en`` and unknown codes mean European English."""
    return _known_locale(_EUROPEAN.get(lang, lang)) or Locale("en", "GB")


def direction_of(lang: str) -> str:
    """Return in which direction a language is written: ``ltr`` or ``rtl``."""
    return str(locale_of(lang).text_direction)


@lru_cache(maxsize=64)
def own_name(lang: str) -> str:
    """Return what a language calls itself, ``français``; the code if that is not known."""
    known = _known_locale(lang)
    return str(known.languages.get(known.language) or lang) if known else lang


def name_of_language(lang: str) -> str:
    """Return what a language calls itself, with a capital letter: ``Français``, ``English (Malta)``."""
    name, known = own_name(lang), _known_locale(lang)
    place = known.territories.get(known.territory) if known and known.territory else ""
    return f"{name[:1].upper()}{name[1:]}{f' ({place})' if place else ''}" if known else lang


@lru_cache(maxsize=64)
def territory_of(lang: str) -> str:
    """Return a language with the country of most of its readers, as Open Graph expects it: ``fr_FR``."""
    known = _known_locale(lang)
    if known is None:
        return lang
    likely = str(get_global("likely_subtags").get(known.language, "")).rpartition("_")[2]
    return f"{known.language}_{known.territory or likely}".rstrip("_")


@lru_cache(maxsize=64)
def _known_locale(lang: str) -> Locale | None:
    try:
        return Locale.parse(lang.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None


class Dated(Protocol):
    """Something that takes place on exact days, or in a period known in words alone."""

    @property
    def day(self) -> date | None:
        """The first day."""

    @property
    def last_day(self) -> date | None:
        """The last day; None if it is the first."""

    @property
    def when(self) -> str:
        """The period in words; empty if the days are exact."""


class _Form(Struct, frozen=True, kw_only=True):
    """How a language writes dates: patterns in which ``{d}``, ``{m}`` and ``{y}`` are day, month and year."""

    day: str
    in_month: tuple[str, str]
    """First and last day of a range within one month; the dash belongs to the first."""
    in_year: tuple[str, str]
    wide: str = " – "
    """Dash if a side has several words."""
    first: str = "1"
    """The first day of a month."""
    time: str = "{h:02}:{min:02}"
    dash: str = "–"
    """Between two times."""
    after_times: str = ""
    """After the last time, before the zone."""
    halves: tuple[str, str] | None = None
    """The words for morning and afternoon, if hours are counted to twelve."""


def _day_first(day: str, month: str, year: str, *, close: str = "–", wide: str = " – ") -> _Form:
    """Return the form of a language that writes day, month, year, and names what both days share once.

    A range within a month repeats the pattern ``day``; one across months ``month``, too; one across years
    everything. ``close`` is the dash between two days, ``wide`` the one if a side has several words.
    """
    full, begin = day + month + year, day + month + wide
    return _Form(day=full, in_month=(day + close, full), in_year=(begin, full), wide=wide, dash=close)


_PLAIN = _day_first("{d}", " {m}", " {y}")
_ORDINAL = _day_first("{d}.", " {m}", " {y}")
_CLOSED_ORDINAL = _day_first("{d}.", " {m}", " {y}", wide="–")
_OF = _day_first("{d}", " de {m}", " de {y}")

_MONTH_FIRST = _Form(
    day="{m} {d}, {y}", in_month=("{m} {d}–", "{d}, {y}"), in_year=("{m} {d} – ", "{m} {d}, {y}")
)

_FORMS = {
    "ar": _PLAIN,
    "bg": replace(_day_first("{d}", " {m}", " {y}\u00a0г.", close=" – "), after_times=" ч."),
    "cs": replace(_ORDINAL, time="{h}:{min:02}"),
    "da": replace(_CLOSED_ORDINAL, time="{h:02}.{min:02}"),
    "de": _ORDINAL,
    "el": _PLAIN,
    "en": _PLAIN,
    "es": replace(_OF, time="{h}:{min:02}"),
    "et": _ORDINAL,
    "fi": replace(_ORDINAL, time="{h}.{min:02}"),
    "fr": replace(_PLAIN, first="1er"),
    "ga": _PLAIN,
    "hr": _day_first("{d}.", " {m}", " {y}.", close=" – "),
    "hu": _Form(
        day="{y}. {m} {d}.",
        in_month=("{y}. {m} {d}–", "{d}."),
        in_year=("{y}. {m} {d}. – ", "{m} {d}."),
        time="{h}:{min:02}",
    ),
    "it": replace(_PLAIN, first="1º"),
    "lt": _Form(
        day="{y}\u00a0m. {m} {d}\u00a0d.",
        in_month=("{y}\u00a0m. {m} {d}–", "{d}\u00a0d."),
        in_year=("{y}\u00a0m. {m} {d}\u00a0d. – ", "{m} {d}\u00a0d."),
    ),
    "lv": _Form(
        day="{y}. gada {d}. {m}",
        in_month=("{y}. gada {d}.–", "{d}. {m}"),
        in_year=("{y}. gada {d}. {m} – ", "{d}. {m}"),
    ),
    "mt": _day_first("{d}", " ta’ {m}", " {y}"),
    "nl": _PLAIN,
    "pl": _PLAIN,
    "pt": _OF,
    "ro": _PLAIN,
    "sk": replace(_day_first("{d}.", " {m}", " {y}", close=" – "), time="{h}:{min:02}"),
    "sl": _CLOSED_ORDINAL,
    "sr": replace(_day_first("{d}.", " {m}", " {y}."), in_month=("{d}–", "{d}. {m} {y}.")),
    "sv": _day_first("{d}", " {m}", " {y}", wide="–"),
    "tr": _PLAIN,
    "uk": _day_first("{d}", " {m}", " {y}\u00a0р.", wide=" — "),
}
"""Main language → its form; others take Babel's long dates, with the same separators."""


class DateFormatter(Struct, frozen=True):
    """Writes dates and times in one language."""

    locale: Locale
    _form: _Form | None
    _months: tuple[str, ...]
    """Names as they stand in a date, from January."""

    def when(self, dated: Dated) -> str:
        """Return the days of something; a period in words stays as it is."""
        if dated.when or dated.day is None:
            return dated.when
        return self.days(dated.day, dated.last_day or dated.day)

    def when_exactly(self, dated: Dated, start: datetime | None, end: datetime | None) -> str:
        """Return the days of something with its times: "15 June 2027, 14:00–17:00 CEST".

        Args:
            dated: its days.
            start: its first moment, if it has a time of day.
            end: its last moment.
        """
        return ", ".join(filter(None, (self.when(dated), self.times(start, end))))

    def day(self, day: date) -> str:
        """Return a date in full: "15 June 2019"."""
        return self._write(self._form.day, day) if self._form else format_date(day, "long", self.locale)

    def days(self, first: date, last: date) -> str:
        """Return a range of days in full: "21–22 February 2012"."""
        if last <= first:
            return self.day(first)
        if not self._form:
            return self._unknown_range(first, last)
        if first.year != last.year:
            return f"{self.day(first)}{self._form.wide}{self.day(last)}"
        start, end = self._form.in_month if first.month == last.month else self._form.in_year
        return self._write(start, first) + self._write(end, last)

    def weekdays(self) -> list[tuple[str, str]]:
        """Return (short name, name) of each day of a week, from the day with which weeks begin."""
        short, wide = (self.locale.days["stand-alone"][width] for width in ("abbreviated", "wide"))
        order = [(self.locale.first_week_day + place) % 7 for place in range(7)]
        return [(str(short[day]), str(wide[day])) for day in order]

    def weeks(self, month: date) -> list[list[date]]:
        """Return the weeks of a month, each of seven days; some belong to the months around it."""
        return Calendar(self.locale.first_week_day).monthdatescalendar(month.year, month.month)

    def month(self, day: date) -> str:
        """Return a month by itself: "June"."""
        return str(self.locale.months["stand-alone"]["wide"][day.month])

    def short_month(self, day: date) -> str:
        """Return a month as a tear-off calendar shows it: "Feb"."""
        return str(self.locale.months["stand-alone"]["abbreviated"][day.month])

    def number_of_day(self, day: date) -> str:
        """Return the day of the month by itself: "21"."""
        return str(day.day)

    def year(self, day: date) -> str:
        """Return a year by itself: "2012"."""
        return str(day.year)

    def times(self, start: datetime | None, end: datetime | None) -> str:
        """Return the times of an event with their zone, "10:00–12:00 CET"; empty without a start.

        If clocks change between them, each has its own: "01:30 CET–04:00 CEST".
        """
        if start is None:
            return ""
        form = self._form or _PLAIN
        if end and end.utcoffset() != start.utcoffset() and self._zone(end) != self._zone(start):
            return form.dash.join((self.times(start, None), self.times(end, None)))
        moments = (start, end) if end and end != start else (start,)
        if form.halves:
            written = _twelve_hours(moments, form.halves)
        else:
            written = form.dash.join(form.time.format(h=at.hour, min=at.minute) for at in moments)
        return f"{written}{form.after_times} {self._zone(start)}".strip()

    def _write(self, pattern: str, day: date) -> str:
        number = self._form.first if self._form and day.day == 1 else day.day
        return pattern.format(d=number, m=self._months[day.month - 1], y=day.year)

    def _unknown_range(self, first: date, last: date) -> str:
        """Return a range in a language without a form: a day and a date, or two dates in full."""
        begin = str(self.locale.date_formats["long"].pattern).split()[0]
        if (first.year, first.month) == (last.year, last.month) and re.fullmatch(r"d\W*", begin):
            return f"{format_date(first, begin, self.locale)}–{self.day(last)}"
        return f"{self.day(first)} – {self.day(last)}"

    def _zone(self, at: datetime) -> str:
        """Return the short name of a zone, from the zone itself where the language has none: "CET"."""
        name = get_timezone_name(at, "short", locale=self.locale)
        if name[:1] not in "+-":
            return name
        own = at.tzname() or ""
        return own if own.isalpha() else f"UTC{name[:3]}:{name[3:]}"


@lru_cache(maxsize=64)
def date_formatter(lang: str) -> DateFormatter:
    """Return the formatter of a language code; unknown codes are written as European English."""
    locale = locale_of(lang)
    months = locale.months["format"]["wide"]
    return DateFormatter(locale, _form_of(locale), tuple(str(months[n]) for n in range(1, 13)))


def _form_of(locale: Locale) -> _Form | None:
    """Return the form of a language, with what CLDR says of its region, if the code names one."""
    form, usual = _FORMS.get(locale.language), locale_of(locale.language)
    if form is None or locale == usual:
        return form
    if str(locale.date_formats["long"].pattern) == "MMMM d, y":
        form = replace(_MONTH_FIRST, time=form.time)
    counts_to_twelve = [" a" in _space(str(one.time_formats["short"].pattern)) for one in (locale, usual)]
    names = locale.day_periods["format"]["abbreviated"]
    return replace(form, halves=(names["am"], names["pm"])) if counts_to_twelve == [True, False] else form


def _space(pattern: str) -> str:
    """Return a pattern with plain spaces; CLDR has narrow ones, which not every font has."""
    return pattern.replace("\u202f", " ").replace("\xa0", " ")


def _twelve_hours(moments: tuple[datetime, ...], halves: tuple[str, str]) -> str:
    """Return times of day counted to twelve, "2:00–5:00 PM"; the half stands once if both share it."""
    hours = [f"{at.hour % 12 or 12}:{at.minute:02}" for at in moments]
    words = [halves[at.hour >= 12] for at in moments]  # noqa: PLR2004 -- noon
    if len(set(words)) == 1:
        return f"{'–'.join(hours)} {words[0]}"
    return "–".join(f"{hour} {word}" for hour, word in zip(hours, words, strict=True))
