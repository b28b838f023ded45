"""References: what a text that is brought over asks about its links and pictures."""

from typing import Protocol


class References(Protocol):
    """Says where the links and pictures of one item lead once it is imported."""

    def link(self, address: str) -> str:
        """Return what to write for the address of a link; "" when only its words are to stay."""

    def picture(self, address: str) -> str:
        """Return what to write for the address of a picture; "" when there is no such file."""

    def outside(self, address: str) -> str:
        """Return the full address under which something that was not taken can still be seen, or ""."""

    def remark(self, message: str, hint: str = "", near: str = "") -> None:
        """Keep something an editor should look at; ``near`` is a piece of the written text at that place."""
