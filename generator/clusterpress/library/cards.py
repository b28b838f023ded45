"""Entries and cards: an item with its place, its terms and its pictures resolved."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from clusterpress.config.settings import Settings
from clusterpress.content.items import Cluster, Event, Image, Issue, Item, News, Partner, Programme
from clusterpress.digests import digest
from clusterpress.library.entries import Card, Entry, Label, Picture, ShownPicture, Taxonomy
from clusterpress.library.links import resolve_path
from clusterpress.library.visibility import State, instant, published_at
from clusterpress.markup import Outline


def show(image: Image | None, source: str, pictures: Mapping[str, Picture]) -> ShownPicture | None:
    """Return the published picture for an image of front matter, or None when there is none."""
    picture = pictures.get(resolve_path(source, image.src)) if image else None
    if not image or not picture:
        return None
    return ShownPicture(picture=picture, alt=image.alt, caption=image.caption, credit=image.credit)


def make_card(
    item: Item,
    outline: Outline,
    *,
    url: str,
    lang: str,
    picture: ShownPicture | None,
    programmes: tuple[Label, ...],
    colour: str,
    state: State,
) -> Card:
    """Return the card of an item."""
    card = Card(
        kind=item.kind,
        title=item.title,
        url=url,
        lang=lang,
        summary=item.summary or outline.excerpt,
        picture=picture,
        programmes=programmes,
        colour=colour,
        draft=item.draft,
        state=state,
        **_dates(item),
        **_particulars(item),
    )
    return replace(card, digest=digest(card))


def _dates(item: Item) -> dict[str, Any]:
    if isinstance(item, News | Issue):
        period = item.period if isinstance(item, Issue) else ""
        return {"day": item.date.day, "when": period}
    if isinstance(item, Event) and item.start:
        return {"day": item.start.day, "last_day": (item.end or item.start).day}
    if isinstance(item, Event) and item.when:
        return {"day": item.when.first, "last_day": item.when.last, "when": item.when.text}
    return {}


def _particulars(item: Item) -> dict[str, Any]:
    match item:
        case Event():
            return {
                "place": item.place,
                "country": item.country,
                "sectors": item.sectors,
                "cancelled": item.cancelled,
            }
        case Cluster():
            return {"place": item.city, "country": item.country, "sectors": item.sectors}
        case Partner():
            return {"number": item.number, "role": item.role, "country": item.country}
        case Programme():
            return {"when": item.period}
        case Issue():
            return {"number": str(item.number)}
        case _:
            return {}


def make_entry(
    item: Item,
    outline: Outline,
    *,
    slug: str,
    url: str,
    body: bytes,
    terms: Mapping[Taxonomy, tuple[Label, ...]],
    colour: str,
    pictures: Mapping[str, Picture],
    settings: Settings,
    zone: ZoneInfo,
    state: State,
) -> Entry:
    """Return the entry of an item; links, translations and the digest are filled in by `finish`."""
    image = item.image or getattr(item, "logo", None)
    picture = show(image, item.source.path, pictures)
    published = published_at(item, zone)
    updated = instant(item.updated, zone) if item.updated else published
    first_address = item.id or settings.url + (item.aliases[0].lstrip("/") if item.aliases else url)
    return Entry(
        item=item,
        slug=slug,
        lang=item.lang,
        url=url,
        id=first_address,
        terms=terms,
        body=body,
        outline=outline,
        card=make_card(
            item,
            outline,
            url=url,
            lang=item.lang,
            picture=picture,
            programmes=terms["programmes"],
            colour=colour,
            state=state,
        ),
        picture=picture,
        published=published,
        updated=max(published, updated),
    )


def finish(
    entry: Entry,
    *,
    targets: tuple[tuple[str, str], ...],
    figures: tuple[tuple[str, Picture], ...],
    translations: tuple[tuple[str, str], ...],
    reading: bytes,
) -> Entry:
    """Return the entry with its links, translations and digest.

    Args:
        entry: as made by `make_entry`.
        targets: link target as written → path below the root.
        figures: picture as written → published picture.
        translations: (language, path below the root).
        reading: digest of the settings that change how front matter is read.
    """
    key = digest(
        reading,
        entry.item.source.digest,
        entry.item.source.path,
        entry.slug,
        entry.url,
        entry.id,
        entry.terms,
        entry.body,
        entry.card,
        entry.picture,
        targets,
        figures,
        translations,
    )
    return replace(entry, targets=targets, figures=figures, translations=translations, digest=key)
