"""Paths that several outputs claim, and paths that lie outside the output folder."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from clusterpress.values.outputs import Output
from clusterpress.values.problems import Problem, count

_UNSAFE_PARTS = ("\\", "\0", "//", "/.", "\n/", "\n.", "/\n")
"""If none of these is in a list of addresses, a line each, no address escapes."""
_UNSAFE = re.compile(r"[\\\0]|(?:^|/)(?:\.{0,2})(?:/|$)")
"""Parts of an address that leave the output folder or are not in canonical form."""


def find_conflicts(outputs: dict[str, Output], rival_outputs: dict[str, list[Output]]) -> Iterator[Problem]:
    """Yield a problem for each path that several outputs claim, naming every source involved.

    Paths that differ only in case are one file on Windows and macOS, and a file cannot be a folder too.

    Args:
        outputs: path → the first output that claims it.
        rival_outputs: path → the others.
    """
    if not rival_outputs and not have_conflicts(outputs):
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


def _address(path: str) -> str:
    return path.removesuffix("index.html")
