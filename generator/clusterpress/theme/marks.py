"""The quotation marks, dashes and spaces of each language.

Sources:

- Quotation marks of the languages of the Union: Publications Office, "Use of quotation marks in the
  different languages" (Formex, character encoding). English differs: authors choose between ``"`` and ``'``,
  as British and American writers do, and each becomes the curly mark of its kind.
- Other languages and regions: Unicode CLDR 46, ``delimiters``; Swiss languages: Federal Chancellery,
  "Weisungen zur Schreibung"; Serbian: Pravopis srpskoga jezika, 2010.
- Dashes between words: with spaces, but without them in American English (Chicago Manual of Style, 6.91).
- French spaces: Lexique des règles typographiques (Imprimerie nationale), "Ponctuation"; in Canada only the
  colon and guillemets have one (Office québécois de la langue française).
- Arabic, Hebrew and languages without a row stay as they are: straight marks are usual there, and stand in
  Hebrew abbreviations.
"""

from functools import lru_cache
from typing import NamedTuple

Pair = tuple[str, str]

_NBSP, _THIN = "\u00a0", "\u202f"


class Style(NamedTuple):
    """The marks of one language."""

    marks: tuple[Pair, Pair]
    """Opening and closing quotation marks for ``"``, and for ``'``."""
    dash: str = " – "
    """Between words, with its spaces."""
    spaces: Pair | None = None
    """Spaces before a colon, and before ``;``, ``!`` and ``?``."""


_CURLY, _CURLY_SINGLE = ("“", "”"), ("‘", "’")
_LOW, _LOW_SINGLE = ("„", "“"), ("‚", "‘")
_ENGLISH = Style((_CURLY, _CURLY_SINGLE))
_GERMAN = Style((_LOW, _LOW_SINGLE))
_ROMANCE = Style((("«", "»"), _CURLY))
_LOW_ONLY = Style((_LOW, _LOW))
_NORDIC = Style((("”", "”"), ("’", "’")))
_SWISS = Style((("«", "»"), ("‹", "›")))
_AMERICAN = Style(_ENGLISH.marks, dash="—")
_FRENCH = Style(((f"«{_NBSP}", f"{_NBSP}»"), _CURLY), spaces=(_NBSP, _THIN))

_STYLES = {
    "bg": _LOW_ONLY,
    "ca": _ROMANCE,
    "cs": _GERMAN,
    "da": Style((("»", "«"), ("›", "‹"))),
    "de": _GERMAN,
    "de-CH": _SWISS,
    "de-LI": _SWISS,
    "el": _ROMANCE,
    "en": _ENGLISH,
    "en-CA": _AMERICAN,
    "en-US": _AMERICAN,
    "es": _ROMANCE,
    "es-MX": _ENGLISH,
    "es-US": _ENGLISH,
    "et": _LOW_ONLY,
    "fi": _NORDIC,
    "fr": _FRENCH,
    "fr-CA": _FRENCH._replace(spaces=(_NBSP, "")),
    "fr-CH": Style(((f"«{_THIN}", f"{_THIN}»"), (f"‹{_THIN}", f"{_THIN}›")), spaces=(_THIN, _THIN)),
    "ga": _ENGLISH,
    "hr": Style((("„", "”"), ("‚", "’"))),
    "hu": Style((("„", "”"), ("»", "«"))),
    "is": _GERMAN,
    "it": _ROMANCE,
    "it-CH": _SWISS,
    "lt": _LOW_ONLY,
    "lv": Style((_CURLY, _CURLY)),
    "mt": _ENGLISH,
    "nb": Style((("«", "»"), _CURLY_SINGLE)),
    "nl": _ENGLISH,
    "nn": Style((("«", "»"), _CURLY_SINGLE)),
    "no": Style((("«", "»"), _CURLY_SINGLE)),
    "pl": Style((("„", "”"), ("»", "«"))),
    "pt": _ROMANCE,
    "pt-BR": _ENGLISH,
    "ro": Style((("„", "”"), ("«", "»"))),
    "ru": Style((("«", "»"), _LOW), dash=" — "),
    "sk": _GERMAN,
    "sl": _GERMAN,
    "sr": Style((("„", "”"), ("’", "’"))),
    "sv": _NORDIC,
    "tr": _ENGLISH,
    "uk": Style((("«", "»"), _LOW), dash=" — "),
}
"""Language, perhaps with a region → its marks."""


@lru_cache(maxsize=64)
def style_of(lang: str) -> Style | None:
    """Return the marks of a language code, with a region or not, or None if the language has no row."""
    return _STYLES.get(lang) or _STYLES.get(lang.partition("-")[0])
