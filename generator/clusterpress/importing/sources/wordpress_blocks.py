"""Blocks of WordPress's editor (Gutenberg) → plain HTML.

Grammar of the comments that mark blocks: https://developer.wordpress.org/block-editor/reference-guides/
block-api/block-grammar/ (self-closing blocks have no HTML of their own: WordPress or a plugin made it).
"""

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from msgspec import Struct

from clusterpress.importing.addresses import name_of, name_of_recording, public_address
from clusterpress.importing.inventory import Inventory, Use
from clusterpress.importing.sources.json_text import read_json
from clusterpress.importing.sources.wordpress_text import Pictures, figures_of, has_prose

_BLOCK = re.compile(
    r"<!--\s+(?P<end>/)?wp:(?P<name>(?:[a-z][a-z0-9_-]*/)?[a-z][a-z0-9_-]*)\s+"
    r"(?P<attributes>\{(?:(?!-->|<!--).)*?\}\s+)?(?P<void>/)?-->",
    re.DOTALL,
)
_SHOWN = 60
"""Characters of a footnote that the report quotes."""
_FOOTNOTE = re.compile(
    r"<sup\b[^<>]{0,200}\bdata-fn=[\"']([^\"'<>]{1,100})[\"'][^<>]{0,200}>.{0,500}?</sup>", re.DOTALL
)
_TOGGLE = re.compile(r"<span\b[^<>]{0,200}toggle-icon[^<>]{0,200}>.{0,2000}?</span>", re.DOTALL)
_MAX_DEPTH = 10
_OWN_LISTS = re.compile(
    r"(?:archives|calendar|categories|comments?|latest-|loginout|navigation|page-list|query|post-|site-|search$|"
    r"tag-cloud|template-part|avatar|home-link|read-more|term-|breadcrumbs|spacer|separator|more$|nextpage|"
    r"footnotes$|legacy-widget|widget-group|table-of-contents)"
)
"""Blocks that a program fills with lists of its own, as our theme does."""
_HINT = "compare the item with the old site, and write what is missing"


class BlockConverter(Struct, frozen=True, kw_only=True):
    """Converts the blocks of one export."""

    patterns: Mapping[str, str]
    """Number of a synced pattern → its content."""
    pictures: Pictures
    inventory: Inventory

    def convert(self, text: str, notes: Mapping[str, str], depth: int = 0) -> str:
        """Return a text in which blocks without HTML of their own have it.

        Args:
            text: with the comments that mark blocks.
            notes: id of a footnote → its text.
            depth: of synced patterns within each other.
        """
        if "<!-- wp:" not in text and "<!--\twp:" not in text:
            return text
        text = _TOGGLE.sub("", _FOOTNOTE.sub(lambda found: self._footnote(found, notes), text))
        return _BLOCK.sub(lambda found: self._block(found, notes, depth), text)

    def _footnote(self, found: re.Match[str], notes: Mapping[str, str]) -> str:
        words = notes.get(found[1], "")
        if not words:
            note = "its text is not in the export"
            self.inventory.add("footnote", found[1][:8], Use.LEFT_OUT, note, _HINT)
        return f"<footnote>{words}</footnote>" if words else ""

    def name_uncited(self, text: str, notes: Mapping[str, str]) -> None:
        """Enter the footnotes in the inventory that no text cites: they are not carried."""
        for key, words in notes.items():
            if words and f'"{key}"' not in text.replace("'", '"'):
                note = f'no text cites it: "{words[:_SHOWN]}"'
                self.inventory.add("footnote", key[:8], Use.LEFT_OUT, note, _HINT)

    def _block(self, found: re.Match[str], notes: Mapping[str, str], depth: int) -> str:
        name = found["name"].removeprefix("core/")
        if found["end"]:
            return found[0]
        attributes = _read(found["attributes"])
        if name == "block" and (number := str(attributes.get("ref", ""))):
            return self._pattern(number, notes, depth)
        if not found["void"]:
            self.inventory.add("block", name)
            return found[0]
        html = self._html_of(name, attributes)
        if html:
            self.inventory.add("block", name, Use.CARRIED, "its words and links")
        elif _OWN_LISTS.match(name):
            self.inventory.add("block", name, Use.NOT_NEEDED, "the site makes such parts itself")
        else:
            self.inventory.add("block", name, Use.LEFT_OUT, "the old site made its content", _HINT)
        return f"\n\n{html}\n\n"

    def _pattern(self, number: str, notes: Mapping[str, str], depth: int) -> str:
        content = self.patterns.get(number)
        if content is None or depth > _MAX_DEPTH:
            note = "its content is not in the export" if content is None else "it contains itself"
            self.inventory.add("synced pattern", number, Use.LEFT_OUT, note, _HINT)
            return ""
        self.inventory.add("block", "block", Use.CARRIED, "the content of a synced pattern")
        return f"\n\n{self.convert(content, notes, depth + 1)}\n\n"

    def _html_of(self, name: str, attributes: Mapping[str, Any]) -> str:
        """Return HTML for a block that has attributes only."""
        address = next((v for k in ("url", "href", "feedURL") if isinstance(v := attributes.get(k), str)), "")
        ids = attributes.get("ids")
        if name == "gallery" and isinstance(ids, list):
            return figures_of([str(number) for number in ids], self.pictures)
        if name == "social-link" and address:
            label = attributes.get("label") or attributes.get("service") or name_of(address)
            return f'<a href="{escape(address)}">{escape(str(label))}</a>'
        if name in {"embed", "video", "rss", "audio"} or name.startswith("core-embed/"):
            shown = public_address(address or str(attributes.get("src") or ""))
            return (
                f'<p><a class="embed" href="{escape(shown)}">{escape(name_of_recording(shown))}</a></p>'
                if shown
                else ""
            )
        if name == "image" and address:
            words = escape(str(attributes.get("alt") or ""))
            return f'<figure><img src="{escape(address)}" alt="{words}"></figure>'
        return "".join(f"<p>{words}</p>" for words in _prose_in(attributes))


def _read(text: str | None) -> Mapping[str, Any]:
    try:
        read = read_json(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _prose_in(value: Any, key: str = "") -> Iterator[str]:
    """Yield the running text in the attributes of a plugin's block, such as those of ACF."""
    if key.startswith("_") or key in {"className", "style", "name", "mode"}:
        return
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _prose_in(part, str(name))
    elif isinstance(value, list):
        for part in value:
            yield from _prose_in(part, key)
    elif isinstance(value, str) and has_prose(value):
        yield value


def read_footnotes(stored: str) -> dict[str, str]:
    """Return id → text from the custom field ``footnotes`` of a post."""
    try:
        notes = read_json(stored) if stored else []
    except (ValueError, RecursionError):
        return {}
    return {
        str(note.get("id")): str(note.get("content") or "")
        for note in (notes if isinstance(notes, list) else ())
        if isinstance(note, dict)
    }
