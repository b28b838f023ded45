"""Rendering: the door to the engine, which is imported when pages are rendered, not when they are planned."""

from collections.abc import Iterable
from typing import Any

from clusterpress.outputs import Output
from clusterpress.theme import Theme
from clusterpress.website.views import Frame, Site


def sites_in(outputs: Iterable[Output]) -> tuple[Site, ...]:
    """Return what the pages among some outputs share, for each language."""
    sites = (output.inputs.get("site") for output in outputs)
    return tuple({site.lang: site for site in sites if isinstance(site, Site)}.values())


def warm_up(sites: Iterable[Site], theme: Theme, template: str = "news-item.html") -> None:
    """Start the engine for pages like those of an earlier build: most likely they share the same."""
    from clusterpress.website import engine

    for site in sites:
        engine.compile_templates(engine.open_engine(site, theme), template)


def render_page(site: Site, theme: Theme, frame: Frame, template: str, **views: Any) -> bytes:
    """Return a page; what the arguments mean says the engine's function of this name."""
    from clusterpress.website import engine

    return engine.render_page(site, theme, frame, template, **views)
