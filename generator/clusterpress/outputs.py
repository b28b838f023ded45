"""An output: one file of the site as a pure function of frozen inputs."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from clusterpress.digests import digest
from clusterpress.problems import Problem


class CannotMakeError(Exception):
    """An output cannot be made because of a fault in its sources that shows only while it is made."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem
        """Where the fault is, and how to mend it."""

    def __reduce__(self) -> tuple[type["CannotMakeError"], tuple[Problem]]:
        """Let the error come home from another process."""
        return type(self), (self.problem,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """One file to be made, known by its key before anything is made.

    ``make(*inputs.values(), *stored values)`` returns the file's bytes. It is a module-level function, so
    that it can be sent to another process, and it sees nothing but its arguments.
    """

    path: str
    """Where the file goes, relative to the output folder, with forward slashes."""
    make: Callable[..., bytes]
    inputs: dict[str, Any]
    """Frozen values by name; the names tell a person why an output was made again."""
    stored: tuple[bytes, ...] = ()
    """Keys of stored values (rendered bodies, published pictures) that ``make`` gets after the inputs."""
    original: str = ""
    """A file whose bytes ``make`` gets last; its digest stands among the inputs of the fingerprint."""
    sources: tuple[str, ...] = ()
    """The source files that claim this path, named when two outputs meet on it."""

    inspect: Callable[[bytes, tuple[str, ...]], Problem | None] | None = None
    """Looks at what was made, given the sources, and says what is wrong with it, such as its size."""

    def fingerprint(self) -> dict[str, bytes]:
        """Return the digest of each input by name; two equal fingerprints mean equal bytes."""
        return {
            "maker": _digest_of_maker(self.make),
            **{name: digest(value) for name, value in self.inputs.items()},
            **({"text": digest(self.stored)} if self.stored else {}),
        }


@lru_cache(maxsize=256)
def _digest_of_maker(make: Callable[..., bytes]) -> bytes:
    return digest(make.__module__, make.__qualname__)
