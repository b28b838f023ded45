"""An output: one file of the site as a pure function of frozen inputs."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from clusterpress.values.digests import SIZE, digest
from clusterpress.values.problems import Problem

PageRow = tuple[str, str, tuple[tuple[str, str], ...]]
"""What a sitemap lists of a page: path, ISO date of its last change if any, (language, path) of versions."""


class OutputError(Exception):
    """An output cannot be made: rendering found a fault in its sources."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem
        """Where the fault is, and how to fix it."""

    def __reduce__(self) -> tuple[type["OutputError"], tuple[Problem]]:
        """Pickle the error, so that another process can return it."""
        return type(self), (self.problem,)


@dataclass(slots=True, kw_only=True)
class Output:
    """One file of the site; its fingerprint is known before the file is made.

    ``make(*inputs.values(), *stored values)`` returns the file's bytes. It is a module-level function, so
    that other processes can run it, and it depends on its arguments only. Every build plans tens of thousands
    of outputs and makes few of them: inputs should have a ``digest`` attribute (an entry, `TeaserCards`, a
    view), and ``make`` computes what follows from other inputs.
    """

    path: str
    """Path of the file, relative to the output folder, with forward slashes."""
    make: Callable[..., bytes]
    inputs: dict[str, Any]
    """Immutable values by name; ``--why`` shows the names of those that changed."""
    stored: tuple[bytes, ...] = ()
    """Keys of stored values (rendered bodies, published pictures) to pass to ``make`` after the inputs."""
    original: str = ""
    """A file whose bytes are the last argument of ``make``; one of the inputs is its digest."""
    measured: tuple[str, ...] = ()
    """Paths of outputs to make before this one: ``make`` takes path → size in bytes as ``sizes``. Their
    fingerprints are among the inputs."""
    sources: tuple[str, ...] = ()
    """The source files of this path, for the message if two outputs have the same path."""

    inspect: Callable[[bytes, tuple[str, ...]], Problem | None] | None = None
    """Takes the bytes and the sources, and returns what is wrong with the output, such as its size."""

    def fingerprint(self) -> bytes:
        """Return the digests of maker, inputs and text, joined; equal fingerprints mean equal bytes."""
        parts = [_digest_of_maker(self.make)]
        for value in self.inputs.values():
            own = getattr(value, "digest", None)
            if type(own) is bytes and len(own) == SIZE:
                parts.append(own)
            else:
                parts.append(digest(value) if value else _digest_of_falsy(repr(value)))
        if self.stored:
            parts.append(digest(*self.stored))
        return b"".join(parts)

    def parts(self) -> tuple[str, ...]:
        """Return the names of the parts of the fingerprint."""
        return ("maker", *self.inputs, *(("text",) if self.stored else ()))


@dataclass(slots=True, kw_only=True)
class Bundle:
    """Outputs that are planned only if one of their dependencies may have changed.

    A site has tens of thousands of outputs in some hundred bundles, and an edit affects few of them. Bundles
    have a limited size, and new items go into the last one: no edit has to plan a large bundle.
    """

    name: str
    """Unique and stable name: ``en/news/items/3``."""
    cache_key: bytes
    """Digest of at least everything that its outputs depend on: equal keys mean equal outputs."""
    plan: Callable[[], Iterable[Output]]
    """Lists its outputs."""
    pages: Callable[[], Iterable[PageRow]] = tuple
    """Lists the pages for the sitemap without planning the outputs."""
    checked: Sequence[Any] = ()
    """The entries that have no faults if the bundle was made before with the same cache key."""


Planned = Output | Bundle
"""What planners yield."""


def split_fingerprint(fingerprint: bytes) -> tuple[bytes, ...]:
    """Return the digests that are joined in a fingerprint."""
    return tuple(fingerprint[at : at + SIZE] for at in range(0, len(fingerprint), SIZE))


@lru_cache(maxsize=256)
def _digest_of_maker(make: Callable[..., bytes]) -> bytes:
    return digest(make.__module__, make.__qualname__)


@lru_cache(maxsize=64)
def _digest_of_falsy(written: str) -> bytes:
    """Return the digest of a falsy value, given its ``repr``."""
    return digest("nothing", written)
