"""Slugs: the ASCII words of URLs."""

import re
import unicodedata
from functools import lru_cache

from clusterpress.values.digests import digest

# Letters that Unicode does not decompose into an ASCII letter and a mark.
_LETTERS = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i",
        "ħ": "h", "ŧ": "t", "ŋ": "n", "’": "", "'": "", "&": " and ",
    }
)  # fmt: skip
_SIGNS = {"+": " plus", "#": " sharp"}
_SIGN = re.compile(r"(?<=[\w+#])[+#](?![^\W_])")
"""A sign that ends a word and is part of the name: Erasmus+, C++, C#."""
_LATIN_NAMES = ("LATIN ", "MODIFIER ", "FEMININE ", "MASCULINE ", "MICRO ")


@lru_cache(maxsize=65_536)  # thousands of items name the same clusters and tags
def slugify(text: str) -> str:
    """Return ``text`` as lower-case ASCII words joined by hyphens: ``Žilina, 2011`` → ``zilina-2011``.

    Text without a Latin letter or digit, such as an Arabic title, gives an empty string; see `full_slug`.
    """
    plain = text.casefold().translate(_LETTERS)
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


@lru_cache(maxsize=65_536)
def full_slug(text: str) -> str:
    """Return a slug that keeps every letter: ``خبر-2`` → ``khbr-2``, ``Erasmus+`` → ``erasmus-plus``.

    Letters of other scripts than the Latin one are written in Latin letters. Texts in Latin letters without
    such signs have the same slug as from `slugify`.
    """
    named = _SIGN.sub(lambda found: _SIGNS[found[0]], text)
    if not named.isascii():
        named = unicodedata.normalize("NFC", named)
        if any(map(_is_foreign, named)):
            named = _in_latin_letters(named)
    return slugify(named)


@lru_cache(maxsize=65_536)
def term_slug(name: str) -> str:
    """Return the slug by which a term is known; a name without Latin letters gets a stable code.

    Two names have one slug if they differ only in case, accents and spacing. Codes stay what they are,
    although they can be written in Latin letters now: addresses of terms are promises.
    """
    composed = unicodedata.normalize("NFC", name)
    return full_slug(composed) if slugify(composed) else f"x-{digest(composed).hex()[:8]}"


def _is_foreign(character: str) -> bool:
    """Return whether a character is a letter or digit, and neither ASCII nor of the Latin script."""
    if character.isascii() or not character.isalnum():
        return False
    return not unicodedata.name(character, "").startswith(_LATIN_NAMES)


def _in_latin_letters(text: str) -> str:
    """Return a text with the letters of other scripts in Latin ones; marks go with their letters."""
    # The tables take a while to load, and most sites need none.
    from anyascii import anyascii

    pieces, foreign = [], ""
    for character in text:
        is_mark = unicodedata.category(character).startswith("M")
        if _is_foreign(character) or (foreign and is_mark):
            foreign += character
        else:
            pieces += [anyascii(foreign), character]
            foreign = ""
    return "".join((*pieces, anyascii(foreign)))
