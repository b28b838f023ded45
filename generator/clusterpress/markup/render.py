"""Rendering: one Markdown text → `Body`."""

from functools import partial
from html import escape

from clusterpress.config.settings import Settings
from clusterpress.markup.body import Body
from clusterpress.markup.build_body import build_body
from clusterpress.markup.fast_parser import names_extensions, render_simple_blocks
from clusterpress.markup.sanitise import clean_blocks, clean_html, normalise
from clusterpress.values.digests import digest_bytes, join_digests
from clusterpress.values.plain import is_plain


def body_key(text: str, settings: Settings) -> bytes:
    """Return the cache key of a body: the digest of the inputs of `render`, without code and libraries."""
    return join_digests([settings.digest_of_markup(), digest_bytes(text.encode("utf-8", "surrogatepass"))])


def render(text: str, settings: Settings) -> Body:
    """Render a Markdown text.

    Every text gives a body; ``outline.problems`` holds its errors. Only one thread of a process may render at
    a time, because the converter is shared.

    Raises:
        BadExtensionError: the settings name a Markdown extension that cannot be used (`extension_problems`).
    """
    text = normalise(text)
    safe = settings.html == "safe"
    try:
        return build_body(_to_clean_html(text, settings.mkdocs, safe=safe), text)
    except _NotMarkdownError as error:
        message = f"this text cannot be read as Markdown: {error}"
        fault = (1, message, "look for deep nesting or unusual marks")
        return build_body(clean_html(f"<pre>{escape(text)}</pre>", safe=safe), text, (fault,))


class _NotMarkdownError(Exception):
    """A text cannot be read; the message says why."""


def _to_clean_html(text: str, mkdocs: str, *, safe: bool) -> str:
    """Return clean HTML, from the fast parser if it supports the whole text.

    In safe mode, all HTML passes through the sanitiser.
    """
    convert = partial(_convert, mkdocs=mkdocs)
    blocks = None if is_plain() or names_extensions(mkdocs) else render_simple_blocks(text, convert)
    if not blocks or not (html := blocks.to_html()):
        return clean_html(convert(text), safe=safe)
    return clean_blocks(blocks.html) if blocks.without_fallback and not safe else clean_html(html, safe=safe)


def _convert(text: str, mkdocs: str) -> str:
    # Imported on first use: most texts do not need it.
    from clusterpress.markup.extensions import markdown_for

    converter = markdown_for(mkdocs)
    try:
        return str(converter.reset().convert(text))
    except Exception as error:  # extensions raise what they like; lists can be nested too deeply
        markdown_for.cache_clear()  # it may have stopped half-way through something
        raise _NotMarkdownError(str(error)) from error
