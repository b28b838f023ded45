"""The funding record of a programme, as written in its file."""

from dataclasses import dataclass
from typing import Literal

RuleSet = Literal["cpr-2021", "cpr-2014", "erdf-2007", "mga-2021", "h2020", "fp7", "external", "none"]
"""The law or agreement that prescribes what must be shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A logo beside the emblem."""

    src: str
    """File, relative to the record; ``/…`` for a file in content/static/."""
    alt: str = ""
    """Owner of the logo. Default: the programme's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding:
    """What an EU-funded programme must show; the grant agreement prevails."""

    rules: RuleSet = "none"
    """The rule set."""
    support: Literal["", "funded", "co-funded"] = ""
    """Whether the statement says "Funded" or "Co-funded by the European Union". Default: as the rules say."""
    fund: str = ""
    """The fund, if the rules require it: ERDF (default), ESF, Cohesion Fund, or the full name of another."""
    statement: str = ""
    """The agreement's own statement; if it is incomplete, the official one is shown as well."""
    statement_lang: str = ""
    """Language of the statement. Default: the record's language."""
    slogan: str = ""
    """The slogan on the Union's added value (2007-13), when it differs from "Investing in your future"."""
    disclaimer: str = ""
    """The agreement's disclaimer, when it differs from the official one."""
    grant: str = ""
    """Grant agreement number."""
    authority: str = ""
    """The granting or managing authority, for the disclaimer."""
    responsible: str = ""
    """Who alone is responsible for the contents (external action). Default: the publisher."""
    logos: tuple[Logo, ...] = ()
    """Other logos, never shown larger than the emblem."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """The part of a programme that concerns its funding."""

    name: str
    lang: str
    """Language of its record."""
    description: str = ""
    """Its aims, results and funding, in a few sentences."""
    has_logo: bool = False
    """Whether it has a logo of its own."""
    funding: Funding | None = None
    funding_lang: str = ""
    """Language of the record with the funding, if it is a translation of this one."""
