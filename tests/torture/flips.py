"""Damaged caches: flipped bits, cut and swapped files, after which an edit is built as if there were no cache."""

import random
import shutil
from pathlib import Path

from clusterpress.pipeline.paths import cache_folder
from tests.sites.small_site import FILES, NOW, Site
from tests.torture.machine import judge
from tests.torture.row import Row
from tests.torture.warm import command, run, warm_up, workplace

TRIALS = {"tiny": 2, "small": 40, "full": 200}
LIMIT = 60.0


def main(seed: int, size: str) -> Row:
    """Run the part; see `Row`."""
    row, chance = Row("flips"), random.Random(seed)
    warm_up()
    with workplace() as folder:
        site = Site(folder / "site")
        line = ["--project", site.root, "build", "--jobs", "1", "--now", f"{NOW:%Y-%m-%d}"]
        run(command(line), LIMIT)
        kept = shutil.copytree(site.root, folder / "kept")
        cache = {path.name: path.read_bytes() for path in cache_folder(site.root).iterdir()}
        _edit(site)
        run(command([*line, "--clean"]), LIMIT)
        wanted = site.output()
        for number in range(TRIALS[size]):
            shutil.rmtree(site.root)
            shutil.copytree(kept, site.root)
            place = cache_folder(site.root)
            shutil.rmtree(place)
            place.mkdir(mode=0o700)
            _lay(place, cache, chance)
            _edit(site)
            row.trials += 1
            for repeat in range(2):
                name = f"seed {seed}, cache {number}, build {repeat}"
                judge(row, name, run(command(line), LIMIT), (0,))
                if site.output() != wanted:
                    row.count("wrong_sites", name)
    return row


def _edit(site: Site) -> None:
    text = FILES["content/news/two.md"]
    assert isinstance(text, str)
    site.write("content/news/two.md", text.replace("Two", "Two, corrected"))


def _lay(place: Path, cache: dict[str, bytes], chance: random.Random) -> None:
    """Write the files of a cache, some of them damaged."""
    store = max(cache, key=lambda name: len(cache[name]))
    hurt = {store, chance.choice(sorted(cache))} if chance.random() < 0.8 else {chance.choice(sorted(cache))}
    for name, content in cache.items():
        (place / name).write_bytes(_damage(content, cache, chance) if name in hurt else content)


def _damage(content: bytes, cache: dict[str, bytes], chance: random.Random) -> bytes:
    kind = chance.random()
    if kind < 0.1:
        return cache[chance.choice(sorted(cache))]
    if kind < 0.25:
        return content[: chance.randrange(len(content) + 1)]
    flipped = bytearray(content)
    if kind < 0.4 and len(flipped) > 4096:
        at = chance.randrange(len(flipped) // 4096) * 4096
        flipped[at : at + 4096] = bytes(4096) if kind < 0.3 else chance.randbytes(4096)
    for _ in range(chance.choice([1, 1, 8, 64])):
        flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
    return bytes(flipped)
