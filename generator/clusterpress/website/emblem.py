"""The European emblem as it stands in a page."""

from functools import lru_cache

from markupsafe import Markup

from clusterpress.funding.emblem import BLUE, FLY, HOIST, YELLOW, draw_stars


@lru_cache(maxsize=64)
def draw_emblem(label: str, lang: str = "") -> Markup:
    """Return the emblem as inline SVG.

    Args:
        label: what it is, for those who do not see it.
        lang: language of the label when it is not the page's own.
    """
    foreign = Markup(' lang="{}"').format(lang) if lang else ""
    return Markup(
        '<svg class="emblem" role="img" aria-label="{}"{} viewBox="0 0 {:g} {:g}" width="60" height="40">'
        '<path fill="{}" d="M0 0h{:g}v{:g}H0z"/><path fill="{}" d="{}"/></svg>'
    ).format(label, foreign, FLY, HOIST, BLUE, FLY, HOIST, YELLOW, draw_stars())
