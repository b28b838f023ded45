"""Sitemap, news sitemap and robots.txt."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, time, timedelta
from functools import partial
from html import escape
from typing import Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

from clusterpress.config.settings import Settings
from clusterpress.library.library import Library
from clusterpress.values.digests import digest
from clusterpress.values.outputs import Output, PageRow

LIMIT = 50_000
"""Addresses a sitemap file may hold (sitemaps.org protocol)."""
MAX_NEWS_AGE = timedelta(days=2)
"""Search engines ignore older articles in a news sitemap."""
NEWS_LIMIT = 1000
"""Articles that a news sitemap may list."""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


class Pages:
    """The pages of a sitemap, with a digest of their own, as there are as many as the site has."""

    def __init__(self, parts: Iterable["Part"]) -> None:
        """Collect the pages of some parts of the site."""
        self._parts = tuple(parts)
        self.digest = digest([(part.size, part.digest) for part in self._parts])

    def __len__(self) -> int:
        return sum(part.size for part in self._parts)

    def __iter__(self) -> Iterator[PageRow]:
        """Yield the pages in the order of their paths."""
        return iter(sorted(row for part in self._parts for row in part.rows()))

    def __reduce__(self) -> tuple[Any, ...]:
        """Send the pages to another process, not the functions that list them."""
        return Pages, ((part_of(self),),)


class Part(NamedTuple):
    """Pages of a part of the site."""

    size: int
    """How many there are."""
    digest: bytes
    """Digest of their rows."""
    rows: Callable[[], Iterable[PageRow]]
    """Lists them."""


def part_of(rows: Iterable[PageRow]) -> Part:
    """Return a part of the site with these pages."""
    ordered = tuple(sorted(rows))
    # Rows hold texts and tuples alone: their `repr` is exact, and faster than encoding each value.
    return Part(len(ordered), digest(repr(ordered)), partial(tuple, ordered))


def sitemap_outputs(pages: Pages, settings: Settings) -> Iterator[Output]:
    """Yield the sitemap of all pages that search engines may index, in several files if it is long."""
    if len(pages) <= LIMIT:
        yield Output(path="sitemap.xml", make=partial(make_sitemap, url=settings.url, pages=pages))
        return
    rows = list(pages)
    parts = [Pages([part_of(rows[start : start + LIMIT])]) for start in range(0, len(rows), LIMIT)]
    names = tuple(f"sitemap-{number}.xml" for number in range(1, len(parts) + 1))
    yield Output(path="sitemap.xml", make=partial(make_index, url=settings.url, parts=names))
    for name, part in zip(names, parts, strict=True):
        yield Output(path=name, make=partial(make_sitemap, url=settings.url, pages=part))


def make_sitemap(url: str, pages: Iterable[PageRow]) -> bytes:
    """Return a sitemap (sitemaps.org), with the versions of each page in other languages."""
    entries = "".join(
        f"<url><loc>{escape(url + path)}</loc>"
        + (f"<lastmod>{escape(modified)}</lastmod>" if modified else "")
        + "".join(
            f'<xhtml:link rel="alternate" hreflang="{escape(lang)}" href="{escape(url + other)}"/>'
            for lang, other in versions
        )
        + "</url>\n"
        for path, modified, versions in pages
    )
    return (
        f'{_HEAD}<urlset {_NAMES} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{entries}</urlset>\n'.encode()
    )


def make_index(url: str, parts: tuple[str, ...]) -> bytes:
    """Return the index of several sitemap files."""
    entries = "".join(f"<sitemap><loc>{escape(url + name)}</loc></sitemap>\n" for name in parts)
    return f"{_HEAD}<sitemapindex {_NAMES}>\n{entries}</sitemapindex>\n".encode()


AI_CRAWLERS = (
    "GPTBot", "ClaudeBot", "anthropic-ai", "Google-Extended", "Applebot-Extended", "CCBot", "Bytespider",
    "meta-externalagent", "Amazonbot", "cohere-training-data-crawler", "Diffbot", "Omgilibot", "AI2Bot",
)  # fmt: skip
"""User agents that collect texts to train models, by the documentation of their operators. Those that answer
the question of a reader with a link to the page are not among them."""


def make_robots(
    url: str, sitemaps: tuple[str, ...] = ("sitemap.xml",), ai_crawlers: Literal["allow", "deny"] = "allow"
) -> bytes:
    """Return robots.txt (RFC 9309): it names the sitemaps.

    Args:
        url: of the site.
        sitemaps: their paths.
        ai_crawlers: whether programs may read the site that collect texts to train models; all others may.
    """
    named = "".join(f"Sitemap: {url}{path}\n" for path in sitemaps)
    denied = "".join(f"User-agent: {name}\n" for name in AI_CRAWLERS) + "Disallow: /\n\n"
    return f"{denied if ai_crawlers == 'deny' else ''}User-agent: *\nAllow: /\n\n{named}".encode()


def make_key_file(key: str) -> bytes:
    """Return the file that proves to search engines that the key is this site's (indexnow.org)."""
    return key.encode()


def make_llms(name: str, about: str, url: str, pages: tuple[tuple[str, str], ...]) -> bytes:
    """Return llms.txt: what the site is, and where its texts are, for language models (llmstxt.org).

    Args:
        name: of the site.
        about: one or two sentences.
        url: of the site.
        pages: (title, path) of sections and feeds.
    """
    links = "".join(f"- [{title}]({url}{path})\n" for title, path in pages)
    summary = f"> {' '.join(about.split())}\n\n" if about else ""
    return f"# {name}\n\n{summary}## Contents\n\n{links}".encode()


def news_sitemap_outputs(library: Library, settings: Settings) -> Iterator[Output]:
    """Yield the news sitemap if anything was published today or on the two days before.

    Rules: https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
    """
    since = datetime.combine(library.today - MAX_NEWS_AGE, time(), ZoneInfo(settings.time_zone)).timestamp()
    recent = (
        entry
        for lang in settings.languages
        for entry in library.of_kind("news", lang)
        if entry.index_record.appeared >= since and entry.state == "published"
    )
    newest = sorted(recent, key=lambda entry: (-entry.index_record.appeared, entry.url))[:NEWS_LIMIT]
    names = {lang: settings.in_language(lang).name for lang in settings.languages}
    rows = tuple(
        (names[entry.lang], entry.url, entry.lang, entry.appeared.isoformat(), entry.title)
        for entry in newest
    )
    if rows:
        make = partial(_make_news_sitemap, url=settings.url, rows=rows)
        yield Output(path="news-sitemap.xml", make=make)


def _make_news_sitemap(url: str, rows: tuple[tuple[str, str, str, str, str], ...]) -> bytes:
    """Return a news sitemap; a row is site, path, language, ISO time and title of an article."""
    entries = "".join(
        f"<url><loc>{escape(url + path)}</loc><news:news>"
        f"<news:publication><news:name>{escape(name)}</news:name>"
        f"<news:language>{escape(lang)}</news:language></news:publication>"
        f"<news:publication_date>{escape(when)}</news:publication_date>"
        f"<news:title>{escape(title)}</news:title></news:news></url>\n"
        for name, path, lang, when, title in rows
    )
    news = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    return f"{_HEAD}<urlset {_NAMES} {news}>\n{entries}</urlset>\n".encode()
