"""Facts: a short list of figures, such as "**113** participants", which newsletters set large in a row."""

import re
from typing import Any

MIN_FIGURES, MAX_FIGURES = 2, 5
"""How many figures make a row."""

_MAX_LENGTH = 48
"""Characters of one fact; a longer one is a sentence."""

_FIGURE = re.compile(
    r"(?P<before>\D*?)\s*(?P<figure>[\d][\d.,\u00a0\u202f/–-]*\d|\d)(?P<unit>\s?[%+€]?|\s\w)"
)


def key_figures_in(items: list[list[dict[str, Any]]]) -> list[dict[str, str]]:
    """Return the facts that a list's items make, or nothing when they are not all facts.

    A fact is one line that begins with words in bold, which hold a number and little else: "**more than
    30** cluster managers" is the figure 30, before it "more than", under it "cluster managers".
    """
    if not MIN_FIGURES <= len(items) <= MAX_FIGURES:
        return []
    key_figures = [_key_figure(item) for item in items]
    return [key_figure for key_figure in key_figures if key_figure] if all(key_figures) else []


def _key_figure(item: list[dict[str, Any]]) -> dict[str, str] | None:
    if len(item) != 1 or item[0]["t"] != "p":
        return None
    bold, *rest = item[0]["c"]
    texts = bold["c"] if isinstance(bold, dict) and bold["t"] == "strong" else []
    if len(texts) != 1 or not all(isinstance(part, str) for part in (*texts, *rest)):
        return None
    label = "".join(rest).strip()
    found = _FIGURE.fullmatch(texts[0].strip())
    if not found or not label or len(texts[0]) + len(label) > _MAX_LENGTH:
        return None
    return {"before": found["before"], "figure": found["figure"] + found["unit"], "label": label}
