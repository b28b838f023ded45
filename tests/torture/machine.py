"""An unlucky machine: full and read-only disks, closed output, missing folders and files, odd environments.

Each run has to end with a message, the right exit code and the old site as it was; the next run in a healthy
environment has to make the right site.
"""

import ctypes
import os
import random
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.sites.small_site import NOW, Site
from tests.torture.row import Row
from tests.torture.warm import Outcome, command, run, warm_up, workplace

LIMIT = 60.0
_NOW = ("--now", f"{NOW:%Y-%m-%d}")
BUILD = ("build", "--jobs", "2", *_NOW)
COMMANDS: tuple[tuple[str, ...], ...] = (
    BUILD, ("check", *_NOW), ("list", "drafts"), ("--help",), ("build", "--help"), ("schema", "news"), ("log",), ("check", "-o", "json", *_NOW),
)  # fmt: skip


class Case(NamedTuple):
    """One circumstance."""

    name: str
    code: int | Sequence[int]
    """The exit codes that are right."""
    words: tuple[str, ...] = BUILD
    prepare: Callable[[Path], object] = lambda _: None
    """Called with the project's folder, before the run."""
    inside: Callable[[Path], object] = lambda _: None
    """Called with it in the process of the run."""
    environment: dict[str, str] = {}  # noqa: RUF012 -- read only


def _limit(kind: int, value: int) -> Callable[[Path], None]:
    return lambda _: resource.setrlimit(kind, (value, value))


def _unprivileged(_: Path) -> None:
    """Make permissions count for this process, even if it is root's: drop the rights to override them."""
    if os.geteuid() == 0:
        header, data = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
        libc = ctypes.CDLL(None, use_errno=True)
        libc.capget(header, data)
        for at in (0, 1):  # effective and permitted
            data[at] &= ~0b110  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        libc.capset(header, data)


def _edit(root: Path) -> None:
    (root / "content/news/two.md").write_text("---\ntitle: Two again\ndate: 2020-02-02\n---\nWords.\n")


def _remove(*names: str) -> Callable[[Path], None]:
    def act(root: Path) -> None:
        for name in names:
            path = root / name
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    return act


def _put(name: str, content: bytes | None) -> Callable[[Path], None]:
    """Return a function that puts a file, or a folder, where something else is expected."""

    def act(root: Path) -> None:
        _remove(name)(root)
        (root / name).mkdir() if content is None else (root / name).write_bytes(content)

    return act


def _forbid(name: str, mode: int = 0) -> Callable[[Path], None]:
    return lambda root: (root / name).chmod(mode)


def _read_only(folder: Path) -> None:
    for path in (*folder.rglob("*"), folder):
        path.chmod(0o555 if path.is_dir() else 0o444)


def _closed(root: Path) -> None:
    """Edit a source, then let nobody write in the project."""
    _edit(root)
    _read_only(root)


def _full_disk(where: str, size: str) -> Callable[[Path], None]:
    """Return a function that mounts a small disk, filled with what was there, if the system permits."""

    def act(root: Path) -> None:
        place = root / where
        place.mkdir(exist_ok=True)
        _edit(root)
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", place], check=True, capture_output=True
        )

    return act


CASES = (
    Case("content is gone", 1, prepare=_remove("content")),
    Case("content is a file", 1, prepare=_put("content", b"x")),
    Case("content is gone, check", 1, ("check",), prepare=_remove("content")),
    Case("content is gone, list", 0, ("list", "drafts"), prepare=_remove("content")),
    Case("content is empty", (0, 1), prepare=_put("content", None)),
    Case("no settings", 2, prepare=_remove("site_config.yml")),
    Case("the settings are a folder", 2, prepare=_put("site_config.yml", None)),
    Case("empty settings", 1, prepare=_put("site_config.yml", b"")),
    Case("binary settings", 1, prepare=_put("site_config.yml", b"\xff\x00\xfe")),
    Case("settings of one number", 1, prepare=_put("site_config.yml", b"42")),
    Case("the site is a file", 2, prepare=_put("site", b"x")),
    Case("the site is foreign", 2, prepare=lambda root: (_put("site", None)(root), (root / "site/x").touch())),
    Case("the working folder is a file", 3, prepare=lambda root: (_put(".clusterpress", b"x")(root), _edit(root))),
    Case("the cache is a file", 3, prepare=_put("../cache", b"x")),
    Case("a cache that may not be made", 3, environment={"CLUSTERPRESS_CACHE": "/proc/cache"}),
    Case("a cache that may not be written", (0, 3), prepare=lambda root: (_edit(root), _read_only(root.parent / "cache")), inside=_unprivileged),
    Case("a source that may not be read", 1, prepare=_forbid("content/news/two.md"), inside=_unprivileged),
    Case("a picture that may not be read", (1, 3), prepare=lambda root: (_forbid("content/news/picture.png")(root), _edit(root)), inside=_unprivileged),
    Case("a folder that may not be read", (1, 3), prepare=_forbid("content/news"), inside=_unprivileged),
    Case("settings that may not be read", (1, 3), prepare=_forbid("site_config.yml"), inside=_unprivileged),
    Case("a project that may not be written", 3, prepare=_closed, inside=_unprivileged),
    Case("a project that may not be written, check", (0, 1, 3), ("check",), prepare=_closed, inside=_unprivileged),
    Case("a project that may not be written, fix", (0, 3), ("check", "--fix"), prepare=_closed, inside=_unprivileged),
    Case("a project that may not be written, new", 3, ("new", "news", "X", "--date", "2020-01-01"), prepare=_closed, inside=_unprivileged),
    *(Case(f"files of at most {size} bytes", (0, 3), prepare=_edit, inside=_limit(resource.RLIMIT_FSIZE, size)) for size in (0, 100, 5_000, 60_000, 300_000)),
    *(Case(f"files of at most {size} bytes, clean", (0, 3), (*BUILD, "--clean"), inside=_limit(resource.RLIMIT_FSIZE, size)) for size in (0, 100, 5_000, 60_000)),
    *(Case(f"at most {number} open files", (0, 3), (*BUILD, "--clean"), inside=_limit(resource.RLIMIT_NOFILE, number)) for number in (4, 8, 16, 32)),
    Case("a full disk for the site", 3, prepare=_full_disk("site", "40k")),
    Case("a full disk for the site, clean", 3, (*BUILD, "--clean"), prepare=_full_disk("site", "40k")),
    Case("a full disk for the cache", 3, prepare=_full_disk("../cache", "40k")),
    Case("a full disk for the cache, clean", 3, (*BUILD, "--clean"), prepare=_full_disk("../cache", "80k")),
    Case("a full disk for temporary files", (0, 3), (*BUILD, "--clean"), prepare=_full_disk("../tmp", "4k")),
    Case("a full disk for the working folder", (0, 3), prepare=_full_disk(".clusterpress", "4k")),
)  # fmt: skip
"""Circumstances of a run in a warm child."""

SHELL = (
    ("output closed", "{} >&-", None),
    ("errors closed", "{} 2>&-", None),
    ("both closed", "{} >&- 2>&-", None),
    ("all closed", "{} <&- >&- 2>&-", None),
    ("reader ended", "{} 2>&1 | true; exit ${{PIPESTATUS[0]}}", None),
    ("reader takes one line", "{} 2>&1 | head -1; exit ${{PIPESTATUS[0]}}", None),
    ("output is full", "{} >/dev/full", (0, 1, 3)),
    ("errors are full", "{} 2>/dev/full", (0, 1, 3)),
    ("folder deleted", "mkdir gone; cd gone; rmdir ../gone; {}", None),
    ("folder deleted, no project named", "P={}; mkdir gone; cd gone; rmdir ../gone; $PYTHON -m clusterpress build", (2,)),
    ("no home", "env -u HOME -u CLUSTERPRESS_CACHE {}", None),
    ("home is nowhere", "unset CLUSTERPRESS_CACHE XDG_CACHE_HOME; HOME=/proc/nowhere {}", (0, 3)),
    ("unknown locale", "LC_ALL=xx_YY.bogus LANG=zz {}", None),
    ("ASCII", "LC_ALL=C PYTHONUTF8=0 PYTHONCOERCECLOCALE=0 {}", None),
    ("Turkish", "LC_ALL=tr_TR.UTF-8 LANGUAGE=tr {}", None),
    ("unknown time zone", "TZ=Nowhere/Land {}", None),
    ("odd terminal", "TERM=bogus COLUMNS=abc LINES=-1 {}", None),
    ("no programs", "PATH= {}", None),
    ("no environment", "env -i CLUSTERPRESS_CACHE=$CLUSTERPRESS_CACHE PYTHONPATH=$PYTHONPATH {}", None),
)  # fmt: skip
"""Name, shell command around the program, and exit codes that are right (None: that of a healthy run)."""


def main(seed: int, size: str) -> Row:
    """Run the part; see `Row`."""
    row, chance = Row("machine"), random.Random(seed)
    warm_up()
    with workplace() as folder:
        shell = [(case, words) for case in SHELL for words in COMMANDS]
        cases = list(CASES)
        if size != "full":
            shell = chance.sample(shell, {"tiny": 0, "small": 40}[size])
            cases = cases if size == "small" else chance.sample(cases[:20], 3)
        folder.chmod(0o755)
        made = Site(folder / "made")
        if run(command(["--project", made.root, *BUILD])).code:
            row.count("tracebacks", "a healthy build failed")
        kept = shutil.copytree(folder / "cache", folder / "kept-cache")
        for case in cases:
            _try(row, case, folder, made, kept)
        for case, words in shell:
            _try_shell(row, case, words, made)
    return row


def _try(row: Row, case: Case, folder: Path, made: Site, kept: Path) -> None:
    """Run the program in one circumstance, then again in a healthy one."""
    place = folder / "place"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(mode=0o755)
    shutil.copytree(made.root, place / "made", symlinks=True)
    shutil.copytree(kept, place / "cache")
    (place / "tmp").mkdir(mode=0o777)
    site = Site.at(place / "made")
    environment = {
        "CLUSTERPRESS_CACHE": str(place / "cache"),
        "TMPDIR": str(place / "tmp"),
        **case.environment,
    }
    try:
        case.prepare(site.root)
    except (subprocess.CalledProcessError, OSError) as fault:
        row.remarks.append(f"{case.name}: not tried, {fault}")
        return
    before, program = _pages(site), command(["--project", site.root, *case.words])
    row.trials += 1
    outcome = run(lambda: (case.inside(site.root), program()), LIMIT, environment)
    judge(row, case.name, outcome, (case.code,) if isinstance(case.code, int) else case.code)
    if outcome.code and _pages(site) != before:
        row.count("lost_sites", f"{case.name}: the site differs after code {outcome.code}")
    for path in ("site", ".clusterpress", "../cache", "../tmp"):
        subprocess.run(["umount", "-q", site.root / path], check=False, capture_output=True)


def _pages(site: Site) -> dict[str, bytes]:
    return site.output() if (site.root / "site").is_dir() else {}


def _try_shell(
    row: Row, case: tuple[str, str, Sequence[int] | None], words: Sequence[str], made: Site
) -> None:
    """Run the program by a shell."""
    name, script, codes = case
    program = " ".join(["$PYTHON -m clusterpress --project", f"'{made.root}'", *words])
    environment = {**os.environ, "PYTHON": sys.executable, "PYTHONPATH": os.pathsep.join(sys.path)}

    def call(text: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            ["/bin/bash", "-c", text],
            env=environment,
            cwd=made.root.parent,
            capture_output=True,
            timeout=LIMIT,
            check=False,
        )

    row.trials += 1
    wanted = codes or (call(program).returncode,)
    program_alone = f"'{made.root}'" if script.startswith("P=") else program
    done = call(script.format(program_alone).replace("$PYTHON", f"'{sys.executable}'"))
    said = (done.stdout + done.stderr).decode("utf-8", "replace")
    judge(row, f"{name}: {' '.join(words)}", Outcome(done.returncode, said, 0.0, is_hung=False), wanted)


def judge(row: Row, name: str, outcome: Outcome, codes: Sequence[int]) -> None:
    """Count what is wrong with the end of a run."""
    if outcome.is_hung:
        row.count("hangs", name)
    elif outcome.is_broken:
        row.count("tracebacks", f"{name}: {outcome.gist}")
    elif outcome.code not in codes:
        row.count("lost_sites", f"{name}: exit code {outcome.code}, not {codes}: {outcome.gist}")
