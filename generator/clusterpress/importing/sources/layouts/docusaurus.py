"""Docusaurus: ``blog/``, ``docs/`` and ``i18n/`` → the layout of a site."""

import re

from clusterpress.importing.sources.layouts.files import TreeFiles
from clusterpress.importing.sources.layouts.layout import Collection, Layout, base_and_host

CONFIGS = tuple(f"docusaurus.config.{ending}" for ending in ("js", "ts", "mjs", "cjs"))
_SETTING = r"\b{}\s*:\s*[\"'`]([^\"'`]*)[\"'`]"
_PARTS = {
    "blog": ("blog/", "news", "/blog/{year}/{month}/{day}/{slug_or_file}/"),
    "docs": ("docs/", "page", "/docs/{path}/"),
    "pages": ("src/pages/", "page", "/{path}/"),
}
"""Plugin → its folder, the kind of its items, their addresses."""


def read_layout(files: TreeFiles) -> Layout:
    """Return the layout of a site of Docusaurus; its settings are a program: only plain texts are read."""
    config = next((files.text(path) for path in CONFIGS if path in files.known), "")
    base, hosts = base_and_host(_setting(config, "url"))
    language = _setting(config, "defaultLocale")
    codes = dict.fromkeys(name.split("/")[1] for name in files.below("i18n/") if name.count("/") > 1)
    roots, collections = [], []
    for name, (folder, kind, permalink) in _PARTS.items():
        current = "current/" if name == "docs" else ""
        translated = [(f"i18n/{code}/docusaurus-plugin-content-{name}/{current}", code) for code in codes]
        for root, code in ((folder, ""), *translated):
            roots.append((root, code))
            collections.append(
                Collection(
                    folder=root,
                    name=name,
                    kind="news" if kind == "news" else "page",
                    permalink=permalink,
                    lang=code,
                )
            )
    return Layout(
        language=language,
        languages=tuple(dict.fromkeys((language, *codes))) if codes else (),
        roots=tuple(roots),
        static=("static/",),
        collections=tuple(collections),
        prefixes={code: "" if code == language else f"/{code}" for code in (language, *codes)},
        slug_form="github",
        base=_setting(config, "baseUrl").rstrip("/") or base,
        hosts=hosts,
    )


def _setting(config: str, name: str) -> str:
    found = re.search(_SETTING.format(name), config)
    return found[1] if found else ""
