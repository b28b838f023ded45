"""What the reader of a document has to say about it."""

from collections import Counter

from msgspec import Struct, field

from clusterpress.importing.records import Remark, Skipped

_MAX_LENGTH = 160


class Findings(Struct):
    """Collects what a document contains that no item can, and what an editor should look at."""

    place: str
    """The file."""
    remarks: list[Remark] = field(default_factory=list)
    _left_out: Counter[tuple[str, str]] = field(default_factory=Counter)

    def leave_out(self, what: str, why: str, count: int = 1) -> None:
        """Record something that is not imported; see `Skipped` for the arguments."""
        self._left_out[what, why] += count

    def remark(self, message: str, hint: str = "", near: str = "") -> None:
        """Record a remark for editors; see `Remark` for the arguments."""
        if (one := Remark(message, hint, near)) not in self.remarks:
            self.remarks.append(one)

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """What is not imported, in the order in which it was found."""
        return tuple(
            Skipped(place=self.place, what=what, why=why, count=count)
            for (what, why), count in self._left_out.items()
        )


def quoted(words: str) -> str:
    """Return words in quotation marks, on one line and not too long."""
    line = " ".join(words.split())
    return f'"{line[:_MAX_LENGTH].rstrip()}…"' if len(line) > _MAX_LENGTH else f'"{line}"'
