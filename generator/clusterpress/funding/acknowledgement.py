"""Acknowledgement: the official texts and the emblem that must be shown for a funding record.

Statements: the Commission's list for 2021-27 (Annex IX of Regulation (EU) 2021/1060 names the English ones).
Disclaimers: EU model grant agreement, Article 17.3, and the guidance for external actions. The English text,
marked as such, replaces a text that ``texts/`` lacks in a language.
"""

from collections.abc import Mapping
from functools import lru_cache
from math import cos, pi, sin
from pathlib import Path

import yaml
from msgspec import Struct

from clusterpress.funding.record import RULES, Funding, Project, Rules, RuleSet

_FALLBACK = "en"
_FOLDER = Path(__file__).parent / "texts"
LANGUAGES = tuple(sorted(file.stem for file in _FOLDER.glob("*.yml")))
"""The languages of the Union, Arabic, Hebrew, Serbian in both scripts, Turkish and Ukrainian."""

FUNDS = ("erdf", "esf", "cohesion")
"""Funds with names in all languages."""

_KEYS = {"funded": "funded", "co-funded": "cofunded"}


class Text(Struct, frozen=True):
    """A text and its language."""

    text: str
    lang: str


class Acknowledgement(Struct, frozen=True, kw_only=True):
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
    if _folded(required_there.text) in _folded(own.text) or _names_all(own, funding, rules):
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
        if any(_folded(own.text) == _folded(official(key, lang).text) for lang in LANGUAGES):
            return support
    return ""


def _names_all(own: Text, funding: Funding, rules: Rules) -> bool:
    if rules.statement == "fund":
        names = (official("union", own.lang), name_fund(funding.fund, own.lang, own.lang))
        return all(_folded(name.text) in _folded(own.text) for name in names)
    return rules.statement in ("h2020", "fp7") and bool(funding.grant) and funding.grant in own.text


def _slogan(funding: Funding, rules: Rules, record_lang: str, lang: str) -> Text | None:
    known = (_folded(official("slogan", one).text) for one in LANGUAGES)
    if funding.slogan and _folded(funding.slogan) not in known:
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


def official(key: str, lang: str, **values: str) -> Text:
    """Return an official text in a language, or in English if it has none.

    Args:
        key: a key of the files in ``texts/``.
        lang: language code; its region is ignored.
        values: values of the placeholders.
    """
    own = (texts for name in (lang, lang.partition("-")[0]) if (texts := read_texts(name)))
    found = next(own, {}).get(key)
    text, known = (found, lang) if found else (read_texts(_FALLBACK)[key], _FALLBACK)
    return Text(text.format(**values) if values else text, known)


def name_fund(name: str, lang: str, own: str) -> Text:
    """Return the name of a fund: in the language if the fund is known, otherwise as written.

    Args:
        name: ``ERDF`` or a name in full, in any language; empty means the ERDF.
        lang: language wanted.
        own: language in which an unknown name is written.
    """
    key = _funds().get(_folded(name or "erdf"))
    return official(key, lang) if key else Text(name, own)


@lru_cache(maxsize=32)
def read_texts(lang: str) -> Mapping[str, str]:
    """Return key → text of a language; empty for an unknown language."""
    if lang not in LANGUAGES:
        return {}
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same in C, ten times as fast
    texts: Mapping[str, str] = yaml.load((_FOLDER / f"{lang}.yml").read_text("utf-8"), loader)  # noqa: S506
    return texts


@lru_cache(maxsize=1)
def _funds() -> Mapping[str, str]:
    named = {_folded(read_texts(lang)[key]): key for lang in LANGUAGES for key in FUNDS}
    return named | {key: key for key in FUNDS} | {"cohesion": "cohesion", "cf": "cohesion"}


def _folded(text: str) -> str:
    """Return a text in a form to compare, without case, apostrophes, full stops or extra spaces."""
    return " ".join(text.replace("'", "’").strip(" .").casefold().split())


# Graphical guide of the emblem (Interinstitutional style guide, annex A1): a rectangle whose fly is one and a
# half times the hoist; twelve stars on an unseen circle of radius one third of the hoist, each inscribed in a
# circle of radius one eighteenth of it, one point straight up.
HOIST = 540.0
FLY = HOIST * 3 / 2
_RING = HOIST / 3
_STAR = HOIST / 18
_INNER = (3 - 5**0.5) / 2
"""Radius of a pentagram's inner corners if its points have radius 1."""
BLUE, YELLOW = "#003399", "#FFCC00"


@lru_cache(maxsize=1)
def draw_stars() -> str:
    """Return the outlines of the twelve stars as one SVG path, in a field of `FLY` by `HOIST`."""
    return "".join(
        _star(FLY / 2 + _RING * sin(hour * pi / 6), HOIST / 2 - _RING * cos(hour * pi / 6))
        for hour in range(12)
    )


def draw_emblem_file() -> str:
    """Return the emblem as an SVG file."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {FLY:g} {HOIST:g}" width="{FLY:g}" '
        f'height="{HOIST:g}"><path fill="{BLUE}" d="M0 0h{FLY:g}v{HOIST:g}H0z"/>'
        f'<path fill="{YELLOW}" d="{draw_stars()}"/></svg>'
    )


def _star(x: float, y: float) -> str:
    corners = (
        (x + radius * sin(turn * pi / 5), y - radius * cos(turn * pi / 5))
        for turn in range(10)
        for radius in ((_STAR * _INNER) if turn % 2 else _STAR,)
    )
    return "M" + "L".join(f"{cx:.2f} {cy:.2f}" for cx, cy in corners) + "z"
