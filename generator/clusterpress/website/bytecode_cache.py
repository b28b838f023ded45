"""Compiled: templates as Python has compiled them, to be handed from one build to the next."""

from jinja2.bccache import Bucket, BytecodeCache

ITEM_TEMPLATES = (
    "news-item.html",
    "home.html",
    "news-list.html",
    "term.html",
    "news-year.html",
    "event.html",
    "news-archive.html",
    "term-index.html",
    "partials/masthead.html",
    "partials/foot.html",
)
"""Templates of the pages that show an item, those that most edits touch first, and what surrounds them."""


class InMemoryBytecodeCache(BytecodeCache):
    """The templates of one environment; Jinja leaves alone what was made of another text than it finds."""

    def __init__(self) -> None:
        self.code: dict[str, bytes] = {}
        """Jinja's key of a template → its code."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with the code of its template, if that is at hand."""
        if code := self.code.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Take the code of a template that was compiled."""
        self.code[bucket.key] = bucket.bytecode_to_string()
