"""What a funding record lacks for its rule set."""

import pytest

from clusterpress.funding.record import RULES, Funding, Project, find_missing

COMPLETE = {"grant": "123456", "authority": "EISMEA"}


def faults(description="What it does.", has_logo=True, **fields):
    project = Project(
        name="Cord", lang="en", description=description, has_logo=has_logo, funding=Funding(**fields)
    )
    return [(found.field, found.message) for found in find_missing(project)]


@pytest.mark.parametrize("rules", RULES)
def test_a_complete_record_lacks_nothing(rules) -> None:
    assert faults(rules=rules, **COMPLETE) == []


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"rules": "cpr-2021", "description": ""}, "funding", "described on its website"),
        ({"rules": "erdf-2007", "has_logo": False}, "funding.logos", "logo"),
        ({"rules": "mga-2021"}, "funding.authority", "granting authority"),
        ({"rules": "h2020"}, "funding.grant", "number is missing"),
        ({"rules": "fp7"}, "funding.grant", "number is missing"),
    ],
)
def test_what_no_official_text_can_stand_in_for_must_be_said(fields, field, words) -> None:
    ((found, message),) = faults(**fields)
    assert found == field
    assert words in message
    assert RULES[fields["rules"]].source in message


@pytest.mark.parametrize(
    "fields",
    [
        {"rules": "mga-2021", "disclaimer": "As agreed."},
        {"rules": "h2020", "statement": "Horizon 2020 paid for this (GA 123456)."},
    ],
)
def test_the_records_own_words_are_enough(fields) -> None:
    assert faults(**fields) == []


def test_funding_without_rules_would_not_be_shown() -> None:
    assert faults(statement="Co-funded by the European Union") == [
        ("funding", "the funding names no rules, so that nothing of it would be shown")
    ]
    assert faults(rules="none") == []
