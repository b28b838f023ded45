"""Astro: content collections, routes and ``astro.config`` → the layout of a site."""

import re
from collections.abc import Iterator

from clusterpress.importing.sources.layouts.files import TreeFiles
from clusterpress.importing.sources.layouts.layout import Collection, Layout, base_and_host

_CONFIGS = tuple(f"astro.config.{ending}" for ending in ("mjs", "ts", "js", "mts", "cjs"))
_SCHEMAS = tuple(
    f"src/{name}.{ending}"
    for name in ("content.config", "content/config")
    for ending in ("ts", "js", "mjs", "mts")
)
_SETTING = r"\b{}\s*:\s*[\"'`]([^\"'`]*)[\"'`]"
_LOCALES = re.compile(r"\blocales\s*:\s*\[([^\[\]]*)\]")
_QUOTED = re.compile(r"[\"'`]([^\"'`]+)[\"'`]")
_PREFIXED = re.compile(r"prefixDefaultLocale\s*:\s*true")
_REDIRECTS = re.compile(r"\bredirects\s*:\s*\{([^{}]*)\}")
_PAIR = re.compile(r"[\"'`]([^\"'`]+)[\"'`]\s*:\s*[\"'`]([^\"'`]+)[\"'`]")
_LOADER = re.compile(
    r"\b(\w+)\s*=\s*defineCollection\(\s*\{(?:(?!defineCollection).){0,2000}?glob\(\s*\{(.{0,1000}?)\}\s*\)",
    re.DOTALL,
)
_BASE = re.compile(r"\bbase\s*:\s*[\"'`]([^\"'`]+)[\"'`]")
_GET = re.compile(r"getCollection\(\s*[\"'`]([\w-]+)[\"'`]")
_ROUTE = re.compile(r"\[(?:\.\.\.)?(?:slug|id|path|post|entry)\]")


def read_layout(files: TreeFiles) -> Layout:
    """Return the layout of an Astro site; its settings are programs, of which only plain texts are read."""
    config = next((files.text(path) for path in _CONFIGS if path in files.known), "")
    base, hosts = base_and_host(_setting(config, "site"))
    language = _setting(config, "defaultLocale")
    found = _LOCALES.search(config)
    languages = tuple(_QUOTED.findall(found[1])) if found else ()
    collections = {one.folder: one for one in _collections(files)}
    redirects = _REDIRECTS.search(config)
    roots = [(folder, "") for folder in collections] + [("src/pages/", ""), ("src/content/", "")]
    return Layout(
        language=language,
        languages=languages,
        roots=tuple(sorted(roots, key=lambda root: -len(root[0]))),
        static=("public/", "src/"),
        collections=(
            Collection(folder="src/pages/", name="pages", kind="page", permalink="/{path}/"),
            *collections.values(),
        ),
        prefixes={
            code: f"/{code}" if code != language or _PREFIXED.search(config) else "" for code in languages
        },
        permalink="/{collection}/{path}/",
        page_permalink="/{path}/",
        translate=lambda _: "",
        slug_form="github",
        redirects=dict(_PAIR.findall(redirects[1])) if redirects else {},
        base=_setting(config, "base").rstrip("/") or base,
        hosts=hosts,
    )


def _setting(config: str, name: str) -> str:
    found = re.search(_SETTING.format(name), config)
    return found[1] if found else ""


def _collections(files: TreeFiles) -> Iterator[Collection]:
    """Yield the collections: folders of ``src/content/`` and ``src/data/``, and those that loaders name."""
    routes = dict(_routes(files))
    folders = {
        name.split("/")[2]: "/".join([*name.split("/")[:3], ""])
        for root in ("src/data/", "src/content/")
        for name in files.below(root)
        if name.count("/") > 2 and (root == "src/content/" or name.endswith((".md", ".mdx")))  # noqa: PLR2004
    }
    for path in _SCHEMAS:
        for name, options in _LOADER.findall(files.text(path)):
            if found := _BASE.search(options):
                folders[name] = f"{found[1].strip('./')}/"
    for name, folder in folders.items():
        route = routes.get(name, f"/{name}/{{path}}/")
        yield Collection(folder=folder, name=name, permalink=route)


def _routes(files: TreeFiles) -> Iterator[tuple[str, str]]:
    """Yield (collection, address of an entry), from the pages that show the entries."""
    for path in files.below("src/pages/"):
        if path.endswith(".astro") and _ROUTE.search(path) and (found := _GET.search(files.text(path))):
            route = _ROUTE.sub("{path}", path.removeprefix("src/pages").removesuffix(".astro"))
            yield found[1], f"{route}/" if "[" not in route else ""
