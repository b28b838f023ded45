"""Frames: the latest news of a programme as a small page that other sites may show inside their own."""

from collections.abc import Iterator

from clusterpress.library.entries import TeaserCards
from clusterpress.library.programmes import asks_for
from clusterpress.theme.addresses import FRAMES
from clusterpress.values.outputs import Output
from clusterpress.website.page_planner import PagePlanner
from clusterpress.website.views import Frame

SHOWN = 5
"""News in a frame: with emblem and statement, they fit a column of a page."""


def outputs(planner: PagePlanner, lang: str) -> Iterator[Output]:
    """Yield the frame of each programme that asks for one, in a language."""
    if not planner.library.with_field("extras"):
        return
    for term in planner.library.terms("programmes", lang):
        if term.record and asks_for(planner.library, term.record, "embed"):
            prefix = "" if lang == planner.settings.language else f"{lang}/"
            frame = Frame(
                url=f"{FRAMES}{prefix}{term.slug}/",
                title=term.name,
                lang=term.record.lang if term.record.lang != lang else "",
                indexed=False,
            )
            views = {"items": TeaserCards(term.news[:SHOWN]), "programme": planner.programme(term.slug, lang)}
            yield planner.view(lang, frame, "embed.html", graph=(), **views)
