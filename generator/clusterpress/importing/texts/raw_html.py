"""Raw HTML inside Markdown: its pictures, links and players, in the form that their surroundings need.

Markdown is not read inside a block of raw HTML: there, a picture stays ``<img>``, and a player becomes a link
in HTML. Elsewhere both become Markdown, which editors prefer.
"""

import re
from html import escape, unescape
from typing import NamedTuple

from clusterpress.importing.addresses import name_of, public_address
from clusterpress.importing.records import References
from clusterpress.importing.texts.nesting import OpenMarks
from clusterpress.markup.body import EMBED_CLASS, find_player
from clusterpress.markup.clean_html import VOID

_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(/?)([A-Za-z][\w-]*)(?![\w-])((?:\"[^\"]*\"|'[^']*'|[^<>\"'])*)>", re.DOTALL
)
_ATTRIBUTE = re.compile(r"(?<![\w:-])([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")
_REST_OF_LINE = re.compile(r"[^\S\n]*(?:\n|\Z)")
_BLOCKS = frozenset(
    """address article aside blockquote center dd details dialog div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hgroup li main nav ol p picture section summary table tbody td tfoot th
    thead tr ul""".split()  # noqa: SIM905 (words read best)
)
_PLAYERS = frozenset({"iframe", "video", "audio", "embed", "object"})
_ADDRESSES = ("src", "data-src", "data", "href")


class _Found(NamedTuple):
    """A tag to replace."""

    start: int
    end: int
    name: str
    attributes: dict[str, str]
    is_inside: bool
    """Whether it stands in a block of raw HTML."""
    is_alone: bool
    """Whether nothing else stands on its lines."""


def rewrite_raw_html(text: str, references: References) -> str:
    """Return Markdown in which the pictures, links and players of raw HTML are resolved."""
    parts: list[str] = []
    at = 0
    for found in _find(text):
        parts += [text[at : found.start], _replacement(text[found.start : found.end], found, references)]
        at = found.end
    return "".join([*parts, text[at:]]) if at else text


def _find(text: str) -> list[_Found]:
    """Return the tags to replace, in order, without those inside of another one."""
    found: list[_Found] = []
    blocks = OpenMarks()
    closings = _Closings(text)
    end = 0
    for tag in _TAG.finditer(text):
        name = (tag[2] or "").lower()
        if tag[1]:
            blocks.close(name)
        elif name in _BLOCKS and not tag[3].endswith("/"):
            blocks.open(name, tag.start())
        if tag.start() < end or tag[1] or name not in {"img", "a", *_PLAYERS}:
            continue
        is_whole = name not in _PLAYERS or name in VOID or tag[3].endswith("/")
        end = tag.end() if is_whole else closings.end_of(name, tag.end())
        is_alone = _is_alone(text, tag.start(), end)
        attributes = {key.lower(): unescape(a or b or c) for key, a, b, c in _ATTRIBUTE.findall(tag[3])}
        if name in _PLAYERS and not _address_of(attributes):
            inner = _ATTRIBUTE.findall(text[tag.end() : end])
            attributes |= {key: value for key, *values in inner for value in values if key == "src" and value}
        found.append(_Found(tag.start(), end, name, attributes, len(blocks) > 0, is_alone))
    return found


class _Closings:
    """Where elements end. A name without a closing tag is looked for only once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._missing: set[str] = set()

    def end_of(self, name: str, start: int) -> int:
        """Return the end of an element whose first tag ends at ``start``; the same if nothing closes it."""
        if name not in self._missing:
            found = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(self._text, start)
            if found:
                return found.end()
            self._missing.add(name)
        return start


def _is_alone(text: str, start: int, end: int) -> bool:
    """Return whether nothing else stands on the lines of a piece of text."""
    while start and text[start - 1].isspace() and text[start - 1] != "\n":
        start -= 1
    return (not start or text[start - 1] == "\n") and bool(_REST_OF_LINE.match(text, end))


def _address_of(attributes: dict[str, str]) -> str:
    return next((attributes[key] for key in _ADDRESSES if attributes.get(key)), "")


def _replacement(written: str, found: _Found, references: References) -> str:
    if found.name == "a":
        return _link(written, found, references)
    if found.name == "img":
        return _picture(written, found, references)
    return _player(written, found, references)


def _link(written: str, found: _Found, references: References) -> str:
    address = found.attributes.get("href", "")
    target = references.link(address) if address else ""
    return _with_attribute(written, "href", target) if address else written


def _with_attribute(tag: str, name: str, value: str) -> str:
    """Return a tag with another value of an attribute, or without it if the value is ""."""
    pattern = re.compile(rf"\s{name}\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)
    return pattern.sub(lambda _: f' {name}="{escape(value)}"' if value else "", tag, count=1)


def _picture(written: str, found: _Found, references: References) -> str:
    address = _address_of(found.attributes)
    if not found.is_inside:
        # This is still the old address; it is resolved with those of all Markdown.
        title = found.attributes.get("title", "").replace('"', "&quot;")
        caption = f' "{title}"' if title else ""
        return f"![{found.attributes.get('alt', '')}](<{address}>{caption})"
    source = references.picture(address) if address else ""
    if source:
        name = next(key for key in _ADDRESSES if found.attributes.get(key))
        tag = re.sub(r"\s(?:srcset|sizes|data-[\w-]+)\s*=\s*(?:\"[^\"]*\"|'[^']*')", "", written)
        return _with_attribute(tag, "src", source) if name == "src" else f'<img src="{escape(source)}">'
    words = found.attributes.get("alt", "")
    outside = references.outside(address) if address else ""
    return (
        f'<a href="{escape(outside)}">{escape(words or name_of(outside))}</a>' if outside else escape(words)
    )


def _player(written: str, found: _Found, references: References) -> str:
    address = public_address(_address_of(found.attributes))
    target = references.link(address) if address else ""
    if not target:
        return written
    words = found.attributes.get("title") or name_of(address)
    is_known = find_player(target) is not None
    if found.is_inside:
        mark = f' class="{EMBED_CLASS}"' if is_known else ""
        return f'<p><a{mark} href="{escape(target)}">{escape(words)}</a></p>'
    mark = f"{{.{EMBED_CLASS}}}" if is_known and found.is_alone else ""
    link = f"[{words}]({public_address(_address_of(found.attributes))}){mark}"
    return f"\n\n{link}\n\n" if found.is_alone else link
