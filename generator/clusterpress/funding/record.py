"""The funding record of a programme, as its file says it."""

from dataclasses import dataclass
from typing import Literal

RuleSet = Literal["cpr-2021", "cpr-2014", "erdf-2007", "mga-2021", "h2020", "fp7", "external", "none"]
"""Which law or agreement says what must be shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A logo that stands beside the emblem."""

    src: str
    """File, relative to the record's own, or ``/…`` for one under content/static/."""
    alt: str = ""
    """Whose logo it is; the programme's name when not given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding:
    """What an EU-funded programme must show; each grant agreement prevails."""

    rules: RuleSet = "none"
    """The rule set."""
    support: Literal["", "funded", "co-funded"] = ""
    """Whether the statement says "Funded" or "Co-funded by the European Union"; else as is usual."""
    fund: str = ""
    """The fund, where the rules ask for it: ERDF (when not given), ESF, Cohesion Fund, or a name in full."""
    statement: str = ""
    """The agreement's own statement; what the rules ask for and it does not say is shown with it."""
    statement_lang: str = ""
    """Language of the statement; the record's own when not given."""
    slogan: str = ""
    """The slogan on the Union's added value (2007-13), when it differs from "Investing in your future"."""
    disclaimer: str = ""
    """The agreement's disclaimer, when it differs from the official one."""
    grant: str = ""
    """Grant agreement number."""
    authority: str = ""
    """The granting or managing authority, as the disclaimer names it."""
    responsible: str = ""
    """Who alone answers for the contents (external action); the publisher when not given."""
    logos: tuple[Logo, ...] = ()
    """Other logos; none is shown larger than the emblem."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A programme as far as its funding is concerned."""

    name: str
    lang: str
    """Language of its record."""
    description: str = ""
    """What it does and with whose support, in a few sentences."""
    has_logo: bool = False
    """Whether it has a logo of its own."""
    funding: Funding | None = None
    funding_lang: str = ""
    """Language of the record that holds the funding, where it is that of another language."""
