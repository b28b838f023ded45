"""Social images: what other platforms show with a link to a news item or an event."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import product

from clusterpress.config.settings import Settings
from clusterpress.library.entries import Entry, TeaserCards
from clusterpress.library.library import Library
from clusterpress.theme.cover_art import draw_cover_art
from clusterpress.theme.motifs import HIGH
from clusterpress.theme.teaser_art import paint_teaser_art
from clusterpress.theme.theme import Theme, palette_on_band, read_tokens
from clusterpress.theme.typesetting import (
    PANEL,
    SOCIAL_IMAGE_KINDS,
    SocialImageSpec,
    draw_social_image,
    social_image_url,
)
from clusterpress.values.digests import digest, join_digests
from clusterpress.values.outputs import Bundle, Output
from clusterpress.website.page_planner import split_in_chunks

DOTS = 7
"""Dots in the drawing of the site."""


def social_image_outputs(library: Library, settings: Settings, theme: Theme) -> Iterator[Bundle]:
    """Yield the social image of each news item and event, if the site has social images.

    Those of issues come from `newsletters.images`. For the arguments, see `website.outputs.outputs`.
    """
    kinds = sorted(SOCIAL_IMAGE_KINDS - {"issue"}) if settings.social_cards else ()
    for kind, lang in product(kinds, settings.languages):
        name = settings.in_language(lang).name
        common = digest(theme, name, library.shared_digest)
        entries = library.of_kind(kind, lang)
        for number, positions in split_in_chunks(len(entries)):
            chunk = entries[positions.start : positions.stop]
            cards = library.digest_cards(("cards", kind, lang, number), chunk)
            yield Bundle(
                name=f"{lang}/cards/{kind}/{number}",
                cache_key=join_digests([common, cards]),
                plan=partial(_plan, chunk, name, theme),
            )


def site_image_path(lang: str) -> str:
    """Return the path of the image of the site itself in a language."""
    return f"assets/images/social-{lang}.png"


def site_image_outputs(settings: Settings, theme: Theme) -> Iterator[Output]:
    """Yield the image of the site in each language, for pages that are no items, if it has social images."""
    for lang in settings.languages if settings.social_cards else ():
        own = settings.in_language(lang)
        make = partial(make_site_image, theme=theme, name=own.name, tagline=own.tagline, lang=lang)
        yield Output(path=site_image_path(lang), make=make)


def make_site_image(theme: Theme, name: str, tagline: str, lang: str) -> bytes:
    """Return the image of the site: its name and tagline."""
    from clusterpress.theme.wording import open_wording

    direction = open_wording(theme, lang).direction
    spec = SocialImageSpec(
        title=name, lang=lang, direction=direction, wordmark="", kicker="", note=tagline, colour=""
    )
    mirrored = direction == "rtl"
    art = draw_cover_art(name, [("blue", DOTS)], palette_on_band(theme), mirrored=mirrored)
    return draw_social_image(theme, spec, art)


def _plan(entries: Sequence[Entry], site: str, theme: Theme) -> Iterator[Output]:
    for entry in entries:
        yield Output(
            path=social_image_url(entry.url),
            make=partial(make_social_image, theme=theme, site=site, card=TeaserCards((entry,))),
            sources=(entry.path,),
        )


def make_social_image(theme: Theme, site: str, card: TeaserCards) -> bytes:
    """Return the social image of an item: its title, programme, date and place.

    Args:
        theme: the theme.
        site: name of the site.
        card: the item, as lists show it.
    """
    from clusterpress.theme.wording import open_wording

    (shown,) = card
    wording = open_wording(theme, shown.lang)
    spec = SocialImageSpec(
        title=shown.title,
        lang=shown.lang,
        direction=wording.direction,
        wordmark=site,
        kicker=shown.programmes[0].name if shown.programmes else "",
        note=" · ".join(filter(None, (wording.dates.when(shown), shown.place))),
        colour=shown.colour,
        panel=True,
    )
    colours = read_tokens(theme)["colours"]["light"]
    accent = shown.colour if shown.colour.startswith("#") else colours.get(shown.colour, colours["blue"])
    width = round(HIGH * PANEL[0] / PANEL[1])
    return draw_social_image(
        theme, spec, paint_teaser_art(shown.url, shown.format or shown.kind, accent, width)
    )
