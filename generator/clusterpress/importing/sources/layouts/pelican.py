"""Pelican: ``pelicanconf.py``, read without running it → the layout of a site."""

import re
from collections.abc import Iterator
from typing import Any

from clusterpress.importing.sources.layouts.files import Config, TreeFiles, words
from clusterpress.importing.sources.layouts.layout import Collection, Defaults, Layout, base_and_host

_TOKEN = re.compile(r"\{(\w+)(?::([^{}]*))?\}")
_DATES = {
    "%Y": "{year}", "%m": "{month}", "%d": "{day}", "%y": "{short_year}", "%b": "{short_month}",
    "%B": "{month_name}", "%H": "{hour}", "%M": "{minute}", "%S": "{second}", "%j": "{y_day}",
    "%-m": "{i_month}", "%-d": "{i_day}",
}  # fmt: skip
_DIRECTIVE = re.compile(r"%-?[A-Za-z]")
_FIELDS = {"slug": "{slug}", "category": "{category}", "author": "{author}", "lang": "{lang}"}


def read_layout(files: TreeFiles) -> Layout:
    """Return the layout of a Pelican site."""
    config = {**files.config("pelicanconf.py"), **files.config("publishconf.py")}
    folder = words(config, "path", "content").strip("./")
    folder = next((one for one in (folder, "content") if any(files.below(f"{one}/"))), "")
    root = f"{folder}/" if folder else ""
    base, hosts = base_and_host(words(config, "siteurl"))
    language = words(config, "default_lang")
    articles = _pattern(config, "article", "{slug}.html")
    static = config.get("static_paths", ["images"])
    extra = [f"{root}{str(one).strip('/')}/" for one in static] if isinstance(static, list) else []
    return Layout(
        language=language,
        languages=(language,) if language else (),
        roots=((root, ""),),
        static=(f"{root}extra/", *(one for one in extra if one == f"{root}extra/"), root),
        collections=tuple(_collections(config, root)),
        defaults=tuple(_defaults(config)),
        permalink=articles,
        page_permalink=_pattern(config, "page", "pages/{slug}.html"),
        lang_permalink=language_pattern(config),
        translate=_ours,
        slug_form="ascii",
        slug_of="file" if words(config, "slugify_source", "title") == "basename" else "title",
        splits_words=False,
        variables={"sitename": words(config, "sitename"), "siteurl": ""},
        base=base,
        hosts=hosts,
    )


def _pattern(config: Config, kind: str, default: str) -> str:
    written = words(config, f"{kind}_url") or words(config, f"{kind}_save_as") or default
    return _ours(written.removesuffix("index.html"))


def _collections(config: Config, root: str) -> Iterator[Collection]:
    for kind, ours, default in (("article", "news", [""]), ("page", "page", ["pages"])):
        paths: Any = config.get(f"{kind}_paths", default)
        for path in paths if isinstance(paths, list) else [paths]:
            inner = str(path).strip("/")
            where = root + (f"{inner}/" if inner else "")
            pattern = _pattern(config, kind, "{slug}.html" if kind == "article" else "pages/{slug}.html")
            yield Collection(folder=where, name=f"{kind}s", kind=ours, permalink=pattern)  # type: ignore[arg-type]


def _defaults(config: Config) -> Iterator[Defaults]:
    if author := words(config, "author"):
        yield Defaults(collection="articles", values={"author": author})
    values = config.get("default_metadata")
    if isinstance(values, dict):
        yield Defaults(values={key: value for key, value in values.items() if value})


def _ours(pattern: str) -> str:
    """Return a pattern such as ``{date:%Y}/{slug}.html`` with our placeholders."""
    unknown = False

    def replaced(found: re.Match[str]) -> str:
        nonlocal unknown
        name, form = found[1].lower(), found[2] or ""
        if name == "date":
            unknown |= any(one not in _DATES for one in _DIRECTIVE.findall(form))
            return _DIRECTIVE.sub(lambda one: _DATES.get(one[0], ""), form)
        unknown |= name not in _FIELDS
        return _FIELDS.get(name, "")

    ours = _TOKEN.sub(replaced, pattern)
    return "" if unknown else ours


def language_pattern(config: Config) -> str:
    """Return the address of translated articles."""
    written = words(config, "article_lang_url") or words(config, "article_lang_save_as")
    return _ours(written or "{slug}-{lang}.html")
