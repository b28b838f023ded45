"""The kinds of item, and the folder of content/ in which each kind lives."""

from typing import Literal, get_args

Kind = Literal["news", "event", "programme", "cluster", "partner", "author", "issue", "page"]
"""What an item is."""

KINDS: tuple[Kind, ...] = get_args(Kind)

FOLDERS: dict[str, Kind] = {
    "news": "news",
    "events": "event",
    "programmes": "programme",
    "clusters": "cluster",
    "partners": "partner",
    "authors": "author",
    "newsletters": "issue",
    "pages": "page",
}
"""First folder below content/ → kind."""
