"""Colouring: whether the colours that programmes choose are there, and can be read."""

from collections.abc import Iterator

from clusterpress.content.items import Item, Programme
from clusterpress.library.library import Library
from clusterpress.theme.colours import ENOUGH, contrast, readable
from clusterpress.theme.theme import Theme
from clusterpress.values.problems import Problem, Severity, did_you_mean
from clusterpress.website.assets import grounds_of, read_tokens


def colour_problems(library: Library, theme: Theme) -> Iterator[Problem]:
    """Yield a warning for each programme whose colour the theme has not, or that is too pale for its name."""
    coloured = [entry.item for entry in library.having("colour")]
    if not coloured:
        return
    tokens = read_tokens(theme)
    grounds = grounds_of(tokens["colours"]["light"])
    for item in coloured:
        if not isinstance(item, Programme):
            continue
        if not item.colour.startswith("#"):
            if item.colour not in tokens["sections"]:
                hint = did_you_mean(item.colour, tokens["sections"], f"use {', '.join(tokens['sections'])}")
                yield _warning(item, f'the theme has no colour "{item.colour}"', hint)
            continue
        weakest = min(contrast(item.colour, ground) for ground in grounds)
        if weakest < ENOUGH:
            shade = readable(item.colour, *grounds)
            message = f"{item.colour} is too pale for text: its contrast is {weakest:.1f} : 1"
            yield _warning(item, message, f'at least {ENOUGH} : 1 is needed, and it is shown as "{shade}"')


def _warning(item: Item, message: str, hint: str) -> Problem:
    line, column = item.source.lines.get("colour", (1, 1))
    return Problem(
        path=item.source.path,
        line=line,
        column=column,
        severity=Severity.WARNING,
        message=message,
        hint=hint,
        field="colour",
    )
