"""Countries: a name in any language of Europe and its neighbours, or an ISO 3166 code → the code."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

LANGUAGES = (
    "en", "fr", "de", "es", "it", "pt", "nl", "el", "ar", "pl", "ro", "hu", "cs", "sk", "sl", "hr", "bg",
    "sv", "da", "fi", "et", "lv", "lt", "mt", "ga", "tr", "he", "uk", "sr", "nb", "ca",
)  # fmt: skip
ALSO: Mapping[str, str] = {
    name: code
    for code, names in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8")).items()
    for name in names
}
"""Names in common use that CLDR does not list → code."""


@cache
def territories(language: str) -> Mapping[str, str]:
    """Return code → name of each country in a language; empty for an unknown one."""
    from babel import Locale, UnknownLocaleError

    try:
        names: Mapping[str, str] = Locale.parse(language, sep="-").territories
    except (UnknownLocaleError, ValueError):
        return {}
    return {code: name for code, name in names.items() if code.isalpha() and code not in {"ZZ", "QO", "UN"}}


def find_code(written: str, languages: Sequence[str]) -> str:
    """Return the code of a country, or nothing if no country is called so.

    Args:
        written: a name or code: ``Greece``, ``Griechenland``, ``GR``, ``The Netherlands``.
        languages: in which the name may be written, the likeliest first; English always counts.
    """
    plain = " ".join(written.split())
    if re.fullmatch("[A-Z]{2}", plain):
        return {"EL": "GR", "UK": "GB"}.get(plain, plain if plain in territories("en") else "")
    for language in dict.fromkeys((*languages, "en")):
        names = _codes_in(language)
        if code := names.get(fold(plain)) or names.get(fold(re.sub(r"(?i)^the ", "", plain))):
            return code
    return ""


@cache
def _codes_in(language: str) -> Mapping[str, str]:
    """Return folded name → code in a language."""
    found: dict[str, str] = {}
    for names in (ALSO, {name: code for code, name in territories(language).items()}):
        for name, code in names.items():
            for form in (name, name.upper(), name.casefold()):
                found.setdefault(fold(form), code)
    return found


def fold(name: str) -> str:
    """Return a name without case, but with its accents; capitals often lack them, so they stay capitals."""
    from anyascii import anyascii

    plain = re.sub(r"[\s-]+", " ", name.replace("’", "'").replace("&", "and")).strip()
    return anyascii(plain).upper() if plain.isupper() else plain.casefold()
