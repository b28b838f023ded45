"""The funding record of a programme, as written in its file, and the rule sets: what each requires."""

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from clusterpress.parsing.values import Finding

RuleSet = Literal["cpr-2021", "cpr-2014", "erdf-2007", "mga-2021", "h2020", "fp7", "external", "none"]
"""The law or agreement that prescribes what must be shown."""


class Logo(Struct, frozen=True, kw_only=True):
    """A logo beside the emblem."""

    src: str
    """File, relative to the record; ``/…`` for a file in content/static/."""
    alt: str = ""
    """Owner of the logo. Default: the programme's name."""


class Funding(Struct, frozen=True, kw_only=True):
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


class Project(Struct, frozen=True, kw_only=True):
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


Need = Literal["grant", "authority", "description", "logo"]
"""Something that the record must contain because no official text can replace it."""


class Rules(Struct, frozen=True, kw_only=True):
    """The requirements of one rule set. All rule sets require the emblem and the programme's name."""

    source: str
    """Source of the rules."""
    programmes: str
    """The programmes to which they apply, in words."""
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
        programmes="ERDF, Interreg and other funds managed by regions and states, 2021-2027",
        statement="support",
        support="co-funded",
        needs=("description",),
    ),
    "cpr-2014": Rules(
        source="Implementing Regulation (EU) No 821/2014, Article 4",
        programmes="the same funds, 2014-2020",
        statement="fund",
        first_screen=True,
    ),
    "erdf-2007": Rules(
        source="Regulation (EC) No 1828/2006, Article 9",
        programmes="ERDF and other funds, 2007-2013",
        statement="fund",
        slogan=True,
        needs=("logo",),
    ),
    "mga-2021": Rules(
        source="EU model grant agreement, Article 17",
        programmes="Horizon Europe, Single Market Programme, Erasmus+ and other direct grants, 2021-2027",
        statement="support",
        disclaimer="views",
        needs=("authority",),
    ),
    "h2020": Rules(
        source="H2020 model grant agreement, Article 29.4",
        programmes="Horizon 2020, 2014-2020",
        statement="h2020",
        needs=("grant",),
    ),
    "fp7": Rules(
        source="FP7 model grant agreement, Article II.30",
        programmes="Seventh Framework Programme, 2007-2013",
        statement="fp7",
        needs=("grant",),
    ),
    "external": Rules(
        source="Communicating and raising EU visibility: guidance for external actions",
        programmes="the Union's external action: neighbourhood, enlargement and development",
        statement="support",
        disclaimer="contents",
    ),
}
"""Rule set → its requirements; ``none`` has no requirements."""


def find_missing(project: Project) -> Iterator[Finding]:
    """Yield a finding for each field that a programme's record lacks for its rule set."""
    funding = project.funding
    if funding is None:
        return
    if funding.rules == "none":
        if replace(funding, rules="none") != Funding():
            known = ", ".join(RULES)
            message = "the funding names no rules, so that nothing of it would be shown"
            yield Finding("funding", message, f'add "rules: …", one of {known}')
        return
    given: Mapping[Need, object] = {
        "grant": funding.grant or any(sign.isdigit() for sign in funding.statement),
        "authority": funding.authority or funding.disclaimer,
        "description": project.description,
        "logo": project.has_logo or funding.logos,
    }
    rules = RULES[funding.rules]
    for need in (need for need in rules.needs if not given[need]):
        texts = tomllib.loads(files(__package__).joinpath("needs.toml").read_text("utf-8"))[need]
        message = f"{texts['message']} ({funding.rules}: {rules.source})"
        yield Finding(texts["field"], message, texts["hint"])
