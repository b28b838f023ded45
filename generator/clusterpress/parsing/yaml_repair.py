"""Lines of YAML that people type and YAML readers refuse: what is meant, and how YAML would have it."""

import re
from typing import NamedTuple

_KEY = r"\A(?P<key>[ \t]*(?:- +)?[^\W\d](?:[\w .-]*[\w.-])?)"
_ENTRY = re.compile(rf"{_KEY}[ \t]*:(?P<gap>[ \t]+)(?P<value>\S.*)$")
_ITEM = re.compile(r"\A(?P<key>[ \t]*-)(?P<gap>[ \t]+)(?P<value>\S.*)$")
_NO_SPACE = re.compile(rf"{_KEY} *:(?P<value>(?!//)[^\s:].*)$")
_TWO_COLONS = re.compile(rf"{_KEY} *::[ \t]+(?P<value>\S.*)$")
_EQUALS = re.compile(rf"{_KEY}[ \t]*=[ \t]*(?P<value>\S.*)$")
_ODD_SPACE = re.compile(r"[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]")
_ODD_INDENT = re.compile(
    rf"[ \t]*{_ODD_SPACE.pattern}\s*[\w-]+\s*:|(?:[ \t]*\t)?[\w -]+:{_ODD_SPACE.pattern}"
)
_CURLY = re.compile(r"[“„«‟](?P<value>[^“”„«»‟]*)[”“»]|[‘‚](?P<single>[^‘’‚]*)[’‘]")
OPENING_QUOTES = frozenset("“„«‟‘‚")
_FLOW = re.compile(r"(?:\[[^\[\]]*\]|\{[^{}]*\})\s*[^\s,\]}#]")
"""Brackets at the start of a value with text after them: "[Draft] title"."""
_HALF_QUOTED = re.compile(r"\"[^\"]*\"\s*[^\s#].*|'[^']*'\s*[^\s#'].*")
_APOSTROPHE = re.compile(r"'[stnkmr][- ]\w[^']*")
"""A value that begins with an apostrophe: 's-Hertogenbosch, 't Zand."""
_SPECIAL = re.compile(r"[@`%,\]}]|[*&] \S|\*\S*\*|\*\w+\s+\S|!\S*[^\w\s]|[?|>](?: |$)")
"""Beginnings that YAML keeps for itself."""
_INNER_COLON = re.compile(r":(?:\s|$)")


class Repair(NamedTuple):
    """What is wrong with a line, and the line that was probably meant."""

    message: str
    hint: str
    line: str


def repair_line(line: str) -> Repair | None:
    """Return what is wrong with a line that YAML readers refuse; None if its meaning is not certain."""
    line = line.rstrip(" \t")
    if _ODD_INDENT.match(line):
        fixed = _ODD_SPACE.sub(" ", line) if ":" not in line else _with_plain_spaces(line)
        return Repair("a non-breaking space stands here", "put an ordinary space in its place", fixed)
    for pattern, message in ((_TWO_COLONS, "two colons stand after the key"),
                             (_NO_SPACE, "there is no space after the colon"),
                             (_EQUALS, "an equals sign stands in place of the colon")):  # fmt: skip
        if found := pattern.match(line):
            fixed = f"{found['key']}: {_as_value(found['value'])}"
            return Repair(message, f"write {fixed.strip()}", fixed)
    found = _ENTRY.match(line) or _ITEM.match(line)
    if found and _is_text(found["value"]):
        colon = ":" if found.re is _ENTRY else ""
        fixed = f"{found['key']}{colon}{found['gap']}{_as_value(found['value'])}"
        return Repair(_reason(found["value"]), f"put the value between quotes: {fixed.strip()}", fixed)
    return None


def without_curly_quotes(value: str) -> str | None:
    """Return the text between curly quotation marks, or None if a value does not stand between them."""
    found = _CURLY.fullmatch(value)
    return ((found["value"] or "").strip() or found["single"] or "") if found else None


def quoted(value: str) -> str:
    """Return a text as a YAML scalar between quotation marks."""
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"


def _reason(value: str) -> str:
    """Return why YAML does not read a value as text, where its own message would be misleading."""
    if without_curly_quotes(value) is not None:
        return "curly quotation marks do not protect a value"
    if _FLOW.match(value):
        return "text goes on after the closing bracket"
    if _APOSTROPHE.fullmatch(value):
        return "the apostrophe opens a quotation here, which never closes"
    return f'a value cannot begin with "{value[0]}"' if re.match(r"[?|>](?: |$)", value) else ""


def _as_value(value: str) -> str:
    inner = without_curly_quotes(value)
    value = value if inner is None else inner
    return quoted(value) if inner is not None or _is_text(value) else value


def _is_text(value: str) -> bool:
    """Return whether a value can only be meant as text, though YAML does not read it as such."""
    if _FLOW.match(value) or _HALF_QUOTED.fullmatch(value) or _APOSTROPHE.fullmatch(value):
        return True
    if value[0] in "\"'[{|>#" and not re.match(r"[|>] ", value):
        return False
    return bool(_SPECIAL.match(value) or _INNER_COLON.search(value))


def _with_plain_spaces(line: str) -> str:
    """Replace odd spaces before the key and after its colon, and nowhere else."""
    key, colon, value = line.partition(":")
    rest = value.lstrip()
    gap = _ODD_SPACE.sub(" ", value[: len(value) - len(rest)])
    return f"{_ODD_SPACE.sub(' ', key).replace(chr(9), ' ')}{colon}{gap}{rest}"
