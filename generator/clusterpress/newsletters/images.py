"""Images made for issues: the cover's art, the social image, and the PNG files of e-mails."""

import json
from collections.abc import Iterable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path

from clusterpress.config.settings import NewsletterSettings, Settings
from clusterpress.funding.acknowledgement import BLUE, FLY, HOIST, YELLOW, draw_stars
from clusterpress.library.entries import TeaserCard
from clusterpress.newsletters.document import IssueMetadata
from clusterpress.newsletters.issues import Counts, ResolvedIssue, count_stories
from clusterpress.theme.cover_art import HEIGHT, RING, WIDTH, draw_cover_art
from clusterpress.theme.theme import Theme, palette_on_band, read_tokens
from clusterpress.theme.typesetting import SocialImageSpec, draw_social_image, social_image_url, typeset
from clusterpress.theme.wording import Wording, open_wording
from clusterpress.values.outputs import Output

PIXEL_RATIO = 2
"""Pixels of a PNG for each CSS pixel of its place."""

EMBLEM_HEIGHT = 48
"""CSS pixels; at least 1 cm on any screen that states its size."""

_OVERSAMPLING = 8
"""How much larger the emblem is drawn than it is, so that its stars have smooth edges."""


def draw_art(theme: Theme, wording: Wording, seed: str, counts: Counts) -> str:
    """Return the art of a cover as SVG, mirrored where the language is written from right to left.

    Args:
        theme: the theme.
        wording: the words of the issue's language.
        seed: see `IssueHead.art_seed`.
        counts: see `count_stories`.
    """
    mirrored = wording.direction == "rtl"
    return draw_cover_art(seed, counts, palette_on_band(theme), mirrored=mirrored)


def ring_of(wording: Wording) -> tuple[float, float, float]:
    """Return centre and radius of the ring that holds the issue's number."""
    x, y, radius = RING
    return (WIDTH - x if wording.direction == "rtl" else x, y, radius)


def social_image_outputs(
    issues: Iterable[ResolvedIssue], settings: Settings, theme: Theme
) -> Iterator[Output]:
    """Yield the social image of each issue, if the site has social images.

    Args:
        issues: the issues.
        settings: the site's settings.
        theme: the theme.
    """
    for issue in issues if settings.social_cards else ():
        make = partial(
            make_social_image,
            theme=theme,
            masthead=issue.masthead,
            card=issue.entry.card,
            seed=issue.art_seed,
            sections=count_stories(issue.sections),
        )
        yield Output(
            path=social_image_url(issue.path), make=make, sources=(issue.item.source.path,), optional=True
        )


def cover_outputs(issues: Iterable[ResolvedIssue], theme: Theme) -> Iterator[Output]:
    """Yield the art of each issue whose cover is drawn, as lists of issues show it.

    Args:
        issues: the issues.
        theme: the theme.
    """
    for issue in issues:
        if issue.entry.picture and issue.item.cover.get("art") != "auto":
            continue
        sections = count_stories(issue.sections)
        make = partial(make_cover, theme=theme, lang=issue.entry.lang, seed=issue.art_seed, sections=sections)
        yield Output(path=f"{issue.path}cover.svg", make=make, sources=(issue.item.source.path,))


def make_cover(theme: Theme, lang: str, seed: str, sections: Counts) -> bytes:
    """Return the art of a cover as SVG, without the number in its ring.

    Args:
        theme: the theme.
        lang: language of the issue.
        seed: see `IssueHead.art_seed`.
        sections: see `count_stories`.
    """
    return draw_art(theme, open_wording(theme, lang, "newsletter"), seed, sections).encode()


def make_social_image(
    theme: Theme, masthead: NewsletterSettings, card: TeaserCard, seed: str, sections: Counts
) -> bytes:
    """Return the social image of an issue, with the art of its cover.

    Args:
        theme: the theme.
        masthead: how the newsletter is called.
        card: the issue, as lists show it.
        seed: see `IssueHead.art_seed`.
        sections: see `count_stories`.
    """
    wording = open_wording(theme, card.lang, "newsletter")
    spec = SocialImageSpec(
        title=f"{wording.labels['newsletter']} {wording.label('issue_number', number=card.number)}",
        lang=card.lang,
        direction=wording.direction,
        wordmark=masthead.wordmark or masthead.name,
        kicker=masthead.tagline,
        note=wording.dates.when(card),
        number=card.number,
    )
    return draw_social_image(theme, spec, draw_art(theme, wording, seed, sections))


def draw_cover(theme: Theme, metadata: IssueMetadata, counts: Counts) -> bytes:
    """Return the art of a cover as PNG, with the issue's number in its ring.

    Args:
        theme: the theme, whose template is ``newsletter/mail/cover.typ``.
        metadata: newsletter, number and language.
        counts: see `count_stories`.
    """
    wording = open_wording(theme, metadata.entry.lang, "newsletter")
    values = {
        "width": WIDTH,
        "height": HEIGHT,
        "ring": ring_of(wording),
        "number": str(metadata.number),
        "ground": read_tokens(theme)["band"]["ground"],
    }
    files = {
        "main.typ": (Path(theme.folder) / "newsletter" / "mail" / "cover.typ").read_bytes(),
        "values.json": json.dumps(values).encode(),
        "art.svg": draw_art(theme, wording, metadata.art_seed, counts).encode(),
    }
    return typeset(files, theme, format="png", ppi=72.0 * PIXEL_RATIO)[0]


def draw_emblem() -> bytes:
    """Return the European emblem as PNG, from the outlines of the one on web pages."""
    from PIL import Image, ImageDraw  # takes longer to import than issues take to plan

    height = EMBLEM_HEIGHT * PIXEL_RATIO
    size = (round(height * FLY / HOIST), height)
    scale = height * _OVERSAMPLING / HOIST
    image = Image.new("RGB", (size[0] * _OVERSAMPLING, size[1] * _OVERSAMPLING), BLUE)
    draw = ImageDraw.Draw(image)
    for star in draw_stars().rstrip("z").split("z"):
        corners = (point.split() for point in star.removeprefix("M").split("L"))
        draw.polygon([(float(x) * scale, float(y) * scale) for x, y in corners], fill=YELLOW)
    file = BytesIO()
    image.resize(size, Image.Resampling.LANCZOS).save(file, "PNG", optimize=True)
    return file.getvalue()
