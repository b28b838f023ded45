"""Files that vanish, appear, change or become folders while a site is built."""

import random
import shutil
import time
from contextlib import suppress
from pathlib import Path

from tests.sites.small_site import NOW, PICTURE_BYTES, Site
from tests.torture.machine import judge
from tests.torture.row import Row
from tests.torture.warm import command, run, warm_up, workplace

TRIALS = {"tiny": 1, "small": 30, "full": 100}
LIMIT = 60.0
_POST = "---\ntitle: Post {n}\ndate: 2020-01-{day:02}\nimage: {{src: picture-{pic}.png, alt: A}}\n---\nWords {n}.\n"


def main(seed: int, size: str) -> Row:
    """Run the part; see `Row`."""
    row, chance = Row("vanishing"), random.Random(seed)
    warm_up()
    with workplace() as folder:
        for number in range(TRIALS[size]):
            _trial(row, f"seed {seed}, trial {number}", folder / str(number), chance)
    return row


def _trial(row: Row, name: str, root: Path, chance: random.Random) -> None:
    row.trials += 1
    site = Site(root)
    _fill(site, chance.choice([10, 10, 260]))
    line = ["--project", root, "build", "--jobs", "2", "--now", f"{NOW:%Y-%m-%d}"]
    if chance.random() < 0.5:
        run(command(line), LIMIT)
        site.write("content/news/m/post-1.md", "---\ntitle: New\ndate: 2020-01-01\n---\nNew words.\n")
    before = site.output()
    pace, last, told = chance.choice([0.0, 0.01, 0.1]), [time.monotonic()], list[str]()

    def meddle() -> None:
        if time.monotonic() - last[0] >= pace and len(told) < 60:
            last[0] = time.monotonic()
            told.append(_meddle(root, chance))

    outcome = run(command([*line, *chance.choice([[], [], ["--clean"]])]), LIMIT, meanwhile=meddle)
    judge(row, name, outcome, (0, 1, 3))
    is_site_hurt = any(one.startswith("site/") for one in told)
    if outcome.code and before and not is_site_hurt and site.output() != before:
        row.count("lost_sites", f"{name}: the site differs after code {outcome.code}: {outcome.gist}")
    shutil.rmtree(root / "content/news/m")
    _fill(site, 5)
    _compare(row, name, site, line)
    shutil.rmtree(root, ignore_errors=True)


def _fill(site: Site, posts: int) -> None:
    for n in range(posts):
        site.write(f"content/news/m/post-{n}.md", _POST.format(n=n, day=n % 28 + 1, pic=n % 4))
    for n in range(4):
        site.write(f"content/news/m/picture-{n}.png", PICTURE_BYTES)


def _compare(row: Row, name: str, site: Site, line: list[str | Path]) -> None:
    """Count a site that cannot be built in peace, or that differs from a clean build."""
    after = run(command(line), LIMIT)
    if after.code or after.is_broken:
        row.count("wrong_sites", f"{name}: the next build failed: {after.gist}")
        return
    made = site.output()
    fresh, clean = run(command([*line, "--clean"]), LIMIT), site.output()
    if fresh.code or [path for path in clean if made.get(path) != clean[path]]:
        row.count("wrong_sites", f"{name}: the next build differs from a clean one")


def _meddle(root: Path, chance: random.Random) -> str:
    """Change a file in some way; return what was done."""
    posts = sorted((root / "content/news/m").glob("*"))
    if not posts:
        return "nothing"
    path, kind = chance.choice(posts), chance.randrange(7)
    with suppress(OSError):
        match kind:
            case 0 | 1:
                path.unlink()
            case 2:
                path.rename(path.with_name(f"moved-{chance.randrange(1 << 20)}{path.suffix}"))
            case 3:
                path.unlink()
                path.mkdir()
            case 4 if path.suffix == ".md":  # a picture that is cut off is an error of its own
                path.write_bytes(path.read_bytes()[: chance.randrange(200)])
            case 5:
                path.with_name(f"new-{chance.randrange(1 << 20)}.md").write_text(
                    _POST.format(n=1, day=1, pic=1)
                )
            case 6:
                made = chance.choice(sorted((root / "site").rglob("*.html")) or [path])
                made.unlink()
                return f"site/ lost {made.name}"
    return f"{kind} {path.name}"
