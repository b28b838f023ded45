"""Checks of a funding record: what must be shown, and only the record can provide."""

from collections.abc import Iterator
from dataclasses import replace

from clusterpress.funding.record import Funding, Project
from clusterpress.funding.rules import RULES
from clusterpress.parsing.values import Finding


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
    rules = RULES[funding.rules]
    for need in rules.needs:
        if not _has(project, funding, need):
            field, message, hint = _WORDS[need]
            yield Finding(field, f"{message} ({funding.rules}: {rules.source})", hint)


def _has(project: Project, funding: Funding, need: str) -> bool:
    if need == "logo":
        return project.has_logo or bool(funding.logos)
    if need == "description":
        return bool(project.description)
    if need == "authority":
        return bool(funding.authority or funding.disclaimer)
    return bool(funding.grant or any(sign.isdigit() for sign in funding.statement))


_WORDS = {
    "grant": (
        "funding.grant",
        "the funding statement has to name the grant agreement, and its number is missing",
        'add "grant: …" under "funding", the number on the first page of the agreement',
    ),
    "authority": (
        "funding.authority",
        "the disclaimer has to name the granting authority, and it is missing",
        'add "authority: …" under "funding", such as "the European Research Executive Agency"',
    ),
    "description": (
        "funding",
        "the project has to be described on its website, and the description is missing",
        'add "boilerplate: …": its aims, its results and the support of the Union, in a few sentences',
    ),
    "logo": (
        "funding.logos",
        "the programme's logo has to stand beside the emblem, and it is missing",
        'add "logo: {src: logo.svg, alt: …}", or "logos" under "funding"',
    ),
}
"""Need → field, message, hint."""
