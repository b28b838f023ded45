"""Explains PyYAML's errors in terms that editors know."""

import re
from typing import NamedTuple

import yaml

from clusterpress.parsing.values import Position
from clusterpress.parsing.yaml_repair import repair_line


class _Rule(NamedTuple):
    sign: str
    """Part of the parser's own message, the same in libyaml and in the pure parser where possible."""
    message: str
    hint: str
    at_context: bool = False
    """Whether the fault is where the parser began the element, not where it stopped."""


_MAX_LINE = 120
"""Maximum length of a line that a hint repeats."""

_QUOTE = "put the value between quotes"
_FLOW_HINT = "close the brackets, put commas between the parts, and quotes around a part with : or #"

_RULES = (
    _Rule("unknown escape", "a backslash stands in double quotes", "use single quotes", at_context=True),
    _Rule(
        "expected ':'",
        'this line is not of the form "key: value"',
        "add its key, or indent it if it goes on from the line above",
        at_context=True,
    ),
    _Rule("quoted scalar", "a quotation mark opens here and never closes", "close it", at_context=True),
    _Rule("expected ',' or ']'", "a list in [ ] is not well formed", _FLOW_HINT, at_context=True),
    _Rule("expected ',' or '}'", "a block in { } is not well formed", _FLOW_HINT, at_context=True),
    _Rule("alphabetic or numeric", "a value cannot begin with * or &", _QUOTE, at_context=True),
    _Rule("tag", "a value cannot begin with !", _QUOTE),
    _Rule(
        "entries are not allowed",
        "a list cannot begin here",
        'begin the list on the next line, "  - …", or put a text between quotes',
    ),
    _Rule("'-' indicator", "this line does not belong to the list above it", "check the indentation"),
    _Rule("comment or line break", "nothing may follow | or > on its line", _QUOTE, at_context=True),
    _Rule("chomping or indentation", "nothing may follow | or > on its line", _QUOTE, at_context=True),
    # Newer versions of libyaml check this before our own reader does.
    _Rule("maximum nesting depth", "values are nested too deeply here", "close the brackets"),
    _Rule("node content", "a value cannot begin with ] } or ,", _QUOTE),
)
_OTHER = _Rule("", "this cannot be read", "check colons, quotes and indentation around here")

_MISFIT = "this line does not fit under the one above"
_SECOND_COLON = re.compile(r"\s*(?:- )?([^\s:]+)[ \t]*:[ \t]+(?=\S.*:(?:\s|$))(\S.*)$")
_TAB_BEFORE_KEY = re.compile(r" *\t\s*(?P<entry>[\w-]+[ \t]*:(?:\s.*)?)$")


def explain_yaml_error(error: yaml.YAMLError | UnicodeEncodeError, text: str) -> tuple[Position, str, str]:
    """Return place within ``text`` (from 1), message and hint for a YAML error.

    If the line or the one above has a typical slip, the words for it come first: YAML readers notice some of
    them later, and call them something else.
    """
    (line, column), message, hint = _explain(error, text)
    lines = [*text.split("\n"), ""]
    if found := _TAB_BEFORE_KEY.match(lines[line - 1]):
        entry = found["entry"].strip()[:_MAX_LINE]
        hint = f"write {entry} at the margin; if it belongs to the key above, indent it with spaces"
        return (line, 1), "a tab stands at the start of this line", hint
    if repair := repair_line(lines[line - 1]):
        return (line, column), repair.message or message, repair.hint if repair.message else hint
    above = repair_line(lines[line - 2]) if line > 1 and message == _MISFIT else None
    if above and above.message:
        return (line - 1, 1), above.message, above.hint
    return (line, column), message, hint


def _explain(error: yaml.YAMLError | UnicodeEncodeError, text: str) -> tuple[Position, str, str]:
    problem = str(getattr(error, "problem", "") or "")
    context = str(getattr(error, "context", "") or "")
    mark = getattr(error, "problem_mark", None)
    line, column = (mark.line, mark.column) if mark else (0, 0)
    written = [*text.split("\n"), "", ""][line]
    if "cannot start any token" in problem:
        return ((line + 1, column + 1), *_bad_start(written[column : column + 1]))
    if "mapping values are not allowed" in problem:
        return ((line + 1, column + 1), *_colon(written))
    if "expected key" in problem or "expected <block end>" in problem:
        return ((line + 1, column + 1), *_out_of_block(written[:column]))
    if "flow node" in context:
        at = max(text.rfind("[", 0, mark.index), text.rfind("{", 0, mark.index)) if mark else 0
        position = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        return position, "a list in [ ] or a block in { } is not well formed", _FLOW_HINT
    rule = next((rule for rule in _RULES if rule.sign in problem or rule.sign in context), _OTHER)
    begun = getattr(error, "context_mark", None)
    if rule.at_context and begun:
        line, column = begun.line, begun.column
    return (line + 1, column + 1), rule.message, rule.hint


def _bad_start(character: str) -> tuple[str, str]:
    if character == "\t":
        return "a tab stands where spaces are wanted", "indent with spaces"
    return f'a value cannot begin with "{character}"', _QUOTE


def _colon(written: str) -> tuple[str, str]:
    if not (found := _SECOND_COLON.match(written)):
        hint = "check the indentation, and quotes around the value above"
        return _MISFIT, hint
    value = found[2].strip()
    quoted = f'"{value}"' if '"' not in value else "'" + value.replace("'", "''") + "'"
    hint = f"{_QUOTE}: {found[1]}: {quoted}" if len(quoted) <= _MAX_LINE else _QUOTE
    return "a second colon on this line", hint


def _out_of_block(before: str) -> tuple[str, str]:
    if before.rstrip().endswith(('"', "'")):
        hint = "put the whole value in quotes of the other kind"
        return "text goes on after the closing quotation mark", hint
    return "this line does not belong to the block above it", "check the indentation"
