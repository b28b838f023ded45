"""Motifs: abstract drawings of a few paths in four tones of one colour, with one bright spot.

A drawing is cut to the shape of its place. A motif therefore either runs beyond all edges, or lies in the
circle in the middle that every place shows.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from math import cos, pi, sin
from typing import NamedTuple

WIDE, HIGH = 160, 90
"""Size of a drawing in lists."""

REACH = 42
"""Radius of the circle in the middle that every place shows."""

GROUND, SOFT, MIDDLE, MAIN, DEEP, SPOT = range(6)
"""Tones: the ground, four that lie farther and farther from it, and the bright spot."""

_MIDDLE_Y = HIGH // 2


class Layer(NamedTuple):
    """A path in one tone, over the earlier ones."""

    tone: int
    path: str
    width: float = 0
    """Width of its line; 0 for a filled shape."""
    round: bool = False
    """Whether its line has round ends."""
    dashes: str = ""
    """Lengths of dashes and gaps; round dashes without length are dots."""


class Choices:
    """Numbers that follow from a text."""

    def __init__(self, seed: str) -> None:
        self._left = int.from_bytes(blake2b(seed.encode()).digest())

    def below(self, count: int) -> int:
        """Return a number from 0 to below ``count``."""
        self._left, choice = divmod(self._left, count)
        return choice

    def between(self, first: int, last: int) -> int:
        """Return a number from ``first`` to ``last``."""
        return first + self.below(last - first + 1)


Motif = Callable[[Choices, int], list[Layer]]
"""(choices, width of the drawing) → its layers."""


def draw_waves(choices: Choices, width: int) -> list[Layer]:
    """Draw hills, or water, under a sun."""
    sun = _disc(
        width // 2 + choices.between(-2, 2) * width // 15, choices.between(21, 29), choices.between(10, 15)
    )
    layers = [Layer(SPOT, sun)]
    for number, tone in enumerate((SOFT, MIDDLE, MAIN, DEEP)):
        half, swell = choices.between(28, 46), choices.between(15, 26) - 3 * number
        start, y = -choices.below(2 * half), 40 + 14 * number
        more = f"t{half} 0" * ((width - start) // half)
        layers.append(Layer(tone, f"M{start} {y}q{half / 2:g}-{swell} {half} 0{more}V90H{start}z"))
    return layers


def draw_arcs(choices: Choices, width: int) -> list[Layer]:
    """Draw rings around a point at an edge."""
    x, y = width // 2 + choices.between(-2, 2) * width // 10, choices.below(2) * HIGH
    step = choices.between(12, 16)
    tones = ((MAIN, SOFT), (DEEP, MAIN, MIDDLE, SOFT), (MIDDLE, MAIN, SOFT))[choices.below(3)]
    rings = [Layer(tones[number % len(tones)], _disc(x, y, step * number)) for number in range(7, 1, -1)]
    return [*rings, Layer(SPOT, _disc(x, y, step))]


def draw_weave(choices: Choices, width: int) -> list[Layer]:
    """Draw bands that pass over and under one another."""
    size = choices.between(19, 24)
    thick = size - choices.between(4, 6)
    columns, rows = width // size + 2, HIGH // size + 2
    xs = [(width - size * (columns - 1)) // 2 + size * column for column in range(columns)]
    ys = [(HIGH - size * (rows - 1)) // 2 + size * row for row in range(rows)]
    over = [(x, y) for row, y in enumerate(ys) for column, x in enumerate(xs) if (column + row) % 2]
    # A band shows from the edge of one that crosses it to the edge of the next.
    length = 2 * size - thick
    over.sort(key=lambda spot: 2 * abs(spot[0] - width // 2) + abs(spot[1] - _MIDDLE_Y))
    spot_x, spot_y = over[choices.below(3)]
    tones = ((MAIN, MIDDLE), (SOFT, MAIN), (MIDDLE, DEEP))[choices.below(3)]
    bands = (
        (tones[0], "".join(f"M{x} 0v90" for x in xs)),
        (tones[1], "".join(f"M0 {y}h{width}" for y in ys)),
        (tones[0], "".join(f"M{x} {y - size // 2}v{size}" for x, y in over)),
        (SPOT, f"M{spot_x} {spot_y - length / 2:g}v{length}"),
    )
    return [Layer(tone, path, thick) for tone, path in bands]


def draw_blocks(choices: Choices, width: int) -> list[Layer]:
    """Draw cubes in a honeycomb, seen from above a corner."""
    half, rise = 13, 8
    paths: dict[int, str] = defaultdict(str)
    rows = (3, 4, 3) if width > 2 * REACH else (1, 2, 1)
    if choices.below(2):
        rows = (rows[0] - 1, rows[0], rows[1])
    bright = choices.below(sum(rows))
    number = 0
    for row, count in enumerate(rows):
        for column in range(count):
            x = width // 2 + round((column - (count - 1) / 2) * 2 * half)
            y = _MIDDLE_Y + (row - 1) * 3 * rise
            paths[SPOT if number == bright else SOFT] += (
                f"M{x} {y}l{half}-{rise}-{half}-{rise}-{half} {rise}z"
            )
            paths[MIDDLE] += f"M{x} {y}l-{half}-{rise}v{2 * rise}l{half} {rise}z"
            paths[MAIN] += f"M{x} {y}l{half}-{rise}v{2 * rise}l-{half} {rise}z"
            number += 1
    return [Layer(tone, path) for tone, path in paths.items()]


def draw_tiles(choices: Choices, width: int) -> list[Layer]:
    """Draw squares with quarters of circles, as on a tiled floor."""
    size, half = 30, 15
    columns = range(-(-width // size))
    left = (width - size * len(columns)) // 2
    bright = (choices.between(1, max(1, len(columns) - 2)), choices.below(3))
    paths: dict[int, str] = defaultdict(str)
    for column in columns:
        for row in range(3):
            x, y = left + size * column, size * row
            shape = (
                f"M{x} {y}h30a30 30 0 0 1-30 30z",
                f"M{x} {y}h30v30a30 30 0 0 1-30-30z",
                f"M{x + size} {y}v30h-30a30 30 0 0 1 30-30z",
                f"M{x} {y}v30h30a30 30 0 0 0-30-30z",
                f"M{x} {y}h30v30h-30z",
                _disc(x + half, y + half, half),
            )[choices.below(6)]
            tone = (SOFT, MIDDLE, MAIN, DEEP)[choices.below(4)]
            paths[SPOT if (column, row) == bright else tone] += shape
    return [Layer(tone, path) for tone, path in paths.items()]


def draw_petals(choices: Choices, width: int) -> list[Layer]:
    """Draw a flower with two rows of petals."""
    x, count, turn = width // 2, choices.between(5, 8), choices.below(8) / 8
    outer = _draw_leaves(x, min(REACH - 1, width / 2 - 2), count, turn)
    inner = _draw_leaves(x, choices.between(20, 24), count, turn + 0.5)
    tones = ((MAIN, MIDDLE), (MIDDLE, DEEP), (MIDDLE, MAIN))[choices.below(3)]
    heart = Layer(SPOT, _disc(x, _MIDDLE_Y, choices.between(6, 9)))
    return [Layer(tones[0], outer), Layer(tones[1], inner), heart]


def draw_dots(choices: Choices, width: int) -> list[Layer]:
    """Draw rows of dots that grow, and one bright dot."""
    step = 10
    left = width // 2 % step
    form = choices.below(3)
    layers = []
    for row in range(HIGH // step):
        near = (row, 8 - row, 2 * abs(row - 4))[form] / 8
        start = left - (step // 2 if row % 2 else 0)
        size = round(1.5 + 6.5 * near, 1)
        layers.append(
            Layer(MAIN, f"M{start} {5 + step * row}H{width + 5}", size, round=True, dashes=f"0 {step}")
        )
    row, column = choices.between(2, 6), choices.between(-2, 2) * width // WIDE
    x = width // 2 + step * column - (step // 2 if row % 2 else 0)
    return [*layers, Layer(SPOT, _disc(x, 5 + step * row, 7))]


def draw_rays(choices: Choices, width: int) -> list[Layer]:
    """Draw a rising sun and its rays."""
    x, y, count = width // 2 + choices.between(-1, 1) * width // 7, 74, choices.between(7, 11)
    rays: dict[int, str] = defaultdict(str)
    for number in range(count):
        first, second = (pi * (1 + (number + part) / count) for part in (0, 0.5))
        corners = (round(c) for a in (first, second) for c in (x + 190 * cos(a), y + 190 * sin(a)))
        rays[(SOFT, MIDDLE)[number % 2]] += "M{} {}L{} {} {} {}z".format(x, y, *corners)
    sun, low = choices.between(17, min(25, width // 3)), choices.below(2)
    layers = [Layer(tone, path) for tone, path in rays.items()]
    layers += [Layer(MAIN, _disc(x, y, sun + 8)), Layer(SPOT, _disc(x, y, sun))]
    return [*layers, Layer(DEEP if low else MAIN, f"M0 {y}h{width}v16H0z")]


_SOUND = 0
"""Form of bars with two round ends."""


def draw_bars(choices: Choices, width: int) -> list[Layer]:
    """Draw columns with round ends, as in a chart or of a sound."""
    step, thick = ((14, 10), (16, 12), (12, 8))[choices.below(3)]
    count, form = width // step + 2, choices.below(4)
    left = (width - step * (count - 1)) // 2
    bright = count // 2 + choices.between(-2, 2) * count // 12
    paths: dict[int, str] = defaultdict(str)
    for number in range(count):
        far = (count // 2, number, count - 1 - number, 2 * abs(number - count // 2))[form] / count
        top = round(60 - 44 * far + choices.between(-12, 12))
        tone = SPOT if number == bright else (MAIN, MIDDLE, MAIN, DEEP, SOFT)[choices.below(5)]
        top, foot = (min(40, top), HIGH - min(40, top)) if form == _SOUND else (max(10, top), 99)
        paths[tone] += f"M{left + step * number} {top}V{foot}"
    return [Layer(tone, path, thick, round=True) for tone, path in paths.items()]


def draw_union(choices: Choices, width: int) -> list[Layer]:
    """Draw two discs and what they share."""
    radius = min(27, round(0.3 * width))
    apart, angle = radius * choices.between(9, 11) / 20, choices.below(8) * pi / 8
    x, y = apart * cos(angle), apart * sin(angle) * 0.7
    far = (radius * radius / (x * x + y * y) - 1) ** 0.5
    start, end = ((width / 2 + side * y * far, _MIDDLE_Y - side * x * far) for side in (1, -1))
    arcs = "M{:.1f} {:.1f}A{r} {r} 0 0 0 {:.1f} {:.1f} {r} {r} 0 0 0 {:.1f} {:.1f}z"
    lens = arcs.format(*start, *end, *start, r=radius)
    discs = [
        _disc(round(width / 2 + side * x, 1), round(_MIDDLE_Y + side * y, 1), radius) for side in (-1, 1)
    ]
    tones = ((MAIN, MIDDLE), (SOFT, MAIN), (MIDDLE, DEEP))[choices.below(3)]
    return [Layer(tones[0], discs[0]), Layer(tones[1], discs[1]), Layer(SPOT, lens)]


def draw_contours(choices: Choices, width: int) -> list[Layer]:
    """Draw a hill as on a map, by lines of equal height."""
    x, y = width // 2 + choices.between(-12, 12), _MIDDLE_Y + choices.between(-8, 8)
    two, three = choices.below(16) * pi / 8, choices.below(16) * pi / 8
    layers = []
    for number, tone in enumerate((SOFT, MIDDLE, SOFT, MIDDLE, MAIN, DEEP)):
        reach = 92 - 15 * number
        points = []
        for corner in range(8):
            angle = corner * pi / 4
            far = reach * (1 + 0.16 * sin(2 * angle + two) + 0.1 * sin(3 * angle + three + number / 4))
            points.append((x + far * cos(angle), y + far * sin(angle) * 0.75))
        layers.append(Layer(tone, _blob(points)))
    return [*layers, Layer(SPOT, _disc(x, y, 4))]


def draw_network(choices: Choices, width: int) -> list[Layer]:
    """Draw points tied to their neighbours, with lines that lead on."""
    gap, jitter = (40, 8) if width > 2 * REACH else (18, 3)
    columns = (-12, width // 2 - gap, width // 2, width // 2 + gap, width + 12)
    rows = [
        [(x + choices.between(-jitter, jitter), y + choices.between(-5, 5)) for x in columns]
        for y in (-14, 17, 45, 73, HIGH + 14)
    ]
    ties = [*rows, *zip(*rows, strict=True)]
    ties += [
        (rows[row][column], rows[row + 1][column + 1 - 2 * choices.below(2)])
        for row in range(4)
        for column in (1, 3)
    ]
    lines = "".join("M" + "L".join(f"{x} {y}" for x, y in tie) for tie in ties)
    dots: dict[tuple[int, int], str] = defaultdict(str)
    bright = choices.below(9)
    for number in range(9):
        x, y = rows[1 + number // 3][1 + number % 3]
        look = (
            (SPOT, 17)
            if number == bright
            else ((MAIN, DEEP)[choices.below(2)], (7, 10, 14)[choices.below(3)])
        )
        dots[look] += f"M{x} {y}h0"
    points = [Layer(tone, path, size, round=True) for (tone, size), path in dots.items()]
    return [Layer(MIDDLE, lines, 1), *points]


def draw_talk(choices: Choices, width: int) -> list[Layer]:
    """Draw two speech bubbles that face each other."""
    side, tones = choices.below(2) * 2 - 1, ((MAIN, SPOT), (MIDDLE, SPOT), (SPOT, MAIN))[choices.below(3)]
    large, small = choices.between(22, 26), choices.between(15, 18)
    left, right = width // 2 - side * 7, width // 2 + side * 15
    dots = Layer(DEEP, f"M{right - 8} 61h16.1", 4.5, round=True, dashes="0 8")
    bubbles = [_bubble(left, 36, large, -side), _bubble(right, 61, small, side)]
    return [Layer(tone, path) for tone, path in zip(tones, bubbles, strict=True)] + [dots]


def _disc(x: float, y: float, radius: float) -> str:
    """Return a circle as a path."""
    return f"M{x - radius:g} {y:g}a{radius} {radius} 0 1 1 0 .1z"


def _bubble(x: int, y: int, radius: int, side: int) -> str:
    """Return a disc with a corner at its foot, on one side (-1: left, 1: right), as a path."""
    turn = int(side < 0)
    return f"M{x} {y + radius}h{side * radius}V{y}A{radius} {radius} 0 1 {turn} {x} {y + radius}z"


def _draw_leaves(x: int, reach: float, count: int, turn: float) -> str:
    """Return leaves around the middle, pointed at both ends."""
    path = ""
    for number in range(count):
        angle = 2 * pi * (number + turn) / count
        tip_x, tip_y = x + reach * cos(angle), _MIDDLE_Y + reach * sin(angle)
        path += f"M{x} {_MIDDLE_Y}"
        for bend, end_x, end_y in ((-2.6 / count, tip_x, tip_y), (2.6 / count, x, _MIDDLE_Y)):
            far = 0.62 * reach / cos(bend)
            pull_x, pull_y = x + far * cos(angle + bend), _MIDDLE_Y + far * sin(angle + bend)
            path += f"Q{pull_x:.1f} {pull_y:.1f} {end_x:.3g} {end_y:.3g}"
    return path


def _blob(points: Sequence[tuple[float, float]]) -> str:
    """Return a smooth closed line that the points pull (a quadratic B-spline)."""
    pairs = list(zip(points, [*points[1:], points[0]], strict=True))
    middles = [((a + c) / 2, (b + d) / 2) for (a, b), (c, d) in pairs]
    path = "M{:.0f} {:.0f}".format(*middles[-1])
    for (a, b), (c, d) in zip(points, middles, strict=True):
        path += f"Q{a:.0f} {b:.0f} {c:.0f} {d:.0f}"
    return path


MOTIFS: Mapping[str, Sequence[Motif]] = {
    "": (
        draw_waves,
        draw_arcs,
        draw_weave,
        draw_blocks,
        draw_tiles,
        draw_petals,
        draw_dots,
        draw_rays,
        draw_bars,
        draw_union,
        draw_contours,
        draw_network,
    ),
    "announcement": (draw_rays, draw_arcs, draw_tiles, draw_petals, draw_dots),
    "call": (draw_arcs, draw_dots, draw_bars, draw_rays),
    "event": (draw_rays, draw_petals, draw_dots, draw_arcs, draw_waves),
    "explainer": (draw_blocks, draw_network, draw_tiles, draw_union),
    "interview": (draw_talk, draw_union),
    "opinion": (draw_talk, draw_contours),
    "profile": (draw_contours, draw_petals, draw_network),
    "report": (draw_bars, draw_waves, draw_contours, draw_weave),
}
"""Format of a news item, or kind of another one → its motifs; other ones have any motif."""
