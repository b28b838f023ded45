"""newsletters: one issue file → its web, PDF and e-mail editions, from the same resolved issue."""

from clusterpress.newsletters.cards import card_outputs
from clusterpress.newsletters.finding import UnknownIssueError, find_issue
from clusterpress.newsletters.freezing import CannotFreezeError, freeze
from clusterpress.newsletters.issues import Group, ResolvedIssue, ResolvedSection, in_order
from clusterpress.newsletters.mail import check_size, mail_outputs, mail_problems
from clusterpress.newsletters.pdf import check_print, draw_pages, pdf_outputs
from clusterpress.newsletters.resolving import resolve_issues
from clusterpress.newsletters.web import web_outputs, web_pages

__all__ = [
    "CannotFreezeError",
    "Group",
    "ResolvedIssue",
    "ResolvedSection",
    "UnknownIssueError",
    "card_outputs",
    "check_print",
    "check_size",
    "draw_pages",
    "find_issue",
    "freeze",
    "in_order",
    "mail_outputs",
    "mail_problems",
    "pdf_outputs",
    "resolve_issues",
    "web_outputs",
    "web_pages",
]
