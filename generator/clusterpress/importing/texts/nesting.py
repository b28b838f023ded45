"""Open marks: which of them a closing mark ends, whatever was left open inside of it."""

from collections import Counter


class OpenMarks:
    """The marks that are open, and how many there are of each name, so that thousands take linear time."""

    def __init__(self) -> None:
        self._open: list[tuple[str, int]] = []
        self._counts = Counter[str]()

    def __len__(self) -> int:
        return len(self._open)

    def open(self, name: str, place: int) -> None:
        """Enter a mark that begins at a place."""
        self._open.append((name, place))
        self._counts[name] += 1

    def close(self, name: str) -> int | None:
        """Close the latest mark of a name, with those inside of it; without a name, the latest one.

        Returns its place; None if none is open.
        """
        wanted = name or (self._open[-1][0] if self._open else "")
        while self._counts[wanted]:
            latest, place = self._open.pop()
            self._counts[latest] -= 1
            if latest == wanted:
                return place
        return None
