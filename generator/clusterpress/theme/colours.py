"""Colours: contrast between two of them, and the nearest readable shade (WCAG 2.2, 1.4.3)."""

MIN_CONTRAST = 4.5
"""Contrast required for text of any size."""

_STEPS = 50


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours written ``#rrggbb``, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def ensure_contrast(colour: str, *backgrounds: str) -> str:
    """Return the colour, or the nearest shade that is readable on each of the backgrounds.

    Args:
        colour: ``#rrggbb``.
        backgrounds: colours behind the text, all light or all dark.
    """
    towards = 0 if _luminance(backgrounds[0]) > 0.18 else 255  # noqa: PLR2004 -- middle grey, to the eye
    for step in range(_STEPS + 1):
        shade = _mix(colour, towards, step / _STEPS)
        if all(contrast(shade, background) >= MIN_CONTRAST for background in backgrounds):
            return shade
    return "#000000" if towards == 0 else "#ffffff"


def _mix(colour: str, towards: int, share: float) -> str:
    return "#" + "".join(f"{round(value + (towards - value) * share):02x}" for value in _channels(colour))


def _luminance(colour: str) -> float:
    parts = (value / 255 for value in _channels(colour))
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)  # noqa: PLR2004
    red, green, blue = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
