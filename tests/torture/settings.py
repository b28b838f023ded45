"""Fuzzed settings: every key, at every depth, with values of every wrong type; valid ones are built."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from msgspec.structs import fields

from clusterpress.config.settings import Settings
from clusterpress.parsing.hints import is_model
from clusterpress.pipeline.project import open_project
from tests.sites.small_site import FILES, NOW, Site
from tests.torture.items import count_fault
from tests.torture.odd import SCALARS, Odd
from tests.torture.row import Row
from tests.torture.warm import command, run, warm_up, watch_over, workplace

TRIALS = {"tiny": 40, "small": 200, "full": 1000}
LIMIT = 10.0
BASE = {"name": "Odd site", "url": "https://example.eu/", "languages": "[en, fr, ar]"}
ENGINE_KEYS = (
    "theme", "plugins", "markdown_extensions", "mdx_configs", "extra", "hooks", "nav", "site_name", "site_url", "site_dir", "docs_dir", "use_directory_urls", "extra_css",
    "extra_javascript", "extra_templates", "validation", "watch", "exclude_docs", "draft_docs", "not_in_nav", "strict", "repo_url", "edit_uri", "copyright", "dev_addr", "remote_branch", "INHERIT", "bogus",
)  # fmt: skip
ENGINE_VALUES = (
    "[search]", "[tags]", "[bogus]", "[{search: 1}]", "[{tags: {a: [1]}}]", "[null]", "[1]", "[[search]]", "{name: material}", "{name: 1}", "{name: material, features: 1}", "{name: material, features: [1, null]}",
    "{name: material, palette: x}", "{custom_dir: /etc}", "[admonition]", "[{toc: 1}]", "[{toc: {permalink: [1]}}]", "[{pymdownx.snippets: {base_path: /}}]", "[pymdownx.bogus]", "[hook.py]", "[{a: b}, {c: d}]",
    "{a: {b: {c: d}}}", "{social: 1}", "{social: [{icon: 1, link: null}]}", "{alternate: [{}]}", "{version: []}", "!ENV HOME", "!!python/name:os.system", "!relative", "!!python/object/apply:os.system [true]",
)  # fmt: skip
FEW = (
    "content/news/one.md",
    "content/news/two.md",
    "content/news/picture.png",
    "content/programmes/next.md",
    "content/clusters",
    "content/events/forum.md",
)


def main(seed: int, size: str) -> Row:
    """Run the part; see `Row`."""
    row, chance = Row("settings"), random.Random(seed)
    warm_up()
    odd = Odd(seed)
    texts = [make(chance, odd) for _ in range(TRIALS[size])]
    row.trials = len(texts)
    with workplace() as folder:
        files = {path: text for path, text in FILES.items() if path.startswith(FEW)}
        site = Site(folder / "site", files)
        bad = set()

        def read(text: str) -> None:
            site.write("site_config.yml", text.encode("utf-8", "surrogatepass"))
            if open_project(site.root)[0]:
                (folder / f"valid-{texts.index(text)}").touch()

        for at, outcome in watch_over(texts, read, LIMIT):
            bad.add(at)
            count_fault(row, outcome, f"seed {seed}, settings {at}: {texts[at]!r:.300}", folder)
        valid = sorted(int(path.name.removeprefix("valid-")) for path in folder.glob("valid-*"))
        for at in valid[: 2 if size == "tiny" else None]:
            _build(row, f"seed {seed}, settings {at}: {_difference(texts[at])!r:.300}", site, texts[at])
    return row


def _difference(text: str) -> str:
    return "; ".join(line for line in text.splitlines() if line not in {f"{k}: {v}" for k, v in BASE.items()})


def _build(row: Row, name: str, site: Site, text: str) -> None:
    site.write("site_config.yml", text.encode("utf-8", "surrogatepass"))
    words = ["--project", site.root, "build", "--jobs", "1", "--now", f"{NOW:%Y-%m-%d}"]
    outcome = run(command(words), 60)
    if outcome.is_broken or outcome.is_hung or outcome.code not in (0, 1):
        count_fault(row, outcome, name, Path(site.root))


def make(chance: random.Random, odd: Odd) -> str:
    """Return the text of a settings file with one to three odd keys."""
    if chance.random() < 0.05:
        return odd.content().decode("utf-8", "replace")
    known = list(paths(Settings))
    keys: dict[str, Any] = dict(BASE)
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        if chance.random() < 0.2:
            key = chance.choice(ENGINE_KEYS)
            value = chance.choice(ENGINE_VALUES) if chance.random() < 0.6 else odd.value()
            keys["mkdocs"] = f"{{{key}: {value}}}" if chance.random() < 0.9 else odd.value()
            continue
        path = chance.choice(known)
        value = odd.value() if chance.random() < 0.7 else chance.choice(SCALARS)
        for part in reversed(path[1:]):
            value = f"[{value}]" if part == "[]" else f"{{{part}: {value}}}"
        keys[path[0]] = value
    text = "".join(f"{key}: {value}\n" for key, value in keys.items())
    return (
        odd.damaged(text.encode("utf-8", "surrogatepass")).decode("utf-8", "replace")
        if chance.random() < 0.1
        else text
    )


def paths(model: type, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the path of each key of a model, with ``[]`` for an entry of a list and ``x`` for a name."""
    for one in fields(model):
        path = (*before, one.name)
        yield path
        for inner in _models(one.type):
            kind = str(one.type)
            middle = ("[]",) if kind.startswith("tuple") else ("x",) if "Mapping" in kind else ()
            yield from paths(inner, path + middle)
        if "Mapping" in str(one.type):
            yield (*path, "x")
            yield (*path, "news")
            yield (*path, "default")


def _models(kind: Any) -> Iterator[type]:
    if is_model(kind):
        yield kind  # type: ignore[misc]
    for part in get_args(kind):
        yield from _models(part)
