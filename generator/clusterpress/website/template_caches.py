"""Template caches: parts of pages that are rendered once, and templates that are compiled once.

Both only save time: pages are the same without them (`is_plain`).

An item's card appears in about eight lists, its programme's box on the pages of a thousand items. A template
names the values that such a part shows: ``{% cache card, level %}…{% endcache %}`` is rendered once for each
card and level, and then reused. Everything else that the part reads must be the same on every page of its
language: the wording, the settings, filters and macros.
"""

from typing import Any

from jinja2 import nodes
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.ext import Extension
from jinja2.parser import Parser

from clusterpress.values.plain import is_plain

MAX_FRAGMENTS = 32_768
"""Fragments that an environment keeps, most of which are shorter than a kilobyte."""


class Fragments(Extension):
    """The tag ``cache``: its key is its place in the template and the values it names."""

    tags = {"cache"}  # noqa: RUF012 -- Jinja declares it so

    def parse(self, parser: Parser) -> list[nodes.Node]:
        """Return the nodes that look up the fragment, or render and store it."""
        line = next(parser.stream).lineno
        shown = parser.parse_tuple()
        key, found = parser.free_identifier(line), parser.free_identifier(line)
        place = nodes.Const(f"{parser.name}:{key.name}")
        body = parser.parse_statements(("name:endcache",), drop_needle=True)
        values = shown.items if isinstance(shown, nodes.Tuple) else [shown]
        missing = nodes.Test(found, "none", [], [], None, None)
        store = nodes.Filter(found, "store_fragment", [key], [], None, None)
        made = [
            nodes.Assign(key, nodes.Filter(place, "name_fragment", values, [], None, None)),
            nodes.Assign(found, nodes.Filter(key, "find_fragment", [], [], None, None)),
            nodes.If(missing, [nodes.AssignBlock(found, None, body), nodes.ExprStmt(store)], [], []),
            nodes.Output([found]),
        ]
        return [node.set_lineno(line) for node in made]


def make_fragment_filters() -> dict[str, Any]:
    """Return the filters with which the tag names, finds and stores fragments."""
    stored: dict[tuple[object, ...], str] = {}

    def store(fragment: str, name: tuple[object, ...]) -> None:
        if len(stored) >= MAX_FRAGMENTS:
            stored.clear()
        stored[name] = fragment

    if is_plain():
        return {"name_fragment": _name, "find_fragment": lambda _: None, "store_fragment": lambda *_: None}
    return {"name_fragment": _name, "find_fragment": stored.get, "store_fragment": store}


def _name(place: str, *values: object) -> tuple[object, ...]:
    """Return the key of a fragment; the digest of a value, if it has one, is faster than the value."""
    # HTML and text still to be escaped may be equal; the type distinguishes them.
    return (place, *[getattr(value, "digest", b"") or (type(value), value) for value in values])


class InMemoryBytecodeCache(BytecodeCache):
    """The compiled templates of one environment; Jinja ignores the code of a template that has changed."""

    def __init__(self) -> None:
        self.code: dict[str, bytes] = {}
        """Jinja's key of a template → its code."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with the code of its template, if it is known."""
        if code := self.code.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template that was compiled."""
        self.code[bucket.key] = bucket.bytecode_to_string()
