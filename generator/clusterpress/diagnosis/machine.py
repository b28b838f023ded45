"""What this machine has: Python, packages, programs, a cache that can be written, a plausible clock."""

import os
import platform
import shutil
import sys
import webbrowser
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from clusterpress import __version__
from clusterpress.diagnosis.findings import Finding, State
from clusterpress.pipeline.errors import CacheFolderError
from clusterpress.pipeline.paths import PACKAGE, make_cache_folder
from clusterpress.values.installation import EXTRAS, install_command, installer

if TYPE_CHECKING:
    from packaging.requirements import Requirement

_RELEASED = datetime(2026, 11, 1, tzinfo=UTC)
"""No clock that is right shows an earlier time to this version."""
_MIN_FREE = 500_000_000
"""Bytes on the disk of the cache below which a first build may fill it."""
_MAX_SKEW = 2
"""Seconds by which the clock of a disk may differ from that of the machine (FAT counts in steps of two)."""


class Tool(NamedTuple):
    """A program that tests of clusterpress run."""

    command: str
    package: str
    """In Debian."""
    purpose: str


_TEST_TOOLS = (
    Tool("chromium", "chromium", "browser tests"),
    Tool("qpdf", "qpdf", "tests of PDFs"),
    Tool("pdftotext", "poppler-utils", "tests of PDFs"),
    Tool("java", "openjdk-17-jre-headless", "the HTML checker in tests"),
    Tool("node", "nodejs", "axe in tests"),
    Tool("npm", "npm", "axe and the HTML checker in tests"),
)


def examine_machine(root: Path, *, now: datetime, needed: Iterable[str] = ()) -> Iterator[Finding]:
    """Yield what this machine has and lacks.

    Args:
        root: folder of the project, whose cache is tried; it may be no project.
        now: the time that the clock shows.
        needed: names of the extras without which the project cannot do what its settings say.
    """
    yield _program()
    yield _python()
    yield from _packages()
    yield from _extras(frozenset(needed))
    yield _git()
    yield _browser()
    yield from _cache(root)
    yield _clock(now)
    if (PACKAGE.parents[1] / "Makefile").is_file():
        yield from _test_tools()


def _program() -> Finding:
    words = f"clusterpress {__version__}, installed with {installer()} in {sys.prefix}"
    return Finding(topic="Program", words=words)


def _python() -> Finding:
    bits = "64-bit" if sys.maxsize > 2**32 else "32-bit"
    words = f"{platform.python_version()}, {bits}, on {platform.system()} {platform.release()}"
    if bits == "64-bit":
        return Finding(topic="Python", words=words)
    remedy = "install a 64-bit Python: some packages have no 32-bit version"
    return Finding(topic="Python", words=words, state="note", remedy=remedy)


def _packages() -> Iterator[Finding]:
    """Yield what is wrong with the packages that are always needed."""
    from packaging.requirements import Requirement

    needed = [Requirement(line) for line in requires("clusterpress") or ()]
    needed = [one for one in needed if one.marker is None or one.marker.evaluate({"extra": ""})]
    lacking = [f"{one.name}{one.specifier}" for one in needed if not _fits(one)]
    if not lacking:
        yield Finding(topic="Packages", words=f"all {len(needed)} that it needs are installed")
        return
    remedy = "install clusterpress again"
    words = f"missing, or of another version: {', '.join(lacking)}"
    yield Finding(topic="Packages", words=words, state="missing", remedy=remedy)


def _fits(needed: "Requirement") -> bool:
    """Return whether a package is installed in a version that clusterpress works with."""
    try:
        return needed.specifier.contains(version(needed.name), prereleases=True)
    except PackageNotFoundError:
        return False


def _extras(needed: frozenset[str]) -> Iterator[Finding]:
    for name, extra in EXTRAS.items():
        topic = f"Extra {name}"
        if find_spec(extra.module):
            yield Finding(topic=topic, words=f"installed, for {extra.purpose}")
            continue
        state: State = "missing" if name in needed else "note"
        words = f"not installed; it is for {extra.purpose}"
        yield Finding(topic=topic, words=words, state=state, remedy=f"run: {install_command(name)}")


def _git() -> Finding:
    if found := shutil.which("git"):
        return Finding(topic="Git", words=found)
    words = "not installed; it is for publish targets of the type git, and for installing from a repository"
    return Finding(topic="Git", words=words, state="note", remedy="install it: https://git-scm.com")


def _browser() -> Finding:
    try:
        webbrowser.get()
    except webbrowser.Error:
        words = "none found: commands print the address that you can open on another machine"
        return Finding(topic="Browser", words=words, state="note")
    return Finding(topic="Browser", words="pages can be opened in it")


def _cache(root: Path) -> Iterator[Finding]:
    """Yield whether the cache can be written, how much space is left, and whether its clock is ours."""
    try:
        folder = make_cache_folder(root)
        probe = folder / f"doctor.{os.getpid()}"
        probe.write_bytes(b"")
        before = datetime.now(UTC).timestamp()
        skew = probe.stat().st_mtime - before
        probe.unlink()
        free = shutil.disk_usage(folder).free
    except (CacheFolderError, OSError) as fault:
        remedy = "set CLUSTERPRESS_CACHE to a folder that you can write in"
        yield Finding(topic="Cache", words=f"it cannot be written: {fault}", state="missing", remedy=remedy)
        return
    yield Finding(topic="Cache", words=f"{folder} can be written")
    with suppress(OSError):
        folder.rmdir()  # only if it is empty
    words = f"{free // 1_000_000:,} MB are free for the cache"
    if free < _MIN_FREE:
        yield Finding(topic="Disk", words=words, state="missing", remedy="free space on this disk")
    else:
        yield Finding(topic="Disk", words=words)
    if abs(skew) > _MAX_SKEW:
        side = "ahead of" if skew > 0 else "behind"
        words = f"the clock of the cache's disk is {abs(skew):.0f} seconds {side} that of this machine"
        remedy = "set CLUSTERPRESS_CACHE to a folder on a disk of this machine"
        yield Finding(topic="Disk", words=words, state="missing", remedy=remedy)


def _clock(now: datetime) -> Finding:
    shown = f"{now:%Y-%m-%d %H:%M} ({now.tzname()})"
    if now < _RELEASED:
        remedy = "set the clock of this machine: embargoes and dates follow it"
        words = f"it shows {shown}, which is before this version was written"
        return Finding(topic="Clock", words=words, state="missing", remedy=remedy)
    return Finding(topic="Clock", words=shown)


def _test_tools() -> Iterator[Finding]:
    """Yield the programs that tests of clusterpress itself need, in its own repository."""
    lacking = [tool for tool in _TEST_TOOLS if not shutil.which(tool.command)]
    if not lacking:
        names = ", ".join(tool.command for tool in _TEST_TOOLS)
        yield Finding(topic="Tests", words=f"all programs are here: {names}")
    for tool in lacking:
        words = f"{tool.command} is not installed; it is for {tool.purpose}, which are skipped"
        remedy = f"on Debian, run: apt-get install {tool.package}"
        yield Finding(topic="Tests", words=words, state="note", remedy=remedy)
