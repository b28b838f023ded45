"""What is left of a project's settings if nothing but its content is trusted.

The rule is an allow-list: only what is known to run no code and to read no file outside content/ stays.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from msgspec.structs import replace

from clusterpress.config.settings import Settings
from clusterpress.parsing.yaml_text import TagTolerantLoader
from clusterpress.values.problems import Problem, Severity

_CONFIG = "site_config.yml"
_THEME_KEYS = frozenset({"features", "palette"})
"""Keys under ``mkdocs: theme:`` that choose among what Material contains."""
_SNIPPETS = "pymdownx.snippets"
_EXTENSIONS = re.compile(
    r"""(?:markdown\.extensions\.)?
    (?:abbr|admonition|attr_list|codehilite|def_list|extra|fenced_code|footnotes|legacy_attrs|legacy_em
    |md_in_html|meta|nl2br|sane_lists|smarty|tables|toc|wikilinks)
    |pymdownx\.(?:arithmatex|betterem|blocks\.\w+|caret|critic|details|emoji|escapeall|extra|fancylists
    |highlight|inlinehilite|keys|magiclink|mark|progressbar|quotes|saneheaders|smartsymbols|snippets
    |superfences|tabbed|tasklist|tilde)""",
    re.VERBOSE,
)
"""Markdown extensions that are installed with clusterpress. Any other name would import a module. Not
``pymdownx.b64``: it puts files into pages."""


class _Tagged:
    """Stands for a value with a YAML tag, such as ``!!python/name`` or ``!ENV``."""


class _Loader(TagTolerantLoader):
    """Reads every tagged value as `_Tagged`."""


for _prefix in ("!", "tag:yaml.org,2002:python/"):
    _Loader.add_multi_constructor(_prefix, lambda _loader, _suffix, _node: _Tagged())


def restrict(settings: Settings, content: Path) -> tuple[Settings, list[Problem]]:
    """Return settings with which a project runs no code, and a note for each thing that is left out.

    Args:
        settings: of the project.
        content: its folder ``content/``, absolute.
    """
    left_out: list[str] = []
    mkdocs = _restrict_block(settings.mkdocs, content, left_out) if settings.mkdocs.strip() else ""
    if settings.linked_folders:
        left_out.append("linked_folders")
    if settings.publish:
        left_out.append("publish")
    if settings.editor:  # its page asks for keys, and sends them to the host that the settings name
        left_out.append("editor")
    newsletters = {}
    for slug, newsletter in settings.newsletters.items():
        newsletters[slug] = replace(newsletter, send=None)
        if newsletter.send:
            left_out.append(f"newsletters.{slug}.send")
    restricted = replace(
        settings,
        html="safe",
        linked_folders=(),
        publish={},
        editor=None,
        newsletters=newsletters,
        mkdocs=mkdocs,
    )
    return restricted, [untrusted_note(name) for name in left_out]


def untrusted_note(name: str) -> Problem:
    """Return the note that a key of the settings has no effect because the project is not trusted."""
    message = f"{name} is left out, as only the content is trusted"
    hint = 'see "clusterpress handbook trust"'
    return Problem(path=_CONFIG, severity=Severity.NOTE, message=message, hint=hint, field=name)


def _restrict_block(text: str, content: Path, left_out: list[str]) -> str:
    """Return the ``mkdocs:`` block with its harmless keys; add the names of the others to ``left_out``."""
    try:
        block = yaml.load(text, _Loader)  # noqa: S506 -- a subclass of SafeLoader
    except (yaml.YAMLError, TypeError, ValueError, RecursionError):
        block = None
    if not isinstance(block, dict):
        left_out.append("mkdocs")
        return ""
    kept: dict[str, Any] = {}
    for key, value in block.items():
        if key == "theme" and isinstance(value, dict):
            kept[key] = {
                name: one for name, one in value.items() if name in _THEME_KEYS and not _is_tagged(one)
            }
            left_out += [f"mkdocs.theme.{name}" for name in value if name not in kept[key]]
        elif key == "markdown_extensions":
            kept[key] = [*_restrict_extensions(value, content, left_out)]
        else:
            left_out.append(f"mkdocs.{key}")
    return str(yaml.safe_dump(kept, allow_unicode=True)) if kept else ""


def _restrict_extensions(value: Any, content: Path, left_out: list[str]) -> Iterator[dict[str, Any]]:
    """Yield the extensions that are allowed, each with its options, in either form that MkDocs reads."""
    pairs: list[tuple[Any, Any]] = []
    for entry in [value] if isinstance(value, dict) else value if isinstance(value, list) else ():
        pairs += entry.items() if isinstance(entry, dict) else [(entry, None)]
    for name, options in pairs:
        place = f"mkdocs.markdown_extensions.{name}"
        if not (isinstance(name, str) and _EXTENSIONS.fullmatch(name)):
            left_out.append(place)
            continue
        given: Mapping[Any, Any] = options if isinstance(options, dict) else {}
        kept = {key: one for key, one in given.items() if not _is_tagged(one)}
        left_out += [f"{place}.{key}" for key in given if key not in kept]
        yield {name: _restrict_snippets(kept, content) if name == _SNIPPETS else kept}


def _restrict_snippets(options: Mapping[Any, Any], content: Path) -> dict[str, Any]:
    """Return options with which snippets come from content/ alone."""
    given = options.get("base_path", ())
    folders = [content.parent / str(one) for one in (given if isinstance(given, list) else [given])]
    inside = [str(folder) for folder in folders if folder.resolve().is_relative_to(content.resolve())]
    return {
        "base_path": inside or [str(content)],
        "restrict_base_path": True,
        "url_download": False,
        "check_paths": options.get("check_paths") is True,
    }


def _is_tagged(value: Any) -> bool:
    """Return whether a value has a tag anywhere in it."""
    if isinstance(value, dict):
        return any(_is_tagged(key) or _is_tagged(one) for key, one in value.items())
    if isinstance(value, list | tuple | set):
        return any(map(_is_tagged, value))
    return isinstance(value, _Tagged)
