"""Cards: what other platforms show with a link to an issue: its cover in small."""

from collections.abc import Iterable, Iterator
from functools import partial

from clusterpress.config.settings import NewsletterSettings, Settings
from clusterpress.library.entries import TeaserCard
from clusterpress.newsletters.issues import ResolvedIssue, in_order
from clusterpress.newsletters.wording import open_wording
from clusterpress.theme.cover_art import draw_cover_art
from clusterpress.theme.social_images import SocialImageSpec, draw_social_image, social_image_url
from clusterpress.theme.theme import Theme
from clusterpress.theme.tokens import palette_on_band
from clusterpress.values.outputs import Output


def card_outputs(issues: Iterable[ResolvedIssue], settings: Settings, theme: Theme) -> Iterator[Output]:
    """Yield the card of each issue, if the site has cards."""
    for issue in issues if settings.social_cards else ():
        yield Output(
            path=social_image_url(issue.path),
            make=partial(
                make_card,
                theme=theme,
                masthead=issue.masthead,
                card=issue.entry.card,
                seed=f"{issue.newsletter} {issue.number}",
                sections=tuple((section.colour, len(in_order(section))) for section in issue.sections),
            ),
            sources=(issue.item.source.path,),
        )


def make_card(
    theme: Theme,
    masthead: NewsletterSettings,
    card: TeaserCard,
    seed: str,
    sections: tuple[tuple[str, int], ...],
) -> bytes:
    """Return the card of an issue, with the art of its cover."""
    wording = open_wording(theme, card.lang)
    mirrored = wording.direction == "rtl"
    spec = SocialImageSpec(
        title=f"{wording.labels['newsletter']} {wording.label('issue_number', number=card.number)}",
        lang=card.lang,
        direction=wording.direction,
        wordmark=masthead.wordmark or masthead.name,
        kicker=masthead.tagline,
        note=wording.dates.when(card),
        number=card.number,
    )
    return draw_social_image(
        theme, spec, draw_cover_art(seed, sections, palette_on_band(theme), mirrored=mirrored)
    )
