"""The ``mkdocs:`` block of the settings: what planning needs of it, and MkDocs' configuration from it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clusterpress.config.settings import Settings
from clusterpress.theme.theme import Theme
from clusterpress.values.engines import ENGINES
from clusterpress.values.installation import install_command
from clusterpress.values.problems import Problem
from clusterpress.website.views import Site

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

PAGE_LOCAL = frozenset({"glightbox", "htmlproofer", "material/meta", "meta", "minify", "minify_html"})
"""Plugins known to depend on nothing but the current page."""
OUR_COPY = Path(__file__).with_name("material")
"""The files of Material that pages use: a copy, so that no release of Material changes what readers see."""
_MATERIAL_DEFAULTS: Mapping[str, Any] = {
    "direction": None,
    "features": [],
    "icon": None,
    "favicon": "assets/images/favicon.png",
}
"""The options that themes and plugins for Material expect."""
RESERVED_KEYS = frozenset({"site_name", "site_url", "docs_dir", "site_dir", "nav", "use_directory_urls"})
"""Keys of the ``mkdocs:`` block that clusterpress sets itself."""


@lru_cache(maxsize=4)
def read_block(text: str) -> Mapping[str, Any]:
    """Return the block as a mapping; anything else counts as empty."""
    if not text.strip():
        return {}
    import yaml

    from clusterpress.parsing.yaml_text import TagTolerantLoader

    try:
        block = yaml.load(text, TagTolerantLoader)  # noqa: S506 -- a subclass of SafeLoader
    except (yaml.YAMLError, ValueError):  # PyYAML raises the second for dates such as 2020-02-30
        return {}
    return block if isinstance(block, dict) else {}


def non_page_local_plugins(settings: Settings) -> tuple[str, ...]:
    """Return the plugins and hooks of the block that may depend on other pages, in their order.

    With any of them, a page can change although nothing it shows did. A plugin known to keep to its page,
    or named under ``extra: {page_local: […]}``, is not listed.
    """
    block = read_block(settings.mkdocs)
    extra = block.get("extra")
    declared = PAGE_LOCAL | {*_names(extra.get("page_local") if isinstance(extra, dict) else ())}
    used = (*_names(block.get("plugins")), *_names(block.get("hooks")))
    return tuple(name for name in used if name not in declared)


def _names(value: object) -> Iterator[str]:
    """Yield the names in a value: a name, a list of names and mappings, or a mapping of names.

    The check of the block reports everything else.
    """
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value:
            yield from (one if isinstance(one, dict) else (one,) if isinstance(one, str) else ())


def missing_engine(settings: Settings) -> list[Problem]:
    """Return a problem if the engine of the settings is not installed."""
    engine = ENGINES[settings.engine]
    if not engine.extra or find_spec(engine.package):
        return []
    hint = f"run: {install_command(engine.extra)}; or delete the line"
    message = f"engine: {engine.name} is not installed"
    return [Problem(path="site_config.yml", field="engine", message=message, hint=hint)]


def wants_script(settings: Settings) -> bool:
    """Return whether the block enables a feature for which Material needs its script."""
    theme = read_block(settings.mkdocs).get("theme")
    return isinstance(theme, dict) and bool(theme.get("features"))


def wants_palette(settings: Settings) -> bool:
    """Return whether the block chooses a colour palette of Material."""
    theme = read_block(settings.mkdocs).get("theme")
    return isinstance(theme, dict) and bool(theme.get("palette"))


class EngineError(Exception):
    """MkDocs refuses the ``mkdocs:`` block; the message says why."""


def load_configuration(site: Site, theme: Theme) -> MkDocsConfig:
    """Return MkDocs' configuration for one language: our own values take precedence over the block.

    Raises:
        EngineError: MkDocs refuses it.
    """
    from logging.handlers import BufferingHandler

    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, ConfigurationError
    from mkdocs.utils.yaml import get_yaml_loader, yaml_load

    folder = Path(theme.folder) / "website"
    collector = BufferingHandler(capacity=1000)
    collector.setLevel(logging.ERROR)
    log = logging.getLogger("mkdocs.config")
    log.addHandler(collector)
    try:
        block = yaml_load(site.settings.mkdocs, get_yaml_loader()) if site.settings.mkdocs.strip() else {}
        if not isinstance(block, dict):
            raise EngineError("the block is no mapping")
        own_theme = block.get("theme")
        chosen = own_theme if isinstance(own_theme, dict) else {}
        fixed = {
            "site_name": site.settings.name,
            "site_url": site.settings.url,
            "docs_dir": str(folder / "css"),
            "site_dir": str(folder / "site"),
            "use_directory_urls": True,
            "plugins": block.get("plugins") or [],
            "theme": {**_MATERIAL_DEFAULTS, **chosen, "name": None, "custom_dir": str(folder), "font": False}
            | {"language": _language_of_material(site.lang)},
        }
        passed_on = {key: value for key, value in block.items() if key not in RESERVED_KEYS}
        config = load_config(BytesIO(b"{}"), config_file_path="", **{**passed_on, **fixed})
    except (Abort, ConfigurationError, ValueError) as fault:
        messages = [error.getMessage() for error in collector.buffer] or [str(fault)]
        raise EngineError(" ".join("; ".join(messages).split())) from fault
    finally:
        log.removeHandler(collector)
    config.theme.name = config.theme["name"] = "material"  # plugins ask for it
    config.theme.dirs[1:1] = map(str, (OUR_COPY, *_installed_templates()))
    return config


def _installed_templates() -> tuple[Path, ...]:
    """Return the folder of the installed Material's templates, for themes and plugins that use some."""
    spec = find_spec("material")
    folders = spec.submodule_search_locations if spec else None
    return tuple(path for folder in folders or () if (path := Path(folder, "templates")).is_dir())


def _language_of_material(lang: str) -> str:
    """Return the language of Material's own labels, which exist in fewer languages than ours (not ga, mt)."""
    known = [folder / "partials" / "languages" for folder in _installed_templates()]
    names = (lang, lang.partition("-")[0])
    return next((name for name in names for folder in known if (folder / f"{name}.html").is_file()), "en")
