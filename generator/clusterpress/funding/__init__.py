"""funding: what a project that the European Union pays for must show; each agreement prevails."""

from clusterpress.funding.acknowledging import Acknowledgement, Text, acknowledge
from clusterpress.funding.emblem import draw_emblem_file, draw_stars
from clusterpress.funding.faults import find_missing
from clusterpress.funding.record import Funding, Logo, Project, RuleSet
from clusterpress.funding.rules import RULES, Rules
from clusterpress.funding.texts import LANGUAGES

__all__ = [
    "LANGUAGES",
    "RULES",
    "Acknowledgement",
    "Funding",
    "Logo",
    "Project",
    "RuleSet",
    "Rules",
    "Text",
    "acknowledge",
    "draw_emblem_file",
    "draw_stars",
    "find_missing",
]
