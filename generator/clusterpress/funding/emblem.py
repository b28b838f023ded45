"""The European emblem, drawn from its published geometry."""

from functools import lru_cache
from math import cos, pi, sin

# Graphical guide of the emblem (Interinstitutional style guide, annex A1): a rectangle whose fly is one and a
# half times the hoist; twelve stars on an unseen circle of radius one third of the hoist, each inscribed in a
# circle of radius one eighteenth of it, one point straight up.
HOIST = 540.0
FLY = HOIST * 3 / 2
RING = HOIST / 3
STAR = HOIST / 18
INNER = (3 - 5**0.5) / 2
"""Radius of a pentagram's inner corners if its points have radius 1."""
BLUE, YELLOW = "#003399", "#FFCC00"


@lru_cache(maxsize=1)
def draw_stars() -> str:
    """Return the outlines of the twelve stars as one SVG path, in a field of `FLY` by `HOIST`."""
    return "".join(
        _star(FLY / 2 + RING * sin(hour * pi / 6), HOIST / 2 - RING * cos(hour * pi / 6))
        for hour in range(12)
    )


def draw_emblem_file() -> str:
    """Return the emblem as an SVG file."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {FLY:g} {HOIST:g}" width="{FLY:g}" '
        f'height="{HOIST:g}"><path fill="{BLUE}" d="M0 0h{FLY:g}v{HOIST:g}H0z"/>'
        f'<path fill="{YELLOW}" d="{draw_stars()}"/></svg>'
    )


def _star(x: float, y: float) -> str:
    """Return the path of a five-pointed star around a centre."""
    corners = (
        (x + radius * sin(turn * pi / 5), y - radius * cos(turn * pi / 5))
        for turn in range(10)
        for radius in ((STAR * INNER) if turn % 2 else STAR,)
    )
    return "M" + "L".join(f"{cx:.2f} {cy:.2f}" for cx, cy in corners) + "z"
