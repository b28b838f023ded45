"""The plan: every output of a site with its fingerprint, before anything is rendered."""

import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clusterpress import calendars, feeds, media, search, website
from clusterpress.build.gather import Gathered
from clusterpress.build.project import Project
from clusterpress.digests import digest
from clusterpress.library import STATIC, Library, calendar_topics, feed_topics
from clusterpress.outputs import Output
from clusterpress.problems import Problem, Severity, count

if TYPE_CHECKING:
    from clusterpress.newsletters import SitemapRow

_ODD_SIGNS = ("\\", "\0", "//", "/.", "\n/", "\n.", "/\n")
"""Signs without which none of many addresses, a line each, can be odd."""
_ODD = re.compile(r"[\\\0]|(?:^|/)(?:\.{0,2})(?:/|$)")
"""What an address may hold that leads out of the output folder, or is written in a roundabout way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a build would make."""

    outputs: dict[str, Output]
    """Path below the output folder → output."""
    problems: tuple[Problem, ...]
    """Faults that show only when all outputs are known."""


def make_plan(
    project: Project,
    gathered: Gathered,
    shards: Sequence[search.Shard] = (),
    indexed: Callable[[], Iterable[tuple[str, bytes]]] = tuple,
) -> Plan:
    """Return the plan for a project, without rendering anything.

    Args:
        project: the opened project.
        gathered: what was found in it.
        shards: the shards of its search index.
        indexed: waits for the index; returns (path below the root, key of the stored content) of its files.
    """
    editions = _plan_editions(project, gathered.library)
    outputs: dict[str, Output] = {}
    rivals: dict[str, list[Output]] = defaultdict(list)

    def claim(planned: Iterable[Output]) -> None:
        for output in planned:
            if outputs.setdefault(output.path, output) is not output:
                rivals[output.path].append(output)

    claim(_list_outputs(project, gathered, editions, shards))
    claim(search.outputs(indexed()))
    problems = [
        *editions.problems,
        *website.colour_problems(gathered.library, project.theme),
        *_clashes(outputs, rivals),
        *_strays(outputs),
        *_dead_links(gathered.library, outputs),
    ]
    return Plan(outputs=outputs, problems=tuple(sorted(problems)))


@dataclass(frozen=True, slots=True)
class _Editions:
    """What is planned of newsletter issues."""

    outputs: tuple[Output, ...] = ()
    printed: tuple[Output, ...] = ()
    """Those of them that are PDFs."""
    pages: "tuple[SitemapRow, ...]" = ()
    problems: tuple[Problem, ...] = ()


def _plan_editions(project: Project, library: Library) -> _Editions:
    """Return what is made of the issues of a site; a site without any does not even import their floor."""
    settings, theme = project.settings, project.theme
    if not any(library.of_kind("issue", lang) for lang in settings.languages):
        return _Editions()
    from clusterpress import newsletters

    issues, faults = newsletters.resolve_issues(library)
    printed = tuple(newsletters.pdf_outputs(issues, settings, theme))
    others = (
        *newsletters.web_outputs(issues, library, theme),
        *newsletters.mail_outputs(issues, library, theme),
        *newsletters.card_outputs(issues, settings, theme),
    )
    problems = (
        *faults,
        *newsletters.check_print(issues, theme),
        *newsletters.mail_problems(issues, library),
    )
    return _Editions((*printed, *others), printed, tuple(newsletters.web_pages(issues)), problems)


def _list_outputs(
    project: Project, gathered: Gathered, editions: _Editions, shards: Sequence[search.Shard]
) -> Iterator[Output]:
    library, settings, theme = gathered.library, project.settings, project.theme
    topics = tuple(feed_topics(library, website.section_words(theme)))
    folders = search.folders(shards)
    yield from website.outputs(library, settings, theme, topics, editions.pages, folders)
    yield from editions.outputs
    yield from feeds.outputs(topics, settings, _printed_pages(editions.printed))
    yield from calendars.outputs(calendar_topics(library, website.section_words(theme)), settings)
    used = _used_files(library)
    shown = (p for p in gathered.pictures if p.source in used or p.source.startswith(STATIC))
    yield from media.outputs(shown, settings.pictures)
    for url, file in gathered.copies:
        if file.path in used or file.path.startswith(STATIC):
            yield media.copy_output(url, file.path, file.digest)


def _printed_pages(printed: Iterable[Output]) -> Iterator[feeds.PrintedPage]:
    """Yield what feeds need to know of the PDFs of issues, each of which lies in the folder of its page."""
    for output in printed:
        page = f"{posixpath.dirname(output.path)}/"
        yield feeds.PrintedPage(
            page=page, path=output.path, type="application/pdf", fingerprint=digest(output.fingerprint())
        )


def _used_files(library: Library) -> set[str]:
    """Return the files that published items show or link to: nothing of a draft may leak out."""
    used: set[str] = set().union(*[entry.abstract.shown for entry in library.entries])
    return used | {"content/" + library.settings.logo.removeprefix("/").removeprefix("content/")}


def _clashes(outputs: dict[str, Output], rivals: dict[str, list[Output]]) -> Iterator[Problem]:
    """Yield a problem for each path that several outputs claim, naming every guilty file.

    Paths that differ only in case are one file on Windows and macOS, and a file cannot be a folder too.

    Args:
        outputs: path → the first output that claims it.
        rivals: path → the others.
    """
    paths = {path.casefold() for path in outputs}
    folders: set[str] = set()
    for path in paths:
        while (path := path.rpartition("/")[0]) and path not in folders:
            folders.add(path)
    if len(paths) == len(outputs) and not rivals and paths.isdisjoint(folders):
        return
    folded: dict[str, list[Output]] = defaultdict(list)
    for path, output in outputs.items():
        folded[path.casefold()] += [output, *rivals.get(path, ())]
    clashes: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for path, claims in folded.items():
        if len(claims) == 1 and path not in folders:
            continue
        below = [one for other, some in folded.items() if other.startswith(f"{path}/") for one in some]
        guests = [*claims, *(below if path in folders else ())]
        guilty = sorted({source for output in guests for source in output.sources})
        clashes[tuple(guilty)].append(_address(guests[0].path))
    for sources, addresses in clashes.items():
        first, *others = sorted(addresses, key=lambda address: (len(address), address))
        more = f" and {count(len(others), 'other')}" if others else ""
        yield Problem(
            path=sources[-1] if sources else "site_config.yml",
            message=f"several sources claim the address /{first}{more}: {', '.join(sources)}",
            hint="give one of them another slug, number, path or alias",
        )


def _strays(outputs: Iterable[str]) -> Iterator[Problem]:
    paths = tuple(outputs)
    lines = "\n".join(("", *paths, ""))
    if not any(sign in lines for sign in _ODD_SIGNS):
        return
    for path in paths:
        if _ODD.search(path):
            yield Problem(
                path="site_config.yml",
                message=f'the address "{path}" lies outside the output folder',
                hint="correct the permalink, slug or alias it comes from",
            )


def _dead_links(library: Library, outputs: dict[str, Output]) -> Iterator[Problem]:
    """Yield a problem for each link to an address of this site under which nothing will be."""
    for entry in library.entries:
        for target, place in entry.targets:
            if target.startswith("/") and not _is_made(place.partition("#")[0].partition("?")[0], outputs):
                line = next((link[4] for link in entry.abstract.links if link[0] == target), 0)
                yield Problem(
                    path=entry.path,
                    line=line or 1,
                    severity=Severity.ERROR,
                    message=f'link to "{target}", but the site has no such page',
                    hint="link to the source file (../clusters/name.md): such links are checked",
                )


def _is_made(path: str, outputs: dict[str, Output]) -> bool:
    return path in outputs or posixpath.join(path, "index.html") in outputs


def _address(path: str) -> str:
    return path.removesuffix("index.html")
