"""Plain values: the content of a source before its fields are typed, findings, and checks of addresses."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from clusterpress.values.problems import Problem, Severity

Value = str | list["Value"] | dict[str, "Value"]
"""Text, a list or a block of keys. Numbers, dates and yes/no stay the text that was written."""

Position = tuple[int, int]
"""Line and column, both counted from 1."""

Readers = Mapping[type, Callable[[Any], Any]]
"""Dataclass → function that reads its short spellings: it returns an instance, or values for its fields.

It may raise `ValueFault`.
"""


# Browsers drop white space and controls before they read the scheme: "java\nscript:" still runs.
_DROPPED = re.compile(r"[\x00-\x20\x7f]+")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]+")
_SLASHES = re.compile(r"(?i:https?):(?:/?(?!/)|//+(?=[/?#]|$)|///+)/*(.*)", re.DOTALL)
_MAILBOX = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_BARE_HOST = re.compile(r"(?i:www)\.[\w-]+\.[\w.-]+(?:[/?#]|$)")
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})


class ValueFault(ValueError):  # noqa: N818 - it names the value's fault, not an error of ours
    """A value that is not valid for its field."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        """The fault, in plain words."""
        self.hint = hint
        """How to mend it."""


class ParseResult(Struct, frozen=True):
    """The content of one YAML or TOML text."""

    values: dict[str, Value] = field(default_factory=dict)
    """Key → value. Keys without a value (empty, ``null``, ``~``, ``[]``, ``{}``, ``""``) are left out."""
    lines: dict[str, Position] = field(default_factory=dict)
    """Dotted name (``title``, ``image.alt``, ``cluster.0``) → place, also of keys without a value."""
    problems: tuple[Problem, ...] = ()
    """Faults of form; after an error ``values`` holds what could be read."""
    broken: frozenset[str] = frozenset()
    """Keys, as written, of entries that could not be read."""


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
    rule: str = ""
    """Its name in `clusterpress.values.rules`, if sites can change its severity."""

    def at(self, lines: Mapping[str, Position], path: str) -> Problem:
        """Return the problem at the position of its field."""
        found = problem_at(self.field, lines, path, self.message, self.hint, self.severity)
        return replace(found, rule=self.rule) if self.rule else found


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


def check_link(address: str) -> None:
    """Check the target of a link: an address, a path of the site or a path to a source file.

    Raises:
        ValueFault: the scheme is not allowed, such as ``javascript:``.
    """
    scheme = _SCHEME.match(_DROPPED.sub("", address))
    if scheme and scheme[1].lower() not in _SCHEMES:
        raise ValueFault(f'a link cannot begin with "{scheme[1]}:"', "use https:, mailto: or tel:, or a path")
    if guess := meant_address(address):
        what = "link to a mailbox" if guess.startswith("mailto:") else "full web address"
        raise ValueFault(f'"{address}" is not a {what}', f'write "{guess}"')


def meant_address(address: str) -> str:
    """Return the full address that was probably intended, or "" if the address is fine.

    Browsers take ``www.example.eu``, ``info@example.eu`` and ``https:/example.eu`` for paths of the site.
    """
    if found := _SLASHES.match(address):
        return f"https://{found[1] or 'example.eu'}"
    if _MAILBOX.fullmatch(address):
        return f"mailto:{address}"
    return f"https://{address}" if _BARE_HOST.match(address) else ""


def check_website(address: str) -> None:
    """Check a full web address.

    Raises:
        ValueFault: it is not an ``http`` or ``https`` address with a host.
    """
    check_link(address)
    if not re.match(r"https?://[^\s/?#]+\S*$", address, re.IGNORECASE):
        path = re.sub(r"^[a-z]+:/*|^[/@]+", "", address.strip(), flags=re.IGNORECASE)
        meant = re.sub(r"\s+", "", path) or "example.eu"
        raise ValueFault(f'"{address}" is not a full web address', f'write "https://{meant}"')


def check_email(address: str) -> None:
    """Check an e-mail address.

    Raises:
        ValueFault: it has not the form of one.
    """
    if not _EMAIL.fullmatch(address):
        raise ValueFault(f'"{address}" is not an e-mail address', 'write it like "name@example.eu"')
