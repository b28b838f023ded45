"""What a designer looks at first: the first screen of a phone, poor pictures, high contrast, paper, what moves."""

from collections import Counter
from gzip import compress

import pytest

from tests.browser.serving import serving
from tests.browser.test_accessibility import TEMPLATES
from tests.sites.poor_content import poor_site
from tests.sites.small_site import NOW

PHONE = {"width": 390, "height": 844}
MOVES = """window.moved = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved += entry.value;
}).observe({type: "layout-shift", buffered: true});"""
"""Sums the layout shifts of a page (https://web.dev/cls)."""


@pytest.fixture(scope="module")
def poor(tmp_path_factory):
    """Return the address of a site with uneven texts, two portrait photos and no other picture."""
    site = poor_site(tmp_path_factory.mktemp("poor"), "mixed")
    assert [str(one) for one in site.build().problems if one.severity == "error"] == []
    with serving(site.root / "site") as address:
        yield address


def box(page, selector):
    return page.locator(selector).first.bounding_box()


def size_of(text):
    """Return the size of the letters in CSS pixels."""
    return float(text.evaluate("one => parseFloat(getComputedStyle(one).fontSize)"))


@pytest.mark.parametrize("path", ["", "ar/"])
def test_a_phone_shows_the_first_headline_without_scrolling(read, path) -> None:
    page = read(path, **PHONE).page
    assert box(page, ".masthead")["height"] <= 120
    title = box(page, ".card--lead .card__title")
    assert title["y"] + title["height"] <= PHONE["height"]
    others = [size_of(one) for one in page.locator(".front__next .card__title, .cards .card__title").all()]
    assert size_of(page.locator(".card--lead .card__title")) >= 1.4 * max(others, default=16)


def test_a_long_name_and_a_portrait_leave_the_headline_on_the_first_screen(read, poor) -> None:
    page = read("", base=poor, **PHONE).page
    assert box(page, ".masthead")["height"] <= 120
    title = box(page, ".card--lead .card__title")
    assert title["y"] + title["height"] <= PHONE["height"]


def test_the_menu_of_a_phone_opens_and_closes_without_scripts(read) -> None:
    page = read("news/", script=False, **PHONE).page
    menu, sections = page.locator("#menu"), page.locator("#menu a")
    assert not menu.is_visible()
    page.locator(".masthead__button").click()
    assert sections.first.is_visible()
    assert page.locator("#menu [aria-current]").inner_text() == "News"
    page.locator(".menu__close").click()
    assert not menu.is_visible()
    page.locator(".find__button").click()
    page.wait_for_url("**/search/?q=")


def test_portraits_fill_neither_a_screen_nor_half_a_printed_page(read, poor) -> None:
    page = read("news/2021/item-01/", base=poor).page
    images = page.locator(".item__picture img, .text img").all()
    assert len(images) == 1  # the text begins with the same picture, which is shown once
    assert max(image.bounding_box()["height"] for image in images) <= 0.8 * 900 + 1
    page.emulate_media(media="print")
    assert max(image.bounding_box()["height"] for image in images) <= 125 * 96 / 25.4 + 1


def tops_by_row(page, part):
    """Return where a part of each card begins, for the row of cards at each height."""
    rows = {}
    cards = page.locator(".cards .card").all()
    for card in cards:
        top = card.locator(part).bounding_box()["y"]
        rows.setdefault(round(card.bounding_box()["y"]), set()).add(round(top))
    assert 2 * len(rows) <= len(cards) + 1  # cards of a row begin at one height
    return rows


def test_cards_of_a_row_begin_and_end_at_the_same_heights(read, poor) -> None:
    page = read("", base=poor).page
    for part in (".card__picture", ".card__kicker", ".card__title"):
        assert all(len(tops) == 1 for tops in tops_by_row(page, part).values()), part
    page.goto(f"{poor}programmes/wood/")
    cards, row = page.locator(".cards .card").all(), box(page, ".cards")
    assert len(cards) == 1  # and it fills its row
    assert cards[0].bounding_box()["width"] == pytest.approx(row["width"], abs=1)


def test_dates_of_a_row_stand_below_the_texts_of_all_its_cards(read, poor) -> None:
    page = read("", base=poor).page
    cards = page.locator(".cards .card")
    kickers = [one.inner_text().lower() for one in cards.locator(".card__kicker").all()]
    assert "news" in kickers  # a text of no programme
    assert all(len(tops) == 1 for tops in tops_by_row(page, ".card__date").values())
    assert cards.locator(".card__date").count() == cards.count()


def test_stories_of_a_phone_keep_their_distance_from_the_rule_below(read) -> None:
    page = read("", **PHONE).page
    edges = [one.bounding_box() for one in page.locator(".front__next .card__date, .cards--four .card").all()]
    gaps = [edges[2]["y"] - edges[1]["y"] - edges[1]["height"]]
    second = page.locator(".front__next .card").nth(1).bounding_box()
    gaps.append(second["y"] - edges[0]["y"] - edges[0]["height"])
    assert min(gaps) >= 16


@pytest.mark.parametrize("width", [390, 768, 1024])
def test_the_end_key_reaches_the_end_of_a_page(read, width) -> None:
    page = read("", width=width).page
    left = "document.documentElement.scrollHeight - innerHeight - scrollY"
    page.evaluate("document.documentElement.style.scrollBehavior = 'auto'; scrollTo(0, 1e6)")
    # On phones the foot is drawn when it is near, and takes the height it was given until then.
    page.wait_for_function(f"{left} <= {60 if width == 390 else 1}")
    columns = page.locator(".foot__columns > :not(.foot__about)").all()
    if width > 700:
        assert len({round(one.bounding_box()["y"]) for one in columns}) == 1


@pytest.mark.parametrize("width", [390, 600, 768, 1024, 1440])
def test_no_row_of_the_front_page_is_left_with_a_single_card(read, width) -> None:
    page = read("", width=width).page
    for row in (".cards--four > *", ".events--row > *:visible"):
        tops = Counter(round(one.bounding_box()["y"]) for one in page.locator(row).all())
        assert len(set(tops.values())) <= 1, row  # later, no event is to come
    text = page.locator(".foot__publisher a").evaluate("(one) => one.getClientRects().length")
    assert text == 1 or width == 390


def test_entries_of_a_directory_have_no_boxes_and_their_numbers_below_their_names(read) -> None:
    page = read("partners/", width=1440).page
    for entry in page.locator(".record:has(.badge)").all():
        name, number = entry.locator("h2").bounding_box(), entry.locator(".badge").bounding_box()
        assert number["y"] >= name["y"] + name["height"] - 1
        assert number["x"] == pytest.approx(name["x"], abs=1)
    edges = "(one) => { const style = getComputedStyle(one); return [style.borderLeftWidth, style.backgroundColor]; }"
    assert {tuple(one.evaluate(edges)) for one in page.locator(".record").all()} == {
        ("0px", "rgba(0, 0, 0, 0)")
    }


def test_foreign_values_of_a_fact_box_stand_beside_its_words(read) -> None:
    """In Arabic, the words of a fact box stand on the right; so do English values, read from left to right."""
    page = read("ar/news/2019/techdays-casablanca/", width=1024).page
    values = page.locator(".box .facts dd[dir=ltr]").all()
    assert values
    assert {one.evaluate("(one) => getComputedStyle(one).textAlign") for one in values} == {"end"}


def test_the_side_column_and_the_forms_keep_to_the_columns_of_an_article(read) -> None:
    visit = read("events/techdays-casablanca/", width=1024)
    assert box(visit.page, ".item__side")["y"] == pytest.approx(box(visit.page, ".facts--event")["y"], abs=2)
    visit.open("news/2019/techdays-casablanca/")
    side, form = box(visit.page, ".item__side"), box(visit.page, ".subscribe")
    assert form["x"] == side["x"]
    assert form["width"] == pytest.approx(side["width"], abs=1)
    picture, text = box(visit.page, ".item__picture--wide"), box(visit.page, ".item__main")
    assert picture["width"] == pytest.approx(side["x"] + side["width"] - text["x"], abs=1)
    head, face = box(visit.page, ".box--author h2"), box(visit.page, ".author__picture")
    assert face["x"] == pytest.approx(head["x"], abs=1)


def test_buttons_of_a_list_of_events_stand_apart_and_tiles_have_one_height(read) -> None:
    page = read("events/", **PHONE).page
    first, second = (one.bounding_box() for one in page.locator(".views .button").all())
    assert second["y"] >= first["y"] + first["height"] + 8
    page.goto(page.url + "page/2/" if page.locator(".event__block:not(:has(b))").count() == 0 else page.url)
    month = page.locator(".event__block:not(:has(b)) span").first
    assert size_of(month) >= 20  # the month is read where other tiles have their day


def test_a_printed_front_page_hides_none_of_its_sections(read) -> None:
    page = read("").page
    page.emulate_media(media="print")
    band = page.locator(".stripe")
    assert band.evaluate("(one) => getComputedStyle(one).boxShadow") == "none"
    widths = {round(one.bounding_box()["width"]) for one in page.locator(".cards .card").all()}
    assert len(widths) == 1
    assert page.locator(".cards .card").count() % 2 == 0
    assert box(page, ".cards .card")["width"] > 0.45 * box(page, ".cards")["width"]


@pytest.mark.parametrize("width", [1440, 390])
def test_the_words_of_the_law_weigh_less_than_the_newsletter(read, width) -> None:
    """Readers see the last issue before the box to subscribe, and one line of consent in it."""
    page = read("", width=width).page
    issue, form = box(page, ".band .issue"), box(page, ".subscribe")
    assert page.locator(".subscribe").count() == 1
    assert form["y"] >= issue["y"] + issue["height"]
    assert form["height"] < 0.8 * issue["height"]
    first, second = (one.bounding_box() for one in page.locator(".subscribe__choice").all())
    assert (first["y"] == second["y"]) is (width == 1440)
    facts = page.locator(".subscribe details p")
    assert not facts.is_visible()
    page.locator(".subscribe summary").click()
    assert "How long we keep your address" in facts.inner_text()


@pytest.mark.parametrize("width", [390, 320])
def test_long_titles_and_names_leave_no_void_on_a_phone(read, poor, width) -> None:
    visit = read("news/", base=poor, width=width, height=844)
    assert box(visit.page, ".masthead")["height"] <= 100
    lines = "(one) => one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight)"
    assert max(round(one.evaluate(lines)) for one in visit.page.locator(".card__title").all()) <= 5
    edges = {round(one.bounding_box()["x"]) for one in visit.page.locator(".river .card__title").all()}
    assert len(edges) == 1, "titles begin at one edge"


def test_an_article_without_a_side_column_stands_in_the_middle(read, poor) -> None:
    page = read("news/2021/item-04/", base=poor, width=1440).page
    text = box(page, ".text")
    assert text["x"] + text["width"] / 2 == pytest.approx(
        box(page, ".page")["width"] / 2 + box(page, ".page")["x"], abs=2
    )
    assert page.locator(".onward .card").count() == 3
    tops = {round(one.bounding_box()["y"]) for one in page.locator(".onward .card").all()}
    assert len(tops) == 1


def test_events_that_are_over_on_the_day_of_the_reader_move_below_their_year(read) -> None:
    visit = read()
    visit.page.clock.set_fixed_time("2022-04-01")
    page = visit.open("events/")
    years = page.locator(".year__name").all_inner_texts()
    assert years[:2] == ["2022", "2021"]
    assert page.locator(".year").first.locator("h4").all_inner_texts() == ["An event to come"]
    assert not page.get_by_role("heading", name="Upcoming events").is_visible()
    assert page.get_by_text("No events are announced").is_visible()
    assert visit.faults() == []


def test_high_contrast_shows_the_current_section_and_edges_of_buttons(read) -> None:
    page = read("newsletters/", forced_colors="active").page
    current, other = page.locator(".menu [aria-current]"), page.locator(".menu a:not([aria-current])").first
    ground = "(one) => getComputedStyle(one).backgroundColor"
    assert current.evaluate(ground) != other.evaluate(ground)
    width = "(one) => getComputedStyle(one).borderTopWidth"
    assert page.locator(".button").first.evaluate(width) == "1px"


@pytest.mark.parametrize(
    "path", ["news/2011/what-is-a-metacluster/", "news/2011/benchmarking-conference-milan/"]
)
def test_texts_and_tables_are_printed_black_on_white(read, path) -> None:
    page = read(path, dark=True).page
    page.emulate_media(media="print")
    parts = page.locator(
        ".item__title, .text p, .text th, .text td, .text h2, .text .figures strong, .box p"
    ).all()
    colours = "(one) => { const style = getComputedStyle(one); return [style.color, style.backgroundColor]; }"
    assert {tuple(one.evaluate(colours)) for one in parts} == {("rgb(0, 0, 0)", "rgba(0, 0, 0, 0)")}


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_moves_while_a_page_loads(read, width) -> None:
    visit = read(width=width)
    visit.page.add_init_script(MOVES)
    visit.page.clock.set_fixed_time(NOW)  # later, a script moves events that are over
    moved = {}
    for path in (*TEMPLATES[:: 6 if width == 390 else 5], "clusters/", "search/?q=clusters"):
        visit.open(path)
        if path.startswith("search/?"):
            visit.page.wait_for_selector(".found__item")
        moved[path] = visit.page.evaluate("window.moved")
    assert {path: shift for path, shift in moved.items() if shift > 0.02} == {}


def test_first_views_of_a_phone_are_light(read) -> None:
    """Texts weigh what they weigh compressed, as hosts send them."""
    visit = read(device_scale_factor=2, **PHONE)
    sent = {}
    visit.page.on("response", lambda answer: sent.update({answer.url: answer.body()}))
    for path, limit in {"": 120, "news/2011/benchmarking-conference-milan/": 80}.items():
        sent.clear()
        visit.open(path)
        visit.page.wait_for_load_state("networkidle")
        weight = sum(
            len(body if url.endswith((".woff2", ".webp", ".png")) else compress(body))
            for url, body in sent.items()
        )
        assert 40 < weight / 1024 <= limit


def test_the_name_of_a_season_stays_within_its_tile(read) -> None:
    page = read("events/2011/10/").page
    tile = page.locator(".event__block")
    for word in ("Autumn", "Printemps"):
        page.locator(".event__word").evaluate("(one, word) => { one.textContent = word }", word)
        assert tile.evaluate("one => one.scrollWidth <= one.clientWidth"), word
