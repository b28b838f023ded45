"""Plain text: texts of programs that know no marks → HTML."""

import re
from html import escape

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_BULLET = re.compile(r"[•·▪◦‣*–-]\s+")


def text_to_html(text: str) -> str:
    """Return plain text as HTML: paragraphs, lists and addresses as links.

    Args:
        text: with empty lines between paragraphs; lines that begin with a bullet are a list.
    """
    parts = (part.strip() for part in re.split(r"\n\s*\n", text))
    return "".join(_block(part) for part in parts if part)


def _block(part: str) -> str:
    """Return a paragraph, and the list that follows it without an empty line."""
    lines = [line.strip() for line in part.split("\n")]
    first = next((index for index, line in enumerate(lines) if _BULLET.match(line)), len(lines))
    if not all(_BULLET.match(line) for line in lines[first:]):
        first = len(lines)
    words = "<br>".join(_linked(line) for line in lines[:first])
    items = "".join(f"<li>{_linked(_BULLET.sub('', line, count=1))}</li>" for line in lines[first:])
    return (f"<p>{words}</p>" if words else "") + (f"<ul>{items}</ul>" if items else "")


def _linked(line: str) -> str:
    return _ADDRESS.sub(lambda found: f'<a href="{found[0]}">{found[0]}</a>', escape(line, quote=False))
