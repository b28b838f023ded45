"""The plan: every output of a site with its fingerprint, before anything is rendered."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from clusterpress.library.entries import Entry
from clusterpress.pipeline.cache.manifest import BundleRecord
from clusterpress.pipeline.conflicts import find_conflicts, have_conflicts
from clusterpress.values.outputs import Bundle, Output, Planned
from clusterpress.values.problems import Problem
from clusterpress.website.sitemap import Part, part_of


class Plan:
    """What a build would make.

    Bundles whose origin is as it was when the output folder was last brought up to date stay closed: of their
    outputs the paths are known, and that they are as they have to be unless somebody else changed them.
    """

    def __init__(self, records: Mapping[str, BundleRecord]) -> None:
        """Begin a plan.

        Args:
            records: name → what was noted of the bundles of the output folder.
        """
        self._records = records
        self.outputs: dict[str, Output] = {}
        """Path below the output folder → output."""
        self.closed: dict[str, Bundle] = {}
        """Name → bundle of which no output is planned."""
        self.kept: dict[str, str] = {}
        """Path of an output of a closed bundle → name of the bundle."""
        self.bundles: dict[str, BundleRecord] = {}
        """Name → what is to be noted of each bundle when all is up to date."""
        self.problems: tuple[Problem, ...] = ()
        """Faults that show only when all outputs are known."""
        self._rival_outputs: dict[str, list[Output]] = defaultdict(list)
        self._parts: dict[str, Part] = {}

    @property
    def paths(self) -> Iterable[str]:
        """The paths of all outputs."""
        return (*self.outputs, *self.kept)

    def part_of(self, bundle: Bundle) -> Part:
        """Return what the sitemap says of a bundle's pages."""
        if bundle.name not in self._parts:
            record = self._find_record(bundle)
            known = Part(record.size, record.digest, bundle.pages) if record else None
            self._parts[bundle.name] = known or part_of(bundle.pages())
        return self._parts[bundle.name]

    def _find_record(self, bundle: Bundle) -> BundleRecord | None:
        """Return what was noted of a bundle, if its origin still is the same."""
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
        """Plan the outputs of a closed bundle after all."""
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

    def open_conflicting(self, *, has_new: bool) -> None:
        """Open every bundle if a path seems to be claimed twice: who claims it is known of outputs alone.

        ``has_new`` says that there are outputs that were not there before: those that were did not clash.
        """
        total = sum(self.bundles[name].paths.count("\n") + 1 for name in self.closed)
        has_duplicates = len(self.kept) != total or not self.kept.keys().isdisjoint(self.outputs)
        if has_duplicates or (has_new and have_conflicts(self.paths)):
            for name in tuple(self.closed):
                self.open(name)

    def conflicts(self) -> Iterator[Problem]:
        """Yield a problem for each path that several outputs claim."""
        return find_conflicts(self.outputs, self._rival_outputs) if not self.closed else iter(())

    def unchecked(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Yield those of some entries of which it is not known that nothing is wrong with them."""
        checked: set[int] = set()
        for bundle in self.closed.values():
            checked.update(map(id, bundle.checked))
        return (entry for entry in entries if id(entry) not in checked)


@lru_cache(maxsize=1 << 12)
def _split(paths: str) -> tuple[str, ...]:
    """Return the paths of a bundle one by one; a preview plans the same bundles again and again."""
    return tuple(paths.split("\n"))
