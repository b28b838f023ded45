"""Header lines such as ``Title: …``, as Pelican has them, and ``.. title: …``, as Nikola has them."""

import re

from clusterpress.parsing.values import Value

_LINE = re.compile(r"(?<![\w -])([A-Za-z][\w -]*):(.*)")
_PELICAN_LINE = re.compile(r" {0,3}(?<![\w-])([\w-]+):(.*)", re.ASCII)
_NIKOLA = re.compile(r"(?P<open><!--\s*\n)?(?P<lines>(?:[ \t]*\.\. [\w-]+:[^\n]*\n)+)\s*(?(open)-->)")
_NIKOLA_LINE = re.compile(r"\.\. ([\w-]+):[ \t]*([^\n]*)")
_KEYS = re.compile(
    r"(?:title|date|category|tags|slug|author|authors|summary|status|modified|lang|template|save_as)$",
    re.IGNORECASE,
)
_LISTS = frozenset({"tags", "authors", "author", "category"})
"""Keys of which each further line is a value of its own."""


def read_header_lines(text: str, *, is_pelican: bool) -> tuple[dict[str, Value], str] | None:
    """Return the keys of header lines, and the body; None if a text does not begin with such lines.

    Those of Nikola (``.. title: …``) stand in a comment. The others end with an empty line. Those of Pelican
    also end with the first line that is neither a key nor moved to the right by four spaces (Python-Markdown
    manual, "Meta-Data").

    Args:
        text: the file.
        is_pelican: whether the tree is one of Pelican.
    """
    text = text.lstrip()
    if nikola := _NIKOLA.match(text):
        written = {key: value.strip() for key, value in _NIKOLA_LINE.findall(nikola["lines"])}
        return {key: value for key, value in written.items() if value}, text[nikola.end() :].strip("\n")
    lines = text.split("\n")
    pattern = _PELICAN_LINE if is_pelican else _LINE
    found: dict[str, list[str]] = {}
    key, end = "", 0
    for line in lines:
        if not line.strip():
            break
        if line.startswith("    ") and key:
            found[key].append(line.strip())
        elif named := pattern.fullmatch(line.rstrip()):
            key = named[1].strip()
            found[key] = [named[2].strip()]
        elif is_pelican:
            break
        else:
            return None
        end += 1
    if not any(map(_KEYS.match, found)):
        return None
    values = {name: _value(name, parts) for name, parts in found.items()}
    return values, "\n".join(lines[end:]).strip("\n")


def _value(key: str, parts: list[str]) -> Value:
    if key.lower() in _LISTS and len(parts) > 1:
        return [part for part in parts if part]
    return " ".join(parts).strip()
