"""A year of daily builds, strict and without an editor: each day publishes, and equals a clean build.

The items of the site appear, expire and refer to each other in every way that sources have.
"""

import random
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from clusterpress.pipeline.build import Result, check
from clusterpress.pipeline.project import open_project
from clusterpress.pipeline.run_context import RunContext
from tests.sites.small_site import Site

FIRST = date(2026, 1, 1)
DAYS = 365
SEED = 14
"""Of the site whose year is built."""

CONFIG = """\
name: Year
url: https://example.eu/
languages: [en, fr]
search: false
contact: us@example.eu
programme: next
menu: [{label: News, url: /news/}, {label: Events, url: /events/}, {label: {en: Fair, fr: Foire}, url: /fair/}]
footer: [{label: {en: Fair, fr: Foire}, url: /fair/}, {label: {en: News 1, fr: Nouvelle 1}, url: /news/2025/news-1/}]
newsletters:
  open: {name: Open letter, address: "Street 1, Brussels", programme: next}
  closed: {name: Closed letter, address: "Street 1, Brussels"}
"""
KINDS = {"news": 7, "events": 3, "clusters": 2, "partners": 2, "programmes": 1, "authors": 1}
"""Folder → number of its items."""


def make_site(root: Path, seed: int) -> Site:
    """Return a site of random items; the same one for the same seed."""
    return Site(root, {"site_config.yml": CONFIG, **_Newsroom(seed).files()})


class _Newsroom:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.names = {kind: [f"{kind}-{number}" for number in range(size)] for kind, size in KINDS.items()}

    def files(self) -> dict[str, str]:
        found = {}
        for kind, names in self.names.items():
            for number, name in enumerate(names):
                lines = [*getattr(self, f"_{kind}")(number)]
                found[f"content/{kind}/{name}.md"] = self._file(name, lines)
                if kind in ("news", "clusters") and self._chance(0.3):
                    kept = [line for line in lines if not line.startswith("aliases")]
                    found[f"content/{kind}/{name}.fr.md"] = self._file(f"{name} fr", kept)
        found["content/programmes/next.md"] = self._file("Next", [])
        for number, (shown, word) in enumerate((("expires", "Spring"), ("publish", "Autumn"))):
            keys = f"title: {word} fair\npath: /fair/\n{shown}: 2026-07-01"
            found[f"content/pages/fair-{number}.md"] = f"---\n{keys}\n---\nWelcome.\n"
        for month in (1, 5, 9):  # a series of events with one name
            keys = f"title: Call\ndate: 2025-12-01\nstart: 2026-{month:02}-05"
            found[f"content/events/2026-{month:02}-05-call.md"] = f"---\n{keys}\n---\nEach season.\n"
        return {**found, **dict(self._issues())}

    def _file(self, title: str, lines: Sequence[str]) -> str:
        period = () if any(line.startswith("date: 2026") for line in lines) else self._period()
        return "\n".join(["---", f"title: {title}", *lines, *period, "---", self._body(), ""])

    def _period(self) -> Iterator[str]:
        """Yield the keys that hide an item for a part of the year."""
        begin, end = sorted(self.random.sample(range(-20, DAYS), 2))
        if self._chance(0.4):
            yield f"publish: {_day(begin)}" + self.random.choice(["", " 09:30"])
        if self._chance(0.4):
            yield f"expires: {_day(end)}" + self.random.choice(["", " 17:00"])

    def _chance(self, share: float) -> bool:
        return self.random.random() < share

    def _one(self, kind: str) -> str:
        return self.random.choice(self.names[kind])

    def _body(self) -> str:
        links = [
            f"[file](../news/{self._one('news')}.md)",
            f"[heading](../clusters/{self._one('clusters')}.md#contact)",
            f"[page](/events/{self._one('events')}/)",
            f"[tag](/tags/tag-{self.random.randrange(4)}/)",
            "[fair](/fair/)",
            f"[event](../events/{self._one('events')})",
        ]
        return "## Contact\n\n" + " ".join(self.random.sample(links, 3))

    def _names_of(self, *keys: str) -> Iterator[str]:
        for key in keys:
            if self._chance(0.5):
                kind = key if key == "partners" else f"{key}s"
                yield f"{key}: [{self._one(kind)}]"

    def _news(self, number: int) -> Iterator[str]:
        yield f"date: {_day(self.random.randrange(-300, DAYS) if number > 2 else -40 * number - 30)}"
        yield from self._names_of("cluster", "programme", "partners", "author", "event")
        yield f"tags: [tag-{number % 4}, tag-{self.random.randrange(4)}]"
        yield f"more: [{{label: More, url: {self._one('news')}.md}}]"
        if self._chance(0.2):
            yield "pinned: true"
        if self._chance(0.4):
            yield f"aliases: [/old/{number}/]"

    def _events(self, _number: int) -> Iterator[str]:
        start = self.random.randrange(-30, DAYS)
        yield f"date: {_day(min(start, 0) - 60)}"
        yield f"start: {_day(start)}"
        yield f"end: {_day(start + self.random.choice([0, 1, 45]))}"
        yield from self._names_of("cluster", "partners")
        yield f"organiser: {self._one('clusters')}"

    def _clusters(self, _number: int) -> Iterator[str]:
        return iter(())

    def _authors(self, _number: int) -> Iterator[str]:
        return iter(())

    def _programmes(self, _number: int) -> Iterator[str]:
        return iter(("colour: teal",))

    def _partners(self, number: int) -> Iterator[str]:
        yield f"number: PP{number}"
        yield f"programme: {self._one('programmes')}"

    def _issues(self) -> Iterator[tuple[str, str]]:
        for number, day in enumerate((-90, 40, 200), 1):
            editions = "[web, email]" if day == 40 else "[web]"
            keys = f"newsletter: open\nnumber: {number}\ndate: {_day(day)}\neditions: {editions}"
            after = "previous" if number > 1 else _day(-200)
            sections = f"  - {{title: News, where: {{after: {after}, until: issue}}, text: Words.}}"
            yield f"content/newsletters/open/{number:02}.md", _issue(keys, sections)
        for number, (day, state) in enumerate(((-60, "frozen: true"), (70, "period: Spring")), 1):
            keys = f"newsletter: closed\nnumber: {number}\ndate: {_day(day)}\neditions: [web]\n{state}"
            news, events = (", ".join(self.random.sample(self.names[kind], 2)) for kind in ("news", "events"))
            sections = (
                f"  - {{title: News, items: [{news}]}}\n"
                f"  - {{title: Events, layout: events, items: [{events}]}}\n"
                f"  - {{title: Partners, partners: [PP{self.random.randrange(2)}]}}"
            )
            yield f"content/newsletters/closed/{number:02}.md", _issue(keys, sections)


def _issue(keys: str, sections: str) -> str:
    return f"---\ntitle: Issue\n{keys}\nsections:\n{sections}\n---\nDear readers.\n"


def _day(number: int) -> str:
    return (FIRST + timedelta(number)).isoformat()


def days(step: int = 1) -> Iterator[datetime]:
    """Yield the times of the builds: every so many days, early in the morning of Brussels."""
    for number in range(0, DAYS, step):
        day = FIRST + timedelta(number)
        yield datetime(day.year, day.month, day.day, 5, tzinfo=ZoneInfo("Europe/Brussels"))


def check_at(site: Site, now: datetime) -> Result:
    """Return the result of a strict check at a time."""
    project, problems = open_project(site.root)
    assert project, problems
    return check(project, now=now, run=RunContext(lambda *_: None), strict=True)


def build_days(folder: Path, times: Iterable[datetime], seed: int = SEED) -> Iterator[str]:
    """Build a site at some times, each time also from nothing; yield what is wrong with a day, else nothing."""
    site, other = make_site(folder / "daily", seed), make_site(folder / "clean", seed)
    for now in times:
        result, clean = site.build(now=now, strict=True), other.build(now=now, strict=True, clean=True)
        if result.difference is None or clean.difference is None:
            yield f"{now:%Y-%m-%d}: stopped: " + "; ".join(map(str, result.problems))
        elif site.output() != other.output():
            changed = {path for path, _ in site.output().items() ^ other.output().items()}
            yield f"{now:%Y-%m-%d}: differs from a clean build: {', '.join(sorted(changed))}"
        else:
            yield ""


def main() -> tuple[str, int, int, str]:
    """Build the year; return what was tried, how many days, how many of them held, and the first fault."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        faults = list(build_days(Path(folder), days()))
    held = faults.count("")
    note = next(filter(None, faults), f"{time.perf_counter() - began:.0f} s, seed {SEED}")
    return "daily builds of a year", len(faults), held, note


if __name__ == "__main__":
    print(*main(), sep=" · ")
