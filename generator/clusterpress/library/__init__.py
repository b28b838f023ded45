"""library: all items at once: order, terms, addresses, translations, and the faults between items."""

from clusterpress.library.abstracts import Abstract, make_abstract
from clusterpress.library.amending import amend, can_amend, may_alter_faults
from clusterpress.library.assembly import Sourced, assemble, assemble_abstracts, check_library
from clusterpress.library.entries import (
    CalendarTopic,
    Card,
    Cards,
    Entry,
    FeedTopic,
    Label,
    Picture,
    Resolved,
    ShownPicture,
    Taxonomy,
    Term,
)
from clusterpress.library.funding import Credit, check_funding, credit_of
from clusterpress.library.library import TAXONOMIES, Library
from clusterpress.library.names import Register, named, open_registers, term_slug
from clusterpress.library.neighbours import Related, neighbours
from clusterpress.library.pagers import (
    ListPage,
    count_full,
    newest_page,
    numbered_page,
    split_in_pages,
)
from clusterpress.library.paths import STATIC, resolve_path
from clusterpress.library.permalinks import prefix
from clusterpress.library.stacks import Stacks
from clusterpress.library.statements import STATEMENTS, check_statements, own_statement, statements_in
from clusterpress.library.topics import calendar_topics, feed_topics
from clusterpress.library.variants import Variant, variants
from clusterpress.library.visibility import State, holds_until

__all__ = [
    "STATEMENTS",
    "STATIC",
    "TAXONOMIES",
    "Abstract",
    "CalendarTopic",
    "Card",
    "Cards",
    "Credit",
    "Entry",
    "FeedTopic",
    "Label",
    "Library",
    "ListPage",
    "Picture",
    "Register",
    "Related",
    "Resolved",
    "ShownPicture",
    "Sourced",
    "Stacks",
    "State",
    "Taxonomy",
    "Term",
    "Variant",
    "amend",
    "assemble",
    "assemble_abstracts",
    "calendar_topics",
    "can_amend",
    "check_funding",
    "check_library",
    "check_statements",
    "count_full",
    "credit_of",
    "feed_topics",
    "holds_until",
    "make_abstract",
    "may_alter_faults",
    "named",
    "neighbours",
    "newest_page",
    "numbered_page",
    "open_registers",
    "own_statement",
    "prefix",
    "resolve_path",
    "split_in_pages",
    "statements_in",
    "term_slug",
    "variants",
]
