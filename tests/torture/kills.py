"""Builds, clean builds and previews that are killed: the site is the old one or the new one, and the next build is right."""

import os
import random
import shutil
import signal
import time
from contextlib import suppress
from pathlib import Path

from tests.sites.random_edits import Editor
from tests.sites.small_site import Site
from tests.torture.machine import judge
from tests.torture.row import Row
from tests.torture.warm import Outcome, command, run, start, wait, warm_up, workplace

TRIALS = {"tiny": 2, "small": 40, "full": 300}
LIMIT = 60.0
_STOPS = (signal.SIGKILL, signal.SIGKILL, signal.SIGINT, signal.SIGTERM)
SOURCES = ("content", "themes", "site_config.yml")


def main(seed: int, size: str) -> Row:
    """Run the part; see `Row`."""
    row, chance = Row("kills"), random.Random(seed)
    warm_up()
    with workplace() as folder:
        editor = Editor(folder / "site", 6 if size == "tiny" else 25, seed)
        usual = max(0.3, run(command(words(editor)), LIMIT).seconds)
        for number in range(TRIALS[size]):
            edit(editor)
            kind = chance.choice(["build", "build", "build", "clean", "serve"])
            name = f"seed {seed}, kill {number} of {kind}"
            _trial(row, name, editor, kind, chance, usual)
        compare_with_clean(row, f"seed {seed}, after all kills", editor, folder / "clean")
    return row


def words(editor: Editor, *more: str) -> list[str | Path]:
    """Return the command line of a build."""
    return [
        "--project",
        editor.site.root,
        "build",
        "--jobs",
        "2",
        "--now",
        f"{editor.now:%Y-%m-%dT%H:%M}",
        *more,
    ]


def edit(editor: Editor) -> str:
    """Make an edit that a build accepts; return what was done."""
    while True:
        backup = editor.site.root.with_name("backup")
        shutil.rmtree(backup, ignore_errors=True)
        shutil.copytree(editor.site.root / "content", backup)
        done = editor.edit()
        if not done.startswith(("remove", "rename", "link", "draft", "embargo", "record", "term")):
            return done  # the others may break a link
        check = [*words(editor)[:2], "check", *words(editor)[-2:]]
        if run(command(check), LIMIT).code == 0:
            return done
        shutil.rmtree(editor.site.root / "content")
        backup.rename(editor.site.root / "content")


def _trial(row: Row, name: str, editor: Editor, kind: str, chance: random.Random, usual: float) -> None:
    row.trials += 1
    site, before = editor.site, len(editor.site.output())
    line = words(editor, *(["--clean"] if kind == "clean" else []))
    if kind == "serve":
        line = ["--project", site.root, "serve", "--port", str(20_000 + chance.randrange(20_000))]
    stop = chance.choice(_STOPS)
    # Most of what can be hurt happens late; but a preview has no end.
    delay = usual * chance.choice([1.0, 1.5]) * chance.random() ** chance.choice([0.4, 1])
    outcome = _strike(line, delay, stop, hits_helper=chance.random() < 0.25)
    judge(row, name, outcome, (0, 130, -stop, -signal.SIGKILL))
    left = len(site.output())
    if kind == "clean" and not (left or (site.root / ".site.aside").is_dir()):
        row.count("lost_sites", f"{name}: there is no site")
    if kind == "build" and left < before * 0.7:
        row.count("lost_sites", f"{name}: {before - left} files are gone")
    after = run(command(words(editor)), LIMIT)
    if after.code or after.is_broken:
        row.count("wrong_sites", f"{name}: the next build failed: {after.gist}")
    if chance.random() < 0.2:
        compare_with_clean(row, name, editor, site.root.with_name("clean"))


def _strike(line: list[str | Path], delay: float, stop: signal.Signals, *, hits_helper: bool) -> Outcome:
    """Start the program, and send it a signal after a while; or kill a process that helps it, and then stop it."""
    child, pipe = start(command(line))
    began, sent = time.monotonic(), list[int]()

    def act() -> None:
        age = time.monotonic() - began
        if not sent and age > delay:
            helpers = Path(f"/proc/{child}/task/{child}/children")
            with suppress(OSError):
                pids = [int(pid) for pid in helpers.read_text().split()] if hits_helper else []
                sent.append((*pids, child)[0])
                os.kill(sent[0], signal.SIGKILL if pids else stop)
        elif sent and "serve" in line and age > delay + 5:
            os.kill(child, signal.SIGINT)

    return wait(child, pipe, LIMIT, act)


def compare_with_clean(row: Row, name: str, editor: Editor, root: Path) -> None:
    """Count a site that differs from that of a clean build of copies of its sources."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    for part in SOURCES:
        source = editor.site.root / part
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, root / part)
    line = words(editor, "--jobs", "1", "--clean")
    line[1] = root
    outcome = run(command(line), LIMIT)
    made, clean = editor.site.output(), Site.at(root).output()
    editor.foreign_files &= made.keys()
    wrong = [path for path in clean if made.get(path) != clean[path]]
    wrong += sorted(made.keys() - clean.keys() - editor.foreign_files)
    if outcome.code or wrong:
        row.count("wrong_sites", f"{name}: {len(wrong)} files differ ({', '.join(wrong[:3])}) {outcome.code}")
