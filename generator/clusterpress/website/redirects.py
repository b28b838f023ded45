"""Redirects: small pages at old addresses that forward to the new ones."""

from collections.abc import Iterator
from functools import partial
from html import escape

from clusterpress.config.settings import Settings
from clusterpress.library.library import Library
from clusterpress.theme.theme import Theme, read_labels
from clusterpress.values.outputs import Output


def redirect_outputs(library: Library, settings: Settings, theme: Theme) -> Iterator[Output]:
    """Yield a page for each alias of an item."""
    for alias, entry in library.redirects:
        labels = read_labels(theme, entry.lang)
        yield Output(
            path=alias if alias.endswith((".html", ".htm")) else f"{alias.rstrip('/')}/index.html",
            make=partial(
                make_redirect,
                address=settings.url + entry.url,
                path=settings.root + entry.url,
                title=entry.title,
                lang=entry.lang,
                words=(str(labels["moved"]), str(labels["moved_text"])),
            ),
            sources=(entry.path,),
        )


def make_redirect(address: str, path: str, title: str, lang: str, words: tuple[str, str]) -> bytes:
    """Return a page that forwards at once, with a link for browsers that do not.

    Args:
        address: the full new address, for search engines.
        path: the new address on the same server.
        title: title of the page there.
        lang: its language.
        words: heading and sentence.
    """
    heading, sentence = words
    from clusterpress.theme.content_security import add_policy
    from clusterpress.theme.languages import direction_of

    direction = direction_of(lang)
    page = (
        f'<!doctype html>\n<html lang="{escape(lang)}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(heading)}: {escape(title)}</title>\n"
        f'<meta http-equiv="refresh" content="0; url={escape(path)}">\n'
        f'<link rel="canonical" href="{escape(address)}">\n<meta name="robots" content="noindex">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n</head>\n<body>\n'
        f"<main>\n<h1>{escape(heading)}</h1>\n"
        f'<p>{escape(sentence)} <a href="{escape(path)}">{escape(title)}</a></p>\n</main>\n</body>\n</html>\n'
    )
    return add_policy(page.encode())
