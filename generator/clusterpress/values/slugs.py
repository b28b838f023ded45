"""Slugs: the ASCII words of URLs."""

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not decompose into an ASCII letter and a mark.
_LETTERS = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i",
        "ħ": "h", "ŧ": "t", "ŋ": "n", "’": "", "'": "", "&": " and ",
    }
)  # fmt: skip


@lru_cache(maxsize=65_536)  # thousands of items name the same clusters and tags
def slugify(text: str) -> str:
    """Return ``text`` as lower-case ASCII words joined by hyphens: ``Žilina, 2011`` → ``zilina-2011``.

    Text without a Latin letter or digit, such as an Arabic title, gives an empty string. Callers then use the
    file's name: a URL never depends on a guess about pronunciation.
    """
    plain = text.casefold().translate(_LETTERS)
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
