"""funding: what a project that the European Union pays for must show; each agreement prevails."""

from typing import TYPE_CHECKING

from clusterpress.funding.record import Funding, Logo, Project, RuleSet
from clusterpress.funding.rules import RULES, Rules
from clusterpress.lazy_names import lazy_names

if TYPE_CHECKING:
    from clusterpress.funding.acknowledging import Acknowledgement, Text, acknowledge
    from clusterpress.funding.emblem import draw_emblem_file, draw_stars
    from clusterpress.funding.faults import find_missing
    from clusterpress.funding.texts import LANGUAGES
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "LANGUAGES": "texts",
            "Acknowledgement": "acknowledging",
            "Text": "acknowledging",
            "acknowledge": "acknowledging",
            "draw_emblem_file": "emblem",
            "draw_stars": "emblem",
            "find_missing": "faults",
        },
    )

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
