"""checking: faults told in several forms, sources put in their usual form, links to other sites tried."""

from clusterpress.checking.mending import Mended, find_unusual, write_mended
from clusterpress.checking.reports import REPORTS
from clusterpress.checking.usual_form import Change, Customs, normalise

__all__ = [
    "REPORTS",
    "Change",
    "Customs",
    "Mended",
    "find_unusual",
    "normalise",
    "write_mended",
]
