"""Rules: every name is used, and levels change what they name and nothing else."""

import re
from pathlib import Path

import pytest

import clusterpress
from clusterpress.values.problems import Problem, Severity
from clusterpress.values.rules import RULES, default_severity, with_levels

PROBLEMS = [
    Problem(path="a.md", message="m", rule="dead-link"),
    Problem(path="a.md", message="n", severity=Severity.WARNING, rule="draft-link"),
    Problem(path="a.md", message="o"),
    Problem(path="a.md", message="p", severity=Severity.NOTE, rule="ignored-file"),
]


@pytest.mark.parametrize(
    ("levels", "severities"),
    [
        ({}, ["error", "warning", "error", "note"]),
        ({"dead-link": "warning"}, ["warning", "warning", "error", "note"]),
        ({"draft-link": "error", "ignored-file": "error"}, ["error", "error", "error", "note"]),
        ({"moved-address": "error"}, ["error", "warning", "error", "note"]),
        ({"dead-link": "off", "draft-link": "off"}, ["error", "note"]),
    ],
)
def test_levels_change_the_problems_of_their_rules(levels, severities):
    assert [one.severity for one in with_levels(PROBLEMS, levels)] == severities


def test_every_rule_is_reported_somewhere_and_every_default_is_a_severity():
    folder = Path(clusterpress.__file__).parent
    code = "".join(path.read_text("utf-8") for path in folder.rglob("*.py") if path.name != "rules.py")
    for name in RULES:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)+", name)
        assert f'"{name}"' in code, f"nothing reports {name}"
        assert default_severity(name) in Severity


def test_a_note_by_default_can_be_made_an_error():
    moved = Problem(
        path="a.md", message="q", severity=default_severity("moved-address"), rule="moved-address"
    )
    assert [one.severity for one in with_levels([moved], {"moved-address": "error"})] == ["error"]
    assert [one.severity for one in with_levels([moved], {})] == ["note"]
