"""Shortcodes of Hugo, Liquid tags, JSX: found as tokens, converted where we have the same, else hidden.

A token that has no equivalent leaves the text, so that no reader sees it; its content stays. `convert_tokens`
reports it, and the caller keeps it in a comment.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from msgspec import Struct, field

from clusterpress.importing.texts.enclosed import find_marks
from clusterpress.importing.texts.nesting import OpenMarks
from clusterpress.importing.texts.shortcode_forms import CONVERTERS, WORDS, Arguments, read_arguments

_HUGO = r"\{\{(?P<mark>[<%])(?P<hugo>(?:\"(?:[^\"\\]|\\.)*\"|`[^`]*`|(?!\{\{[<%])[^\"`])*?)[>%]\}\}"
_LIQUID = r"\{%-?(?P<liquid>(?:\"[^\"]*\"|'[^']*'|(?!\{%)[^\"'])*?)-?%\}"
_OUTPUT = (  # the second form has a quotation mark without its other half
    r"(?<!\$)\{\{-?(?!<)(?P<output>(?:\"[^\"]*\"|'[^']*'|[^{}\"'])*?|[^{}]*?)-?\}\}"
)
_JSX = (
    r"<(?P<slash>/?)(?P<jsx>[A-Z][\w.]*)(?![\w.])"
    r"(?P<props>(?:\"[^\"]*\"|'[^']*'|\{(?:[^{}]|\{[^{}]*\})*\}|[^<>\"'{}])*?)(?P<own>/?)>"
)
_EXPRESSION = r"(?<!\\)\{(?!#[\w:.-]+\})(?P<expression>(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})+)\}"

_MAX_DEPTH = 100
"""Marks inside of marks; deeper ones count as marks without an end."""
_OPENING = re.compile(r"[{<]")
_CLOSING = re.compile(r"[}>]")
_PATTERNS: Mapping[str, re.Pattern[str]] = {
    name: re.compile("|".join(parts), re.DOTALL)
    for name, parts in {"hugo": (_HUGO,), "liquid": (_LIQUID, _OUTPUT), "jsx": (_JSX, _EXPRESSION)}.items()
}

_CONTROL = frozenset({"for", "tablerow", "capture", "comment", "paginate", "script", "style", "schema"})
"""Liquid blocks whose content is a program, not text."""
_QUIET = frozenset({"raw", "endraw", "verbatim", "endverbatim"})
_ADDRESS_FILTERS = re.compile(
    r"^[\"']([^\"']+)[\"']\s*\|\s*(?:relative_url|absolute_url|url|prepend|asset_url|append)\b"
)
_QUOTED_TEXT = re.compile(r"^(?:\"([^\"]*)\"|'([^']*)'|`([^`]*)`)$")


class Token(NamedTuple):
    """One mark of a generator in a text."""

    start: int
    end: int
    text: str
    name: str
    """In lower case, without its folder and ending."""
    rest: str
    """Everything after the name."""
    is_closing: bool
    is_alone: bool
    """Whether it can have no content."""


class Converter(Struct):
    """Converts the tokens of one text."""

    kind: str
    """``hugo``, ``liquid`` or ``jsx``."""
    variables: Mapping[str, str]
    """Placeholder → text: ``page.title``."""
    hidden: list[str] = field(default_factory=list)
    """Tokens without an equivalent, in order."""
    _text: str = ""
    _tokens: list[Token] = field(default_factory=list)
    _partners: dict[int, int] = field(default_factory=dict)
    _captured: dict[str, str] = field(default_factory=dict)
    """Name → captured text that nothing has shown yet, with its tokens."""

    def convert(self, text: str) -> str:
        """Return the text with its tokens converted or hidden."""
        self._text = text
        self._tokens = [*_tokens(text, self.kind)]
        self._partners = _pair_up(self._tokens)
        converted = self._render(0, len(text), 0, len(self._tokens)) if self._tokens else text
        self.hidden += self._captured.values()
        return converted

    def _render(self, start: int, end: int, first: int, last: int) -> str:
        parts: list[str] = []
        while first < last:
            token = self._tokens[first]
            parts.append(self._text[start : token.start])
            partner = self._partners.get(first)
            if partner is None:
                parts.append(self._converted(token, None))
                start, first = token.end, first + 1
                continue
            closing = self._tokens[partner]
            if token.name == "capture":  # {{ name | markdownify }} shows it later
                inner = self._render(token.end, closing.start, first + 1, partner)
                name = token.rest.strip().lower()
                self.variables = {**self.variables, name: inner.strip()}
                self._captured[name] = self._text[token.start : closing.end]
            elif token.name in _CONTROL:
                self.hidden.append(self._text[token.start : closing.end])
            else:
                inner = self._render(token.end, closing.start, first + 1, partner)
                parts.append(self._converted(token, inner))
            start, first = closing.end, partner + 1
        return "".join([*parts, self._text[start:end]])

    def _converted(self, token: Token, inner: str | None) -> str:
        if token.name == "=":
            return self._output(token)
        if token.name in _QUIET:
            return inner or ""
        if token.is_closing:
            self.hidden.append(token.text)
            return ""
        arguments = read_arguments(token.rest, self.variables)
        convert = CONVERTERS.get(token.name)
        found = convert(arguments, inner) if convert else None
        if found is not None:
            return found
        self.hidden.append(token.text)
        return _words_of(arguments) if inner is None else inner

    def _output(self, token: Token) -> str:
        """Return the text of ``{{ … }}`` or ``{…}``: a known variable, an address, a quoted text."""
        inner = token.rest.strip()
        if found := _ADDRESS_FILTERS.match(inner):
            return "/" + found[1].lstrip("/") if not found[1].startswith(("http", "#")) else found[1]
        if quoted := _QUOTED_TEXT.match(inner):
            return quoted[1] or quoted[2] or quoted[3] or ""
        name = inner.partition("|")[0].strip().lower()
        if name in self.variables:
            self._captured.pop(name, "")
            return self.variables[name]
        if "(" in inner:  # a shortcode of Zola
            name, _, rest = inner.partition("(")
            return self._converted(
                token._replace(name=name.strip().lower(), rest=rest.rstrip(") ").replace(",", " ")), None
            )
        self.hidden.append(token.text)
        return ""


def _words_of(arguments: Arguments) -> str:
    """Return the sentences among the arguments of an unknown token; they were visible somehow."""
    found = (arguments.named.get(key, "") for key in WORDS)
    return " ".join(dict.fromkeys(one for one in found if " " in one))


def _tokens(text: str, kind: str) -> Iterator[Token]:
    for found in find_marks(_PATTERNS[kind], _OPENING, _CLOSING, text):
        groups = found.groupdict()
        name, rest, is_closing, is_alone = _parts(groups)
        base = name.rsplit("/", 1)[-1].lower().removesuffix(".html").removesuffix(".md").removesuffix(".njk")
        yield Token(found.start(), found.end(), found[0], base, rest, is_closing, is_alone)


def _parts(groups: Mapping[str, str | None]) -> tuple[str, str, bool, bool]:
    """Return name, arguments, whether it closes, whether it stands alone."""
    if (hugo := groups.get("hugo")) is not None:
        inner = hugo.strip()
        if inner.startswith("/*"):
            return "literal", f"{{{{{groups['mark']} {inner.strip('/* ')} >}}}}", False, True
        alone, closing = inner.endswith("/"), inner.startswith("/")
        name, _, rest = inner.strip("/ ").partition(" ") if not closing else (inner.strip("/ "), "", "")
        return name, rest, closing, alone
    if (liquid := groups.get("liquid")) is not None:
        return _parts_of_liquid(liquid.strip())
    if (jsx := groups.get("jsx")) is not None:
        return jsx, groups.get("props") or "", bool(groups.get("slash")), bool(groups.get("own"))
    return "=", groups.get("output") or groups.get("expression") or "", False, True


def _parts_of_liquid(inner: str) -> tuple[str, str, bool, bool]:
    name, _, rest = inner.partition(" ")
    if name in {"include", "include_relative", "include_cached", "render", "component"}:
        name, _, rest = rest.strip().partition(" ")
        return name.strip("\"',"), rest, False, True
    if "(" in name:  # a block of Zola
        name, _, more = inner.partition("(")
        return name.strip(), more.rstrip(") ").replace(",", " "), False, False
    if name.startswith("end"):
        return name.removeprefix("end"), "", True, False
    alone = {"if", "else", "elsif", "elif", "unless", "case", "when", "assign", "set", "link", "post_url"}
    return name, rest, False, name in alone


def _pair_up(tokens: list[Token]) -> dict[int, int]:
    """Return opening → closing token; a closing one without name (Zola's ``end``) closes the latest."""
    partners: dict[int, int] = {}
    waiting = OpenMarks()
    for at, token in enumerate(tokens):
        if token.is_closing:
            if (same := waiting.close(token.name)) is not None:
                partners[same] = at
        elif not token.is_alone and len(waiting) < _MAX_DEPTH:
            waiting.open(token.name, at)
    return partners


Report = Callable[[str], None]
