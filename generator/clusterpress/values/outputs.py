"""An output: one file of the site as a pure function of frozen inputs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from clusterpress.values.digests import SIZE, digest
from clusterpress.values.problems import Problem

PageRow = tuple[str, str, tuple[tuple[str, str], ...]]
"""What a sitemap says of a page: path, ISO date of its last change if any, (language, path) of versions."""


class OutputError(Exception):
    """An output cannot be made because of a fault in its sources that shows only while it is made."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem
        """Where the fault is, and how to mend it."""

    def __reduce__(self) -> tuple[type["OutputError"], tuple[Problem]]:
        """Let the error come home from another process."""
        return type(self), (self.problem,)


@dataclass(slots=True, kw_only=True, eq=False)
class Output:
    """One file to be made, known by its fingerprint before anything is made.

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
    """The source files that claim this path, named when two outputs meet on it."""

    inspect: Callable[[bytes, tuple[str, ...]], Problem | None] | None = None
    """Looks at what was made, given the sources, and says what is wrong with it, such as its size."""

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
        more: dict[str, Any] = {}
        if self.stored:
            more["stored"] = tuple(stored)
        if self.original:
            more["original"] = original
        if self.measured:
            more["sizes"] = sizes or {}
        return self.make(**more)

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


@dataclass(slots=True, kw_only=True)
class Bundle:
    """Outputs that are planned only if something may have changed that any of them depends on.

    A site has tens of thousands of outputs in some hundred bundles; an edit touches a few of these. A bundle
    that grows with the site would be planned by every edit: bundles are cut so that new items touch the last.
    """

    name: str
    """Names it among all bundles of a site, always in the same way: ``en/news/items/3``."""
    cache_key: bytes
    """Digest of all that its outputs depend on, if need be of more: equal ones mean equal outputs."""
    plan: Callable[[], Iterable[Output]]
    """Lists its outputs."""
    pages: Callable[[], Iterable[PageRow]] = tuple
    """Lists those that a sitemap names, without planning them."""
    checked: Sequence[Any] = ()
    """The entries of which nothing is wrong if the bundle was made before and its origin is the same."""


Planned = Output | Bundle
"""What planners list."""


def split_fingerprint(fingerprint: bytes) -> tuple[bytes, ...]:
    """Return the digests that a fingerprint is made of."""
    return tuple(fingerprint[at : at + SIZE] for at in range(0, len(fingerprint), SIZE))


@lru_cache(maxsize=256)
def _digest_of_maker(make: Callable[..., bytes]) -> bytes:
    return digest(make.__module__, make.__qualname__)


@lru_cache(maxsize=64)
def _digest_of_falsy(written: str) -> bytes:
    """Return the digest of an empty value, a "no" or a nought, as Python writes it."""
    return digest("nothing", written)
