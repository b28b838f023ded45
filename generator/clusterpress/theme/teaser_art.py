"""The art of items without a picture: a motif in one of four schemes of colours.

It is a function of the item alone. On pages, the style sheets colour its tones, so that it follows dark mode;
`paint_teaser_art` colours it for PNG files.
"""

from collections import deque
from collections.abc import Iterable, Sequence

from clusterpress.theme.motifs import GROUND, HIGH, MOTIFS, WIDE, Choices, Layer, Motif
from clusterpress.theme.theme import mix

NEIGHBOURS = 4
"""How many items before one in a list stand beside it or above it: rows have up to four."""

SPOT_COLOUR = "#f5c242"

Tone = tuple[int, str]
"""(per cent of the programme's colour, what it is mixed into: ``paper`` or ``#rrggbb``)."""

_WHITE, _NIGHT = "#ffffff", "#0a1526"

LIGHT: Sequence[Sequence[Tone]] = (
    ((14, "paper"), (30, "paper"), (56, "paper"), (100, "paper"), (50, _NIGHT)),
    ((100, "paper"), (78, _WHITE), (50, _WHITE), (10, _WHITE), (55, _NIGHT)),
    ((35, _NIGHT), (70, _NIGHT), (75, _WHITE), (35, _WHITE), (8, _WHITE)),
    ((0, "#f6eedf"), (8, "#f0ddb8"), (0, "#ee9b6e"), (100, "paper"), (50, _NIGHT)),
)
"""Tones of each scheme of colours: on a tint, on the programme's colour, by night, on sand."""

DARK: Sequence[Sequence[Tone]] = (
    ((14, "paper"), (28, "paper"), (52, "paper"), (92, "paper"), (40, _NIGHT)),
    ((42, _NIGHT), (58, _NIGHT), (78, _NIGHT), (60, _WHITE), (20, _NIGHT)),
    ((18, _NIGHT), (36, _NIGHT), (62, _NIGHT), (92, _NIGHT), (50, _WHITE)),
    ((0, "#2e2820"), (8, "#51452f"), (0, "#b96c47"), (88, _NIGHT), (42, _NIGHT)),
)
"""The same where the programme's colour is pale on dark paper."""


def draw_teaser_art(seed: str, form: str = "", turn: int = 0) -> str:
    """Return the drawing of an item as SVG, some 700 bytes that `scheme_styles` and the theme's sheet colour.

    Args:
        seed: address of the item; another seed gives another drawing.
        form: format of a news item, or kind of another one; see `MOTIFS`.
        turn: see `find_turns`.
    """
    scheme, layers = compose(seed, form, turn=turn)
    return (
        f'<svg class="art art--{scheme}" viewBox="0 0 {WIDE} {HIGH}" preserveAspectRatio="xMidYMid slice" '
        f'aria-hidden="true">{"".join(map(_write, layers))}</svg>'
    )


def paint_teaser_art(seed: str, form: str, accent: str, width: int) -> str:
    """Return the drawing of an item as SVG in the light scheme, for a place of its own shape.

    Args:
        seed: see `draw_teaser_art`.
        form: see `draw_teaser_art`.
        accent: colour of its programme, ``#rrggbb``.
        width: width of the drawing, whose height is `HIGH`.
    """
    scheme, layers = compose(seed, form, width)
    colours = [mix(accent, "#ffffff" if other == "paper" else other, share) for share, other in LIGHT[scheme]]
    colours.append(SPOT_COLOUR)
    ground = f'<path fill="{colours[GROUND]}" d="M0 0h{width}v{HIGH}H0z"/>'
    paths = "".join(_write(layer, colours[layer.tone]) for layer in layers)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HIGH}">{ground}{paths}</svg>'


def compose(seed: str, form: str = "", width: int = WIDE, turn: int = 0) -> tuple[int, list[Layer]]:
    """Return the number of the scheme and the layers of a drawing."""
    choices = Choices(seed)
    scheme, motifs = choices.below(len(LIGHT)), MOTIFS.get(form, MOTIFS[""])
    return scheme, motifs[(choices.below(len(motifs)) + turn) % len(motifs)](choices, width)


def find_motif(seed: str, form: str = "") -> Motif:
    """Return the motif of an item that stands alone."""
    choices = Choices(seed)
    choices.below(len(LIGHT))
    motifs = MOTIFS.get(form, MOTIFS[""])
    return motifs[choices.below(len(motifs))]


def find_turns(drawings: Iterable[tuple[str, str] | None]) -> list[int]:
    """Return how many motifs further each drawing of a list takes its own, so that neighbours differ.

    A drawing differs from the `NEIGHBOURS` before it, which stand beside it or above it, as far as its form
    has that many motifs. Most lists need no turn.

    Args:
        drawings: seed and form of each, in order; None for an item with a picture of its own.
    """
    turns, near = list[int](), deque[Motif | None](maxlen=NEIGHBOURS)
    for drawing in drawings:
        turn, chosen = 0, None
        if drawing:
            motifs = MOTIFS.get(drawing[1], MOTIFS[""])
            own = motifs.index(find_motif(*drawing))
            avoided = list(near)[-(len(motifs) - 1) :]
            turn = next(n for n in range(len(motifs)) if motifs[(own + n) % len(motifs)] not in avoided)
            chosen = motifs[(own + turn) % len(motifs)]
        turns.append(turn)
        near.append(chosen)
    return turns


def scheme_styles() -> str:
    """Return CSS: the colours of tones in each scheme, from ``--t0``, the ground, to ``--t5``, the spot."""
    light = _rules('.art--{0},[data-md-color-scheme="default"] .art--{0}', LIGHT)
    dark, chosen = _rules(".art--{0}", DARK), _rules('[data-md-color-scheme="slate"] .art--{0}', DARK)
    return f".art{{--t5:{SPOT_COLOUR}}}\n{light}@media (prefers-color-scheme:dark){{\n{dark}}}\n{chosen}"


def _rules(selector: str, schemes: Sequence[Sequence[Tone]]) -> str:
    """Return a line of CSS for each scheme."""
    lines = []
    for scheme, tones in enumerate(schemes):
        mixed = (
            f"--t{number}:color-mix(in srgb,var(--accent) {share}%,"
            f"{'var(--paper)' if other == 'paper' else other})"
            for number, (share, other) in enumerate(tones)
        )
        lines.append(f"{selector.format(scheme)}{{{';'.join(mixed)}}}\n")
    return "".join(lines)


def _write(layer: Layer, colour: str = "") -> str:
    """Return a layer as SVG, in a colour or with the class of its tone."""
    paint = f'class="t{layer.tone}"'
    if colour:
        paint = f'fill="none" stroke="{colour}"' if layer.width else f'fill="{colour}"'
    line = f' stroke-width="{layer.width:g}"' if layer.width else ""
    ends = ' stroke-linecap="round"' if layer.round else ""
    dashes = f' stroke-dasharray="{layer.dashes}"' if layer.dashes else ""
    return f'<path {paint}{line}{ends}{dashes} d="{layer.path}"/>'
