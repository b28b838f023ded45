"""The plan: every output of a site with its fingerprint, before anything is rendered."""

import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from clusterpress.calendars.plan import outputs as calendars_outputs
from clusterpress.feeds.plan import outputs as feeds_outputs
from clusterpress.feeds.views import PrintedPage
from clusterpress.library.entries import Entry
from clusterpress.library.library import Library
from clusterpress.library.paths import STATIC
from clusterpress.library.topics import calendar_topics, feed_topics
from clusterpress.media.outputs import copy_output
from clusterpress.media.outputs import outputs as media_outputs
from clusterpress.pipeline.cache.manifest import BundleRecord, Manifest
from clusterpress.pipeline.project import Project
from clusterpress.pipeline.read import Snapshot
from clusterpress.search.plan import FileGroup, folders
from clusterpress.search.plan import outputs as search_outputs
from clusterpress.search.shards import Shard
from clusterpress.theme.labels import section_words
from clusterpress.values.digests import digest
from clusterpress.values.outputs import Bundle, Output, PageRow, Planned
from clusterpress.values.problems import Problem, Severity, count
from clusterpress.website.colour_checks import colour_problems
from clusterpress.website.outputs import outputs as website_outputs
from clusterpress.website.sitemap import Part, part_of

_UNSAFE_PARTS = ("\\", "\0", "//", "/.", "\n/", "\n.", "/\n")
"""Signs without which none of many addresses, a line each, can be odd."""
_UNSAFE = re.compile(r"[\\\0]|(?:^|/)(?:\.{0,2})(?:/|$)")
"""What an address may hold that leads out of the output folder, or is written in a roundabout way."""


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
        if has_duplicates or (has_new and _have_conflicts(self.paths)):
            for name in tuple(self.closed):
                self.open(name)

    def conflicts(self) -> Iterator[Problem]:
        """Yield a problem for each path that several outputs claim."""
        return _find_conflicts(self.outputs, self._rival_outputs) if not self.closed else iter(())

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


def make_plan(
    project: Project,
    snapshot: Snapshot,
    shards: Sequence[Shard] = (),
    indexed: Callable[[], Iterable[FileGroup]] = tuple,
    manifest: Manifest | None = None,
) -> Plan:
    """Return the plan for a project, without rendering anything.

    Args:
        project: the opened project.
        snapshot: what was found in it.
        shards: the shards of its search index.
        indexed: waits for the index; returns its files.
        manifest: what the last build noted of the output folder; without it no bundle stays closed.
    """
    library = snapshot.library
    issue_plan = _plan_issues(project, library)
    plan = Plan(manifest.bundles() if manifest else {})
    plan.add(_list_outputs(project, snapshot, issue_plan, shards, plan))
    plan.add(search_outputs(indexed()))
    known = manifest.fingerprints(plan.outputs) if manifest else {}
    plan.open_conflicting(has_new=len(known) < len(plan.outputs))
    has_lost_files = manifest is not None and manifest.count() > len(plan.kept) + len(known)
    unchecked = tuple(plan.unchecked(library.entries))
    problems = [
        *issue_plan.problems,
        *library.faults(unchecked),
        *colour_problems(library, project.theme),
        *plan.conflicts(),
        *_find_escaping_paths(plan.outputs),
        *_find_dead_links(library.entries if has_lost_files else unchecked, plan),
    ]
    plan.problems = tuple(sorted(problems))
    return plan


@dataclass(frozen=True, slots=True)
class _IssuePlan:
    """What is planned of newsletter issues."""

    outputs: tuple[Output, ...] = ()
    printed: tuple[Output, ...] = ()
    """Those of them that are PDFs."""
    pages: tuple[PageRow, ...] = ()
    problems: tuple[Problem, ...] = ()


def _plan_issues(project: Project, library: Library) -> _IssuePlan:
    """Return what is made of the issues of a site; a site without any does not even import their floor."""
    settings, theme = project.settings, project.theme
    if not any(library.of_kind("issue", lang) for lang in settings.languages):
        return _IssuePlan()
    from clusterpress.newsletters.images import social_image_outputs
    from clusterpress.newsletters.mail.plan import mail_outputs, mail_problems
    from clusterpress.newsletters.pdf.checks import check_glyphs
    from clusterpress.newsletters.pdf.plan import pdf_outputs
    from clusterpress.newsletters.resolve import resolve_issues
    from clusterpress.newsletters.web.plan import web_outputs, web_pages

    issues, faults = resolve_issues(library)
    printed = tuple(pdf_outputs(issues, settings, theme))
    others = (
        *web_outputs(issues, library, theme),
        *mail_outputs(issues, library, theme),
        *social_image_outputs(issues, settings, theme),
    )
    problems = (
        *faults,
        *check_glyphs(issues, theme),
        *mail_problems(issues, library),
    )
    return _IssuePlan((*printed, *others), printed, tuple(web_pages(issues)), problems)


def _list_outputs(
    project: Project, snapshot: Snapshot, issue_plan: _IssuePlan, shards: Sequence[Shard], plan: Plan
) -> Iterator[Planned]:
    library, settings, theme = snapshot.library, project.settings, project.theme
    topics = tuple(feed_topics(library, section_words(theme)))
    searched = folders(shards)
    yield from website_outputs(library, settings, theme, topics, issue_plan.pages, searched, plan.part_of)
    yield from issue_plan.outputs
    yield from feeds_outputs(topics, settings, _printed_pages(issue_plan.printed), library.shared_digest)
    yield from calendars_outputs(calendar_topics(library, section_words(theme)), settings)
    used = _used_files(library)
    shown = (p for p in snapshot.pictures if p.source in used or p.source.startswith(STATIC))
    yield from media_outputs(shown, settings.pictures)
    for url, file in snapshot.copies:
        if file.path in used or file.path.startswith(STATIC):
            yield copy_output(url, file.path, file.digest)


def _printed_pages(printed: Iterable[Output]) -> "Iterator[PrintedPage]":
    """Yield what feeds need to know of the PDFs of issues, each of which lies in the folder of its page."""
    for output in printed:
        page = f"{posixpath.dirname(output.path)}/"
        yield PrintedPage(
            page=page, path=output.path, type="application/pdf", fingerprint=digest(output.fingerprint())
        )


def _used_files(library: Library) -> frozenset[str]:
    """Return the files that published items show or link to: nothing of a draft may leak out."""
    return library.shown_files() | {
        "content/" + library.settings.logo.removeprefix("/").removeprefix("content/")
    }


def _find_conflicts(outputs: dict[str, Output], rival_outputs: dict[str, list[Output]]) -> Iterator[Problem]:
    """Yield a problem for each path that several outputs claim, naming every guilty file.

    Paths that differ only in case are one file on Windows and macOS, and a file cannot be a folder too.

    Args:
        outputs: path → the first output that claims it.
        rival_outputs: path → the others.
    """
    if not rival_outputs and not _have_conflicts(outputs):
        return
    folders = folders_of(path.casefold() for path in outputs)
    folded: dict[str, list[Output]] = defaultdict(list)
    for path, output in outputs.items():
        folded[path.casefold()] += [output, *rival_outputs.get(path, ())]
    conflicts: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for path, claims in folded.items():
        if len(claims) == 1 and path not in folders:
            continue
        below = [one for other, some in folded.items() if other.startswith(f"{path}/") for one in some]
        claimants = [*claims, *(below if path in folders else ())]
        conflicting = sorted({source for output in claimants for source in output.sources})
        conflicts[tuple(conflicting)].append(_address(claimants[0].path))
    for sources, addresses in conflicts.items():
        first, *others = sorted(addresses, key=lambda address: (len(address), address))
        more = f" and {count(len(others), 'other')}" if others else ""
        yield Problem(
            path=sources[-1] if sources else "site_config.yml",
            message=f"several sources claim the address /{first}{more}: {', '.join(sources)}",
            hint="give one of them another slug, number, path or alias",
        )


def _have_conflicts(paths: Iterable[str]) -> bool:
    """Return whether two of some paths are one file on Windows and macOS, or one is a folder of another."""
    listed = tuple(paths)
    folded = {path.casefold() for path in listed}
    return len(folded) < len(listed) or not folded.isdisjoint(folders_of(folded))


def folders_of(paths: Iterable[str]) -> set[str]:
    """Return all folders in which some paths lie."""
    folders: set[str] = set()
    for path in paths:
        while (path := path.rpartition("/")[0]) and path not in folders:
            folders.add(path)
    return folders


def _find_escaping_paths(outputs: Iterable[str]) -> Iterator[Problem]:
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


def _find_dead_links(entries: Iterable[Entry], plan: Plan) -> Iterator[Problem]:
    """Yield a problem for each link to an address of this site under which nothing will be."""
    for entry in entries:
        if not any(link[0].startswith("/") for link in entry.index_record.links):
            continue
        for target, place in entry.targets:
            if target.startswith("/") and not _is_made(place.partition("#")[0].partition("?")[0], plan):
                line = next((link[4] for link in entry.index_record.links if link[0] == target), 0)
                yield Problem(
                    path=entry.path,
                    line=line or 1,
                    severity=Severity.ERROR,
                    message=f'link to "{target}", but the site has no such page',
                    hint="link to the source file (../clusters/name.md): such links are checked",
                )


def _is_made(path: str, plan: Plan) -> bool:
    page = posixpath.join(path, "index.html")
    return path in plan.outputs or path in plan.kept or page in plan.outputs or page in plan.kept


def _address(path: str) -> str:
    return path.removesuffix("index.html")
