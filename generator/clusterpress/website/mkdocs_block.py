"""The ``mkdocs:`` block of the settings as far as planning needs it, read without starting MkDocs."""

from collections.abc import Mapping
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

from clusterpress.config.settings import Settings
from clusterpress.values.problems import Problem

PAGE_LOCAL = frozenset({"glightbox", "htmlproofer", "material/meta", "meta", "minify", "minify_html"})
"""Plugins known to depend on nothing but the current page."""


@lru_cache(maxsize=4)
def read_block(text: str) -> Mapping[str, Any]:
    """Return the block as a mapping; anything else counts as empty."""
    if not text.strip():
        return {}
    import yaml

    from clusterpress.parsing.yaml_text import TagTolerantLoader

    try:
        block = yaml.load(text, TagTolerantLoader)  # noqa: S506 -- a subclass of SafeLoader
    except yaml.YAMLError:
        return {}
    return block if isinstance(block, dict) else {}


def non_page_local_plugins(settings: Settings) -> tuple[str, ...]:
    """Return the plugins and hooks of the block that may depend on other pages, in their order.

    With any of them, a page can change although nothing it shows did. A plugin known to keep to its page,
    or named under ``extra: {page_local: […]}``, is not listed.
    """
    block = read_block(settings.mkdocs)
    extra = block.get("extra") or {}
    declared = PAGE_LOCAL | set(extra.get("page_local") or ())
    plugins = block.get("plugins") or ()
    names = [name for plugin in plugins for name in (plugin if isinstance(plugin, dict) else (plugin,))]
    return tuple(name for name in (*names, *(block.get("hooks") or ())) if name not in declared)


def missing_engine(settings: Settings) -> list[Problem]:
    """Return a problem if the engine of the settings is not installed."""
    if settings.engine == "mkdocs" or find_spec(settings.engine):
        return []
    hint = 'run pip install "clusterpress[properdocs]", or delete the line'
    message = "engine: ProperDocs is not installed"
    return [Problem(path="site_config.yml", field="engine", message=message, hint=hint)]


def wants_script(settings: Settings) -> bool:
    """Return whether the block enables a feature for which Material needs its script."""
    theme = read_block(settings.mkdocs).get("theme")
    return isinstance(theme, dict) and bool(theme.get("features"))


def wants_palette(settings: Settings) -> bool:
    """Return whether the block chooses a colour palette of Material."""
    theme = read_block(settings.mkdocs).get("theme")
    return isinstance(theme, dict) and bool(theme.get("palette"))


def wants_styles(settings: Settings) -> bool:
    """Return whether the block enables a feature for which every page needs Material's style sheet."""
    return wants_script(settings) or wants_palette(settings)
