"""Wording: the theme's words for newsletters, and dates as a language writes them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml
from babel import Locale
from babel.dates import format_date, format_interval

from clusterpress.library.entries import TeaserCard
from clusterpress.theme.theme import Theme

FALLBACK = "en"
"""The language whose words stand in for missing ones."""


@dataclass(frozen=True, slots=True)
class Wording:
    """How one language says things."""

    lang: str
    locale: Locale
    labels: Mapping[str, str]

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``."""
        return str(self.locale.text_direction)

    def label(self, key: str, **values: object) -> str:
        """Return a label, its placeholders filled."""
        return self.labels[key].format(**values)

    def when(self, card: TeaserCard) -> str:
        """Return the dates of an event; a period in words stays as it is written."""
        if card.when or card.day is None:
            return card.when
        last = card.last_day or card.day
        if last == card.day:
            return str(format_date(card.day, "long", self.locale))
        # Many languages have intervals with short months alone; they are written out as in a date.
        text = str(format_interval(card.day, last, "yMMMMd", locale=self.locale))
        months = {self._month(day, "MMM"): self._month(day, "MMMM") for day in (card.day, last)}
        short = "|".join(rf"{re.escape(month)}(?!\w)" for month in months)
        return re.sub(short, lambda found: months[found[0]], text)

    def _month(self, day: date, form: str) -> str:
        return str(format_date(day, form, self.locale))


@lru_cache(maxsize=64)
def open_wording(theme: Theme, lang: str) -> Wording:
    """Return the wording of a language; words it lacks are taken from its main language, then from English.

    Words of newsletters lie in the theme's ``newsletter/labels``; what they share with pages (funding,
    contact cards) may lie in ``website/labels`` alone.
    """
    labels: dict[str, str] = {}
    found = FALLBACK
    for name in dict.fromkeys((FALLBACK, lang.partition("-")[0], lang)):
        for folder in ("website", "newsletter"):
            path = Path(theme.folder) / folder / "labels" / f"{name}.yml"
            if path.is_file():
                read = yaml.safe_load(path.read_text("utf-8"))
                labels |= {key: value for key, value in read.items() if isinstance(value, str)}
                found = name
    return Wording(
        lang=lang, locale=Locale.parse(labels.get("locale", found).replace("-", "_")), labels=labels
    )
