"""The funding record of a programme, as its file says it."""

from dataclasses import dataclass
from typing import Literal

RuleSet = Literal["cpr-2021", "cpr-2014", "erdf-2007", "mga-2021", "h2020", "fp7", "external", "none"]
"""Law or agreement that applies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A logo beside the emblem."""

    src: str
    """File, relative to the record, or ``/…`` for a file below content/static/."""
    alt: str = ""
    """Owner of the logo. Default: the name of the programme."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding:
    """Funding that the programme must acknowledge. The grant agreement prevails."""

    rules: RuleSet = "none"
    """Rule set."""
    support: Literal["", "funded", "co-funded"] = ""
    """Whether the statement says "Funded" or "Co-funded by the European Union". The default follows from
    the rules."""
    fund: str = ""
    """Fund, if the rules require it: ERDF (default), ESF, Cohesion Fund, or a full name."""
    statement: str = ""
    """Statement from the agreement. Pages also show what the rules require and the statement does not
    contain."""
    statement_lang: str = ""
    """Language of the statement. Default: the language of the record."""
    slogan: str = ""
    """Slogan on the Union's added value (2007-13), if it differs from "Investing in your future"."""
    disclaimer: str = ""
    """Disclaimer from the agreement, if it differs from the official one."""
    grant: str = ""
    """Grant agreement number."""
    authority: str = ""
    """Granting or managing authority, as named in the disclaimer."""
    responsible: str = ""
    """Organisation solely responsible for the contents (external action). Default: the publisher."""
    logos: tuple[Logo, ...] = ()
    """Other logos. None appears larger than the emblem."""


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
