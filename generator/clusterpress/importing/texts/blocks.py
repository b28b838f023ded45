"""Blocks: which elements of HTML stand on lines of their own."""

from bs4 import Tag

BLOCKS = frozenset(
    """address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr li line main nav ol p pre section summary table tbody td
    tfoot th thead tr ul caption credit""".split()  # noqa: SIM905 (words read best)
)


def is_raw(element: Tag) -> bool:
    """Tell whether an element is, or lies in, a table that stays HTML."""
    return element.get("class") == "raw" or element.find_parent(class_="raw") is not None
