"""Acknowledgement: everything that must be shown of a funding record, in one language."""

from dataclasses import dataclass

from clusterpress.funding.record import RULES, Funding, Project, Rules, RuleSet
from clusterpress.funding.texts import LANGUAGES, Text, contains_words, name_fund, official, same_words

_KEYS = {"funded": "funded", "co-funded": "cofunded"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """What must be shown of a project's funding; every text has its language."""

    rules: RuleSet
    emblem: Text
    """Alternative text of the emblem."""
    statement: Text
    """Text beside the emblem, never shown without it."""
    own: Text | None = None
    """The agreement's own statement, if it lacks a part of the required one."""
    programme: Text
    """The programme's name."""
    slogan: Text | None = None
    description: Text | None = None
    """Description of the project, if the rules require it."""
    disclaimer: Text | None = None
    """Shown with the statement."""
    legal: Text | None = None
    """A disclaimer for the legal page, or for the second or last page of a publication."""
    first_screen: bool = False
    """Whether the emblem must be visible on a web page without scrolling."""

    def lines(self) -> tuple[Text, ...]:
        """Return the texts below the statement, in order, without disclaimers."""
        return tuple(text for text in (self.own, self.programme, self.slogan) if text)


def acknowledge(
    project: Project, lang: str, *, responsible: str = "", publication: bool = False
) -> Acknowledgement | None:
    """Return what must be shown of a project's funding in a language, or None if nothing must be shown.

    Args:
        project: the programme and its record.
        lang: language of the page or issue.
        responsible: who is responsible for the contents if the record names nobody.
        publication: whether it is for a publication (an issue, a PDF) instead of the website.
    """
    funding = project.funding
    if funding is None or funding.rules == "none":
        return None
    rules, record_lang = RULES[funding.rules], project.funding_lang or project.lang
    statement, own = _statements(funding, rules, record_lang, lang)
    disclaimer = _disclaimer(funding, rules, record_lang, lang, responsible, publication=publication)
    description = "description" in rules.needs and project.description
    return Acknowledgement(
        rules=funding.rules,
        emblem=official("emblem", lang),
        statement=statement,
        own=own,
        programme=Text(project.name, project.lang),
        slogan=_slogan(funding, rules, record_lang, lang),
        description=Text(project.description, project.lang) if description else None,
        disclaimer=None if rules.disclaimer == "contents" else disclaimer,
        legal=disclaimer if rules.disclaimer == "contents" else None,
        first_screen=rules.first_screen,
    )


def _statements(funding: Funding, rules: Rules, record_lang: str, lang: str) -> tuple[Text, Text | None]:
    """Return the text beside the emblem, and the record's own statement if both must be shown."""
    own = Text(funding.statement, funding.statement_lang or record_lang) if funding.statement else None
    required = _required(funding, rules, record_lang, lang)
    if own is None or (rules.statement == "support" and _support_said(own)):
        return required, None
    required_there = _required(funding, rules, record_lang, own.lang)
    if contains_words(own.text, required_there.text) or _names_all(own, funding, rules):
        return own, None
    return required, own


def _required(funding: Funding, rules: Rules, record_lang: str, lang: str) -> Text:
    if rules.statement == "support":
        own = Text(funding.statement, funding.statement_lang or record_lang)
        return official(_KEYS[funding.support or _support_said(own) or rules.support], lang)
    if rules.statement != "fund":
        return official(rules.statement, lang, grant=funding.grant or "…")
    union, fund = official("union", lang), name_fund(funding.fund, lang, record_lang)
    if fund.lang not in (union.lang, lang):  # one line in two languages: use the fund's for both
        union = official("union", fund.lang)
    return Text(f"{union.text} – {fund.text}", fund.lang)


def _support_said(own: Text) -> str:
    """Return ``funded`` or ``co-funded`` if a statement is the official one in any language, else ""."""
    for support, key in _KEYS.items():
        if any(same_words(own.text, official(key, lang).text) for lang in LANGUAGES):
            return support
    return ""


def _names_all(own: Text, funding: Funding, rules: Rules) -> bool:
    if rules.statement == "fund":
        names = (official("union", own.lang), name_fund(funding.fund, own.lang, own.lang))
        return all(contains_words(own.text, name.text) for name in names)
    return rules.statement in ("h2020", "fp7") and bool(funding.grant) and funding.grant in own.text


def _slogan(funding: Funding, rules: Rules, record_lang: str, lang: str) -> Text | None:
    known = (official("slogan", one).text for one in LANGUAGES)
    if funding.slogan and not any(same_words(funding.slogan, slogan) for slogan in known):
        return Text(funding.slogan, record_lang)
    return official("slogan", lang) if rules.slogan or funding.slogan else None


def _disclaimer(
    funding: Funding, rules: Rules, record_lang: str, lang: str, responsible: str, *, publication: bool
) -> Text | None:
    if funding.disclaimer:
        return Text(funding.disclaimer, record_lang)
    if rules.disclaimer == "views":
        return official("views", lang, authority=funding.authority or "…")
    if rules.disclaimer == "contents":
        who = funding.responsible or responsible or "…"
        return official("publication" if publication else "site", lang, responsible=who)
    return None
