"""Linked data: objects in the vocabulary of schema.org, as JSON-LD within a page."""

import json
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

Graph = dict[str, Any]
"""One JSON-LD object."""

_WRITER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def thing(kind: str, identifier: str = "", **values: Any) -> Graph:
    """Return an object of a type, without the values that are empty."""
    graph = {"@type": kind, "@id": identifier, **values}
    return {key: value for key, value in graph.items() if value not in ("", None, [], {}, 0)}


def write_script(graph: Iterable[Graph]) -> Markup:
    """Return the objects as a script element; no text within can end it."""
    objects = [{"@context": "https://schema.org", **one} for one in graph]
    text = _WRITER.encode(objects[0] if len(objects) == 1 else objects)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(f'<script type="application/ld+json">{text}</script>')  # noqa: S704 -- signs are escaped
