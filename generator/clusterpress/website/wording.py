"""Wording: labels filled in, dates, numbers and lists as a language writes them."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_interval, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from clusterpress.library import Card
from clusterpress.theme import Theme
from clusterpress.website.labels import FALLBACK, Label, read_labels


@dataclass(frozen=True, slots=True)
class Wording:
    """How one language says things."""

    lang: str
    locale: Locale
    labels: dict[str, Label]

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``."""
        return str(Locale.parse(self.lang, sep="-").text_direction) if _is_known(self.lang) else "ltr"

    def say(self, key: str, **values: object) -> Markup:
        """Return a label as HTML, its placeholders filled with escaped values."""
        return Markup(escape(self.labels[key])).format(**values)  # noqa: S704 -- escaped right here

    def count(self, key: str, number: int) -> Markup:
        """Return a label in the plural form for ``number``, which stands for ``{n}``."""
        forms = self.labels[key]
        if isinstance(forms, str):
            return self.say(key, n=self.number(number))
        form = forms.get(self.locale.plural_form(number)) or forms["other"]
        return Markup(escape(form)).format(n=self.number(number))  # noqa: S704 -- escaped right here

    def number(self, number: int) -> str:
        """Return a number with the language's digits and separators."""
        return format_decimal(number, locale=self.locale)

    def day(self, day: date) -> str:
        """Return a date in full: 15 June 2019."""
        return format_date(day, "long", self.locale)

    def month(self, day: date) -> str:
        """Return a month alone: June."""
        return format_skeleton("LLLL", day, locale=self.locale)

    def short_month(self, day: date) -> str:
        """Return a month in short: Jun."""
        return format_skeleton("LLL", day, locale=self.locale)

    def days(self, first: date, last: date) -> str:
        """Return a stretch of days: 21–22 February 2012."""
        if first == last:
            return self.day(first)
        short = format_interval(first, last, "yMMMd", locale=self.locale)
        for day in (first, last):
            brief = format_date(day, "MMM", self.locale)
            short = short.replace(brief, format_date(day, "MMMM", self.locale), 1) if brief in short else short
        return short

    def when(self, card: Card) -> str:
        """Return the date of an item as a reader wants it; a period in words stays as it is written."""
        if card.when or card.day is None:
            return card.when
        return self.days(card.day, card.last_day or card.day)

    def listing(self, names: list[str] | tuple[str, ...]) -> Markup:
        """Return names as a list in a sentence: "A, B and C"."""
        marks = [f"\ufdd0{index}\ufdd1" for index in range(len(names))]
        text = str(escape(format_list(marks, locale=self.locale)))
        for mark, name in zip(marks, names, strict=True):
            text = text.replace(mark, str(escape(name)))
        return Markup(text)  # noqa: S704 -- every part is escaped


@lru_cache(maxsize=64)
def open_wording(theme: Theme, lang: str) -> Wording:
    """Return the wording of a language, in the words of a theme."""
    labels = dict(read_labels(theme, lang))
    own = read_labels(theme, FALLBACK)["locale"]
    code = str(labels["locale"])
    if code == own and lang.partition("-")[0] != FALLBACK:  # no labels of its own, but Babel knows its dates
        code = lang.replace("-", "_")
    return Wording(lang=lang, locale=Locale.parse(code if _is_known(code) else str(own)), labels=labels)


def name_of_language(lang: str) -> str:
    """Return what a language calls itself: français."""
    if not _is_known(lang):
        return lang
    own = Locale.parse(lang, sep="-")
    return (own.get_language_name(lang.partition("-")[0]) or lang).capitalize()


def _is_known(lang: str) -> bool:
    try:
        Locale.parse(lang.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return False
    return True
