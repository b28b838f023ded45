"""Damaged exports of every system: each field null, a number, a list, nested or gone; broken files and trees."""

import json
import random
import shutil
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from clusterpress.cli.commands import main as program
from tests.importing import drupal_site, foreign_trees, wordpress_site
from tests.sites.small_site import Site
from tests.torture.items import count_fault
from tests.torture.odd import SCALARS, Odd
from tests.torture.row import Row
from tests.torture.warm import warm_up, watch_over, workplace

TRIALS = {"tiny": 12, "small": 200, "full": 1000}
LIMIT = 20.0
ODD_VALUES: tuple[Any, ...] = (
    None,
    0,
    -1,
    1.5,
    True,
    "",
    " ",
    "x",
    [],
    [None],
    [[]],
    {},
    {"a": None},
    {"": {}},
    [{"a": [1]}],
    10**30,
    "\x00",
    "\ud800",
    "2020-02-30",
    "https://[::1",
    "x" * 3000,
)
CONFIG = "name: Small site\nurl: https://example.eu/\nlanguages: [en, fr, ar]\nvocabulary: open\n"
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1", "title": "T", "home_page_url": "https://old.example/", "authors": [{"name": "Ann", "url": "https://a.b"}], "language": "en",
    "items": [
        {"id": str(n), "url": f"https://old.example/{n}", "title": f"Item {n}", "content_html": "<p>Words</p>", "content_text": "Words", "summary": "S", "image": "https://old.example/x.png", "date_published": "2019-06-15T10:00:00Z", "date_modified": "2019-06-16", "tags": ["a", "b"], "authors": [{"name": "Ann"}], "attachments": [{"url": "https://old.example/e.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 9}], "language": "fr"}
        for n in range(3)
    ],
}  # fmt: skip
RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Old</title><link>https://old.example/</link>
<item><title>One</title><link>https://old.example/1</link><guid isPermaLink="false">1</guid><pubDate>Sat, 15 Jun 2019 10:00:00 GMT</pubDate><dc:creator>Ann</dc:creator><category>a</category><description>Short</description><content:encoded><![CDATA[<p>Words <img src="x.png" alt="A"></p>]]></content:encoded><enclosure url="https://old.example/e.mp3" type="audio/mpeg" length="9"/></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Old</title><id>x</id><updated>2019-06-15T10:00:00Z</updated><entry><title type="html">One</title><id>1</id><link href="https://old.example/1"/><published>2019-06-15T10:00:00Z</published><author><name>Ann</name></author><category term="a"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Words</p></div></content></entry></feed>"""
CALENDAR = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\nBEGIN:VTIMEZONE\r\nTZID:Old/Zone\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:1@x\r\nDTSTAMP:20200101T000000Z\r\nDTSTART;TZID=Old/Zone:20200301T100000\r\nDTEND;TZID=Old/Zone:20200301T120000\r\nSUMMARY:Forum\r\nLOCATION:Linz\r\nDESCRIPTION:Words\\nmore\r\nURL:https://old.example/\r\nORGANIZER;CN=Ann:mailto:a@b.eu\r\nCATEGORIES:a,b\r\nSTATUS:CONFIRMED\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\nEXDATE;TZID=Old/Zone:20200308T100000\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:2@x\r\nDTSTAMP:20200101T000000Z\r\nDTSTART;VALUE=DATE:20200401\r\nDURATION:P2D\r\nSUMMARY:Days\r\nGEO:1;2\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


def main(seed: int, size: str) -> Row:
    """Run the part; see `Row`."""
    row, chance = Row("imports"), random.Random(seed)
    warm_up()
    makers = _makers(chance, Odd(seed))
    trials = [(number, *makers[number % len(makers)]()) for number in range(TRIALS[size])]
    row.trials = len(trials)
    with workplace() as folder:
        for at, outcome in watch_over(trials, lambda trial: _bring(folder / "now", trial), LIMIT):
            words, files = trials[at][1:]
            count_fault(row, outcome, f"seed {seed}, import {at} {words} {[*files][:1]}", folder)
    return row


def _bring(place: Path, trial: tuple[int, list[str], dict[str, bytes]]) -> None:
    """Import files into a new site, as the command does, then read all that was written."""
    _, words, files = trial
    shutil.rmtree(place, ignore_errors=True)
    site = Site(place / "site", {})
    site.write("site_config.yml", CONFIG)
    (site.root / "content").mkdir()
    for name, content in files.items():
        path = place / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    source = place / "source" if words[0] == "markdown" else place / "source" / next(iter(files))
    for command in (["import", *words, str(source)], ["check"]):
        result = CliRunner().invoke(program, ["--project", str(site.root), *command])
        if result.exit_code not in (0, 1):
            raise RuntimeError(f"{result.exit_code}: {result.output[-400:]}")


def _makers(chance: random.Random, odd: Odd) -> list[Callable[[], tuple[list[str], dict[str, bytes]]]]:
    """Return functions that each return the words of an import, and its files."""
    drupal = json.loads(drupal_site.export(*drupal_site.build(articles=24)))
    wordpress = wordpress_site.xml(wordpress_site.build(posts=16))
    trees = {name: make()[0] for name, make in foreign_trees.TREES.items()}
    texts = {"rss.xml": RSS, "atom.xml": ATOM}
    return [
        lambda: (["drupal"], {"e.json": _json(drupal, chance)}),
        lambda: (["feed"], {"f.json": _json(JSON_FEED, chance)}),
        lambda: (["feed"], {(name := chance.choice([*texts])): _text(texts[name], chance, odd)}),
        lambda: (["wordpress"], {"e.xml": _text(wordpress, chance, odd)}),
        lambda: (["calendar"], {"c.ics": _text(CALENDAR, chance, odd)}),
        lambda: (["markdown"], _tree(trees[chance.choice([*trees])], chance, odd)),
    ]


def _json(export: Any, chance: random.Random) -> bytes:
    """Return an export of which some values have become others."""
    export = json.loads(json.dumps(export))
    for _ in range(chance.choice([1, 1, 3, 10, 40])):
        node, path = export, None
        while isinstance(node, dict | list) and node and (path is None or chance.random() < 0.85):
            key = chance.choice([*node]) if isinstance(node, dict) else chance.randrange(len(node))
            path, node = (node, key), node[key]
        if path:
            path[0][path[1]] = deepcopy(chance.choice(ODD_VALUES))
    return json.dumps(export).encode()


def _text(text: str, chance: random.Random, odd: Odd) -> bytes:
    """Return XML or a calendar of which some values have become others, or some bytes."""
    if chance.random() < 0.3:
        return odd.damaged(text.encode())
    is_xml = text.lstrip().startswith("<")
    parts = text.replace(">", ">\0").replace("<", "\0<").split("\0") if is_xml else text.split("\r\n")
    for _ in range(chance.choice([1, 2, 5, 20])):
        at = chance.randrange(len(parts))
        if is_xml and parts[at].startswith("<") and chance.random() < 0.7:
            continue
        value = chance.choice(["", "x", "0", "null", "\n", *SCALARS])
        name, colon, _ = parts[at].partition(":")
        parts[at] = value if is_xml or chance.random() < 0.2 else f"{name}{colon}{value}"
    return ("" if is_xml else "\r\n").join(parts).encode("utf-8", "surrogatepass")


def _tree(files: dict[str, Any], chance: random.Random, odd: Odd) -> dict[str, bytes]:
    """Return a tree of files of which some are odd or damaged."""
    made = {
        name: content if isinstance(content, bytes) else content.encode() for name, content in files.items()
    }
    for name in chance.sample(sorted(made), min(len(made), chance.choice([1, 2, 6]))):
        made[name] = odd.content() if chance.random() < 0.3 else odd.damaged(made[name])
        if chance.random() < 0.3 and name.endswith(".md"):
            made[name] = f"---\n{odd.front_matter()}---\n{odd.body()}".encode("utf-8", "surrogatepass")
    return made
