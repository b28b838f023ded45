"""What is shown of a funding record: every rule set, every statement, every language."""

from typing import get_args

import pytest

from clusterpress.funding.acknowledgement import LANGUAGES, acknowledge
from clusterpress.funding.record import RULES, Funding, Project, RuleSet

ERDF = "European Union – European Regional Development Fund"


def shown(lang="en", publication=False, project=None, **fields):
    given = Project(
        **{"name": "Cord", "lang": "en", "description": "What it does."} | (project or {}),
        funding=Funding(**fields),
    )
    made = acknowledge(given, lang, responsible="The Press Office", publication=publication)
    assert made is not None
    return made


def test_every_rule_set_but_none_has_rules_with_their_source() -> None:
    assert {*RULES, "none"} == set(get_args(RuleSet))
    assert all(rules.source for rules in RULES.values())


@pytest.mark.parametrize("funding", [None, Funding(), Funding(rules="none")])
def test_without_money_of_the_union_nothing_is_shown(funding) -> None:
    assert acknowledge(Project(name="Cord", lang="en", funding=funding), "en") is None


@pytest.mark.parametrize(
    ("fields", "statement"),
    [
        ({"rules": "cpr-2021"}, "Co-funded by the European Union"),
        ({"rules": "cpr-2021", "support": "funded"}, "Funded by the European Union"),
        ({"rules": "cpr-2014"}, ERDF),
        ({"rules": "cpr-2014", "fund": "ESF"}, "European Union – European Social Fund"),
        ({"rules": "erdf-2007"}, ERDF),
        ({"rules": "mga-2021"}, "Funded by the European Union"),
        (
            {"rules": "h2020", "grant": "123456"},
            "This project has received funding from the European Union’s Horizon 2020 research and innovation programme under grant agreement No 123456",
        ),
        (
            {"rules": "fp7", "grant": "7"},
            "This project has received funding from the European Union’s Seventh Framework Programme under grant agreement No 7",
        ),
        ({"rules": "external"}, "Funded by the European Union"),
        ({"rules": "external", "support": "co-funded"}, "Co-funded by the European Union"),
    ],
)
def test_each_rule_set_has_its_statement(fields, statement) -> None:
    assert shown(**fields).statement.text == statement


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("rules", RULES)
def test_in_every_language_something_stands_beside_the_emblem(rules, lang) -> None:
    made = shown(lang, rules=rules, grant="123456", authority="EISMEA")
    assert made.emblem.lang == lang
    assert made.statement.text
    assert made.statement.lang in (lang, "en")
    assert not {"{", "}"} & set(made.statement.text)


def test_a_statement_that_is_the_official_one_is_said_in_the_language_of_the_page() -> None:
    made = shown("ar", rules="external", statement="Co-funded by the European Union.")
    assert made.statement.text == "بتمويل مشترك من الاتحاد الأوروبي"
    assert made.own is None


def test_a_statement_of_its_own_that_lacks_something_is_shown_below_the_required_one() -> None:
    own = "The project is implemented through the CENTRAL EUROPE Programme co-financed by the ERDF."
    made = shown("fr", rules="erdf-2007", statement=own, statement_lang="en")
    assert made.statement.text == "Union européenne – Fonds européen de développement régional"
    assert made.own is not None
    assert (made.own.text, made.own.lang) == (own, "en")
    assert made.lines()[0] == made.own


@pytest.mark.parametrize(
    ("fields", "own"),
    [
        ({"rules": "cpr-2014"}, "Paid by the European Union, out of the European Regional Development Fund."),
        ({"rules": "cpr-2021"}, "Interreg: Co-funded by the European Union"),
        ({"rules": "h2020", "grant": "123456"}, "Horizon 2020 has paid for this (GA 123456)."),
    ],
)
def test_a_statement_of_its_own_that_says_everything_stands_alone(fields, own) -> None:
    made = shown(**fields, statement=own)
    assert made.statement.text == own
    assert made.own is None


def test_the_slogan_is_translated_unless_it_is_the_programmes_own() -> None:
    assert shown("fr", rules="erdf-2007").slogan.text == "Investir dans votre avenir"
    assert (
        shown("fr", rules="erdf-2007", slogan="Investing in your future").slogan.text
        == "Investir dans votre avenir"
    )
    assert shown("fr", rules="erdf-2007", slogan="Closer together").slogan.lang == "en"
    assert shown(rules="cpr-2014").slogan is None


def test_the_disclaimer_of_grants_names_the_authority() -> None:
    assert "European Union or EISMEA." in shown(rules="mga-2021", authority="EISMEA").disclaimer.text
    assert shown(rules="mga-2021", disclaimer="As agreed.").disclaimer.text == "As agreed."


def test_the_disclaimer_of_external_action_stands_apart() -> None:
    site, print_ = shown(rules="external"), shown(rules="external", publication=True)
    assert site.disclaimer is print_.disclaimer is None
    assert site.legal.text.startswith("This website was created")
    assert print_.legal.text.startswith("This publication was produced")
    assert "sole responsibility of The Press Office and" in site.legal.text
    assert "responsibility of QOOT and" in shown(rules="external", responsible="QOOT").legal.text


def test_only_what_the_rules_ask_for_is_on_the_first_screen_or_described() -> None:
    first = {rules for rules in RULES if shown(rules=rules).first_screen}
    described = {rules for rules in RULES if shown(rules=rules).description}
    assert (first, described) == ({"cpr-2014"}, {"cpr-2021"})


def test_a_funding_record_in_another_language_is_read_in_that_language() -> None:
    made = shown(
        "en",
        {},
        {"name": "Corde", "lang": "fr", "funding_lang": "sk"},
        rules="mga-2021",
        disclaimer="Za obsah…",
    )
    assert (made.programme.lang, made.disclaimer.lang) == ("fr", "sk")
