"""A theme as a value: its files, the tokens of ``theme.yml``, readable colours, and labels by language."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct, field

if TYPE_CHECKING:
    from jinja2 import Environment


class Theme(Struct, frozen=True, kw_only=True, eq=False):
    """How a site looks."""

    name: str
    """The folder's name under themes/."""
    folder: str
    """Where its files are on this machine."""
    digest: bytes
    """Digest of all its files; outputs depend on it, not on the folder."""
    labels: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Language → labels of the website, as far as they have been read."""
    colour: str = ""
    """The site's own main colour as ``#rrggbb``; it is part of the digest."""

    @property
    def version(self) -> str:
        """A short name of its digest, for addresses of its files."""
        return self.digest.hex()[:8]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Theme) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[str, str, str, bytes]:
        """Return what tells two themes apart; the labels are read from the files of the digest."""
        return self.name, self.folder, self.colour, self.digest


def read_file(theme: Theme, file: str) -> bytes:
    """Return a file of a theme, by its path in the theme's folder."""
    return (Path(theme.folder) / file).read_bytes()


@lru_cache(maxsize=4)
def read_tokens(theme: Theme) -> Mapping[str, Any]:
    """Return the tokens of ``theme.yml``, which Typst, pages and mail share; nobody can change them.

    If the site has a colour of its own, the tokens have it, in shades that can be read.
    """
    import yaml  # many builds need no token

    tokens = yaml.safe_load((Path(theme.folder) / "theme.yml").read_text("utf-8"))
    frozen: Mapping[str, Any] = _freeze(with_colour(tokens, theme.colour) if theme.colour else tokens)
    return frozen


def with_colour(tokens: Mapping[str, Any], colour: str) -> dict[str, Any]:
    """Return tokens in which a colour takes the place of the theme's navy, in shades that can be read.

    Args:
        tokens: those of ``theme.yml``.
        colour: written ``#rrggbb``.
    """
    light, dark, band = tokens["colours"]["light"], tokens["colours"]["dark"], tokens["band"]
    ground = ensure_contrast(colour, band["text"])
    own = {"navy": mix(ground, "#000000", 80), "link": ground, "tint": mix(ground, light["paper"], 7)}
    bright = mix(ground, "#ffffff", 40)
    own_dark = {
        "navy": mix(bright, "#ffffff", 75), "link": bright, "tint": mix(ground, dark["paper"], 25)
    }  # fmt: skip
    return {
        **tokens,
        "colours": {"light": _readable({**light, **own}), "dark": _readable({**dark, **own_dark})},
        "band": {**band, "ground": ground, "quiet": ensure_contrast(mix(ground, band["text"], 20), ground)},
    }


_NO_TEXT = frozenset({"paper", "sheet", "line", "tint"})
"""Colours that no words have."""


def _readable(scheme: Mapping[str, str]) -> dict[str, str]:
    """Return a scheme in which each colour of words can be read on all its backgrounds."""
    backgrounds = scheme["paper"], scheme["sheet"], scheme["tint"]
    return {
        name: colour if name in _NO_TEXT else ensure_contrast(colour, *backgrounds)
        for name, colour in scheme.items()
    }


def palette_on_band(theme: Theme) -> dict[str, str]:
    """Return the colours of sections on the dark band of a cover, and of its text."""
    tokens = read_tokens(theme)
    ground, dark = tokens["band"]["ground"], tokens["colours"]["dark"]
    colours = {name: dark[name] for name in tokens["sections"]}
    if theme.colour:  # the theme's own band is dark enough
        colours = {name: ensure_contrast(colour, ground) for name, colour in colours.items()}
    return {**colours, "text": tokens["band"]["text"]}


@lru_cache(maxsize=4)
def open_templates(theme: Theme) -> "Environment":
    """Return the environment of the templates for newsletters; an unknown name in one is an error.

    They may include partials of the website.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader([Path(theme.folder) / "newsletter", Path(theme.folder) / "website"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _freeze(value: Any) -> Any:
    if isinstance(value, dict):
        return MappingProxyType({key: _freeze(one) for key, one in value.items()})
    return tuple(map(_freeze, value)) if isinstance(value, list) else value


FALLBACK = "en"
"""The language whose words stand in for missing ones."""

Edition = Literal["website", "newsletter"]

_FOLDERS: Mapping[Edition, tuple[str, ...]] = {
    "website": ("website",),
    "newsletter": ("website", "newsletter"),
}
"""Edition → folders with its labels; later ones come first."""

Label = str | Mapping[str, str]
"""A text, or its plural forms by CLDR category."""


def section_words(theme: Theme) -> Callable[[str, str], str]:
    """Return a function (language, name of a section) → title of the section in that language."""
    return lambda lang, section: str(read_labels(theme, lang)[section])


@lru_cache(maxsize=64)
def read_labels(theme: Theme, lang: str, edition: Edition = "website") -> Mapping[str, Label]:
    """Return the labels of a language; missing ones come from its main language, then from English.

    For the arguments, see `open_wording`.
    """
    if edition == "website" and lang in theme.labels:
        return theme.labels[lang]
    labels: dict[str, Label] = {}
    for name in dict.fromkeys((FALLBACK, lang.partition("-")[0], lang)):
        for folder in _FOLDERS[edition]:
            labels |= _label_file(theme, folder, name)
    return labels


def missing_labels(theme: Theme, lang: str, edition: Edition, start: str = "") -> tuple[str, ...]:
    """Return the labels of an edition that a language borrows from English.

    Args:
        theme: the theme.
        lang: the language.
        edition: website or newsletter.
        start: how the names of the labels begin.
    """
    # Every build asks; parsing the files would take 40 ms.
    key = re.compile(rf"^({re.escape(start)}\w*)\s*:", re.MULTILINE)

    def keys(folder: str, name: str) -> list[str]:
        path = Path(theme.folder) / folder / "labels" / f"{name}.yml"
        return key.findall(path.read_text("utf-8")) if path.is_file() else []

    names = {lang.partition("-")[0], lang}
    own = {one for folder in _FOLDERS[edition] for name in names for one in keys(folder, name)}
    return tuple(one for one in keys(edition, FALLBACK) if one not in own)


def _label_file(theme: Theme, folder: str, name: str) -> dict[str, Label]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    path = Path(theme.folder) / folder / "labels" / f"{name}.yml"
    return yaml.load(path.read_text("utf-8"), loader) if path.is_file() else {}  # noqa: S506 -- a safe one


MIN_CONTRAST = 4.5
"""Contrast required for text of any size."""


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours written ``#rrggbb``, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def ensure_contrast(colour: str, *backgrounds: str) -> str:
    """Return a colour, or its nearest shade that is readable on all backgrounds, all light or all dark."""
    towards = 0 if _luminance(backgrounds[0]) > 0.18 else 255  # noqa: PLR2004 -- middle grey, to the eye
    for step in range(51):
        shade = mix(colour, "#000000" if towards == 0 else "#ffffff", 100 - 2 * step)
        if all(contrast(shade, background) >= MIN_CONTRAST for background in backgrounds):
            return shade
    return "#000000" if towards == 0 else "#ffffff"


def mix(colour: str, other: str, share: float) -> str:
    """Return so many per cent of a colour mixed into another one, as ``color-mix(in srgb)`` of CSS does."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(two + (one - two) * share / 100):02x}" for one, two in pairs)


def _luminance(colour: str) -> float:
    parts = (value / 255 for value in _channels(colour))
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)  # noqa: PLR2004
    red, green, blue = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
