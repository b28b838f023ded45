"""Cards of items in lists: what stands over the title, and the drawing of an item without a picture."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from clusterpress.content.items import Format

PROGRAMME = "---\ntitle: Next\ncolour: teal\n---\nAbout.\n"


def news(title: str, *lines: str) -> str:
    return "\n".join(["---", f"title: {title}", "date: 2019-05-05", *lines, "---", "Text."])


@pytest.fixture(scope="module")
def site(make_site):
    return make_site(
        {
            "programmes/next.md": PROGRAMME,
            "news/both.md": news("Both", "format: report", "programme: next"),
            "news/form.md": news("Form", "format: interview"),
            "news/plain.md": news("Plain"),
            "news/photo.md": news("Photo", "programme: next", "image: {src: a.png, alt: Dots}"),
            "news/plain.ar.md": news("عادي", "format: report"),
        },
        pictures=("news/a.png",),
        languages=("en", "ar"),
    )


def card_of(site, title: str, path: str = "news/index.html"):
    cards = LexborHTMLParser(site.page(path)).css("article.card")
    return next(card for card in cards if card.css_first(".card__title").text() == title)


@pytest.mark.parametrize(
    ("title", "kicker", "date"),
    [
        ("Both", "Report · Next", "5 May 2019"),
        ("Form", "Interview", "5 May 2019"),
        ("Photo", "Next", "5 May 2019"),
        ("Plain", "News", "5 May 2019"),  # so that the titles and the dates of a row stand at one height
    ],
)
def test_what_an_item_is_stands_over_its_title(site, title, kicker, date) -> None:
    card = card_of(site, title)
    assert card.css_first(".card__kicker").text() == kicker
    assert card.css_first(".card__date").text() == date


def test_the_kind_of_text_is_named_in_the_language_of_the_page(site) -> None:
    assert card_of(site, "عادي", "ar/news/index.html").css_first(".card__kicker").text() == "تقرير"


def test_the_page_of_an_item_names_its_kind_too(site) -> None:
    head = LexborHTMLParser(site.page("news/2019/both/index.html")).css_first(".item__head .kicker")
    assert head.text() == "Report · Next"


def test_an_item_without_a_picture_has_a_drawing_of_its_own(site) -> None:
    drawings = [card_of(site, title).css_first("svg.art") for title in ("Both", "Form", "Plain")]
    assert len({drawing.html for drawing in drawings}) == 3
    assert {drawing.attributes["aria-hidden"] for drawing in drawings} == {"true"}
    photo = card_of(site, "Photo")
    assert photo.css_first("svg.art") is None
    assert photo.css_first("img").attributes["alt"] == "Dots"
    assert (
        card_of(site, "Both").css_first("svg.art").html
        == card_of(site, "Both", "index.html").css_first(".art").html
    )


def test_every_kind_of_text_has_a_word(make_site) -> None:
    for number, form in enumerate(Format.__args__):
        page = make_site({f"news/n{number}.md": news("N", f"format: {form}")}).page("index.html")
        assert LexborHTMLParser(page).css_first(".card__kicker b").text().lower() == form
