"""Comparing: the measures, taken of each tool in turn."""

import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from bench.corpus import Corpus, Post
from bench.measuring import FailedError, peak_memory, run
from bench.serving import free_port, serve_edits
from bench.sites import HugoSite, MaterialSite, OurSite, Site, lay_out

MEASURES = {
    "cold": "Cold build",
    "none": "Nothing changed",
    "body": "One body edited",
    "recent": "… of a recent post",
    "title": "One title edited",
    "new": "One new post",
    "serve": "Saved → reloaded",
    "memory": "Peak memory, cold",
}
"""What is measured, and how it is called in the table."""

TRASH = "attic"
"""Folder beside those of the tools for what they built before; removed at the end of all."""


class Tool(Struct, frozen=True):
    """A tool at work on its site."""

    site: Site
    build: tuple[str | Path, ...]
    serve: Callable[[int], tuple[str | Path, ...]]
    """Gives the command of its preview on a port."""
    measures: tuple[str, ...] = tuple(MEASURES)
    """What is measured of it."""


class Measurements(Struct):
    """What was measured of one tool at one size."""

    values: dict[str, list[float]] = field(default_factory=dict)
    """Seconds of each run by measure; megabytes for memory."""
    counts: dict[str, int] = field(default_factory=dict)
    """How many files of each kind were made."""

    def add(self, measure: str, value: float) -> None:
        """Add one value."""
        self.values.setdefault(measure, []).append(value)


def tools(
    work: Path,
    size: int,
    python: str,
    hugo: Path | None,
    options: Sequence[str],
    *,
    search: bool = False,
    material: bool = False,
) -> list[Tool]:
    """Return the tools with their sites laid out."""
    corpus = Corpus(size)
    ours = OurSite(work / "clusterpress" / str(size))
    base = (python, "-m", "clusterpress")
    found = [
        Tool(ours, (*base, "build", *options), lambda port: (*base, "serve", "--port", str(port), *options))
    ]
    if hugo:
        theirs = HugoSite(work / "hugo" / str(size))
        server = ("server", "--bind", "127.0.0.1", "--baseURL", "http://127.0.0.1")
        found.append(
            Tool(
                theirs,
                (hugo, "build", "--quiet"),
                lambda port: (hugo, *server, "--port", str(port)),
                tuple(measure for measure in MEASURES if measure != "recent"),
            )
        )
    if search:
        # The usual edit is of a recent post, whose index is small; an old one lies in the archive.
        searched = OurSite(work / "search" / str(size), search=True)
        measures = ("cold", "none", "body", "recent", "memory")
        found.append(Tool(searched, found[0].build, found[0].serve, measures))
    if material:
        slow = MaterialSite(work / "material" / str(size))
        mkdocs = (python, "-m", "mkdocs")
        serve = (*mkdocs, "serve", "--livereload", "-a")
        found.append(
            Tool(
                slow,
                (*mkdocs, "build", "-q"),
                lambda port: (*serve, f"127.0.0.1:{port}"),
                ("cold", "body", "memory"),
            )
        )
    for tool in found:
        lay_out(tool.site, corpus)
    return found


def compare(
    work: Path, size: int, found: Sequence[Tool], measures: Sequence[str], repeat: int
) -> dict[str, Measurements]:
    """Return the figures of each tool; they take turns, so that what slows the machine slows all."""
    corpus = Corpus(size)
    measurements = {tool.site.name: Measurements() for tool in found}
    for turn in range(repeat):
        for measure in ("cold", "none", "body", "recent", "title", "new"):
            for tool in found:
                is_wanted = measure in measures and measure in tool.measures
                if is_wanted or (measure == "cold" and turn == 0 and not _is_built(tool, corpus)):
                    seconds = _time(tool, corpus, measure, turn, work / "log.txt")
                    measurements[tool.site.name].add(measure, seconds)
                    _say(size, tool, measure, f"{seconds:.2f} s")
    for tool in found:
        mine = measurements[tool.site.name]
        mine.counts = count(tool.site.output)
        if "serve" in measures and "serve" in tool.measures:
            port = free_port()
            seconds, memory = serve_edits(
                tool.site, corpus, tool.serve(port), port, work / "log.txt", max(repeat, 3)
            )
            mine.values["serve"], mine.values["served memory"] = seconds, [memory]
            _say(size, tool, "serve", " ".join(f"{one:.2f} s" for one in seconds))
        if "memory" in measures:
            _wipe(tool)
            mine.add("memory", peak_memory(tool.build, tool.site.folder, work / "log.txt"))
            _say(size, tool, "memory", f"{mine.values['memory'][0]:.0f} MB")
    return measurements


def _is_built(tool: Tool, corpus: Corpus) -> bool:
    return tool.site.page_of(corpus.post(0)).exists()


def _wipe(tool: Tool) -> None:
    """Put away what a tool has built, so that it begins anew.

    It is removed at the end of all: ext4 passes over the places of files that were removed within the last
    minutes, so whoever built next would wait for the disk, the more so the more files the other had made.
    """
    trash = tool.site.folder.parents[1] / TRASH
    trash.mkdir(exist_ok=True)
    for path in (tool.site.output, *tool.site.caches):
        if path.exists():
            path.rename(trash / f"{len([*trash.iterdir()])}")


def _time(tool: Tool, corpus: Corpus, measure: str, turn: int, log: Path) -> float:
    """Return the seconds of one build after what the measure is about; the site must show it."""
    site = tool.site
    if measure == "cold":
        _wipe(tool)
        return run(tool.build, site.folder, log).seconds
    if measure == "none":
        return run(tool.build, site.folder, log).seconds
    before, after, words = _edit(corpus, measure, turn)
    file = site.write(after)
    seconds = run(tool.build, site.folder, log).seconds
    if words not in site.page_of(after).read_text():
        raise FailedError(f"{site.name}: {site.page_of(after)} does not say {words!r}")
    # The next measure begins with the corpus as it was, built outside the clock.
    if before:
        site.write(before)
    else:
        file.unlink()
        shutil.rmtree(site.page_of(after).parent, ignore_errors=True)
    run(tool.build, site.folder, log)
    return seconds


def _edit(corpus: Corpus, measure: str, turn: int) -> tuple[Post | None, Post, str]:
    """Return a post before and after an edit, and words that only the new page says."""
    words = f"Changed in round {turn}"
    if measure == "new":
        after = corpus.post(corpus.size + turn)
        return None, after, after.summary.replace("**", "").replace("*", "").split()[-2]
    if measure == "recent":
        before = corpus.newest(turn)
    else:
        before = corpus.post((corpus.size // 2 + turn * 7) % corpus.size)
    if measure == "title":
        return before, replace(before, title=f"{before.title} {words}"), words
    return before, replace(before, body=f"{before.body}\n{words}.\n"), words


def count(folder: Path) -> dict[str, int]:
    """Return how many pages, feeds and other files lie in an output folder, and their bytes."""
    counts = {"pages": 0, "redirects": 0, "RSS": 0, "Atom": 0, "JSON Feed": 0, "other": 0, "bytes": 0}
    for path in _files(folder):
        counts["bytes"] += path.stat().st_size
        counts[_kind(path)] += 1
    return counts


def _kind(path: Path) -> str:
    if path.suffix == ".html":
        is_stub = path.stat().st_size < 1000 and b'http-equiv="refresh"' in path.read_bytes()
        return "redirects" if is_stub else "pages"
    if path.name in ("feed.xml", "index.xml"):
        return "RSS"
    return {"atom.xml": "Atom", "feed.json": "JSON Feed"}.get(path.name, "other")


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _say(size: int, tool: Tool, measure: str, words: str) -> None:
    print(
        f"{size:>6} posts  {tool.site.name:<13} {MEASURES[measure]:<18} {words}", file=sys.stderr, flush=True
    )
