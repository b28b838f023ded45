"""Hugo: ``hugo.toml``, ``config.yaml``, ``config/_default/*`` → the layout of a site."""

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from clusterpress.importing.sources.layouts.files import Config, TreeFiles, block, lowered, words
from clusterpress.importing.sources.layouts.layout import (
    Collection,
    Defaults,
    Layout,
    base_and_host,
    replace_tokens,
)
from clusterpress.values.kinds import TAXONOMIES

_FORMATS = ("toml", "yaml", "yml", "json")
_TOKEN = re.compile(r":([a-z]+)(?:\[[^\[\]]*\])?")
_TOKENS = {
    "year": "{year}", "month": "{month}", "day": "{day}", "monthname": "{month_name}", "yearday": "{y_day}",
    "section": "{section}", "sections": "{sections}", "title": "{title}", "slug": "{slug_or_title}",
    "filename": "{filename}", "contentbasename": "{filename}", "slugorfilename": "{slug_or_file}",
    "slugorcontentbasename": "{slug_or_file}",
}  # fmt: skip

_OURS = {name: one.field for one in TAXONOMIES if one.kind for name in (one.name, one.field, one.kind)} | {
    "program": "programme",
    "programs": "programme",
}
"""Name of a taxonomy → our key for its terms."""


def read_layout(files: TreeFiles) -> Layout:
    """Return the layout of a Hugo site."""
    config = _read_config(files)
    languages = block(config, "languages")
    active = {code: one for code, one in languages.items() if isinstance(one, dict) and _is_on(one)}
    language = words(config, "defaultcontentlanguage") or (next(iter(active), "en") if active else "")
    content = _folder(words(config, "contentdir", "content"))
    roots = [(_folder(words(one, "contentdir")), code) for code, one in active.items() if "contentdir" in one]
    roots += [*_mounts(config), (content, "")]
    roots.sort(key=lambda root: -len(root[0]))
    ugly = words(config, "uglyurls").lower() == "true"
    base, hosts = base_and_host(words(config, "baseurl"))
    return Layout(
        language=language,
        languages=tuple(active) or ((language,) if language else ()),
        roots=tuple(roots),
        static=tuple(_static(config)),
        collections=tuple(_collections(config, roots, active)),
        defaults=tuple(_cascades(files)),
        prefixes=_prefixes(config, active, language),
        permalink="/{sections}/{slug_or_file}" + (".html" if ugly else "/"),
        page_permalink="/{sections}/{slug_or_file}" + (".html" if ugly else "/"),
        translate=lambda pattern: replace_tokens(pattern, _TOKEN, _TOKENS),
        slug_form="hugo",
        taxonomies=_taxonomies(config),
        variables={"site.title": words(config, "title"), ".site.title": words(config, "title")},
        base=base,
        hosts=hosts,
    )


def _read_config(files: TreeFiles) -> Config:
    """Return the settings of all files; those of production add to, and override, the default ones.

    Folders such as ``config/_default/`` may have a file for each block.
    """
    merged: dict[str, Any] = {}
    for stem in ("config", "hugo"):
        merged |= files.config(*(f"{stem}.{ending}" for ending in _FORMATS))
    for folder in ("config/_default/", "config/production/"):
        for path in sorted(files.below(folder)):
            _merge_file(merged, path.removeprefix(folder), files.data(path))
    return merged


def _merge_file(merged: dict[str, Any], path: str, values: Any) -> None:
    """Add the settings of a file in a folder of settings: ``params.toml`` is the block ``params``."""
    name, _, ending = path.lower().rpartition(".")
    if ending not in _FORMATS:
        return
    if name not in {"config", "hugo"}:
        block_name, *language = name.split(".")
        if language:  # languages.fr.toml
            values = {language[0]: values}
        values = {block_name: values}
    if isinstance(values, dict):
        _merge(merged, values)


def _merge(merged: dict[str, Any], values: Config) -> None:
    """Add settings to others: blocks are merged, everything else is overridden."""
    for key, value in values.items():
        if isinstance(value, dict) and isinstance(merged.get(key), dict):
            _merge(merged[key], value)
        else:
            merged[key] = value


def _is_on(language: Config) -> bool:
    return words(language, "disabled").lower() != "true"


def _folder(path: str) -> str:
    return f"{path.strip('/').removeprefix('./')}/" if path.strip("/") else ""


def _mounts(config: Config) -> Iterator[tuple[str, str]]:
    """Yield the folders that the module settings mount as content."""
    mounts = block(config, "module").get("mounts")
    for mount in mounts if isinstance(mounts, list) else ():
        if isinstance(mount, dict) and words(mount, "target").split("/")[0] == "content":
            yield _folder(words(mount, "source")), words(mount, "lang")


def _static(config: Config) -> Iterator[str]:
    named = config.get("staticdir", ["static"])
    yield from (_folder(str(one)) for one in (named if isinstance(named, list) else [named]))
    yield "assets/"


def _collections(config: Config, roots: list[tuple[str, str]], languages: Config) -> Iterator[Collection]:
    for folder, lang in roots:
        own = block(block(languages, lang), "permalinks") if lang else {}
        written = {**block(config, "permalinks"), **own}
        patterns = {key: one for key, one in written.items() if isinstance(one, str)}
        patterns |= block(written, "page")
        for section, pattern in patterns.items():
            ours = replace_tokens(str(pattern), _TOKEN, _TOKENS)
            yield Collection(folder=f"{folder}{section}/", name=section, permalink=ours, lang=lang)


def _cascades(files: TreeFiles) -> Iterator[Defaults]:
    """Yield the front matter that index files of folders hand on, outer folders first."""
    from clusterpress.importing.sources.front_matter import read_foreign_file

    for path in sorted(files.names):
        if posixpath.basename(path).startswith("_index.") and path.endswith(".md"):
            text = files.text(path)
            if "cascade" not in text:
                continue
            cascade = lowered(read_foreign_file(text, path).values).get("cascade")
            for one in cascade if isinstance(cascade, list) else [cascade]:
                if isinstance(one, dict):
                    values = {key: value for key, value in one.items() if key not in {"target", "_target"}}
                    yield Defaults(folder=f"{posixpath.dirname(path)}/", values=values)


def _prefixes(config: Config, languages: Config, default: str) -> dict[str, str]:
    in_folder = words(config, "defaultcontentlanguageinsubdir").lower() == "true"
    return {code: "" if code == default and not in_folder else f"/{code}" for code in languages or (default,)}


def _taxonomies(config: Config) -> dict[str, str]:
    named = block(config, "taxonomies")
    pairs = [(str(one).lower(), str(plural).lower()) for one, plural in named.items()]
    return {
        plural: next((ours for name in (one, plural) if (ours := _OURS.get(name))), plural)
        for one, plural in pairs
    }
