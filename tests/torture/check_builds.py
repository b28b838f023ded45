"""What a check passes, a build builds: random small sites with hostile values in random fields."""

import json
import random
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from clusterpress.content.items import MODELS
from clusterpress.pipeline.build import check
from clusterpress.pipeline.project import open_project
from clusterpress.pipeline.run_context import RunContext
from clusterpress.values.kinds import FOLDER_OF, FRONT_MATTER_KEYS
from clusterpress.values.problems import stops_build
from tests.sites.small_site import NOW, Site

CASES = 1_000
SEED = 9

ITEMS: Mapping[str, Mapping[str, Any]] = {
    "news": {"title": "News", "date": "2021-03-04", "cluster": ["qoot"], "tags": ["food"]},
    "event": {"title": "Forum", "date": "2021-01-01", "start": "2021-05-06", "place": "Linz"},
    "programme": {"title": "Next", "colour": "teal"},
    "cluster": {"title": "QOOT", "slug": "qoot", "contact": {"name": "Ann", "email": "ann@example.eu"}},
    "partner": {"title": "Milano", "number": "PP8", "contact": {"city": "Milan"}},
    "author": {"title": "Ann", "email": "ann@example.eu"},
    "issue": {
        "title": "Issue", "newsletter": "cord", "number": 1, "date": "2021-06-01", "editions": ["web", "email"],
        "sections": [{"title": "News", "items": ["item"]}],
    },
    "page": {"title": "About"},
}  # fmt: skip
CONFIG: Mapping[str, Any] = {
    "name": "Site", "url": "https://example.eu/", "search": False, "languages": ["en"], "vocabulary": "open",
    "newsletters": {"cord": {"name": "Cord", "address": "Street 1"}},
}  # fmt: skip
SETTINGS = (
    "name", "tagline", "description", "publisher", "contact", "logo", "programme", "time_zone", "page_size",
    "permalinks.news", "permalinks.page", "byline", "theme", "menu.0.label", "menu.0.url", "footer.0.url",
    "follow.0.url", "follow.0.label", "newsletters.cord.name", "newsletters.cord.wordmark",
    "newsletters.cord.address", "newsletters.cord.url", "newsletters.cord.colours", "newsletters.cord.tagline",
    "feeds.limit", "pictures.widths", "mkdocs", "mkdocs.extra", "mkdocs.plugins", "mkdocs.hooks",
    "mkdocs.markdown_extensions", "mkdocs.theme", "url", "languages", "front_matter.x", "defaults.news",
    "legal.address", "legal.accessibility.method", "kinds.news", "newsletters.cord.publisher",
)  # fmt: skip
INNER = {
    "image": ("src", "alt", "caption", "credit"), "logo": ("src", "alt"), "contact": ("name", "email", "web", "city"),
    "sections": ("0.title", "0.text", "0.where", "0.items"), "more": ("0.label", "0.url"), "follow": ("0.url", "0.label"),
    "cover": ("art", "src", "alt"), "select": ("cluster", "from"), "funding": ("rules", "statement", "slogan"),
}  # fmt: skip
VALUES: tuple[Any, ...] = (
    "x" * 300, "Ω" * 150, "ا" * 100, "ß" * 128, "🎉" * 70, "word " * 100, "CON", "nul.txt", "aux", "a.", "a ", " ", "",
    "../x", "a/b/c", "a\\b", "/", "//", ".", "..", "?", "#", ":", "-", "---", "|", "A\nB", "A\r\nBcc: x@example.eu",
    "a\0b", "\x07bell", "\x1b[31m", "\u2028", "\u202ertl", "\ufeff", "\ufffe", "\ud800", "e\u0301", "ﷺ", "Ⅷ", "İI",
    "<script>alert(1)</script>", "</title>", "{{ x }}", "{% raw %}", "{% endblock %}", "{#", "%s", "%", "${x}", "&amp;",
    "a@b", "a@b@c", "ann@exämple.eu", "Ann <ann@example.eu>", "a b@example.eu", '"a b"@example.eu', "a\nb@example.eu",
    "@", "ann@", ".ann@example.eu", "ann@example..eu", "ann@[127.0.0.1]", "x" * 300 + "@example.eu",
    "http://[::1", "https://a b/", "javascript:alert(1)", "mailto:", "https://" + "a" * 300 + ".eu/", "https://x:99999/",
    "https://example.eu/%zz", "tel:+39", "data:text/html,x", -1, 0, 1, 10**30, 1.5, "1e999", float("inf"), True, None,
    [], {}, [[]], [None], ["a", "A"], ["CON", "con"], ["food", "Food", "FOOD"], {"a": {"b": {"c": [1]}}}, [1, "x"],
    "9999-12-31", "0001-01-01", "2021-02-30", "1900-01-01 00:00", "2021-05-05T25:00", "tomorrow", "99", "1" * 400,
    "[" * 200, "*" * 200, "> " * 60 + "x", "`" * 99, "![](", "[x](" + "(" * 90, "$\\frac{1}{0}$", "|a|\n|-|\n" * 20,
    "#" * 50 + " x", "<div>" * 100, "* " * 80 + "x", "!!python/object:os.system", "&a [*a]", "fr", "xx", "en",
    "auto", "blue", "item", "qoot", "Next", "previous", "page", "feature", "open", {"-1": 1}, {"": ""}, {"x" * 300: "y"},
)  # fmt: skip
BLOCKS = (
    "plugins: [[]]", "plugins: x", "plugins: 1", "plugins: [nope]", "plugins: {search: 1}", "hooks: 5", "hooks: [1]",
    "hooks: [nowhere.py]", "extra: x", "extra: [1]", "extra: {page_local: 1}", "extra: {page_local: [[1]]}",
    "theme: 5", "theme: {name: 1}", "theme: {features: x}", "theme: {palette: 1}", "markdown_extensions: 1",
    "markdown_extensions: [nope]", "markdown_extensions: [{toc: 1}]", "nope: 1", "extra_css: 1", "nav: 1", "x: [",
    "site_name: [1]", "docs_dir: /nowhere", "strict: yes", "repo_url: 1", "watch: 1", "!!python/name:os.system x",
)  # fmt: skip
"""Values of ``mkdocs:``, as they are written."""
BODIES = tuple(
    value for value in VALUES if isinstance(value, str) and "\0" not in value and "\ud800" not in value
)
FIELDS = sorted(FRONT_MATTER_KEYS - {"kind"})


def hostile_files(chance: random.Random) -> dict[str, str | bytes]:
    """Return the files of a small site, of which one or two values are hostile."""
    config: dict[str, Any] = json.loads(json.dumps(CONFIG))
    items: dict[str, dict[str, Any]] = json.loads(json.dumps(ITEMS))
    bodies = dict.fromkeys(ITEMS, "A text with *words*.")
    names = dict.fromkeys(ITEMS, "item")
    for _ in range(chance.choice((1, 1, 1, 2))):
        place = chance.choice(("item",) * 5 + ("settings",) * 2 + ("body", "name"))
        kind, value = chance.choice(sorted(ITEMS)), chance.choice(VALUES)
        if place == "settings":
            _put(config, chance.choice(SETTINGS), value)
        elif place == "item":
            _put(items[kind], _field(chance, kind), value)
        elif place == "body":
            bodies[kind] = chance.choice(BODIES)
        else:
            names[kind] = chance.choice(
                ("con", "a.", "Ω" * 100, "x" * 250, "a b", "A", "ä", "x.y.z", "%41", "-", "item.fr")
            )
    block = (
        f"\nmkdocs:\n  {chance.choice(BLOCKS)}\n" if chance.random() < 0.1 and "mkdocs" not in config else ""
    )
    found: dict[str, str | bytes] = {"site_config.yml": _yaml(config) + block}
    for kind, fields in items.items():
        path = f"content/{FOLDER_OF[kind]}/{names[kind]}.md"  # type: ignore[index]
        found[path] = f"---\n{_yaml(fields)}\n---\n{bodies[kind]}\n".encode("utf-8", "surrogatepass")
    return found


def _field(chance: random.Random, kind: str) -> str:
    own = [name for name in MODELS[kind].__struct_fields__ if name in FIELDS]  # type: ignore[index]
    name = chance.choice(own if chance.random() < 0.9 else FIELDS)
    return f"{name}.{chance.choice(INNER[name])}" if name in INNER and chance.random() < 0.8 else name


def _put(values: Any, path: str, value: Any) -> None:
    """Put a value at a dotted path; numbers are places in lists."""
    name, _, rest = path.partition(".")
    if not rest:
        values[name] = value
    elif rest[0] == "0":
        _put(
            values.setdefault(name, [{}])[0] if isinstance(values.get(name, [{}]), list) else {},
            rest[2:],
            value,
        )
    else:
        if not isinstance(values.get(name), dict):
            values[name] = {}
        _put(values[name], rest, value)


def _yaml(values: Mapping[str, Any]) -> str:
    return "\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in values.items())


def find_fault(root: Path, files: Mapping[str, str | bytes], *, strict: bool = False) -> str:
    """Return how a build fails although the check passes; nothing if it does not, "refused" if neither does."""
    try:
        site = Site(root, dict(files))
        project, problems = open_project(site.root)
        if project is None:
            return "refused"
        problems = [
            *problems,
            *check(project, now=NOW, run=RunContext(lambda *_: None), strict=strict).problems,
        ]
        if stops_build(problems, strict=strict):
            return "refused"
        for clean in (False, True):
            result = site.build(clean=clean, strict=strict)
            if result.difference is None:
                return "; ".join(str(one) for one in result.problems)
    except (Exception, RecursionError) as fault:
        return f"{type(fault).__name__}: {fault}"
    return ""


def try_sites(folder: Path, cases: int, seed: int) -> Iterator[tuple[int, str]]:
    """Yield (number of the case, fault) for random sites, see `find_fault`."""
    for number in range(cases):
        files = hostile_files(random.Random(f"{seed} {number}"))
        yield number, find_fault(folder / str(number), files, strict=number % 4 == 0)


def main() -> tuple[str, int, int, str]:
    """Try the sites; return what was tried, how many sites, how many of them held, and the first fault."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        faults = dict(try_sites(Path(folder), CASES, SEED))
    broken = {number: fault for number, fault in faults.items() if fault not in ("", "refused")}
    built = sum(not fault for fault in faults.values())
    note = f"{built} built, {time.perf_counter() - began:.0f} s, seed {SEED}"
    if broken:
        number = min(broken)
        note = f"case {number}: {broken[number]}"
    return "builds after a check that passes", len(faults), len(faults) - len(broken), note


if __name__ == "__main__":
    print(*main(), sep=" · ")
