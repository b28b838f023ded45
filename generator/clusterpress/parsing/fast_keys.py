"""Plain keys: YAML in which each line is a key with a text or a short list, read without a parser.

So most front matter looks. A parser makes an object with two places of each mark in it, and that takes longer
than all else that is done with front matter. Whatever else stands there is left to the parser; a test holds
both ways against each other.
"""

import re

from clusterpress.parsing.values import ParseResult, Position, Value, without_empty

_QUOTED = r'"[^"\\]*"'
_LINE = re.compile(
    r"(?P<key>[A-Za-z][A-Za-z0-9_-]{0,60}):[ ]+"
    rf"(?:(?P<quoted>{_QUOTED})"
    # What begins with a letter or digit is a text up to the end of the line, unless it names another key.
    r"|(?P<bare>[^\W_](?:[^:#]|:(?![ ]|$))*)(?<![ ])"
    r"|\[(?P<list>[^\[\]]*)\])"
)
_ELEMENT = re.compile(
    rf"[ ]*(?:(?P<quoted>{_QUOTED})|(?P<bare>[^\W_](?:[\w ./&'()+-]*[\w./&'()+-])?))[ ]*(?:,|$)"
)
_NULLS = frozenset({"null", "Null", "NULL"})


def read_fast_keys(text: str, first_line: int) -> ParseResult | None:
    """Return the values of a YAML mapping and their places, or None if a parser must be asked.

    Args:
        text: the YAML text, without fences.
        first_line: the line of the file on which ``text`` begins.
    """
    if not text.replace("\n", "").isprintable():
        return None
    values: dict[str, Value] = {}
    positions: dict[str, Position] = {}
    for number, line in enumerate(text.removesuffix("\n").split("\n"), start=first_line):
        found = _LINE.fullmatch(line)
        if not found or found["key"] in positions or found["bare"] in _NULLS:
            return None
        key = found["key"]
        positions[key] = (number, 1)
        if (elements := found["list"]) is None:
            values[key] = found["bare"] or found["quoted"][1:-1]
            continue
        if (parts := _elements(elements)) is None:
            return None
        values[key] = [part for _, part in parts]
        begin = found.start("list") + 1
        positions |= {f"{key}.{index}": (number, begin + at) for index, (at, _) in enumerate(parts)}
    return ParseResult(without_empty(values), positions)


def _elements(text: str) -> list[tuple[int, str]] | None:
    """Return (where it begins, value) of each element of a list, or None if one is not plain."""
    elements: list[tuple[int, str]] = []
    at = 0
    while at < len(text):
        found = _ELEMENT.match(text, at)
        if not found or found["bare"] in _NULLS:
            return None
        bare, quoted = found["bare"], found["quoted"]
        elements.append((found.start("bare" if bare else "quoted"), bare or quoted[1:-1]))
        at = found.end()
    return elements
