"""What a diagnosis finds."""

from typing import Literal

from msgspec import Struct

State = Literal["good", "note", "missing", "fault"]
"""``note``: not needed here, or uncertain; ``missing``: the machine lacks it; ``fault``: of the project."""


class Finding(Struct, frozen=True, kw_only=True):
    """One thing that was looked at."""

    topic: str
    """Its name: Python, Cache."""
    words: str
    """What was found."""
    state: State = "good"
    remedy: str = ""
    """What to do; empty if there is nothing to do."""
