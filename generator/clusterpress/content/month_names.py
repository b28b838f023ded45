"""Finds names of months and weekdays in many languages, from Unicode CLDR through Babel."""

import re
import unicodedata
from difflib import get_close_matches
from functools import cache

from clusterpress.parsing.values import ValueFault

_LOCALES = {
    "en": ("en", "en_GB"),
    # Egypt and the Gulf, the Levant, Algeria and Tunisia, Morocco: four sets of names for the same months.
    "ar": ("ar", "ar_LB", "ar_DZ", "ar_MA"),
}
_CASES = {
    "et": "jaanuaril veebruaril märtsil aprillil mail juunil juulil augustil septembril oktoobril novembril "
    "detsembril",
    "lv": "janvārī februārī martā aprīlī maijā jūnijā jūlijā augustā septembrī oktobrī novembrī decembrī",
    "sl": "januarja februarja marca aprila maja junija julija avgusta septembra oktobra novembra decembra",
}
"""The months in the case that follows a day, where CLDR has the nominative only: "15. junija"."""
_MORE_NAMES = {
    "de": [(1, "Jänner"), (1, "Jän"), (2, "Feber")],
    **{language: [*enumerate(names.split(), start=1)] for language, names in _CASES.items()},
}
"""Names that CLDR lacks in its table of a language; for Austria, after the Österreichisches Wörterbuch."""
_OTHER_LANGUAGES = (
    "en", "fr", "ar", "bg", "ca", "cs", "da", "de", "el", "es", "et", "fi", "ga", "hr", "hu", "is", "it",
    "lt", "lv", "mk", "mt", "nl", "no", "pl", "pt", "ro", "sk", "sl", "sq", "sr", "sr-Latn", "sv", "tr", "uk",
)  # fmt: skip
"""Tried after the item's and the site's own languages."""

_MAX_ABBREVIATION = 3
"""Letters of a name cut short: "sat", "mar" and "dom" are words of running text too."""
_MAX_SLIP = 2
"""Difference in length between a misspelt name and the right one."""
_MIN_SIMILARITY = 0.75
"""Least similarity of the two, from 0 to 1 (`difflib.SequenceMatcher.ratio`)."""

_WORD = re.compile(r"[^\W\d_]+")
# "the 15th of June", "1 de junio de 2012", "le", "d'avril", "15 ta' Ġunju", and the words for "year" and
# "day" that Bulgarian, Ukrainian, Polish, Latvian and Lithuanian put after the number.
_FILLERS = frozenset(
    {
        "on", "the", "of", "le", "de", "del", "d", "den", "der", "el", "a", "am", "il", "ta", "l", "o",
        "m", "r", "gada", "г", "р", "рр", "с",
    }
)  # fmt: skip


def fold(text: str) -> str:
    """Normalise case, accents, direction marks and digits, for comparison."""
    if text.isascii():
        return text.lower()
    signs = unicodedata.normalize("NFKD", text.casefold())
    kept = (c for c in signs if unicodedata.category(c) not in {"Mn", "Cf"})
    return "".join(str(unicodedata.digit(c)) if c.isdigit() else " " if c.isspace() else c for c in kept)


def words_of(folded: str) -> list[str]:
    """Return the words of folded text without those that only join the parts of a date."""
    return [word for word in _WORD.findall(folded) if word not in _FILLERS]


def find_month(name: str, languages: tuple[str, ...], *, own_only: bool = False) -> int | None:
    """Return the number of the month with this folded name, or None.

    Args:
        name: words joined by one space.
        languages: the languages to look in first, most likely first.
        own_only: look in no other language.

    Raises:
        ValueFault: the name is of different months in languages that are not the site's (``listopad``).
    """
    found = _find(name, "months", languages, own_only=own_only)
    if len(found) > 1:
        raise ValueFault(f'"{name}" is not the same month in all languages', 'write the date as "2019-06-15"')
    return found.pop() if found else None


def find_weekday(name: str, languages: tuple[str, ...], *, own_only: bool = False) -> set[int]:
    """Return the weekdays (Monday is 0) that may have this folded name; arguments as for `find_month`."""
    return _find(name, "days", languages, own_only=own_only)


def _find(name: str, what: str, languages: tuple[str, ...], *, own_only: bool) -> set[int]:
    """Return the number in the first language that has the name, or else in all other languages."""
    for language in languages:
        if name in (numbers := _numbers(language, what)):
            return set(numbers[name])
    if own_only:
        return set()
    return {
        number for language in _OTHER_LANGUAGES for number in _numbers(language, what).get(name, frozenset())
    }


def weekday_called(name: str, languages: tuple[str, ...]) -> int | None:
    """Return the weekday (Monday is 0) with this folded name in one of the languages, and in no other."""
    if len(name) <= _MAX_ABBREVIATION:
        return None
    known = (_numbers(language, "days") for language in languages)
    return next((min(days[name]) for days in known if name in days), None)


def near_month(name: str, languages: tuple[str, ...]) -> str | None:
    """Return the name of a month that was probably intended.

    A slip adds or drops a letter or two of a whole name: "never" is not "November", and "now" is not "Nov".
    """
    months = {month for language in (*languages, "en") for month in _numbers(language, "months")}
    likely = [
        month
        for month in sorted(months)
        if len(month) > _MAX_ABBREVIATION and abs(len(month) - len(name)) <= _MAX_SLIP
    ]
    return next(iter(get_close_matches(name, likely, n=1, cutoff=_MIN_SIMILARITY)), None)


@cache
def _numbers(language: str, what: str) -> dict[str, frozenset[int]]:
    """Return folded name → numbers of the ``months`` or ``days``.

    Without accents, two names may be the same: the Slovak "st" and "št" are Wednesday and Thursday.
    """
    locales = _LOCALES.get(language, (language.replace("-", "_"),))
    found: dict[str, set[int]] = {}
    for locale in locales:
        for number, name in _names(locale, what):
            found.setdefault(" ".join(words_of(fold(name))), set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


def _names(locale: str, what: str) -> list[tuple[int, str]]:
    """Return (number, name) of every form of each name; nothing for a language that CLDR does not have."""
    # Babel takes 40 ms to import; dates in figures do not need it.
    from babel import Locale, UnknownLocaleError

    try:
        tables = getattr(Locale.parse(locale), what)
    except (UnknownLocaleError, ValueError):
        return []
    names = [
        pair
        for context in ("stand-alone", "format")
        for width in ("abbreviated", "wide")
        for pair in tables[context][width].items()
    ]
    return [*names, *_MORE_NAMES.get(locale, ())] if what == "months" else names
