"""The art of covers: small dots tied to one big ring, a function of the issue alone.

Each story is a dot in the colour of its section, and each section a segment of the ring; faint dots fill the
rest. The look follows the motto of the original newsletter: "connecting small to feel big".
"""

from collections.abc import Mapping, Sequence
from math import cos, hypot, pi, sin
from random import Random

from msgspec import Struct

WIDTH, HEIGHT = 210.0, 120.0
"""Size of the drawing; one unit is a millimetre on the cover of a printed issue."""
RING = (151.0, 62.0, 36.0)
"""Centre and radius of the ring."""
FAINT_DOTS = 30
"""Number of dots without a story."""
MAX_STORIES = 90
"""Stories that get a dot of their own; more would form a cloud."""

_MARGIN = 5.0
"""Millimetres without dots at the edges."""

_TRIES = 24
"""Candidate places for each dot; the farthest from all other dots wins (Mitchell, 1991)."""


class Dot(Struct, frozen=True):
    """One dot."""

    x: float
    y: float
    radius: float
    colour: str
    """Colour token; empty for a dot without a story."""


def draw_cover_art(
    seed: str, sections: Sequence[tuple[str, int]], palette: Mapping[str, str], *, mirrored: bool = False
) -> str:
    """Return the drawing as SVG on a transparent background, without the number in the ring.

    Args:
        seed: newsletter and number of the issue; another seed gives another drawing.
        sections: colour token and number of stories of each section, in order.
        palette: colour token → colour on the dark band, and ``text`` for the ring.
        mirrored: whether the ring is on the left, for languages written from right to left.
    """
    dots = place_dots(seed, sections)
    x, y, radius = RING
    light = palette["text"]
    cords = "".join(_cord(dot, palette.get(dot.colour, light)) for dot in dots)
    circles = "".join(_circle(dot, palette.get(dot.colour, light)) for dot in dots)
    ring = f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{light}"/>{_segments(sections, palette)}'
    turn = f' transform="translate({WIDTH:g} 0) scale(-1 1)"' if mirrored else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" width="{WIDTH:g}" '
        f'height="{HEIGHT:g}"><g{turn}>{cords}{circles}{ring}</g></svg>'
    )


def place_dots(seed: str, sections: Sequence[tuple[str, int]]) -> list[Dot]:
    """Return the dots, larger towards the ring, without overlaps."""
    random = Random(seed)  # noqa: S311 -- not for secrets; its numbers are the same in every Python version
    stories = [colour for colour, count in sections for _ in range(count)][:MAX_STORIES]
    shrink = min(1.0, (24 / max(1, len(stories))) ** 0.5)
    dots: list[Dot] = []
    # Stories first: they are larger and need more room.
    order = sorted(range(len(stories)), key=lambda _: random.random())
    for colour in [*(stories[index] for index in order), *[""] * FAINT_DOTS]:
        tries = [_candidate(random) for _ in range(_TRIES)]
        spot = max(tries, key=lambda spot: _clearance(spot, dots))
        near = max(0.0, min(1.0, (spot[0] + 10) / 125))
        size = (2.2 + 3.0 * near) * shrink if colour else 0.55 + 0.75 * near
        dots.append(Dot(spot[0], spot[1], size, colour))
    return dots


def _candidate(random: Random) -> tuple[float, float]:
    """Return a place in the half-open fan to the left of the ring."""
    x, y, radius = RING
    turn = pi * (0.62 + 0.76 * random.random())
    reach = radius + 7 + (150 - radius) * random.random() ** 0.8
    return x + reach * cos(turn), y - reach * sin(turn) * 0.92


def _clearance(spot: tuple[float, float], dots: list[Dot]) -> float:
    """Return the distance of a place from the nearest dot; negative outside the drawing."""
    x, y = spot
    if not (_MARGIN < x < WIDTH and _MARGIN < y < HEIGHT - _MARGIN):
        return -1.0
    return min((hypot(x - dot.x, y - dot.y) - dot.radius for dot in dots), default=WIDTH)


def _cord(dot: Dot, colour: str) -> str:
    x, y, _ = RING
    bend_x, bend_y = (dot.x + x) / 2, (dot.y + y) / 2 + (y - dot.y) * 0.3
    width, opacity = (0.45, 0.55) if dot.colour else (0.25, 0.22)
    return (
        f'<path d="M{dot.x:.1f} {dot.y:.1f}Q{bend_x:.1f} {bend_y:.1f} {x:g} {y:g}" fill="none" '
        f'stroke="{colour}" stroke-width="{width}" stroke-opacity="{opacity}"/>'
    )


def _circle(dot: Dot, colour: str) -> str:
    opacity = "" if dot.colour else ' fill-opacity="0.6"'
    return f'<circle cx="{dot.x:.1f}" cy="{dot.y:.1f}" r="{dot.radius:.2f}" fill="{colour}"{opacity}/>'


def _segments(sections: Sequence[tuple[str, int]], palette: Mapping[str, str]) -> str:
    x, y, radius = RING
    inner = radius * 0.86
    colours = [palette[colour] for colour, _ in sections] or [palette["blue"]]
    if len(colours) == 1:
        whole = f'<circle cx="{x:g}" cy="{y:g}" r="{inner:.2f}" fill="none"'
        return f'{whole} stroke="{colours[0]}" stroke-width="3.4"/>'
    share = 2 * pi / len(colours)
    gap = min(0.05, share / 6)
    return "".join(
        _arc(index * share + gap, (index + 1) * share - gap, inner, colour)
        for index, colour in enumerate(colours)
    )


def _arc(begin: float, end: float, radius: float, colour: str) -> str:
    """Return a piece of a circle around the ring's centre; angles are in radians from the top."""
    x, y, _ = RING
    return (
        f'<path d="M{x + radius * sin(begin):.2f} {y - radius * cos(begin):.2f}'
        f"A{radius:.2f} {radius:.2f} 0 {int(end - begin > pi)} 1 "
        f'{x + radius * sin(end):.2f} {y - radius * cos(end):.2f}" '
        f'fill="none" stroke="{colour}" stroke-width="3.4"/>'
    )
