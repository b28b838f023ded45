"""Languages: the locale, direction and name of a language code, in one place for all editions."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

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
    return (known.get_language_name(known.language) if known else None) or lang


def name_of_language(lang: str) -> str:
    """Return what a language calls itself, with a capital letter: ``Français``."""
    return own_name(lang).capitalize() if _known_locale(lang) else lang


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
