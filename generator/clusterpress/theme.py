"""A theme as a value: where its files are, and their digest."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """How a site looks."""

    name: str
    """The folder's name under themes/."""
    folder: str
    """Where its files are on this machine."""
    digest: bytes
    """Digest of all its files: an output that the theme has a part in is known by it, not by the folder."""
