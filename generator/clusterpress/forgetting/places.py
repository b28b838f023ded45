"""Places in which a name stands, by the part of a project in which they lie, and what to do about each."""

import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum, auto
from importlib.resources import files
from pathlib import Path, PurePosixPath

from msgspec import Struct, field

from clusterpress.forgetting.names import NamePattern
from clusterpress.forgetting.readers import MAX_SIZE, UnreadableError, read_views
from clusterpress.pipeline.paths import WORK_FOLDER, cache_folder
from clusterpress.values.source_names import RECORD

_TOOLS = frozenset({".git", ".hg", ".svn", "node_modules", "__pycache__", ".venv", "venv"})
"""Folders of other programs. History is searched by itself."""


class Area(StrEnum):
    """A part of a project, in the order of the report; ``areas.toml`` has its heading and remedy."""

    SOURCES = auto()
    NAMES = auto()
    RECORD = auto()
    KEPT = auto()
    PAGES = auto()
    SEARCH = auto()
    FEEDS = auto()
    CALENDARS = auto()
    PDFS = auto()
    MAILS = auto()
    CACHE = auto()
    TARGET = auto()
    FOREIGN = auto()
    PUBLISHED_HISTORY = auto()
    HISTORY = auto()

    @property
    def heading(self) -> str:
        """The heading."""
        return _AREAS[self]["heading"]

    @property
    def remedy(self) -> str:
        """What to do; ``{name}`` stands for the target."""
        return _AREAS[self]["remedy"]


_AREAS: Mapping[str, Mapping[str, str]] = tomllib.loads(
    files(__package__).joinpath("areas.toml").read_text("utf-8")
)


class Place(Struct, frozen=True, order=True):
    """A place in which a name stands."""

    area: Area
    target: str
    """Name of the publish target, if it lies there."""
    path: str
    """The file: relative to the project, to the target, or with its full path."""
    line: int
    """Its line, from 1; 0 if it has none."""
    label: str
    """Part of the file: "page 3", "metadata"."""
    excerpt: str
    """Words around the name, in lower case and without accents."""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return " ".join(filter(None, (place, f"({self.label})" if self.label else "", self.excerpt)))


class Findings(Struct):
    """The result of a search."""

    places: list[Place] = field(default_factory=list)
    searched: int = 0
    """Number of files."""
    unread: list[str] = field(default_factory=list)
    """What could not be examined, and why."""


def search_file(path: str, raw: bytes, pattern: NamePattern) -> Iterator[tuple[int, str, str]]:
    """Yield (line, label, excerpt) of each place in a file; a line is yielded once.

    Raises:
        UnreadableError: the file cannot be read.
    """
    seen = set[tuple[int, str]]()
    for view in read_views(path, raw):
        for line, excerpt in pattern.lines(view.text):
            place = (line if view.has_lines else 0, view.label)
            if place not in seen:
                seen.add(place)
                yield (*place, excerpt)
        if view.is_squeezed and (0, view.label) not in seen and pattern.is_squeezed_in(view.text):
            seen.add((0, view.label))
            yield 0, view.label, ""


def search_project(root: Path, output: Path, pattern: NamePattern, findings: Findings) -> None:
    """Search the folders of a project and its cache.

    Args:
        root: the project's folder.
        output: the output folder of its builds.
        pattern: the name.
        findings: takes the places.
    """
    root, output = root.resolve(), output.resolve()
    for file in _walk(root, leaves_out={output}):
        path = file.relative_to(root).as_posix()
        is_work = path.startswith(f"{WORK_FOLDER}/")
        area = Area.KEPT if is_work else Area.RECORD if path == RECORD else Area.SOURCES
        _search(file, path, area, pattern, findings)
    for file in _walk(output):
        path = file.relative_to(output).as_posix()
        _search(file, f"{output.name}/{path}", area_of(path), pattern, findings)
    for file in _walk(cache_folder(root)):
        _search(file, str(file), Area.CACHE, pattern, findings)


def add_places(
    path: str, raw: bytes, area: Area, pattern: NamePattern, findings: Findings, target: str = ""
) -> None:
    """Search one file, and its path.

    Args:
        path: as it is shown.
        raw: its bytes.
        area: in which it lies.
        pattern: the name.
        findings: takes the places.
        target: name of the publish target, if it lies there.
    """
    findings.searched += 1
    if pattern.is_in(path):
        named = Area.NAMES if area is Area.SOURCES else area
        findings.places.append(Place(named, target, path, 0, "its name", ""))
    try:
        for line, label, excerpt in search_file(path, raw, pattern):
            findings.places.append(Place(area, target, path, line, label, excerpt))
    except UnreadableError as fault:
        findings.unread.append(f"{path}: {fault}")


def area_of(path: str) -> Area:
    """Return the part of a site to which an output belongs, by its path."""
    pure = PurePosixPath(path)
    name = pure.name.removesuffix(".gz").removesuffix(".br")
    suffix = PurePosixPath(name).suffix
    if "pagefind" in pure.parts or suffix.startswith(".pf_"):
        return Area.SEARCH
    if suffix in {".ics", ".vcf"}:
        return Area.CALENDARS
    if suffix == ".pdf":
        return Area.PDFS
    if suffix == ".eml" or name.startswith("email"):
        return Area.MAILS
    is_feed = suffix in {".xml", ".opml", ".atom", ".rss"} or name.startswith("feed")
    return Area.FEEDS if is_feed and name != "sitemap.xml" else Area.PAGES


def _search(file: Path, path: str, area: Area, pattern: NamePattern, findings: Findings) -> None:
    try:
        if file.stat().st_size > MAX_SIZE:
            findings.unread.append(f"{path}: it has more than {MAX_SIZE // 1_000_000} MB")
            return
        raw = file.read_bytes()
    except OSError as fault:
        findings.unread.append(f"{path}: {fault.strerror}")
        return
    add_places(path, raw, area, pattern, findings)


def _walk(folder: Path, leaves_out: Iterable[Path] = ()) -> Iterator[Path]:
    """Yield the plain files below a folder, in the order of their names."""
    hidden = frozenset(leaves_out)
    for parent, folders, names in os.walk(folder):
        here = Path(parent)
        folders[:] = sorted(one for one in folders if one not in _TOOLS and here / one not in hidden)
        yield from (file for name in sorted(names) if (file := here / name).is_file())
