"""Rendering: one Markdown text → `Body`."""

from collections.abc import Sequence
from functools import partial
from html import escape
from typing import NamedTuple

from clusterpress.config.settings import Settings
from clusterpress.markup.body import Body
from clusterpress.markup.fast_body import build_fast_body
from clusterpress.markup.fast_parser import names_extensions, render_simple_blocks
from clusterpress.markup.html_body import build_html_body
from clusterpress.markup.references import Fault
from clusterpress.markup.sanitise import normalise
from clusterpress.values.digests import digest_bytes, join_digests


def body_key(text: str, settings: Settings) -> bytes:
    """Return the key of a body: the digest of all that `render` depends on, beside code and its libraries."""
    return join_digests([settings.digest_of_markup(), digest_bytes(text.encode("utf-8", "surrogatepass"))])


def render(text: str, settings: Settings) -> Body:
    """Return the body that a Markdown text makes.

    Any text gives a body; what is wrong with it is in ``outline.problems``. Only one thread of a process may
    render at a time, as the converter is used again and again.

    Raises:
        BadExtensionError: the settings name a Markdown extension that cannot be used (`extension_problems`).
    """
    text = normalise(text)
    converted = _converted(text, settings.mkdocs)
    body = build_fast_body(converted.blocks, text) if converted.blocks else None
    return body or build_html_body(converted.html, converted.faults, text, settings)


class _Converted(NamedTuple):
    """What Python-Markdown makes of a text."""

    html: str
    faults: tuple[Fault, ...] = ()
    """What went wrong."""
    blocks: Sequence[str] = ()
    """The HTML of each block if it is an everyday text for which nothing had to be asked."""


class _NotMarkdownError(Exception):
    """A text cannot be read; the message says why."""


def _converted(text: str, mkdocs: str) -> _Converted:
    """Return what Python-Markdown makes of this text alone."""
    convert = partial(_convert, mkdocs=mkdocs)
    try:
        blocks = None if names_extensions(mkdocs) else render_simple_blocks(text, convert)
        if blocks and (html := blocks.to_html()):
            return _Converted(html, blocks=blocks.html if blocks.without_fallback else ())
        return _Converted(convert(text))
    except _NotMarkdownError as error:
        fault = (
            1,
            f"this text cannot be read as Markdown: {error}",
            "look for deep nesting or unusual marks",
        )
        return _Converted(f"<pre>{escape(text)}</pre>", (fault,))


def _convert(text: str, mkdocs: str) -> str:
    # Imported for the first text that asks for it: most do not.
    from clusterpress.markup.extensions import markdown_for

    converter = markdown_for(mkdocs)
    try:
        return str(converter.reset().convert(text))
    except Exception as error:  # extensions raise what they like; lists can be nested too deeply
        markdown_for.cache_clear()  # it may have stopped half-way through something
        raise _NotMarkdownError(str(error)) from error
