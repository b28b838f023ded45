"""Tables: which cells need room, so that a narrow screen scrolls a table and breaks none of its words."""

_SHORT = 16
"""Characters of a cell that fit on one or two lines of a narrow column: a name, a number with its unit."""


def is_long(text: str) -> bool:
    """Return whether the text of a cell needs a column of some width to be read with ease."""
    return len(text) > _SHORT
