"""Tokens: the colours of ``theme.yml``, which Typst, pages and mail share."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from clusterpress.theme.theme import Theme


@lru_cache(maxsize=4)
def read_tokens(theme: Theme) -> Mapping[str, Any]:
    """Return the tokens of a theme."""
    import yaml  # many builds ask for no colour

    tokens: Mapping[str, Any] = yaml.safe_load((Path(theme.folder) / "theme.yml").read_text("utf-8"))
    return tokens


def palette_on_band(theme: Theme) -> dict[str, str]:
    """Return the colours of sections on the dark band of a cover, and of its text."""
    tokens = read_tokens(theme)
    return {
        **{name: tokens["colours"]["dark"][name] for name in tokens["sections"]},
        "text": tokens["band"]["text"],
    }
