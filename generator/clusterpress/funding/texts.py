"""The emblem, and the official texts by language: statements, disclaimers, names of the Union and its funds.

Statements: the Commission's list for 2021-27 (Annex IX of Regulation (EU) 2021/1060 names the English ones).
Disclaimers: EU model grant agreement, Article 17.3, and the guidance for external actions. The English text,
marked as such, replaces a text that ``texts/`` lacks in a language.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin
from pathlib import Path

import yaml

FALLBACK = "en"
_FOLDER = Path(__file__).parent / "texts"
LANGUAGES = tuple(sorted(file.stem for file in _FOLDER.glob("*.yml")))
"""The languages of the Union, and Arabic."""

FUNDS = ("erdf", "esf", "cohesion")
"""Funds with names in all languages."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its language."""

    text: str
    lang: str


def official(key: str, lang: str, **values: str) -> Text:
    """Return an official text in a language, or in English if it has none.

    Args:
        key: a key of the files in ``texts/``.
        lang: language code; region and script are ignored.
        values: values of the placeholders.
    """
    main = lang.partition("-")[0]
    found = read_texts(main).get(key)
    text, known = (found, lang) if found else (read_texts(FALLBACK)[key], FALLBACK)
    return Text(text.format(**values) if values else text, known)


def name_fund(name: str, lang: str, own: str) -> Text:
    """Return the name of a fund: in the language if the fund is known, otherwise as written.

    Args:
        name: ``ERDF`` or a name in full, in any language; empty means the ERDF.
        lang: language wanted.
        own: language in which an unknown name is written.
    """
    key = _funds().get(_folded(name or "erdf"))
    return official(key, lang) if key else Text(name, own)


def same_words(one: str, other: str) -> bool:
    """Return whether two texts are equal apart from case, spaces, apostrophes and full stops."""
    return _folded(one) == _folded(other)


def contains_words(text: str, words: str) -> bool:
    """Return whether a text contains certain words."""
    return _folded(words) in _folded(text)


@lru_cache(maxsize=32)
def read_texts(lang: str) -> Mapping[str, str]:
    """Return key → text of a language; empty for an unknown language."""
    if lang not in LANGUAGES:
        return {}
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same in C, ten times as fast
    texts: Mapping[str, str] = yaml.load((_FOLDER / f"{lang}.yml").read_text("utf-8"), loader)  # noqa: S506
    return texts


@lru_cache(maxsize=1)
def _funds() -> Mapping[str, str]:
    named = {_folded(read_texts(lang)[key]): key for lang in LANGUAGES for key in FUNDS}
    return named | {key: key for key in FUNDS} | {"cohesion": "cohesion", "cf": "cohesion"}


def _folded(text: str) -> str:
    return " ".join(text.replace("'", "’").strip(" .").casefold().split())


# Graphical guide of the emblem (Interinstitutional style guide, annex A1): a rectangle whose fly is one and a
# half times the hoist; twelve stars on an unseen circle of radius one third of the hoist, each inscribed in a
# circle of radius one eighteenth of it, one point straight up.
HOIST = 540.0
FLY = HOIST * 3 / 2
RING = HOIST / 3
STAR = HOIST / 18
INNER = (3 - 5**0.5) / 2
"""Radius of a pentagram's inner corners if its points have radius 1."""
BLUE, YELLOW = "#003399", "#FFCC00"


@lru_cache(maxsize=1)
def draw_stars() -> str:
    """Return the outlines of the twelve stars as one SVG path, in a field of `FLY` by `HOIST`."""
    return "".join(
        _star(FLY / 2 + RING * sin(hour * pi / 6), HOIST / 2 - RING * cos(hour * pi / 6))
        for hour in range(12)
    )


def draw_emblem_file() -> str:
    """Return the emblem as an SVG file."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {FLY:g} {HOIST:g}" width="{FLY:g}" '
        f'height="{HOIST:g}"><path fill="{BLUE}" d="M0 0h{FLY:g}v{HOIST:g}H0z"/>'
        f'<path fill="{YELLOW}" d="{draw_stars()}"/></svg>'
    )


def _star(x: float, y: float) -> str:
    corners = (
        (x + radius * sin(turn * pi / 5), y - radius * cos(turn * pi / 5))
        for turn in range(10)
        for radius in ((STAR * INNER) if turn % 2 else STAR,)
    )
    return "M" + "L".join(f"{cx:.2f} {cy:.2f}" for cx, cy in corners) + "z"
