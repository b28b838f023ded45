"""Problems: what is wrong with a source, where, and how to fix it."""

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from clusterpress.values.suggestions import KnownNames, nearest


class Severity(StrEnum):
    """How bad a problem is."""

    ERROR = "error"
    """The build stops before anything is written."""
    WARNING = "warning"
    """The build continues; ``--strict`` turns warnings into errors, except those that came with time."""
    NOTE = "note"
    """Worth knowing, and as somebody wanted it: never an error."""


class Problem(Struct, frozen=True, kw_only=True, order=True):
    """A problem in a source file; problems are sorted by place."""

    path: str
    """File, relative to the project's root, with forward slashes."""
    line: int = 1
    """Line, counted from 1."""
    column: int = 1
    """Column, counted from 1."""
    severity: Severity = Severity.ERROR
    message: str
    """What is wrong, in plain words, without a full stop."""
    hint: str = ""
    """What to do about it, without a full stop."""
    field: str = ""
    """The front-matter key concerned, if any."""
    rule: str = ""
    """The name of the rule in `clusterpress.values.rules`, if sites can change its severity."""
    timed: bool = False
    """Whether time alone brings it, without an edit. As a warning, it does not stop a strict build either."""

    @property
    def message_and_hint(self) -> str:
        """What is wrong; what to do about it [name of the rule]."""
        words = with_hint(self.message, self.hint)
        return f"{words} [{self.rule}]" if self.rule else words

    def __str__(self) -> str:
        """Return ``path:line:col: severity: what; what to do``."""
        return f"{self.path}:{self.line}:{self.column}: {self.severity}: {self.message_and_hint}"


def with_hint(message: str, hint: str) -> str:
    """Return a message with its hint, if it has one: ``message; hint``."""
    return f"{message}; {hint}" if hint else message


def as_warning(problem: Problem) -> Problem:
    """Return a problem that does not stop the build."""
    return replace(problem, severity=Severity.WARNING)


def as_timed(problem: Problem) -> Problem:
    """Return a problem that time alone brings: a warning which stops no build."""
    return replace(problem, severity=Severity.WARNING, timed=True)


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return only the problems that stop a build."""
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)


def stops_build(problems: Iterable[Problem], *, strict: bool) -> bool:
    """Return whether one of the problems stops a build; in a ``strict`` build, most warnings do, too."""
    return any(stops(problem, strict=strict) for problem in problems)


def stops(problem: Problem, *, strict: bool) -> bool:
    """Return whether a problem stops a build."""
    if problem.severity is Severity.WARNING:
        return strict and not problem.timed
    return problem.severity is Severity.ERROR


def count(number: int, word: str, plural: str = "") -> str:
    """Return a number with its word: ``1 error``, ``2 errors``.

    Args:
        number: how many.
        word: the word for one.
        plural: the word for several, unless it is the word for one with an "s".
    """
    return f"{number} {word if number == 1 else plural or f'{word}s'}"


def summary(problems: Iterable[Problem]) -> str:
    """Return the number of problems of each severity: ``2 errors, 1 warning``; empty for none."""
    severities = [problem.severity for problem in problems]
    numbers = ((severities.count(severity), str(severity)) for severity in Severity)
    return ", ".join(count(number, word) for number, word in numbers if number)


def did_you_mean(word: str, known: Iterable[str] | KnownNames, otherwise: str = "") -> str:
    """Return a hint such as "did you mean X?" for an unknown word.

    Args:
        word: as written.
        known: the words that are known.
        otherwise: the hint if none of them is similar.
    """
    guess = nearest(word, known)
    return f'did you mean "{guess}"?' if guess else otherwise
