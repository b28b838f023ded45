"""Key figures: lists that tell numbers, which pages and newsletters show as a row of large figures."""

import re
from typing import NamedTuple

MIN_FIGURES, MAX_FIGURES = 2, 5
"""How many key figures make a row."""

_MAX_LENGTH = 48
"""Characters of one fact; a longer one is a sentence."""

_FIGURE = re.compile(r"(?P<before>\D*)(?P<figure>[\d][\d.,\u00a0\u202f/–-]*\d|\d)(?P<unit>\s?[%+€]?|\s\w)")
_LIST = re.compile(r"<ul>\s*(?P<items>(?:<li><strong>[^<]*</strong>[^<]*</li>\s*)+)</ul>")
_ITEM = re.compile(r"<li><strong>([^<]*)</strong>([^<]*)</li>")


class Fact(NamedTuple):
    """A number and what it counts."""

    before: str
    """Words before the number: "more than"."""
    figure: str
    """The number, with the signs that touch it and its unit if that is a sign: "€4.5 m"."""
    label: str
    """What it counts."""


def read_fact(bold: str, rest: str) -> Fact | None:
    """Return the fact that a line tells, or None if it is an ordinary line.

    A fact begins with words in bold, which hold a number and little else: "**more than 30** cluster
    managers".

    Args:
        bold: the words in bold.
        rest: those behind them.
    """
    found, label = _FIGURE.fullmatch(bold.strip()), rest.strip()
    if not found or not label or len(bold) + len(label) > _MAX_LENGTH:
        return None
    before = found["before"].rstrip()
    # What touches the number belongs to it: €4.5 m, but more than 30.
    touching = before.split()[-1] if before and before == found["before"] else ""
    before = before.removesuffix(touching).rstrip()
    return Fact(before, touching + found["figure"] + found["unit"], label)


def mark_key_figures(html: str) -> str:
    """Return a text with the class ``figures`` on each list whose items are all facts."""
    return _LIST.sub(_mark, html) if "<li><strong>" in html else html


def _mark(found: re.Match[str]) -> str:
    items = _ITEM.findall(found["items"])
    facts = [read_fact(bold, rest) for bold, rest in items]
    if not MIN_FIGURES <= len(items) <= MAX_FIGURES or not all(facts):
        return found[0]
    lines = "".join(map(_write, filter(None, facts)))
    return f'<ul class="figures">\n{lines}</ul>'


def _write(fact: Fact) -> str:
    before = f"<small>{fact.before}</small> " if fact.before else ""
    return f"<li><strong>{before}{fact.figure}</strong> {fact.label}</li>\n"
