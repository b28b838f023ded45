"""The page of a news item, and what the pages of all items have in common."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from clusterpress.config.settings import Settings
from clusterpress.content.items import News
from clusterpress.library.entries import Entry, TeaserCards
from clusterpress.markup.body import Body
from clusterpress.markup.documents import with_document
from clusterpress.markup.plain_text import begins_with, repeats
from clusterpress.theme.theme import Theme
from clusterpress.values.media_types import media_type
from clusterpress.website.bodies import render_body, render_page_body
from clusterpress.website.lazy_engine import render_page
from clusterpress.website.structured_data import breadcrumbs, news_article
from clusterpress.website.views import Attribution, Frame, Site, mark_foreign, resolved_references

PLATFORMS = {
    "LinkedIn": "https://www.linkedin.com/sharing/share-offsite/?url={url}",
    "Facebook": "https://www.facebook.com/sharer/sharer.php?u={url}",
    "X": "https://x.com/intent/post?text={text}&url={url}",
    "Bluesky": "https://bsky.app/intent/compose?text={text}%20{url}",
    "Mastodon": "https://share.joinmastodon.org/#text={text}%20{url}",
    "WhatsApp": "https://wa.me/?text={text}%20{url}",
}
"""Platforms on which readers can share an article: by plain links, without scripts of the platforms."""


def make_item(
    site: Site,
    theme: Theme,
    section: Frame,
    item: Entry,
    foreign: tuple[tuple[str, str, str], ...],
    attribution: Attribution,
    events: TeaserCards,
    onward: TeaserCards,
    ways: tuple[str, ...],
    collections: tuple[TeaserCards, ...],
    stored: tuple[Body, ...],
) -> bytes:
    """Return the page of a news item.

    Args:
        site: what all pages share.
        theme: the theme.
        section: what the frames of news share.
        item: the item.
        foreign: terms whose name is in another language.
        attribution: its programmes and authors.
        events: events it reports on.
        onward: items to read after it.
        ways: the label of each of these: how it follows.
        collections: the items of each list of other items in its body.
        stored: its own body, and the texts of those authors that have one.
    """
    body, *texts = stored
    frame = section.of_item(item)
    terms = mark_foreign(item.terms, foreign)
    organisations = {box.label.slug for box in attribution.authors if box.organisation}
    signed = tuple((label, label.slug in organisations) for label in terms["authors"])
    article = news_article(item, body.outline.words, signed, site.settings)
    return render_page(
        site,
        theme,
        frame,
        "news-item.html",
        **show_item(item, body, site, theme, collections),
        **_signature(item, attribution, texts, site.settings),
        graph=(article, breadcrumbs(frame, site.settings)),
        terms=terms,
        events=events,
        onward=onward,
        ways=ways,
    )


def _signature(
    item: Entry, attribution: Attribution, texts: Iterable[Body], settings: Settings
) -> dict[str, Any]:
    """Return who signs the item, for which programmes, and the links that pass it on."""
    news, url = item.item, settings.url + item.url
    if not isinstance(news, News):
        raise TypeError("a page of news shows news")
    bylines = (box.byline for box in attribution.programmes if box.byline)
    own = iter(texts)  # an author without a text has an empty key
    signed = [
        (box, render_body(next(own), box.references, settings, f"author-{number}-") if key else "")
        for number, (box, key) in enumerate(zip(attribution.authors, attribution.texts, strict=True), start=1)
    ]
    return {
        "byline": news.byline or next(bylines, settings.byline),
        "attribution": attribution,
        "programmes": attribution.programmes,
        "authors": signed,
        "shares": share_links(news.title, url, news.hashtags),
        "mail": mail_link(news.title, url),
    }


def show_item(
    entry: Entry, body: Body, site: Site, theme: Theme, collections: Sequence[TeaserCards] = ()
) -> dict[str, Any]:
    """Return the variables of an item's template that are the same for all kinds.

    Args:
        entry: the item.
        body: its body.
        site: what all pages of the language share.
        theme: the theme.
        collections: the items of each list of other items in the body.
    """
    references, dead = resolved_references(entry), entry.dead_links
    targets, documents = references.targets, references.documents
    repeated = repeats(entry.item.summary, body.outline)
    return {
        "body": render_page_body(
            body,
            references,
            site,
            theme,
            collections=collections,
            without_lead=repeated,
            shown=entry.picture.picture if entry.picture else None,
        ),
        # A text that goes on after the words of its summary tells them itself.
        "standfirst": "" if begins_with(entry.item.summary, body.outline) else entry.item.summary,
        "entry": entry,
        "item": entry.item,
        "player": _find_player(entry),
        "more": (
            *_remote_audio(entry),
            *(
                (
                    with_document(link.label, documents.get(targets.get(link.url, ""), "")),
                    targets.get(link.url, link.url),
                )
                for link in entry.item.more
                if link.url not in dead
            ),
        ),
    }


def _find_player(entry: Entry) -> tuple[str, str] | None:
    """Return the element (``audio`` or ``video``) and the path of the file that an item plays, or None.

    Files of other sites are linked, not played: pages load nothing from there.
    """
    written = getattr(entry.item, "audio", "")
    place = dict(entry.targets).get(written) if written else None
    kind = media_type(place).partition("/")[0] if place else ""
    return (kind, place) if place and kind in ("audio", "video") else None


def _remote_audio(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield (name of the file, address) of sound or film that lies on another site."""
    written = getattr(entry.item, "audio", "")
    if "://" in written:
        yield unquote(urlsplit(written).path.rstrip("/").rpartition("/")[2]) or written, written


def share_links(title: str, url: str, hashtags: Iterable[str] = ()) -> tuple[tuple[str, str], ...]:
    """Return (place, address) for each platform.

    Args:
        title: what is shared.
        url: its full address.
        hashtags: with or without their sign.
    """
    text = " ".join((title, *(f"#{tag.lstrip('#')}" for tag in hashtags)))
    quoted = {"text": _quoted(text), "url": _quoted(url)}
    return tuple((place, address.format(**quoted)) for place, address in PLATFORMS.items())


def mail_link(title: str, url: str) -> str:
    """Return a ``mailto:`` address without recipient, its subject and text filled in (RFC 6068)."""
    return f"mailto:?subject={_quoted(title)}&body={_quoted(title)}%0D%0A%0D%0A{_quoted(url)}"


@lru_cache(maxsize=8)
def _quoted(words: str) -> str:
    return quote(words, safe="")
