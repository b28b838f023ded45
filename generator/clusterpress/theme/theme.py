"""A theme as a value: where its files are, their digest, and the tokens of ``theme.yml``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """How a site looks."""

    name: str
    """The folder's name under themes/."""
    folder: str
    """Where its files are on this machine."""
    digest: bytes
    """Digest of all its files; outputs depend on it, not on the folder."""
    labels: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, compare=False, repr=False)
    """Language → labels of the website, as far as they have been read."""


def read_file(theme: Theme, file: str) -> bytes:
    """Return a file of a theme, by its path in the theme's folder."""
    return (Path(theme.folder) / file).read_bytes()


@lru_cache(maxsize=4)
def read_tokens(theme: Theme) -> Mapping[str, Any]:
    """Return the tokens of ``theme.yml``, which Typst, pages and mail share; nobody can change them."""
    import yaml  # many builds need no token

    tokens: Mapping[str, Any] = _freeze(yaml.safe_load((Path(theme.folder) / "theme.yml").read_text("utf-8")))
    return tokens


def palette_on_band(theme: Theme) -> dict[str, str]:
    """Return the colours of sections on the dark band of a cover, and of its text."""
    tokens = read_tokens(theme)
    return {
        **{name: tokens["colours"]["dark"][name] for name in tokens["sections"]},
        "text": tokens["band"]["text"],
    }


@lru_cache(maxsize=4)
def open_templates(theme: Theme) -> "Environment":
    """Return the environment of the templates for newsletters; an unknown name in one is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(Path(theme.folder) / "newsletter"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _freeze(value: Any) -> Any:
    if isinstance(value, dict):
        return MappingProxyType({key: _freeze(one) for key, one in value.items()})
    return tuple(map(_freeze, value)) if isinstance(value, list) else value
