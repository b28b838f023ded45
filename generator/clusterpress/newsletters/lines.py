"""Lines: runs of texts and marks within a tree, and headings in their order."""

from collections.abc import Iterator
from typing import Any

Node = dict[str, Any]
"""A block or a mark."""
Inline = list[Any]
"""Texts and marks."""

_BLANK = " \u00a0"


def split_at_figures(line: Inline) -> Iterator[Any]:
    """Yield runs of texts and marks, and the figures between them, which may stand within a link."""
    run: Inline = []
    for part in line:
        inside = part.get("c") if isinstance(part, dict) else None
        figures = [one for one in inside or () if isinstance(one, dict) and one["t"] == "figure"]
        if figures or (isinstance(part, dict) and part["t"] == "figure"):
            yield run
            run = []
            yield from figures or [part]
        else:
            run.append(part)
    yield run


def trim(line: Inline) -> Inline:
    """Return texts and marks without white space and line breaks at both ends."""
    line = list(line)
    while line and (line[0] == {"t": "br"} or (isinstance(line[0], str) and not line[0].strip(_BLANK))):
        line.pop(0)
    while line and (line[-1] == {"t": "br"} or (isinstance(line[-1], str) and not line[-1].strip(_BLANK))):
        line.pop()
    if line and isinstance(line[0], str):
        line[0] = line[0].lstrip(_BLANK)
    if line and isinstance(line[-1], str):
        line[-1] = line[-1].rstrip(_BLANK)
    return line


def normalise_heading_levels(blocks: list[Node]) -> list[Node]:
    """Let headings begin at level 1 and go down one at a time (PDF/UA-1, ISO 14289-1, 7.4.2)."""
    open_levels: list[int] = []
    for block in blocks:
        if block["t"] == "h":
            while open_levels and open_levels[-1] >= block["level"]:
                open_levels.pop()
            open_levels.append(block["level"])
            block["level"] = len(open_levels)
    return blocks
