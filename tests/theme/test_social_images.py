"""Cards for other platforms: their size, words, direction, and when they are drawn again."""

from datetime import date
from io import BytesIO

import pytest
from msgspec.structs import replace
from PIL import Image
from tests.newsletters.make import SETTINGS, THEME, issue, news, newsroom
from tests.planned import expand_bundles

from clusterpress.library.entries import Label, TeaserCard
from clusterpress.newsletters.images import social_image_outputs as issue_cards
from clusterpress.newsletters.resolve import resolve_issues
from clusterpress.theme.teaser_art import paint_teaser_art
from clusterpress.theme.theme import read_tokens
from clusterpress.theme.typesetting import HEIGHT, WIDTH, SocialImageSpec, draw_social_image, social_image_url
from clusterpress.website.social_images import make_social_image, social_image_outputs

CARD = TeaserCard(
    kind="event", title="Forum", url="events/forum/", lang="en", day=date(2012, 2, 21), last_day=date(2012, 2, 22),
    place="Linz", programmes=(Label(name="Clusters-Cord", slug="cord"),), colour="teal",
)  # fmt: skip
THEME_COLOURS = read_tokens(THEME)["colours"]["light"]
SPEC = SocialImageSpec(title="A title", lang="en", direction="ltr", wordmark="Cluster News", colour="teal")
NO_ART = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 210 120" width="210" height="120"></svg>'
FILES = {
    "news/a.md": news("A"),
    "events/b.md": "---\ntitle: B\nstart: 21 February 2012\n---\nText.\n",
    "pages/about.md": "---\ntitle: About\n---\nText.\n",
    "newsletters/cord/03.md": issue("  - {title: News, items: [a]}"),
}


def picture(content):
    return Image.open(BytesIO(content)).convert("RGB")


def ink(content, box):
    """Return how many pixels of a part of a card are as light as its words."""
    light = picture(content).crop(box).convert("L").point(lambda value: 255 if value > 200 else 0)
    return light.histogram()[255]


@pytest.fixture(scope="module")
def planned():
    library, _, problems = newsroom(FILES)
    assert not problems
    settings = replace(SETTINGS, social_cards=True)
    issues, _ = resolve_issues(library)
    outputs = [
        *expand_bundles(social_image_outputs(library, settings, THEME)),
        *issue_cards(issues, settings, THEME),
    ]
    return {output.path: output for output in outputs}


def test_news_events_and_issues_have_a_card_beside_their_page(planned):
    assert set(planned) == {"news/2011/a/card.png", "events/b/card.png", "newsletters/cord/3/card.png"}
    assert social_image_url("news/2011/a/") == "news/2011/a/card.png"
    assert social_image_url("news/a.html") == "news/a/card.png"


def test_a_site_has_no_cards_unless_it_asks_for_them():
    library, _, _ = newsroom(FILES)
    issues, _ = resolve_issues(library)
    assert not [*social_image_outputs(library, SETTINGS, THEME), *issue_cards(issues, SETTINGS, THEME)]


def test_a_card_has_the_size_that_platforms_ask_for_and_few_bytes(planned):
    for output in planned.values():
        made = output.make()
        assert picture(made).size == (WIDTH, HEIGHT) == (1200, 630)
        assert len(made) < 60_000


def test_the_same_words_give_the_same_bytes_and_each_other_word_another_card():
    cards = [
        CARD,
        replace(CARD, title="Another forum"),
        replace(CARD, day=date(2012, 2, 20)),
        replace(CARD, place="Wels"),
        replace(CARD, colour="plum"),
        replace(CARD, programmes=()),
        replace(CARD, when="February 2012"),
    ]
    made = [make_social_image(THEME, "Cluster News", [card]) for card in cards]
    assert len(set(made)) == len(cards)
    assert make_social_image(THEME, "Cluster News", [CARD]) == made[0]
    assert make_social_image(THEME, "Other site", [CARD]) not in made


def test_a_text_that_a_card_does_not_show_does_not_change_its_key():
    def key(body):
        library, _, _ = newsroom({"news/a.md": news("A", body=body)})
        (output,) = expand_bundles(social_image_outputs(library, replace(SETTINGS, social_cards=True), THEME))
        return output.fingerprint()

    assert key("One text.") == key("Quite another text.")


@pytest.mark.parametrize("words", [1, 12, 40, 90])
def test_a_title_of_any_length_stays_above_the_foot(words):
    made = draw_social_image(THEME, replace(SPEC, title="collaboration " * words, note=""), NO_ART)
    assert ink(made, (64, 130, 864, 570)) > 500
    assert not ink(made, (0, 590, 1200, 630))
    assert not ink(made, (880, 0, 1200, 630))


def test_arabic_cards_are_mirrored():
    left, right = (0, 100, 400, 560), (800, 100, 1200, 560)
    latin = draw_social_image(THEME, SPEC, NO_ART)
    arabic = draw_social_image(
        THEME, replace(SPEC, title="خبر من الدار البيضاء", lang="ar", direction="rtl"), NO_ART
    )
    assert ink(latin, left) > ink(latin, right)
    assert ink(arabic, right) > ink(arabic, left)


def test_the_drawing_of_an_item_fills_a_panel_beside_its_words():
    accent = THEME_COLOURS["teal"]
    art = paint_teaser_art(CARD.url, "event", accent, 67)
    for direction, panel, words in (("ltr", (740, 0, 1200, 630), 700), ("rtl", (0, 0, 460, 630), 500)):
        spec = replace(SPEC, direction=direction, panel=True, title="collaboration " * 12)
        made = draw_social_image(THEME, spec, art)
        colours = picture(made).crop(panel).getcolors(100_000)
        assert sum(count for count, colour in colours if max(colour) > 60) > 100_000
        beside = (64, 130, words, 570) if direction == "ltr" else (words, 130, 1136, 570)
        assert ink(made, beside) > 500


@pytest.mark.parametrize("lang", ["en", "fr", "sk", "pl", "ar"])
def test_every_language_of_the_theme_has_its_letters(lang):
    titles = {"sk": "Piešťany – rozvojová spoločnosť", "pl": "Zażółć gęślą jaźń", "ar": "أيام الدار البيضاء"}
    made = make_social_image(
        THEME, "Cluster News", [replace(CARD, title=titles.get(lang, "L'œuvre « à côté »"), lang=lang)]
    )
    assert picture(made).size == (1200, 630)
