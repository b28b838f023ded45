"""Style sheets in drawings: rebuilt from what is known to draw, so that nothing of them loads a file.

Whatever is not a plain rule with plain values is left out. Cutting bad words out of a text would not do: the
rest may join to a new one (``@im@importport``). CSS Syntax Module Level 3; CSS Values and Units, 4.5.
"""

import re
from collections.abc import Iterator

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_STRING = re.compile(r"(\"[^\"\n]*\"|'[^'\n]*')|[\"']")
_ODD_IN_STRING = re.compile(r"[^\w\s#.,:+%&!?*=-]")
_CHUNK = re.compile(r"([^{};]*)([{};]|\Z)")
_MEDIA = re.compile(r"\s*@media\s[\w\s():,.<>=/-]+", re.IGNORECASE)
_SELECTOR = re.compile(r"[\w\s#.,:*>+~()\[\]=\"'^$|-]+")
_PROPERTY = re.compile(r"[\w-]+")
_RUNS = re.compile(r"behavior|-\w+-binding", re.IGNORECASE)
"""Properties by which old browsers ran scripts."""
_ODD_VALUE = re.compile(r"[@<>{};]")
_HIDES = re.compile(r"[\\\0]|/\*|<!--|-->")
_CALL = re.compile(r"(?<![\w-])([\w-]*)\(")
_INSIDE = re.compile(r"url\(\s*([\"']?)#[^\s()\"'\\]+\1\s*\)", re.IGNORECASE)
"""A reference to a part of the same drawing."""
_FUNCTIONS = frozenset(
    """blur brightness calc circle clamp color color-mix contrast cubic-bezier drop-shadow ellipse grayscale
    hsl hsla hue-rotate hwb inset invert lab lch matrix matrix3d max min oklab oklch opacity path perspective
    polygon rgb rgba rotate rotate3d rotatex rotatey rotatez saturate scale scale3d scalex scaley scalez sepia
    skew skewx skewy steps translate translate3d translatex translatey translatez var""".split()  # noqa: SIM905 (words read best)
) | {""}
"""Functions whose arguments are numbers, colours and names, and plain brackets."""


def clean_sheet(css: str) -> str:
    """Return a style sheet with its plain rules, also those in ``@media``; other rules are left out."""
    pieces: list[str] = []
    opened: list[str] = []
    skipped = 0
    for found in _CHUNK.finditer(_prepare(css)):
        text, end = found.groups()
        if skipped:
            skipped += {"{": 1, "}": -1}.get(end, 0)
        elif opened[-1:] == ["rule"]:
            if end == "{":
                skipped = 1
                continue
            pieces += [clean_declarations(text), end]
            opened = opened[:-1] if end == "}" else opened
        elif end == "{":
            kind = "media" if _MEDIA.fullmatch(text) else "rule" if _SELECTOR.fullmatch(text) else ""
            pieces += [text, end] if kind else []
            opened += [kind] if kind else []
            skipped = 0 if kind else 1
        elif end == "}" and opened:
            pieces += ["" if text.strip() else text, end]
            opened.pop()
        elif not text.strip():
            pieces.append(text)
    return "".join([*pieces, *("}" for _ in opened)])


def clean_declarations(css: str) -> str:
    """Return declarations, as in an attribute ``style``; a value that loads something becomes ``none``."""
    return ";".join(_clean_each(_prepare(css)))


def _clean_each(css: str) -> Iterator[str]:
    for declaration in css.split(";"):
        written, colon, value = declaration.partition(":")
        name = written.strip()
        if not declaration.strip():
            yield declaration
        elif colon and _PROPERTY.fullmatch(name) and not _RUNS.fullmatch(name):
            end = len(value.rstrip())
            start = min(len(value) - len(value.lstrip()), end)
            yield f"{written}:{value[:start]}{clean_value(value[start:end])}{value[end:]}"


def clean_value(css: str) -> str:
    """Return the value of a property, or ``none`` if it may load something."""
    value = _prepare(css)
    calls = (found[1].lower() for found in _CALL.finditer(_INSIDE.sub("", value)))
    is_odd = _ODD_VALUE.search(value) or not _FUNCTIONS.issuperset(calls)
    return "none" if is_odd else value


def _prepare(css: str) -> str:
    """Return CSS without comments and escapes; its strings contain neither braces nor brackets."""
    text = _COMMENT.sub(" ", css.replace("\\", "").replace("\0", "")) if _HIDES.search(css) else css
    return _STRING.sub(_harmless, text) if '"' in text or "'" in text else text


def _harmless(found: re.Match[str]) -> str:
    string = found[1]
    if string is None:
        return " "
    return string if not _ODD_IN_STRING.search(string[1:-1]) else string[0] + string[-1]
