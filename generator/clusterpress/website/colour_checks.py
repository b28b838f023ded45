"""Colouring: whether the colours that programmes choose are there, and can be read."""

from collections.abc import Iterator

from clusterpress.content.items import Item, Programme
from clusterpress.library.library import Library
from clusterpress.theme.colours import MIN_CONTRAST, contrast, ensure_contrast
from clusterpress.theme.theme import Theme, read_tokens
from clusterpress.values.problems import Problem, Severity, did_you_mean
from clusterpress.website.assets import backgrounds_of


def colour_problems(library: Library, theme: Theme) -> Iterator[Problem]:
    """Yield a warning for each programme whose colour the theme has not, or that is too pale for its name."""
    coloured = [entry.item for entry in library.with_field("colour")]
    if not coloured:
        return
    tokens = read_tokens(theme)
    backgrounds = backgrounds_of(tokens["colours"]["light"])
    for item in coloured:
        if not isinstance(item, Programme):
            continue
        if not item.colour.startswith("#"):
            if item.colour not in tokens["sections"]:
                hint = did_you_mean(item.colour, tokens["sections"], f"use {', '.join(tokens['sections'])}")
                yield _warning(item, f'the theme has no colour "{item.colour}"', hint)
            continue
        weakest = min(contrast(item.colour, background) for background in backgrounds)
        if weakest < MIN_CONTRAST:
            shade = ensure_contrast(item.colour, *backgrounds)
            message = f"{item.colour} is too pale for text: its contrast is {weakest:.1f} : 1"
            yield _warning(
                item, message, f'at least {MIN_CONTRAST} : 1 is needed, and it is shown as "{shade}"'
            )


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
