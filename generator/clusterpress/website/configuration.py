"""MkDocs' configuration: the ``mkdocs:`` block of the settings, and the values that clusterpress sets."""

from __future__ import annotations

import logging
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from clusterpress.theme.theme import Theme
from clusterpress.website.views import Site

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

MATERIAL = "material"
RESERVED_KEYS = frozenset({"site_name", "site_url", "docs_dir", "site_dir", "nav", "use_directory_urls"})
"""Keys of the ``mkdocs:`` block that clusterpress sets itself."""


class EngineError(Exception):
    """MkDocs refuses the ``mkdocs:`` block; the message says why."""


def load_configuration(site: Site, theme: Theme) -> MkDocsConfig:
    """Return MkDocs' configuration for one language: our own values take precedence over the block.

    Raises:
        EngineError: MkDocs refuses it.
    """
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, ConfigurationError
    from mkdocs.utils.yaml import get_yaml_loader, yaml_load

    folder = Path(theme.folder) / "website"
    messages: list[str] = []
    collector = _ErrorCollector(messages)
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
            "theme": {**chosen, "name": MATERIAL, "custom_dir": str(folder), "font": False}
            | {"language": _language_of_material(site.lang)},
        }
        passed_on = {key: value for key, value in block.items() if key not in RESERVED_KEYS}
        return load_config(BytesIO(b"{}"), config_file_path="", **{**passed_on, **fixed})
    except (Abort, ConfigurationError) as fault:
        raise EngineError(" ".join("; ".join(messages or [str(fault)]).split())) from fault
    finally:
        log.removeHandler(collector)


class _ErrorCollector(logging.Handler):
    """Keeps what MkDocs logs as an error."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__(logging.ERROR)
        self._messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        self._messages.append(record.getMessage())


def _language_of_material(lang: str) -> str:
    """Return the language of Material's own labels, which exist in fewer languages than ours (not ga, mt)."""
    from importlib.resources import files

    known = files(MATERIAL) / "templates" / "partials" / "languages"
    names = (lang, lang.partition("-")[0])
    return next((name for name in names if (known / f"{name}.html").is_file()), "en")
