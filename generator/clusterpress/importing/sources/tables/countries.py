"""Countries: a name in any language of Europe and its neighbours, or an ISO 3166 code → the usual name."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from anyascii import anyascii

from clusterpress.parsing.values import ValueFault
from clusterpress.values.problems import did_you_mean

_LANGUAGES = (
    "en", "fr", "de", "es", "it", "pt", "nl", "el", "ar", "pl", "ro", "hu", "cs", "sk", "sl", "hr", "bg",
    "sv", "da", "fi", "et", "lv", "lt", "mt", "ga", "tr", "he", "uk", "sr", "nb", "ca",
)  # fmt: skip
_ALSO: Mapping[str, str] = {
    name: code
    for code, names in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8")).items()
    for name in names
}
"""Names in common use that CLDR does not list → code."""
_OWN = {"PS": "Palestine", "CZ": "Czechia", "TR": "Türkiye"}
"""Names of a code in English where institutions of the EU write another one than CLDR."""


@cache
def _territories(language: str) -> Mapping[str, str]:
    from babel import Locale, UnknownLocaleError

    try:
        names: Mapping[str, str] = Locale.parse(language, sep="-").territories
    except (UnknownLocaleError, ValueError):
        return {}
    return {code: name for code, name in names.items() if code.isalpha() and code not in {"ZZ", "QO", "UN"}}


def _fold(name: str) -> str:
    """Return a name without case, but with its accents; capitals often lack them, so they stay capitals."""
    plain = re.sub(r"[\s-]+", " ", name.replace("’", "'").replace("&", "and")).strip()
    return anyascii(plain).upper() if plain.isupper() else plain.casefold()


@cache
def _codes() -> Mapping[str, str]:
    """Return folded name → code."""
    found: dict[str, str] = {}
    for names in (_ALSO, *({name: code for code, name in _territories(one).items()} for one in _LANGUAGES)):
        for name, code in names.items():
            for form in (name, name.upper(), name.casefold()):
                found.setdefault(_fold(form), code)
    return found


def read_country(written: str, languages: Sequence[str]) -> str:
    """Return a country's name in the main language of the site; a name in common use stays as written.

    Args:
        written: a name or code: ``Greece``, ``Griechenland``, ``GR``, ``The Netherlands``.
        languages: of the site, main language first.

    Raises:
        ValueFault: no country is called so.
    """
    main, plain = _territories(languages[0]) or _territories("en"), " ".join(written.split())
    without_article = re.sub(r"^the ", "", plain, flags=re.IGNORECASE)
    is_code = len(plain) == len("GR") and plain.upper() in main
    code = plain.upper() if is_code else _codes().get(_fold(plain)) or _codes().get(_fold(without_article))
    if code is None or code not in main:
        names = (name for language in languages for name in _territories(language).values())
        hint = did_you_mean(plain, [*names, *_ALSO], "correct it, or delete it")
        raise ValueFault(f'no country is called "{plain}"', hint)
    if plain in main.values() or (languages[0] == "en" and plain in _ALSO and not plain.isupper()):
        return plain
    return _OWN.get(code, main[code]) if languages[0] == "en" else main[code]
