"""Facts: a short list of figures, such as "**113** participants", which newsletters set large in a row."""

import re
from typing import Any

FEWEST, MOST = 2, 5
"""How many figures make a row."""

_LONGEST = 48
"""Characters of one fact; a longer one is a sentence."""

_FIGURE = re.compile(
    r"(?P<before>\D*?)\s*(?P<figure>[\d][\d.,\u00a0\u202f/–-]*\d|\d)(?P<unit>\s?[%+€]?|\s\w)"
)


def facts_in(items: list[list[dict[str, Any]]]) -> list[dict[str, str]]:
    """Return the facts that a list's items make, or nothing when they are not all facts.

    A fact is one line that begins with words in bold, which hold a number and little else: "**more than
    30** cluster managers" is the figure 30, before it "more than", under it "cluster managers".
    """
    if not FEWEST <= len(items) <= MOST:
        return []
    facts = [_fact(item) for item in items]
    return [fact for fact in facts if fact] if all(facts) else []


def _fact(item: list[dict[str, Any]]) -> dict[str, str] | None:
    if len(item) != 1 or item[0]["t"] != "p":
        return None
    bold, *rest = item[0]["c"]
    texts = bold["c"] if isinstance(bold, dict) and bold["t"] == "strong" else []
    if len(texts) != 1 or not all(isinstance(part, str) for part in (*texts, *rest)):
        return None
    label = "".join(rest).strip()
    found = _FIGURE.fullmatch(texts[0].strip())
    if not found or not label or len(texts[0]) + len(label) > _LONGEST:
        return None
    return {"before": found["before"], "figure": found["figure"] + found["unit"], "label": label}
