"""Fuzzed items: each is read and rendered alone, then those without errors are built as a site."""

import random
import re
from pathlib import Path

from clusterpress.content.reader import read_item
from clusterpress.library.index_records import make_index_record
from clusterpress.markup.render import render
from clusterpress.pipeline.project import open_project
from tests.newsletters.make import issue
from tests.sites.small_site import FILES, NOW, Site
from tests.torture.odd import Odd
from tests.torture.row import Row
from tests.torture.warm import Outcome, command, run, warm_up, watch_over, workplace

TRIALS = {"tiny": 40, "small": 500, "full": 5000}
LIMIT = 10.0
"""Seconds for one item."""
_SITE = 40
"""Items of one site."""
_CONFIG = """\
name: Odd site
url: https://example.eu/
languages: [en, fr, ar]
programme: next
vocabulary: open
contact: us@example.eu
html: {html}
search: {search}
newsletters:
  cord: {{name: Cord letter, address: "Street 1, Brussels"}}
"""


def main(seed: int, size: str) -> Row:
    """Run the part; see `Row`."""
    row, odd = Row("items"), Odd(seed)
    warm_up()
    files = [odd.file(number) for number in range(TRIALS[size])]
    row.trials = len(files)
    with workplace() as folder:
        site = _site(folder / "alone", random.Random(seed), [])
        settings = open_project(site.root)[0].settings
        bad = set()
        for at, outcome in watch_over(files, lambda file: _read(file, settings), LIMIT):
            bad.add(at)
            count_fault(row, outcome, f"seed {seed}, item {at} {files[at][0]!r}", folder)
        good = [file for at, file in enumerate(files) if at not in bad]
        for at in range(0, len(good), _SITE):
            chance = random.Random(seed * 1_000_003 + at)
            _build(
                row, f"seed {seed}, site {at // _SITE}", folder / f"site-{at}", good[at : at + _SITE], chance
            )
    return row


def _read(file, settings) -> None:
    path, raw = file
    item, _ = read_item(raw, f"content/{path}", settings)
    if item:
        body = render(item.source.body, settings)
        make_index_record(item, body.outline, key=b"k", body=b"b", settings=settings)


def _site(root: Path, chance: random.Random, files: list[tuple[str, bytes]]) -> Site:
    names = [Path(path).stem for path, _ in files if path.startswith("news/n") and path.count("/") == 1]
    entry = f"  - {{title: News, items: [{', '.join(['one', 'two', *names[:6]])}]}}"
    site = Site(root, {**FILES, "content/newsletters/cord/03.md": issue(entry)})
    search = chance.choice(["true", "false", "false", "false"])
    site.write("site_config.yml", _CONFIG.format(html=chance.choice(["safe", "trusted"]), search=search))
    for path, raw in files:
        try:
            site.write(f"content/{path}", raw)
        except OSError:  # a name that no file of this system can have
            continue
    return site


def _build(row: Row, name: str, root: Path, files: list[tuple[str, bytes]], chance: random.Random) -> None:
    """Build a site of odd items; count what went wrong."""
    outcome = build_the_rest(_site(root, chance, files), LIMIT * len(files))
    if outcome.is_broken or outcome.is_hung or outcome.code not in (0, 1):
        count_fault(row, outcome, name, root)
    elif outcome.code:
        row.remarks.append(f"{name} could not be built at last: {outcome.gist}")


def build_the_rest(site: Site, limit: float) -> Outcome:
    """Build a site, and take out the items with errors until it is built or nothing more can be taken out."""
    words = ["--project", site.root, "build", "--jobs", "1", "--verbose", "--now", f"{NOW:%Y-%m-%d}"]
    while True:
        outcome = run(command(words), limit)
        said = set(re.findall(r"(?m)^(content/.+?):\d+(?::\d+)?:? error:", outcome.said))
        found = [path for path in said if (site.root / path).exists()]
        if outcome.code != 1 or outcome.is_broken or outcome.is_hung or not found:
            return outcome
        for path in found:
            (site.root / path).unlink()


def count_fault(row: Row, outcome: Outcome, words: str, folder: Path) -> None:
    """Count a run that did not end as it should."""
    kind = "hangs" if outcome.is_hung else "tracebacks"
    row.count(kind, f"{words}: code {outcome.code}: {outcome.gist.replace(str(folder), '')}")
