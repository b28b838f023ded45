"""Code in Markdown: what stands in fences or between backticks is nobody's to change."""

import re
from collections.abc import Callable

_CODE = re.compile(
    r"(^[ \t]*(`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t]*\2[ \t]*$|\Z)|`+[^`\n]+`+)", re.MULTILINE | re.DOTALL
)


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """Return a text with a change made everywhere but in fenced code and between backticks."""
    parts: list[str] = []
    at = 0
    for code in _CODE.finditer(text):
        parts += [change(text[at : code.start()]), code[0]]
        at = code.end()
    return "".join([*parts, change(text[at:])])
