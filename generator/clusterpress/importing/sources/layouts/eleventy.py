"""Eleventy: its configuration, and the data files beside texts → the layout of a site."""

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from clusterpress.importing.sources.layouts.files import TreeFiles, words
from clusterpress.importing.sources.layouts.layout import Defaults, Layout, base_and_host, replace_tokens

_CONFIGS = (
    ".eleventy.js",
    "eleventy.config.js",
    "eleventy.config.mjs",
    "eleventy.config.cjs",
    "eleventy.config.ts",
)
_INPUT = re.compile(r"\binput\s*:\s*[\"'`]([^\"'`]+)[\"'`]")
_COPIED = re.compile(r"addPassthroughCopy\(\s*[\"'`]([^\"'`*]+?)/?[\"'`]\s*[,)]")
_MOVED = re.compile(r"addPassthroughCopy\(\s*\{([^{}]*)\}")
_PAIR = re.compile(r"[\"'`]([^\"'`]+?)/?[\"'`]\s*:\s*[\"'`]([^\"'`]*)[\"'`]")
_SHARED = re.compile(r"(?:\.11tydata)?\.(json|js|cjs|mjs)$")
_LITERAL = re.compile(r"(?:module\.exports\s*=|export\s+default)\s*(?=\{)")
_BARE_KEY = re.compile(r"([{,]\s*)([A-Za-z_]\w*)\s*:")
_SINGLE = re.compile(r"'((?:[^'\\\n]|\\.)*)'")

_TOKEN = re.compile(r"\{\{-?([^{}]*?)-?\}\}")
_NAMES = {
    "page.fileslug": "{filename}", "fileslug": "{filename}", "slug": "{slug_or_file}", "title": "{title}",
    "page.filepathstem": "/{path}", "lang": "{lang}", "locale": "{lang}",
}  # fmt: skip
_FILTERS = re.compile(r"(?<!\s)\s*\|\s*(?:slugify|slug|url|lower|downcase|safe)(?:\(\))?\s*$")
_DATE = re.compile(r"(?:page\.)?date\s*\|\s*(?:date|dateformat|formatdate)\s*[:(]\s*[\"']([^\"']+)[\"']\)?$")
_DATES = {
    "%Y": "{year}", "%m": "{month}", "%d": "{day}", "yyyy": "{year}", "YYYY": "{year}", "MM": "{month}",
    "dd": "{day}", "DD": "{day}",
}  # fmt: skip


def read_layout(files: TreeFiles) -> Layout:
    """Return the layout of an Eleventy site; of its settings, a program, only plain texts are read."""
    config = next((files.text(path) for path in _CONFIGS if path in files.known), "")
    found = _INPUT.search(config)
    folder = found[1].strip("./") if found else ""
    root = f"{folder}/" if folder else ""
    site = _site(files, root)
    base, hosts = base_and_host(words(site, "url") or words(site, "baseurl"))
    language = words(site, "lang") or words(site, "language") or words(site, "locale")
    copied = [f"{one.strip('./')}/" for one in _COPIED.findall(config)]
    bare = [old.strip("./") for block in _MOVED.findall(config) for old, _ in _PAIR.findall(block)]
    return Layout(
        language=language,
        languages=(language,) if language else (),
        roots=((root, ""),),
        static=(*(f"{one}/" for one in bare if one), root, *(() if root in copied else ("",))),
        defaults=tuple(_defaults(files, root)),
        permalink="/{sections}/{filename}/",
        page_permalink="/{sections}/{filename}/",
        translate=_ours,
        slug_form="github",
        variables=_variables(site),
        base=base,
        hosts=hosts,
    )  # fmt: skip


def _variables(site: dict[str, Any]) -> dict[str, str]:
    texts = {key: one for key, one in site.items() if isinstance(one, str)}
    return {f"{where}.{key}": one for where in ("site", "metadata", "meta") for key, one in texts.items()}


def _site(files: TreeFiles, root: str) -> dict[str, Any]:
    for name in ("site.json", "metadata.json", "meta.json", "site.js", "metadata.js", "site.yml"):
        if values := _data(files, f"{root}_data/{name}"):
            return values
    return {}


def _defaults(files: TreeFiles, root: str) -> Iterator[Defaults]:
    """Yield the data files of folders and texts: ``posts/posts.json``, ``posts/first.11tydata.json``."""
    paths = [path for path in files.below(root) if _SHARED.search(path) and "node_modules/" not in path]
    for path in sorted(paths, key=lambda path: (path.count("/"), path)):
        folder, name = posixpath.split(path)
        stem = _SHARED.sub("", name)
        here = f"{folder}/" if folder else ""
        is_folder = stem in {posixpath.basename(folder), ""}
        is_text = any(f"{here}{stem}.{ending}" in files.known for ending in ("md", "markdown", "njk", "html"))
        if not (is_folder or is_text) or "_data/" in path:
            continue
        if values := _data(files, path):
            computed = values.pop("eleventycomputed", None)
            values |= computed if isinstance(computed, dict) else {}
            yield Defaults(folder=here if is_folder else f"{here}{stem}.", values=values)


def _data(files: TreeFiles, path: str) -> dict[str, Any]:
    """Return the values of a data file; of a program only an object of plain values."""
    if path not in files.known:
        return {}
    if path.endswith(".json"):
        return dict(files.config(path))
    if path.endswith((".yml", ".yaml")):
        return dict(files.config(path))
    program = files.text(path).rstrip().removesuffix(";").rstrip()
    found = _LITERAL.search(program)
    if not found or not program.endswith("}"):
        return {}
    import json

    from clusterpress.importing.sources.layouts.files import lowered

    text = _BARE_KEY.sub(r'\1"\2":', _SINGLE.sub(lambda one: json.dumps(one[1]), program[found.end() :]))
    try:
        return dict(lowered(json.loads(re.sub(r",(?=\s*[}\]])", "", text))))
    except ValueError:
        return {}


def _ours(pattern: str) -> str:
    """Return a template such as ``/{{ page.date | date: '%Y' }}/{{ title | slugify }}/`` with our fields."""
    known: dict[str, str] = {}
    for one in _TOKEN.finditer(pattern):
        inner = one[1].strip()
        if found := _DATE.match(inner):
            form = found[1]
            for theirs, ours in _DATES.items():
                form = form.replace(theirs, ours)
            known[one[1].lower()] = form
        elif (name := _FILTERS.sub("", inner).lower()) in _NAMES:
            known[one[1].lower()] = _NAMES[name]
    ours = replace_tokens(pattern, _TOKEN, known)
    return re.sub(r"index\.html$", "", ours)
