"""Labels: the theme's own words, by language."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

from clusterpress.theme.theme import Theme

FALLBACK = "en"
"""The language whose words stand in for missing ones."""

Label = str | Mapping[str, str]
"""A text, or its plural forms by CLDR category."""


def section_words(theme: Theme) -> Callable[[str, str], str]:
    """Return (language, name of a section) → its title in that language, as the theme words it."""
    return lambda lang, section: str(read_labels(theme, lang)[section])


@lru_cache(maxsize=64)
def read_labels(theme: Theme, lang: str) -> Mapping[str, Label]:
    """Return the labels of a language; what it lacks is taken from its main language, then from English."""
    if lang in theme.labels:
        return theme.labels[lang]
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    folder = Path(theme.folder) / "website" / "labels"
    labels: dict[str, Label] = {}
    for name in dict.fromkeys((FALLBACK, lang.partition("-")[0], lang)):
        path = folder / f"{name}.yml"
        if path.is_file():
            labels |= yaml.load(path.read_text("utf-8"), loader)  # noqa: S506 -- a safe one
    return labels
