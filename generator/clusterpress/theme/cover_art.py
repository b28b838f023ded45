"""The art of covers and teasers: small dots tied to one big ring, drawn from an issue or item alone.

Each story is a dot in the colour of its section, and each section a segment of the ring; faint dots fill the
rest. The look follows the motto of the original newsletter: "connecting small to feel big".
"""

from collections.abc import Mapping, Sequence
from hashlib import blake2b
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


_WIDE, _HIGH = 160, 90
"""Size of the art of a teaser."""
_COUNT = 10
"""Dots of a teaser."""


def draw_teaser_art(seed: str) -> str:
    """Return the drawing of an item without a picture as SVG; the theme's style sheet colours it.

    Dots are pieces of a line without length but with round ends, so that a drawing takes 600 bytes: lists
    contain it.

    Args:
        seed: address of the item; another seed gives another drawing.
    """
    choices = blake2b(seed.encode(), digest_size=32).digest()
    x, y, radius, places = _compose(choices)
    sizes = choices[-_COUNT:]
    cords = "".join([f"M{left} {top}Q{(left + x) >> 1} {y} {x} {y}" for left, top in places])
    dots = "".join(
        [
            f'<path class="art__dots" stroke-width="{width}" d="{spots}"/>'
            for width, rest in ((3, 0), (5, 1), (8, 2))
            if (
                spots := "".join(
                    [f"M{a} {b}h.1" for (a, b), n in zip(places, sizes, strict=True) if n % 3 == rest]
                )
            )
        ]
    )
    share = 4.524 * radius / (3 + choices[5] % 4)  # pieces of the ring at 0.72 of its radius
    return (
        f'<svg class="art art--{choices[6] % 3}" viewBox="0 0 {_WIDE} {_HIGH}" '
        f'preserveAspectRatio="xMidYMid slice" aria-hidden="true"><path class="art__cords" d="{cords}"/>'
        f'{dots}<circle class="art__ring" cx="{x}" cy="{y}" r="{radius}"/>'
        f'<circle class="art__segments" cx="{x}" cy="{y}" r="{radius * 0.72:.1f}" '
        f'stroke-dasharray="{share * 0.8:.1f} {share * 0.2:.1f}"/></svg>'
    )


def _compose(choices: bytes) -> tuple[int, int, int, list[tuple[int, int]]]:
    """Return centre and radius of the ring, and the places of the dots: beside it, or all around it."""
    form, shift, height, size, turn = choices[:5]
    y = 36 + height % 19
    if form % 3 == 0:
        x, radius, start, spread, reach = 64 + shift % 33, 13 + size % 6, turn / 40, 2 * pi, 48
    else:
        x, radius, start, spread, reach = 34 + shift % 17, 17 + size % 8, -0.4 * pi, 0.8 * pi, 72
        if form % 3 == 1:
            x, start = _WIDE - x, 0.6 * pi
    places = []
    for number in range(_COUNT):
        # Multiples of the golden ratio spread evenly (Weyl's sequence).
        angle, far = start + spread * (number + 0.5) / _COUNT, radius + 9 + number * 0.618 % 1 * reach
        left, top = round(x + far * cos(angle) * 1.25), round(y + far * sin(angle) * 0.9)
        # Beyond the edge the drawing is cut off; there a dot would leave a cord without an end.
        places.append((min(_WIDE - 6, max(6, left)), min(_HIGH - 6, max(6, top))))
    return x, y, radius, places
