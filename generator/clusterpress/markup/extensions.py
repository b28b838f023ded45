"""The Markdown extensions in use: ours, and those in the ``mkdocs:`` block of the settings."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import yaml
from markdown import Markdown

from clusterpress.config.settings import Settings
from clusterpress.markup.dialect import Dialect
from clusterpress.markup.fast_parser import names_extensions
from clusterpress.markup.shortcuts import Shortcuts
from clusterpress.parsing.yaml_text import PYTHON_TAG, TagTolerantLoader
from clusterpress.values.plain import is_plain
from clusterpress.values.problems import Problem
from clusterpress.values.slugs import slugify

DEFAULT_EXTENSIONS = (
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "sane_lists",
    "tables",
    "pymdownx.details",
    "pymdownx.highlight",
    "pymdownx.superfences",
)
"""Extensions that are always active: those that users of Material expect, except slow typographic ones."""

_Configs = dict[str, dict[str, Any]]
_CONTENTS = {"slugify": lambda text, _separator: slugify(text) or "section"}
_OUR_OPTIONS: _Configs = {
    "footnotes": {"BACKLINK_TITLE": "↑ {}", "USE_DEFINITION_ORDER": False},
    "pymdownx.superfences": {"relaxed_headers": True},
    "toc": _CONTENTS,
    "markdown.extensions.toc": _CONTENTS,
}


class BadExtensionError(ValueError):
    """A Markdown extension named in the settings cannot be used."""


@lru_cache(maxsize=4)
def markdown_for(mkdocs: str) -> Markdown:
    """Return the one Markdown converter of this process for a ``mkdocs:`` block.

    Making it takes as long as ten bodies; call its ``reset()`` before each body.

    Raises:
        BadExtensionError: the block is not readable, or an extension cannot be loaded with its configuration.
    """
    configs: _Configs = {name: dict(_OUR_OPTIONS.get(name, {})) for name in DEFAULT_EXTENSIONS}
    for name, chosen in _configured_extensions(mkdocs).items():
        configs[name] = {**_OUR_OPTIONS.get(name, {}), **chosen}
    try:
        return _guarded(
            Markdown(
                extensions=[*configs, Dialect(), *([] if is_plain() else [Shortcuts()])],
                extension_configs=configs,
                output_format="html",
            )
        )
    except Exception as error:  # an extension may raise anything while it is set up
        raise BadExtensionError(f"a Markdown extension cannot be used: {error}") from error


def _guarded(converter: Markdown) -> Markdown:
    """Let pymdownx.snippets, if it is there, open regular files alone, and follow no link out of its folders.

    It waits forever for a named pipe, and compares paths without following links.
    """
    if "snippet" not in converter.preprocessors:
        return converter
    snippets: Any = converter.preprocessors["snippet"]
    find = snippets.get_snippet_path
    folders = [Path(folder).resolve() for folder in snippets.base_path]

    def find_guarded(path: str) -> str | None:
        found: str | None = find(path)
        file = Path(found).resolve() if found else None
        is_inside = file is not None and any(file.is_relative_to(folder) for folder in folders)
        is_allowed = is_inside or not snippets.restrict_base_path
        return found if file and file.is_file() and is_allowed else None

    snippets.get_snippet_path = find_guarded
    return converter


def extension_problems(settings: Settings, path: str) -> list[Problem]:
    """Return what is wrong with the Markdown extensions that the settings file ``path`` names."""
    try:
        markdown_for(settings.mkdocs)
    except BadExtensionError as error:
        hint = "check its name and its options under mkdocs: markdown_extensions"
        return [Problem(path=path, message=str(error), hint=hint, field="mkdocs")]
    return []


def _configured_extensions(mkdocs: str) -> _Configs:
    """Return the extensions that the block names, in either of the two forms that MkDocs reads."""
    if not names_extensions(mkdocs):
        return {}
    try:
        block = yaml.load(mkdocs, Loader=_Loader)  # noqa: S506 (a safe loader with one more tag)
        entries = block.get("markdown_extensions") or ()
        pairs = entries.items() if isinstance(entries, Mapping) else map(_pair, entries)
        return {str(name): dict(options or {}) for name, options in pairs}
    except (yaml.YAMLError, ImportError, AttributeError, ValueError, TypeError) as error:
        raise BadExtensionError(f"markdown_extensions cannot be read: {error}") from error


def _pair(entry: str | Mapping[str, Any]) -> tuple[str, Any]:
    if isinstance(entry, str):
        return entry, None
    ((name, options),) = entry.items()
    return name, options


class _Loader(TagTolerantLoader):
    """Reads the tags by which a site's owner names Python functions as MkDocs does; others are left out."""


def _function(loader: _Loader, suffix: str, node: yaml.Node) -> Any:
    kind, _, name = suffix.partition(":")
    if kind == "name":
        return resolve_name(name)
    if kind != "object/apply":
        raise yaml.constructor.ConstructorError(problem=f"unknown tag {node.tag!r}")
    call = loader.construct_mapping(node, deep=True) if isinstance(node, yaml.MappingNode) else {}
    return resolve_name(name)(*call.get("args", ()), **call.get("kwds", {}))


_Loader.add_multi_constructor(PYTHON_TAG, _function)
