"""checking: faults told in several forms, sources put in their usual form, links to other sites tried."""

from clusterpress.checking.mending import (
    Mended,
    customs_of,
    find_unusual,
    read_items,
    replace_file,
    write_mended,
)
from clusterpress.checking.reports import REPORTS
from clusterpress.checking.usual_form import Change, Customs, normalise

__all__ = [
    "REPORTS",
    "Change",
    "Customs",
    "Mended",
    "customs_of",
    "find_unusual",
    "normalise",
    "read_items",
    "replace_file",
    "write_mended",
]
