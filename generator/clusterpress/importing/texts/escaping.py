"""Escaping: text of another format → Markdown that our dialect reads as the same text.

Only characters that would be read as markup are escaped, so that imported items stay easy to edit. The markup
of the dialect is defined in `clusterpress.markup.dialect`; a property test keeps the two consistent.
"""

import re

_MARKS = re.compile(
    r"\\(?=[\\`*_{}\[\]()>#+.!|-]|\s*$)"
    r"|[`*{]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # a_b is one word, _a_ is emphasis
    r"|(?P<plain>\[(?:…|\.\.\.|\d+)\](?!\s*(?:[(\[:]|$)))"  # "[…]" and "[1]" are not links
    r"|[\[\]]"
)
_ENTITIES = re.compile(r"&(?=#?\w+;)")
_TAGS = re.compile(r"<(?=[A-Za-z/!?])")

_HEADING = re.compile(r"#{1,6}(?= )")
_SPECIAL = re.compile(r"(?:[-+](?=[\s-]|$)|>|\|)")
_NUMBERED = re.compile(r"(\d+)\.(?=\s|$)")
_BY_CODE = re.compile(r":(?=\s)|=(?==*\s*$|== )|\?(?=\?\?)|~(?=~~)")
_ADMONITION = re.compile(r"!!!(?= )")


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
        return f"{numbered[1]}\\.{line[numbered.end() :]}"
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
