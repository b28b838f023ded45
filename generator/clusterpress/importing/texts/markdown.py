"""Markdown: text escaped for our dialect, and links of other generators to our files."""

import re
from collections.abc import Callable

from clusterpress.importing.addresses import name_of
from clusterpress.importing.records import References
from clusterpress.importing.texts.raw_html import rewrite_raw_html

_MARKS = re.compile(
    r"\\(?=[\\`*_{}\[\]()>#+.!|~-]|\s*$|\n)"
    r"|[`*{]|~(?=~)|(?<=~)~"
    r"|(?<![^\W_])_|_(?![^\W_])"  # a_b is one word, _a_ is emphasis
    r"|(?P<plain>\[(?:…|\.\.\.|\d+)\](?!\s*(?:[(\[:]|$)))"  # "[…]" and "[1]" are not links
    r"|[\[\]]"
)
_ENTITIES = re.compile(r"&(?=#?\w+;)")
_TAGS = re.compile(r"<(?=[A-Za-z/!?])")

_HEADING = re.compile(r"#{1,6}(?= )")
_SPECIAL = re.compile(r"(?:[-+](?=[\s-]|$)|>|\|)")
_NUMBERED = re.compile(r"(\d+)([.)])(?=\s|$)")
_BY_CODE = re.compile(r":(?=\s)|=(?==*\s*$|== )|\?(?=\?\?)|~(?=~~)|\u2022(?=\s|$)")
_ADMONITION = re.compile(r"!!!(?= )")
CODE = re.compile(
    r"(^[ \t]*(`{3,}(?!`)|~{3,}(?!~))[^\n]*\n.*?(?:^[ \t]*\2[ \t]*$|\Z)|(?<!`)`+[^`\n]+`+)",
    re.MULTILINE | re.DOTALL,
)
"""Fenced code, and code within backticks."""
_LINK = re.compile(
    # Each part can be read in one way only.
    r"(!?)\[((?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]"
    r"\([ \t]*(?![ \t])(<[^<>\n]*>|(?:[^\s()]|\([^\s()]*\))*)([ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'))?[ \t]*\)"
)
_DEFINITION = re.compile(r"^( {0,3}\[[^\]^\n][^\]\n]*\]:[ \t]*)(\S+)(.*)$", re.MULTILINE)
_ATTRIBUTE = re.compile(r"(?<![\w-])([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")


def escape_text(text: str, *, in_table: bool = False) -> str:
    """Return running text with every character escaped that would be read as markup."""
    text = _MARKS.sub(lambda mark: mark["plain"] or f"\\{mark[0]}", text)
    text = _TAGS.sub("&lt;", _ENTITIES.sub("&amp;", text))
    return text.replace("|", r"\|") if in_table else text


def escape_line_starts(text: str) -> str:
    """Return a paragraph in which no line starts a list, heading, quotation or rule."""
    return "\n".join(_escape_line_start(line.lstrip(" \t")) for line in text.split("\n"))


def _escape_line_start(line: str) -> str:
    if _HEADING.match(line) or _SPECIAL.match(line) or _ADMONITION.match(line):
        return f"\\{line}"
    if numbered := _NUMBERED.match(line):
        return f"{numbered[1]}\\{numbered[2]}{line[numbered.end() :]}"
    if _BY_CODE.match(line):
        return f"&#{ord(line[0])};{line[1:]}"
    return line


def escape_title(text: str) -> str:
    """Return a caption escaped for the quotes of ``![alt](src "caption")``."""
    codes = {"&": "&amp;", '"': "&quot;", "<": "&lt;", "`": "&#96;", "\\": "&#92;"}
    return "".join(codes.get(character, character) for character in " ".join(text.split()))


def escape_address(address: str) -> str:
    """Return an address escaped for the parentheses of a link."""
    codes = {" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E", '"': "%22", "\\": "%5C", "`": "%60"}
    return "".join(codes.get(character, character) for character in address.strip())


def rewrite_links(text: str, references: References) -> str:
    """Return a text with every address resolved by ``references``, except in code."""
    rewritten = outside_code(text, lambda part: _rewritten(part, references))
    return rewritten.strip("\n") + "\n" if text.strip() else ""


def _rewritten(text: str, references: References) -> str:
    text = rewrite_raw_html(text, references)
    text = _DEFINITION.sub(lambda found: _definition(found, references), text)
    return _LINK.sub(lambda found: _link(found, references), text)


def _link(found: re.Match[str], references: References) -> str:
    is_picture, words, address, title = bool(found[1]), found[2], found[3].strip("<>"), found[4] or ""
    if is_picture:
        source = references.picture(address) if address else ""
        if source:
            return f"![{words}]({escape_address(source)}{title})"
        outside = references.outside(address)
        caption = title.strip()[1:-1]
        words = " ".join(dict.fromkeys(part for part in (words, caption) if part.strip()))
        return f"[{words or name_of(outside)}]({escape_address(outside)})" if outside else words
    words = _LINK.sub(lambda inner: _link(inner, references), words)
    target = references.link(address) if address else ""
    if found[2].strip() and not words.strip() and target:
        words = name_of(target)  # its picture has no file and no words
    return f"[{words}]({escape_address(target)}{title})" if target else words


def _definition(found: re.Match[str], references: References) -> str:
    """Return a definition ``[name]: address``, which pictures and links may share."""
    address = found[2].strip("<>")
    if re.search(r"\.(?:jpe?g|png|gif|webp|svg|avif)$", address, re.IGNORECASE):
        target = references.picture(address) or references.link(address)
    else:
        target = references.link(address)
    return f"{found[1]}{escape_address(target) or '#'}{found[3]}"


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """Return a text with a change made outside fenced code and backticks."""
    parts: list[str] = []
    at = 0
    for code in CODE.finditer(text):
        parts += [change(text[at : code.start()]), code[0]]
        at = code.end()
    return "".join([*parts, change(text[at:])])


def read_attributes(text: str) -> dict[str, str]:
    """Return the attributes in the text of a tag or shortcode: name in lower case → value."""
    return {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(text)}
