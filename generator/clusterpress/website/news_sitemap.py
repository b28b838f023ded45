"""The news sitemap: recent news, for search engines with a news service.

Rules: https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
"""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from html import escape

from clusterpress.config.settings import Settings
from clusterpress.library.entries import Entry
from clusterpress.library.library import Library
from clusterpress.values.outputs import Output

PATH = "news-sitemap.xml"
"""Its path below the site's root."""
MAX_AGE = timedelta(days=2)
"""Search engines ignore older articles."""
LIMIT = 1000
"""Articles that it may list."""

_NAMES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)

Row = tuple[str, str, str, str]
"""Path, language, ISO time of publication, title."""


def news_sitemap_outputs(library: Library, settings: Settings) -> Iterator[Output]:
    """Yield the news sitemap if anything was published today or on the two days before."""
    recent = _find_recent(library, settings)
    rows = tuple(
        (entry.url, entry.lang, entry.published.isoformat(), entry.title) for entry in recent[:LIMIT]
    )
    if rows:
        make = partial(make_news_sitemap, name=settings.name, url=settings.url, rows=rows)
        yield Output(path=PATH, make=make)


def _find_recent(library: Library, settings: Settings) -> list[Entry]:
    """Return news of today and the two days before, the newest first."""
    since = (library.today - MAX_AGE).toordinal()
    return sorted(
        (
            entry
            for lang in settings.languages
            for entry in library.of_kind("news", lang)
            if entry.index_record.day >= since and entry.state == "published"
        ),
        key=lambda entry: (-entry.index_record.published, entry.url),
    )


def make_news_sitemap(name: str, url: str, rows: tuple[Row, ...]) -> bytes:
    """Return a news sitemap."""
    entries = "".join(
        f"<url><loc>{escape(url + path)}</loc><news:news>"
        f"<news:publication><news:name>{escape(name)}</news:name>"
        f"<news:language>{escape(lang)}</news:language></news:publication>"
        f"<news:publication_date>{escape(when)}</news:publication_date>"
        f"<news:title>{escape(title)}</news:title></news:news></url>\n"
        for path, lang, when, title in rows
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {_NAMES}>\n{entries}</urlset>\n'.encode()
