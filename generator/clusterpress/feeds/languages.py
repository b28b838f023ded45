"""Languages: how dates are written in them, and which way they run."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError


@lru_cache
def locale_of(lang: str) -> Locale:
    """Return the locale of a language code; plain ``en`` and unknown codes mean European English."""
    if lang != "en":
        try:
            return Locale.parse(lang, sep="-")
        except (UnknownLocaleError, ValueError):
            pass
    return Locale("en", "GB")


def own_name(lang: str) -> str:
    """Return what a language calls itself: ``français``; the code when that is not known."""
    known = locale_of(lang)
    return (known.get_language_name() or lang) if known.language == lang.split("-", maxsplit=1)[0] else lang
