"""starting: answers → the file of a new item, or a whole new site."""

from clusterpress.starting.drafting import CannotStart, NewFile, draft_item, find_fault
from clusterpress.starting.questions import KINDS, QUESTIONS, Question, is_needed, needs_of
from clusterpress.starting.records import Records, read_records
from clusterpress.starting.sites import SiteAnswers, draft_site

__all__ = [
    "KINDS",
    "QUESTIONS",
    "CannotStart",
    "NewFile",
    "Question",
    "Records",
    "SiteAnswers",
    "draft_item",
    "draft_site",
    "find_fault",
    "is_needed",
    "needs_of",
    "read_records",
]
