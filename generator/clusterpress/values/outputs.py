"""An output: one file of the site as a pure function of frozen inputs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

from msgspec import Struct

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


class Output(Struct, kw_only=True, eq=False):
    """One file of the site; its fingerprint is known before the file is made.

    ``make`` is a maker with its inputs, ``partial(make_list, site=site, items=items)``, and returns the bytes
    of the file. The maker is a module-level function, so that it can be sent to another process, and it sees
    nothing but its arguments. All are passed by name: the type checker compares them with its parameters.

    Every build plans tens of thousands of outputs and makes few: an input should have a ``digest`` of its own
    (an entry, `TeaserCards`, a view `with_digest`), and the maker computes whatever follows from others.

    Depending on the fields below, a maker receives three more arguments: ``stored``, ``original``, ``sizes``.
    """

    path: str
    """Where the file goes, relative to the output folder, with forward slashes."""
    make: partial[bytes]
    """The maker with its inputs, which never change. Their names explain why an output was made again."""
    stored: tuple[bytes, ...] = ()
    """Keys of stored values (rendered bodies, published pictures). The maker receives the values, in this
    order, as ``stored``."""
    original: str = ""
    """A file. The maker receives its bytes as ``original``; its digest is one of the inputs."""
    measured: tuple[str, ...] = ()
    """Paths of other outputs, which are made before this one. The maker receives path → size in bytes as
    ``sizes``; the fingerprints of these outputs are part of its inputs."""
    sources: tuple[str, ...] = ()
    """The source files of this path, for the message if two outputs have the same path."""

    inspect: Callable[[bytes, tuple[str, ...]], Problem | None] | None = None
    """Takes the bytes and the sources, and returns what is wrong with the output, such as its size."""

    optional: bool = False
    """Whether the site can do without it: if it cannot be made, it is left out with a warning."""

    @property
    def inputs(self) -> Mapping[str, Any]:
        """Return the inputs by name."""
        return self.make.keywords

    def content(
        self, stored: Iterable[Any] = (), original: bytes = b"", sizes: Mapping[str, int] | None = None
    ) -> bytes:
        """Make the file, and return its bytes.

        Args:
            stored: the stored values that it asks for, in order.
            original: the bytes of the file that it asks for.
            sizes: path → size in bytes of the outputs that it measures.
        """
        given = {"stored": tuple(stored), "original": original, "sizes": sizes or {}}
        asked = {"stored": self.stored, "original": self.original, "sizes": self.measured}
        return self.make(**{name: value for name, value in given.items() if asked[name]})

    def fingerprint(self) -> bytes:
        """Return the digests of maker, inputs and text, one after the other; equal ones mean equal bytes."""
        if self.make.args:
            raise TypeError(f"{self.path}: inputs are passed to a maker by name")
        parts = [_digest_of_maker(self.make.func)]
        for value in self.make.keywords.values():
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


class Bundle(Struct, kw_only=True):
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


def publish_stored(stored: tuple[bytes]) -> bytes:
    """Return a stored value unchanged: a maker."""
    return stored[0]


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
