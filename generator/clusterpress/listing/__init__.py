"""listing: questions about what a project holds, answered as rows."""

from clusterpress.listing.log import COLUMNS, Logged, log_rows
from clusterpress.listing.orphans import orphans
from clusterpress.listing.questions import LISTS, drafts, expired, scheduled, untranslated, without_alt
from clusterpress.listing.rows import Row

__all__ = [
    "COLUMNS",
    "LISTS",
    "Logged",
    "Row",
    "drafts",
    "expired",
    "log_rows",
    "orphans",
    "scheduled",
    "untranslated",
    "without_alt",
]
