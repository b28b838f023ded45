"""Broken rules, named by field: what a check says before anyone knows the line."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from clusterpress.parsing.values import Position, ValueFault, problem_at
from clusterpress.values.problems import Problem, Severity


class Finding(NamedTuple):
    """A broken rule."""

    field: str
    """Dotted name of what breaks it."""
    message: str
    """What is wrong, in plain words."""
    hint: str = ""
    """What to do about it."""
    severity: Severity = Severity.ERROR

    def at(self, lines: Mapping[str, Position], path: str) -> Problem:
        """Return the problem, with the place of its field."""
        return problem_at(self.field, lines, path, self.message, self.hint, self.severity)


def findings_of(field: str, check: Callable[[str], None], value: str) -> Iterator[Finding]:
    """Yield what a check that raises `ValueFault` has against a value."""
    try:
        check(value)
    except ValueFault as fault:
        yield Finding(field, fault.message, fault.hint)
