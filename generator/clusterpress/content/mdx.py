"""MDX (Astro, Docusaurus) as Markdown: its words and pictures stay; code and components leave their lines.

Each line of the result is the same line of the file, so that problems are found where they are written.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from msgspec.structs import replace

from clusterpress.content.front_matter import FrontMatter, without_empty_lines
from clusterpress.values.problems import Problem
from clusterpress.values.rules import default_severity

IMPORT = r"^import\s(?:[^;\n'\"]|\n(?!\n|import\s))*?[\"']([^\"'\n]+)[\"'];?[ \t]*$"
"""An import; its group is the file."""
IMPORTED = re.compile(r"import\s+(\w+)\s+from")
"""The start of an import that gives a file a name."""
EXPORT = r"^export\s(?:.|\n(?!\s*\n))*"

_BRACES = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
_TOKENS = re.compile(
    r"(?P<code>^[ \t]*(?P<fence>`{3,}(?!`)|~{3,}(?!~))[^\n]*\n(?s:.*?)(?:^[ \t]*(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?<!`)(?P<ticks>`+)(?!`)[^\n]+?(?<!`)(?P=ticks)(?!`)|\$\$(?s:.+?)\$\$|\$[^$\s][^$\n]*\$|\\\{)"
    r"|(?P<comment>\{/\*(?s:.*?)\*/\}|<!--(?s:.*?)-->)"
    rf"|(?P<import>{IMPORT})|(?P<export>{EXPORT})"
    r"|(?P<attributes>(?<=\))\{[^{}\n]*\}|\{[#.:][^{}\n]*\})"
    r"|<(?P<slash>/?)(?P<name>[A-Za-z][\w.-]*|(?=>))"
    rf"(?P<props>(?:\"[^\"]*\"|'[^']*'|{_BRACES}|[^<>\"'{{}}])*)>"
    rf"|(?P<expression>{_BRACES})",
    re.MULTILINE,
)
_PROP = re.compile(rf"(?<![\w:-])([\w:-]+)=(?:\"([^\"]*)\"|'([^']*)'|({_BRACES}))")
_TEXT = re.compile(r"\{\s*(?:\"([^\"{}]*)\"|'([^'{}]*)'|`([^`${}]*)`)\s*\}")
_BETWEEN_TAGS = re.compile(r"<(?:\w[^<>{}]*)?>([^<>{}]+)(?=<)")
_WORDS = (
    "title", "label", "heading", "summary", "caption", "description", "text", "content", "message", "quote",
)  # fmt: skip
"""Properties of components that readers see as text."""
_FILMS = {"youtube": "https://www.youtube.com/watch?v={}", "vimeo": "https://vimeo.com/{}"}

_NAMED = 6
"""Names in a message."""
_SHOWN = 40
"""Characters of a name in a message."""


class Mdx(NamedTuple):
    """A text in MDX as Markdown."""

    text: str
    line: int
    """The first line from which something was left out, counted from 0."""
    left_out: tuple[str, ...]
    """What was left out, in order and each once: ``<Counter>``, ``{answer}``, ``import``."""


def read_mdx(text: str, values: Mapping[str, Any]) -> Mdx:
    """Return a text in MDX as Markdown.

    Args:
        text: the text below the front matter.
        values: the front matter, for ``{frontmatter.title}``.
    """
    reader = _Reader(text, values)
    plain = _TOKENS.sub(reader.convert, text)
    lines = _without_margins(plain.split("\n"), reader.blocks)
    return Mdx("\n".join(lines), reader.first, tuple(reader.left_out))


def without_mdx(front: FrontMatter, path: str) -> tuple[FrontMatter, list[Problem]]:
    """Return a file in MDX as if it were written in Markdown, and a problem that names what was left out."""
    found = read_mdx(front.body, front.parsed.values)
    body, skipped = without_empty_lines(found.text)
    read = replace(front, body=body, body_line=front.body_line + skipped)
    if not found.left_out:
        return read, []
    names = ", ".join(
        name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…" for name in found.left_out[:_NAMED]
    )
    more = f" and {len(found.left_out) - _NAMED} more" if len(found.left_out) > _NAMED else ""
    problem = Problem(
        path=path,
        line=front.body_line + found.line,
        severity=default_severity("left-out"),
        message=f"code and components are left out, their words are kept: {names}{more}",
        hint="write in Markdown what readers miss",
        rule="left-out",
    )
    return read, [problem]


class _Reader:
    """Converts the tokens of one text."""

    def __init__(self, text: str, values: Mapping[str, Any]) -> None:
        self.left_out: dict[str, None] = {}
        self.first = 0
        self.blocks: list[tuple[int, bool]] = []
        """Lines with the tag of a component alone, and whether it opens the component."""
        self._text = text
        self._values = values
        self._files = {
            name[1]: found[1]
            for found in re.finditer(IMPORT, text, re.MULTILINE)
            if (name := IMPORTED.match(found[0]))
        }
        self._links: list[tuple[str, str]] = []
        """Components that are links, and their addresses, while they are open."""

    def convert(self, found: re.Match[str]) -> str:
        """Return what stays of a token, with as many lines as the token has."""
        if found["code"] or found["attributes"]:
            return found[0]
        written = self._converted(found)
        return written + "\n" * (found[0].count("\n") - written.count("\n"))

    def _converted(self, found: re.Match[str]) -> str:
        if found["comment"]:
            return ""
        if found["import"] or found["export"]:
            return self._leave_out(found, "import" if found["import"] else "export")
        if found["expression"]:
            return self._expression(found)
        if found["name"][:1].islower():
            return self._element(found[0])
        return self._component(found) if found["name"] else ""

    def _leave_out(self, found: re.Match[str], name: str) -> str:
        if not self.left_out:
            self.first = self._text.count("\n", 0, found.start())
        self.left_out.setdefault(name)
        return ""

    def _expression(self, found: re.Match[str]) -> str:
        value = self._value(found[0])
        if value is not None:
            return value
        self._leave_out(found, " ".join(found[0].split()))
        return " ".join(" ".join(_BETWEEN_TAGS.findall(found[0])).split())

    def _value(self, written: str) -> str | None:
        """Return the text that an expression stands for, if it is known without running it."""
        if text := _TEXT.fullmatch(written):
            return text[1] or text[2] or text[3] or ""
        name = written.strip("{} \n").removeprefix("props.")
        if name.startswith("frontmatter."):
            value = self._values.get(name.removeprefix("frontmatter."))
            return value if isinstance(value, str) else None
        return self._files.get(name.removesuffix(".src"))

    def _element(self, tag: str) -> str:
        """Return a tag of HTML as browsers read it: without expressions, and with ``class``."""

        def plain(prop: re.Match[str]) -> str:
            value = self._value(prop[4]) if prop[4] else None
            return prop[0] if not prop[4] else "" if value is None else f'{prop[1]}="{value}"'

        return _PROP.sub(plain, tag).replace("className=", "class=")

    def _component(self, found: re.Match[str]) -> str:
        props = {
            one[1].lower(): value
            for one in _PROP.finditer(found["props"])
            if (value := one[2] or one[3] or (self._value(one[4]) if one[4] else ""))
        }
        is_open = not found["props"].rstrip().endswith("/")
        self._note_block(found, is_open=is_open)
        if found["slash"]:
            is_link = self._links and self._links[-1][0] == found["name"]
            return f"]({self._links.pop()[1]})" if is_link else ""
        if kept := _picture_or_film(found["name"], props):
            return kept
        self._leave_out(found, f"<{found['name']}>")
        words = ": ".join(dict.fromkeys(props[key] for key in _WORDS if key in props))
        href = props.get("href") or props.get("to") or ""
        if href and words:
            return f"[{words}]({href})"
        if is_open and href and self._ends_on_line(found):
            self._links.append((found["name"], href))
            return "["
        return f"**{words}**" if words and is_open else words

    def _is_inline(self, found: re.Match[str]) -> bool:
        return bool(self._text[self._text.rfind("\n", 0, found.start()) + 1 : found.start()].strip())

    def _ends_on_line(self, found: re.Match[str]) -> bool:
        line = self._text[found.end() :].partition("\n")[0]
        return f"</{found['name']}>" in line

    def _note_block(self, found: re.Match[str], *, is_open: bool) -> None:
        if is_open and not self._is_inline(found):
            at = found.start() if found["slash"] else found.end()
            if found["slash"] or not self._ends_on_line(found):
                self.blocks.append((self._text.count("\n", 0, at), not found["slash"]))


def _picture_or_film(name: str, props: Mapping[str, str]) -> str:
    """Return the picture or film that a component shows, in Markdown; nothing if it shows none."""
    film = next((form for one, form in _FILMS.items() if one in name.lower()), "")
    if film and (code := props.get("id") or props.get("videoid") or props.get("url")):
        address = code if code.startswith("http") else film.format(code)
        return f"[{props.get('title') or name}]({address}){{.embed}}"
    source = props.get("src", "")
    if not source or not ("alt" in props or re.search("image|picture|figure|img|photo", name.lower())):
        return ""
    caption = props.get("caption") or props.get("title") or ""
    title = ' "{}"'.format(caption.replace('"', "”")) if caption else ""
    return f"![{props.get('alt', '')}](<{source}>{title})"


def _without_margins(lines: list[str], blocks: list[tuple[int, bool]]) -> list[str]:
    """Return lines without their margins within components: Markdown takes wide ones for code.

    Args:
        lines: the text.
        blocks: lines that open (true) or close a component.
    """
    tags: dict[int, list[bool]] = {}
    for at, opens in blocks:
        tags.setdefault(at, []).append(opens)
    margins: list[int | None] = [0]
    result: list[str] = []
    for number, line in enumerate(lines):
        closed = tags.get(number, []).count(False)
        del margins[max(1, len(margins) - closed) :]
        indent = len(line) - len(line.lstrip(" \t"))
        if margins[-1] is None and line.strip():
            margins[-1] = indent
        result.append(line[min(indent, margins[-1] or 0) :])
        margins += [None for opens in tags.get(number, []) if opens]
    return result
