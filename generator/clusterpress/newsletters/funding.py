"""Funding: the words that must stand beside the emblem, by rule set (shown on cover and last page)."""

from dataclasses import dataclass

from clusterpress.newsletters.issues import Payer
from clusterpress.newsletters.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class FundingWords:
    """What stands beside the emblem."""

    statement: str
    statement_lang: str
    """Language of the statement."""
    detail: str
    """Programme, slogan and disclaimer in one paragraph."""
    detail_lang: str


def word_funding(payer: Payer, wording: Wording) -> FundingWords:
    """Return the funding statement of a programme: its own words, else those of its rule set.

    Sources of the rule sets: Reg. (EC) 1828/2006, Reg. (EU) 821/2014, Reg. (EU) 2021/1060 and the model
    grant agreements; each grant agreement prevails.
    """
    funding = payer.funding
    key = funding.rules.replace("-", "_")
    statement = funding.statement or wording.say(
        f"funding_{key}", fund=funding.fund or wording.labels["fund_default"], grant=funding.grant
    )
    own_lang = funding.statement_lang or payer.lang
    disclaimer = funding.disclaimer
    if not disclaimer and f"disclaimer_{key}" in wording.labels:
        authority = funding.authority or wording.labels["granting_authority"]
        disclaimer = wording.say(f"disclaimer_{key}", authority=authority)
    union = funding.fund if funding.statement and funding.fund else ""
    sentences = (payer.name, union, funding.slogan)
    detail = " · ".join(filter(None, sentences))
    return FundingWords(
        statement=statement,
        statement_lang=own_lang if funding.statement else wording.lang,
        detail=" ".join(filter(None, (f"{detail}." if disclaimer else detail, disclaimer))),
        detail_lang=payer.lang,
    )
