"""library: all items at once: order, terms, addresses, translations, and the faults between items."""

from clusterpress.library.assembly import Sourced, assemble
from clusterpress.library.entries import (
    CalendarTopic,
    Card,
    Entry,
    FeedTopic,
    Label,
    Picture,
    ShownPicture,
    Taxonomy,
    Term,
)
from clusterpress.library.funding import Credit, check_funding, credit_of
from clusterpress.library.library import TAXONOMIES, Library
from clusterpress.library.links import STATIC, wanted_pictures
from clusterpress.library.names import Register, open_registers, term_slug
from clusterpress.library.neighbours import neighbours, related
from clusterpress.library.pagers import ListPage, split_in_pages
from clusterpress.library.permalinks import prefix
from clusterpress.library.topics import calendar_topics, feed_topics
from clusterpress.library.variants import Variant, variants
from clusterpress.library.visibility import State

__all__ = [
    "STATIC",
    "TAXONOMIES",
    "CalendarTopic",
    "Card",
    "Credit",
    "Entry",
    "FeedTopic",
    "Label",
    "Library",
    "ListPage",
    "Picture",
    "Register",
    "ShownPicture",
    "Sourced",
    "State",
    "Taxonomy",
    "Term",
    "Variant",
    "assemble",
    "calendar_topics",
    "check_funding",
    "credit_of",
    "feed_topics",
    "neighbours",
    "open_registers",
    "prefix",
    "related",
    "split_in_pages",
    "term_slug",
    "variants",
    "wanted_pictures",
]
