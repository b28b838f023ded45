"""newsletters: one issue file → its web, PDF and e-mail editions, from the same resolved issue."""

from clusterpress.newsletters.issues import Group, Payer, ResolvedIssue, ResolvedSection, in_order
from clusterpress.newsletters.mail import check_size, mail_outputs, mail_problems
from clusterpress.newsletters.pdf import check_print, pdf_outputs
from clusterpress.newsletters.resolving import resolve_issues
from clusterpress.newsletters.web import web_outputs, web_pages

__all__ = [
    "Group",
    "Payer",
    "ResolvedIssue",
    "ResolvedSection",
    "check_print",
    "check_size",
    "in_order",
    "mail_outputs",
    "mail_problems",
    "pdf_outputs",
    "resolve_issues",
    "web_outputs",
    "web_pages",
]
