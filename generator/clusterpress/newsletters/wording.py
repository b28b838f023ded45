"""Wording: the theme's words for newsletters, and dates as a language writes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from babel import Locale

from clusterpress.theme.dates import DateFormatter, date_formatter
from clusterpress.theme.theme import Theme

FALLBACK = "en"
"""The language whose words stand in for missing ones."""


@dataclass(frozen=True, slots=True)
class Wording:
    """How one language says things."""

    lang: str
    locale: Locale
    labels: Mapping[str, str]
    dates: DateFormatter

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``."""
        return str(self.locale.text_direction)

    def label(self, key: str, **values: object) -> str:
        """Return a label, its placeholders filled."""
        return self.labels[key].format(**values)


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
    locale = Locale.parse(labels.get("locale", found).replace("-", "_"))
    return Wording(lang=lang, locale=locale, labels=labels, dates=date_formatter(lang))
