"""A theme as a value: where its files are, and their digest."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """How a site looks."""

    name: str
    """The folder's name under themes/."""
    folder: str
    """Where its files are on this machine."""
    digest: bytes
    """Digest of all its files: an output that the theme has a part in is known by it, not by the folder."""
    labels: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, compare=False, repr=False)
    """Language → its words, as far as they were read already."""
