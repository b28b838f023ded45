"""Plain values: the content of a source before its fields are typed, and findings about them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from clusterpress.values.problems import Problem, Severity

Value = str | list["Value"] | dict[str, "Value"]
"""Text, a list or a block of keys. Numbers, dates and yes/no stay the text that was written."""

Position = tuple[int, int]
"""Line and column, both counted from 1."""

Readers = Mapping[type, Callable[[Any], Any]]
"""Dataclass → function that reads its short spellings: it returns an instance, or values for its fields.

It may raise `ValueFault`.
"""


class ValueFault(ValueError):  # noqa: N818 - it names the value's fault, not an error of ours
    """A value that is not valid for its field."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        """The fault, in plain words."""
        self.hint = hint
        """How to mend it."""


@dataclass(frozen=True, slots=True)
class ParseResult:
    """The content of one YAML or TOML text."""

    values: dict[str, Value] = field(default_factory=dict)
    """Key → value. Keys without a value (empty, ``null``, ``~``, ``[]``, ``{}``, ``""``) are left out."""
    lines: dict[str, Position] = field(default_factory=dict)
    """Dotted name (``title``, ``image.alt``, ``cluster.0``) → place, also of keys without a value."""
    problems: tuple[Problem, ...] = ()
    """Faults of form; after an error ``values`` holds what could be read."""


def position_of(name: str, lines: Mapping[str, Position]) -> Position:
    """Return the place of a dotted name, or of the nearest block around it, or the file's first place."""
    while name:
        if name in lines:
            return lines[name]
        name = name.rpartition(".")[0]
    return (1, 1)


def problem_at(
    name: str,
    lines: Mapping[str, Position],
    path: str,
    message: str,
    hint: str = "",
    severity: Severity = Severity.ERROR,
) -> Problem:
    """Return a problem at the position of a dotted name.

    Args:
        name: dotted name of the field.
        lines: dotted name → position.
        path: the source file.
        message: the fault.
        hint: how to mend it.
        severity: error or warning.
    """
    line, column = position_of(name, lines)
    return Problem(
        path=path, line=line, column=column, severity=severity, message=message, hint=hint, field=name
    )


def without_empty(values: dict[str, Value]) -> dict[str, Value]:
    """Remove empty values: "", ``[]`` and ``{}`` mean "not given"."""
    return {key: value for key, value in values.items() if value}


class Finding(NamedTuple):
    """A broken rule."""

    field: str
    """Dotted name of the field."""
    message: str
    """The fault, in plain words."""
    hint: str = ""
    """How to mend it."""
    severity: Severity = Severity.ERROR

    def at(self, lines: Mapping[str, Position], path: str) -> Problem:
        """Return the problem at the position of its field."""
        return problem_at(self.field, lines, path, self.message, self.hint, self.severity)


def findings_of(field: str, check: Callable[[str], None], value: str) -> Iterator[Finding]:
    """Run a check that raises `ValueFault`, and yield its fault as a finding.

    Args:
        field: dotted name of the field.
        check: the check.
        value: the field's value.
    """
    try:
        check(value)
    except ValueFault as fault:
        yield Finding(field, fault.message, fault.hint)
