"""Lazy engine: functions of `engine`, which is imported when pages are rendered, not when planned."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from clusterpress.theme.linked_data import Graph
from clusterpress.theme.theme import Theme
from clusterpress.values.outputs import Output
from clusterpress.website.structured_data import breadcrumbs
from clusterpress.website.views import Frame, Site


class WarmStart(NamedTuple):
    """The values with which the engine was started, for a faster start by the next build."""

    sites: tuple[Site, ...]
    """What all pages of each language share."""
    theme: bytes
    """Digest of the theme."""
    code: Mapping[str, bytes]
    """Its compiled templates."""


def sites_in(outputs: Iterable[Output]) -> tuple[Site, ...]:
    """Return what the pages among some outputs share, for each language."""
    sites = (output.inputs.get("site") for output in outputs)
    return tuple({site.lang: site for site in sites if isinstance(site, Site)}.values())


def start_engine(sites: Sequence[Site], theme: Theme) -> WarmStart:
    """Start the engine for some languages, and compile the templates that show items."""
    from clusterpress.website import engine

    code = [engine.compile_edited_templates(site, theme) for site in sites]
    return WarmStart(tuple(sites), theme.digest, code[0] if code else {})


def warm_up(site: Site, theme: Theme, start: WarmStart, template: str = "news-item.html") -> None:
    """Start the engine as an earlier build did, as the pages most likely share the same values.

    Args:
        site: what all pages of a language shared in the earlier build.
        theme: the theme of this build; code compiled for another one is not used.
        start: values of the earlier build.
        template: the template to compile.
    """
    from clusterpress.website import engine

    engine.warm_up(site, theme, start.code if start.theme == theme.digest else {}, template)


def render_page(site: Site, theme: Theme, frame: Frame, template: str, **views: Any) -> bytes:
    """Return a page; see `engine.render_page`."""
    from clusterpress.website import engine

    return engine.render_page(site, theme, frame, template, **views)


def make_page(
    site: Site, theme: Theme, page: Frame, template: str, graph: tuple[Graph, ...] | None = None, **views: Any
) -> bytes:
    """Return a page whose template needs nothing but its views.

    Args:
        site: what all pages of the language share.
        theme: the theme.
        page: its frame.
        template: file name below the theme's website folder.
        graph: structured data; by default, the way to the page.
        views: what the template shows.
    """
    objects = (breadcrumbs(page, site.settings),) if graph is None else graph
    return render_page(site, theme, page, template, graph=objects, **views)
