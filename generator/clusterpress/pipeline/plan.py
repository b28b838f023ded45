"""The plan: every output of a site with its fingerprint, before anything is rendered; paths claimed twice."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache

from clusterpress.library.entries import Entry
from clusterpress.library.publication import STATIC
from clusterpress.pipeline.cache.manifest import BundleRecord
from clusterpress.values.outputs import Bundle, Output, Planned
from clusterpress.values.problems import Problem, Severity, count
from clusterpress.website.sitemap import Part, part_of

_OWN = "a page that the site makes itself"
"""The claimant of an address that has no source file."""
_UNSAFE_PARTS = ("\\", "\0", "//", "/.", "\n/", "\n.", "/\n")
"""If none of these is in a list of addresses, a line each, no address escapes."""
_UNSAFE = re.compile(r"[\\\0]|(?:^|/)(?:\.{0,2})(?:/|$)")
"""Parts of an address that leave the output folder or are not in canonical form."""


def find_conflicts(
    outputs: dict[str, Output], rival_outputs: dict[str, list[Output]], drafts: Iterable[str] = ()
) -> Iterator[Problem]:
    """Yield a problem for each path that several outputs claim, naming every source involved.

    Paths that differ only in case are one file on Windows and macOS, and a file cannot be a folder too.

    Args:
        outputs: the first to claim their paths.
        rival_outputs: the others.
        drafts: source paths; only previews show drafts, so a conflict with one is a warning.
    """
    if not rival_outputs and not have_conflicts(outputs):
        return
    folded: dict[str, list[Output]] = defaultdict(list)
    for path, output in outputs.items():
        folded[path.casefold()] += [output, *rival_outputs.get(path, ())]
    below: dict[str, list[Output]] = defaultdict(list)
    for path, claims in folded.items():
        for folder in folders_of((path,)) & folded.keys():
            below[folder] += claims
    conflicts: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for path, claims in folded.items():
        if len(claims) == 1 and path not in below:
            continue
        claimants = [*claims, *below.get(path, ())]
        conflicting = sorted({source for output in claimants for source in output.sources})
        # A conflict with a page that the site makes itself has one source only.
        own = () if all(output.sources for output in claimants) else (_OWN,)
        conflicts[(*conflicting, *own)].append(claimants[0].path.removesuffix("index.html"))
    draft_paths = frozenset(drafts)
    for names, addresses in conflicts.items():
        sources = [name for name in names if name != _OWN]
        first, *others = sorted(addresses, key=lambda address: (len(address), address))
        more = f" and {count(len(others), 'other')}" if others else ""
        yield Problem(
            path=sources[-1] if sources else "site_config.yml",
            severity=Severity.ERROR if draft_paths.isdisjoint(sources) else Severity.WARNING,
            message=f"several sources claim the address /{first}{more}: {', '.join(names)}",
            hint="give one of them another slug, number, path or alias",
        )


def have_conflicts(paths: Iterable[str]) -> bool:
    """Return whether two of some paths are one file on Windows and macOS, or one is a folder of another."""
    listed = tuple(paths)
    folded = {path.casefold() for path in listed}
    return len(folded) < len(listed) or not folded.isdisjoint(folders_of(folded))


def folders_of(paths: Iterable[str]) -> set[str]:
    """Return all folders that contain some paths."""
    folders: set[str] = set()
    for path in paths:
        while (path := path.rpartition("/")[0]) and path not in folders:
            folders.add(path)
    return folders


def find_escaping_paths(outputs: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each path that lies outside the output folder."""
    paths = tuple(outputs)
    lines = "\n".join(("", *paths, ""))
    if not any(part in lines for part in _UNSAFE_PARTS):
        return
    for path in paths:
        if _UNSAFE.search(path):
            yield Problem(
                path="site_config.yml",
                message=f'the address "{path}" lies outside the output folder',
                hint="correct the permalink, slug or alias it comes from",
            )


class Plan:
    """The outputs of a build.

    A bundle stays closed if its cache key is the same as when the output folder was last brought up to date.
    Only the paths of its outputs are known then; the files are current unless another program changed them.
    """

    def __init__(self, records: Mapping[str, BundleRecord], faulty: Collection[str] = ()) -> None:
        """Start a plan.

        Args:
            records: those of the bundles in the output folder, by name.
            faulty: source paths of the entries with faults that did not stop the last build.
        """
        self._records = records
        self._faulty = faulty
        self.outputs: dict[str, Output] = {}
        """Path below the output folder → output."""
        self.closed: dict[str, Bundle] = {}
        """Name → bundle without planned outputs."""
        self.kept: dict[str, str] = {}
        """Path of an output of a closed bundle → name of the bundle."""
        self.bundles: dict[str, BundleRecord] = {}
        """Name → record of each bundle, for the manifest."""
        self.problems: tuple[Problem, ...] = ()
        """Problems that can be found only when all outputs are known."""
        self.faulty: frozenset[str] = frozenset()
        """Source paths of the entries with faults in what they name."""
        self._rival_outputs: dict[str, list[Output]] = defaultdict(list)
        self._parts: dict[str, Part] = {}

    @property
    def paths(self) -> Iterable[str]:
        """The paths of all outputs."""
        return (*self.outputs, *self.kept)

    def part_of(self, bundle: Bundle) -> Part:
        """Return the pages of a bundle, for the sitemap."""
        if bundle.name not in self._parts:
            record = self._find_record(bundle)
            known = Part(record.size, record.digest, bundle.pages) if record else None
            self._parts[bundle.name] = known or part_of(bundle.pages())
        return self._parts[bundle.name]

    def _find_record(self, bundle: Bundle) -> BundleRecord | None:
        """Return the record of a bundle, if its cache key is still the same."""
        record = self._records.get(bundle.name)
        return record if record and record.cache_key == bundle.cache_key else None

    def add(self, planned: Iterable[Planned]) -> None:
        """Take outputs and bundles into the plan."""
        for one in planned:
            if isinstance(one, Output):
                self._claim(one)
                continue
            if record := self._find_record(one):
                self.closed[one.name] = one
                self.bundles[one.name] = record
                self.kept.update(dict.fromkeys(_split(record.paths), one.name))
            else:
                self._open(one)

    def open(self, name: str) -> None:
        """Plan the outputs of a closed bundle."""
        bundle = self.closed.pop(name)
        for path in self.bundles[name].paths.split("\n"):
            self.kept.pop(path, None)
        self._open(bundle)

    def _open(self, bundle: Bundle) -> None:
        outputs = tuple(bundle.plan())
        for output in outputs:
            self._claim(output)
        part = self.part_of(bundle)
        paths = "\n".join(output.path for output in outputs)
        self.bundles[bundle.name] = BundleRecord(bundle.cache_key, part.size, part.digest, paths)

    def _claim(self, output: Output) -> None:
        if self.outputs.setdefault(output.path, output) is not output:
            self._rival_outputs[output.path].append(output)

    def prefer_static(self) -> Iterator[Problem]:
        """Let static files replace generated ones at the same paths; yield a note about each.

        Pages of items are not replaced: two sources that claim one address are a mistake.
        """
        for path in [*self._rival_outputs]:
            claims = [self.outputs[path], *self._rival_outputs[path]]
            static = [one for one in claims if _is_static(one)]
            if len(static) != 1 or any(one.sources for one in claims if one is not static[0]):
                continue
            self.outputs[path] = static[0]
            del self._rival_outputs[path]
            # A bundle that is noted stays closed, also when the static file is gone.
            self.bundles = {name: one for name, one in self.bundles.items() if path not in _split(one.paths)}
            message = f"this file is published as /{path}, instead of the one that clusterpress makes"
            source = static[0].sources[0]
            hint = "delete it to get that back"
            yield Problem(path=source, severity=Severity.NOTE, message=message, hint=hint)

    def open_conflicting(self, *, has_new: bool) -> None:
        """Open every bundle if several outputs may claim a path: only outputs know their sources.

        Without new outputs (``has_new``) this is impossible, because the old ones had no conflict.
        """
        total = sum(self.bundles[name].paths.count("\n") + 1 for name in self.closed)
        has_duplicates = len(self.kept) != total or not self.kept.keys().isdisjoint(self.outputs)
        if has_duplicates or (has_new and have_conflicts(self.paths)):
            for name in tuple(self.closed):
                self.open(name)

    def conflicts(self, drafts: Iterable[str] = ()) -> Iterator[Problem]:
        """Yield a problem for each path that several outputs claim; ``drafts`` as for `find_conflicts`."""
        return find_conflicts(self.outputs, self._rival_outputs, drafts) if not self.closed else iter(())

    def unchecked(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Yield the entries that may have problems."""
        checked: set[int] = set()
        for bundle in self.closed.values():
            checked.update(map(id, bundle.checked))
        return (entry for entry in entries if id(entry) not in checked or entry.path in self._faulty)


def _is_static(output: Output) -> bool:
    return bool(output.sources) and all(source.startswith(STATIC) for source in output.sources)


@lru_cache(maxsize=1 << 12)
def _split(paths: str) -> tuple[str, ...]:
    """Return the paths of a bundle one by one; a preview plans the same bundles again and again."""
    return tuple(paths.split("\n"))
