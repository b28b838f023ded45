"""The rule sets: what each law or model agreement requires to be shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from clusterpress.funding.record import RuleSet

Need = Literal["grant", "authority", "description", "logo"]
"""Something that the record must contain because no official text can replace it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The requirements of one rule set. All rule sets require the emblem and the programme's name."""

    source: str
    """Source of the rules."""
    statement: Literal["support", "fund", "h2020", "fp7"]
    """Text beside the emblem: (co-)funded by the Union, the Union and a fund, or a grant agreement."""
    support: Literal["funded", "co-funded"] = "funded"
    """Default if the record does not choose."""
    slogan: bool = False
    """Whether a slogan on the Union's added value is required."""
    disclaimer: Literal["", "views", "contents"] = ""
    """``views``: beside the statement; ``contents``: apart, on the legal page or inside a publication."""
    first_screen: bool = False
    """Whether the emblem must be visible on a web page without scrolling."""
    needs: tuple[Need, ...] = ()
    """What the record must contain."""


RULES: Mapping[RuleSet, Rules] = {
    "cpr-2021": Rules(
        source="Regulation (EU) 2021/1060, Articles 47 and 50, Annex IX",
        statement="support",
        support="co-funded",
        needs=("description",),
    ),
    "cpr-2014": Rules(
        source="Implementing Regulation (EU) No 821/2014, Article 4", statement="fund", first_screen=True
    ),
    "erdf-2007": Rules(
        source="Regulation (EC) No 1828/2006, Article 9", statement="fund", slogan=True, needs=("logo",)
    ),
    "mga-2021": Rules(
        source="EU model grant agreement, Article 17",
        statement="support",
        disclaimer="views",
        needs=("authority",),
    ),
    "h2020": Rules(source="H2020 model grant agreement, Article 29.4", statement="h2020", needs=("grant",)),
    "fp7": Rules(source="FP7 model grant agreement, Article II.30", statement="fp7", needs=("grant",)),
    "external": Rules(
        source="Communicating and raising EU visibility: guidance for external actions",
        statement="support",
        disclaimer="contents",
    ),
}
"""Rule set → its requirements; ``none`` has no requirements."""
