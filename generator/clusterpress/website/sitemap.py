"""Sitemap, robots.txt and redirects: what machines and old links ask for."""

from collections.abc import Iterable, Iterator
from html import escape

from clusterpress.config.settings import Settings
from clusterpress.digests import digest
from clusterpress.outputs import Output

LIMIT = 50_000
"""Addresses a sitemap file may hold (sitemaps.org protocol)."""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'

Row = tuple[str, str, tuple[tuple[str, str], ...]]
"""Path, ISO date of the last change or nothing, (language, path) of the versions."""


class Rows(tuple[Row, ...]):
    """The pages of a sitemap, known by a digest of their own: there are as many as the site has pages."""

    __slots__ = ()

    @property
    def digest(self) -> bytes:
        """Digest of all rows."""
        return digest("\n".join([f"{path} {day} {versions or ''}" for path, day, versions in self]))


def sitemap_outputs(pages: Iterable[Row], settings: Settings) -> Iterator[Output]:
    """Yield the sitemap of all pages that search engines shall know, in several files if it is long."""
    rows = sorted(pages)
    parts = [Rows(rows[start : start + LIMIT]) for start in range(0, len(rows), LIMIT)]
    if len(parts) == 1:
        yield Output(path="sitemap.xml", make=make_sitemap, inputs={"url": settings.url, "pages": parts[0]})
        return
    names = tuple(f"sitemap-{number}.xml" for number in range(1, len(parts) + 1))
    yield Output(path="sitemap.xml", make=make_index, inputs={"url": settings.url, "parts": names})
    for name, part in zip(names, parts, strict=True):
        yield Output(path=name, make=make_sitemap, inputs={"url": settings.url, "pages": part})


def make_sitemap(url: str, pages: tuple[Row, ...]) -> bytes:
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
    return f"{_HEAD}<urlset {_NAMES}>\n{entries}</urlset>\n".encode()


def make_index(url: str, parts: tuple[str, ...]) -> bytes:
    """Return the index of several sitemap files."""
    entries = "".join(f"<sitemap><loc>{escape(url + name)}</loc></sitemap>\n" for name in parts)
    return f"{_HEAD}<sitemapindex {_NAMES}>\n{entries}</sitemapindex>\n".encode()


def make_robots(url: str, sitemaps: tuple[str, ...] = ("sitemap.xml",)) -> bytes:
    """Return robots.txt: everything may be read, and there are sitemaps (RFC 9309)."""
    named = "".join(f"Sitemap: {url}{path}\n" for path in sitemaps)
    return f"User-agent: *\nAllow: /\n\n{named}".encode()
