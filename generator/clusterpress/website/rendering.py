"""Rendering: the door to the engine, which is imported when pages are rendered, not when they are planned."""

from typing import Any

from clusterpress.theme import Theme
from clusterpress.website.views import Frame, Site


def warm_up(engine: str) -> None:
    """Import what rendering pages asks for, for one of the two engines."""
    if engine == "properdocs":
        import properdocs.replacement  # noqa: F401 -- from now on, "mkdocs" means ProperDocs

    from clusterpress.website import engine as _  # noqa: F401


def render_page(site: Site, theme: Theme, frame: Frame, template: str, **views: Any) -> bytes:
    """Return a page; what the arguments mean says the engine's function of this name."""
    from clusterpress.website import engine

    return engine.render_page(site, theme, frame, template, **views)
