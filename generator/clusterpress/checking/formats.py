"""Output formats of a check: JSON for programs, annotations for GitHub, a web page for people."""

import json
from collections.abc import Callable, Sequence
from html import escape
from itertools import groupby
from operator import attrgetter

from clusterpress.values.problems import Problem, Severity, summary

VERSION = 1
"""Version of the JSON report. It increases when a key goes or changes its meaning, not when one is added."""

_STYLE = """\
:root {
  color-scheme: light dark;
  --ink: #1b2330; --paper: #fff; --rule: #c9d0da; --error: #a4161a; --warning: #7a4b00;
}
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8ecf2; --paper: #12161d; --rule: #3a4453; --error: #ff9b94; --warning: #f2cc60; }
}
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: var(--ink); background: var(--paper);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h2 { margin-top: 2rem; padding-bottom: .25rem; border-bottom: 1px solid var(--rule); font-size: 1.1rem; }
ul { padding: 0; list-style: none; }
li { margin: .75rem 0; padding-left: .75rem; border-left: .25rem solid var(--rule); }
li.error { border-color: var(--error); }
li.warning { border-color: var(--warning); }
.error b { color: var(--error); }
.warning b { color: var(--warning); }
"""


_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
"""Severity → workflow command."""


def as_json(problems: Sequence[Problem], prefix: str = "") -> str:
    """Return an object with ``version``, ``errors``, ``warnings``, ``notes`` and the list ``problems``.

    Each problem has ``path``, ``line``, ``column``, ``severity``, ``rule``, ``field``, ``message``, ``hint``
    and ``text``, the line that a terminal shows.
    """
    severities = [problem.severity for problem in problems]
    keys = ("line", "column", "severity", "rule", "field", "message", "hint")
    listed = [
        {"path": prefix + one.path, **{key: getattr(one, key) for key in keys}, "text": str(one)}
        for one in problems
    ]
    report = {
        "version": VERSION,
        "errors": severities.count(Severity.ERROR),
        "warnings": severities.count(Severity.WARNING),
        "notes": severities.count(Severity.NOTE),
        "problems": listed,
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def as_github(problems: Sequence[Problem], prefix: str = "") -> str:
    """Return workflow commands: GitHub shows each problem at its line, and the count as a notice.

    Source: GitHub's documentation, "Workflow commands for GitHub Actions". The ``prefix`` is the project's
    folder within the repository, with a trailing slash; empty at the top.
    """
    lines = [
        f"::{_COMMANDS[one.severity]} file={_property(prefix + one.path)},line={one.line},col={one.column},"
        f"title={_property(one.field or str(one.severity))}::{_message(one.message_and_hint)}\n"
        for one in problems
    ]
    return "".join(lines) + f"::notice::{_message(summary(problems) or 'no problems found')}\n"


def as_text(problems: Sequence[Problem], prefix: str = "") -> str:
    """Return a line for each problem, and their count; for the ``prefix`` see `as_github`."""
    lines = [f"{prefix}{one}\n" for one in problems]
    return "".join(lines) + f"{summary(problems) or 'no problems found'}\n"


def as_page(problems: Sequence[Problem], prefix: str = "") -> str:
    """Return a self-contained web page. Severities are named, not only coloured."""
    words = summary(problems) or "No problems found"
    parts = [
        f'<h2 id="{escape(path)}">{escape(prefix + path)}</h2>\n<ul>\n{"".join(map(_entry, found))}</ul>\n'
        for path, found in groupby(problems, attrgetter("path"))
    ]
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>Check: {escape(words)}</title>\n"
        '<meta name="viewport" content="width=device-width">\n'
        f"<style>\n{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>Problems</h1>\n<p>{escape(words)}.</p>\n"
        f"{''.join(parts)}</main>\n</body>\n</html>\n"
    )


FORMATTERS: dict[str, Callable[[Sequence[Problem], str], str]] = {
    "json": as_json,
    "github": as_github,
    "html": as_page,
    "txt": as_text,
}
"""Name of a format → its writer, which takes the problems and the project's folder in its repository."""


def _entry(problem: Problem) -> str:
    return (
        f'<li class="{problem.severity}"><b>{problem.severity}</b>, line {problem.line}:'
        f" {escape(problem.message_and_hint)}</li>\n"
    )


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
