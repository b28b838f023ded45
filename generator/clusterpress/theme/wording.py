"""Wording: how one language says things, in pages and newsletters."""

import re
from collections.abc import Mapping
from functools import lru_cache

from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal
from markupsafe import Markup, escape
from msgspec import Struct

from clusterpress.theme.languages import DateFormatter, date_formatter, direction_of, locale_of, territory_of
from clusterpress.theme.theme import Edition, Theme, read_labels

_SIMPLE = re.compile(r"(?:[^{}]|\{\w+\})*")
"""A label whose placeholders are names and nothing more."""


class Wording(Struct, frozen=True):
    """How one language says things."""

    lang: str
    locale: Locale
    labels: Mapping[str, str]
    """Labels as plain text, with their placeholders."""
    plurals: Mapping[str, Mapping[str, str]]
    """Labels with plural forms, by CLDR category."""
    plain: Mapping[str, Markup]
    """`labels` as HTML."""
    dates: DateFormatter

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``."""
        return direction_of(self.lang)

    @property
    def territory(self) -> str:
        """The language with its country, as Open Graph expects it: ``en_GB``."""
        return territory_of(str(self.locale))

    def label(self, key: str, **values: object) -> str:
        """Return a label as plain text, its placeholders filled."""
        return self.labels[key].format(**values)

    def say(self, key: str, **values: object) -> Markup:
        """Return a label as HTML, its placeholders filled with escaped values."""
        if not values:
            return self.plain[key]
        label = self.plain[key]
        if not _SIMPLE.fullmatch(label):
            return label.format(**values)
        # The same as Markup.format, five times as fast.
        filled = str(label).format(**{name: escape(value) for name, value in values.items()})
        return Markup(filled)  # noqa: S704 -- label and values are escaped

    def count(self, key: str, number: int) -> Markup:
        """Return a label in the plural form for ``number``, which replaces ``{n}``."""
        if key not in self.plurals:
            return self.say(key, n=self.number(number))
        forms = self.plurals[key]
        form = forms.get(self.locale.plural_form(number)) or forms["other"]
        return Markup(escape(form)).format(n=self.number(number))  # noqa: S704 -- escaped right here

    def number(self, number: int) -> str:
        """Return a number with the language's digits and separators."""
        return format_decimal(number, locale=self.locale)

    def listing(self, names: list[str] | tuple[str, ...]) -> Markup:
        """Return names as a list in a sentence: "A, B and C"."""
        marks = [f"\ufdd0{index}\ufdd1" for index in range(len(names))]
        text = str(escape(format_list(marks, locale=self.locale)))
        for mark, name in zip(marks, names, strict=True):
            text = text.replace(mark, str(escape(name)))
        return Markup(text)  # noqa: S704 -- every part is escaped

    def foreign(self, lang: str) -> Markup:
        """Return the HTML attributes that mark another language with its direction; empty for this one."""
        if not lang or lang == self.lang:
            return Markup()
        return Markup(' lang="{}" dir="{}"').format(lang, direction_of(lang))


@lru_cache(maxsize=64)
def open_wording(theme: Theme, lang: str, edition: Edition = "website") -> Wording:
    """Return the wording of a language in the words of a theme.

    Args:
        theme: the theme.
        lang: code of the language.
        edition: newsletters use their own labels first, and those of the website for the rest.
    """
    labels = read_labels(theme, lang, edition)
    texts = {key: label for key, label in labels.items() if isinstance(label, str)}
    return Wording(
        lang=lang,
        locale=locale_of(lang),
        labels=texts,
        plurals={key: label for key, label in labels.items() if not isinstance(label, str)},
        plain={key: escape(label) for key, label in texts.items()},
        dates=date_formatter(lang),
    )
