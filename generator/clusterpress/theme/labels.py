"""Labels: the theme's own words, by language; read without Babel, so that planning starts fast."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

from clusterpress.theme.theme import Theme

FALLBACK = "en"
"""The language whose words stand in for missing ones."""

Edition = Literal["website", "newsletter"]

Label = str | Mapping[str, str]
"""A text, or its plural forms by CLDR category."""

_FOLDERS: Mapping[Edition, tuple[str, ...]] = {
    "website": ("website",),
    "newsletter": ("website", "newsletter"),
}
"""Edition → folders of the theme with its labels; a later one takes precedence."""


def section_words(theme: Theme) -> Callable[[str, str], str]:
    """Return a function (language, name of a section) → title of the section in that language."""
    return lambda lang, section: str(read_labels(theme, lang)[section])


@lru_cache(maxsize=64)
def read_labels(theme: Theme, lang: str, edition: Edition = "website") -> Mapping[str, Label]:
    """Return the labels of a language; missing ones come from its main language, then from English."""
    if edition == "website" and lang in theme.labels:
        return theme.labels[lang]
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    labels: dict[str, Label] = {}
    for name in dict.fromkeys((FALLBACK, lang.partition("-")[0], lang)):
        for folder in _FOLDERS[edition]:
            path = Path(theme.folder) / folder / "labels" / f"{name}.yml"
            if path.is_file():
                labels |= yaml.load(path.read_text("utf-8"), loader)  # noqa: S506 -- a safe one
    return labels
