"""What readers do: without scripts, with the keyboard alone, in another language, looking for somebody."""

import pytest

from tests.browser.reading import visiting
from tests.browser.serving import serving
from tests.sites.small_site import FILES, NOW, Site

LINKS = "header a[href], main a[href], footer a[href]"


@pytest.mark.parametrize(
    "path", ["", "news/", "news/2019/techdays-casablanca/", "clusters/", "events/", "ar/"]
)
def test_without_scripts_everything_is_there(read, path):
    on_build_day, without = read(), read(path, script=False).page
    on_build_day.page.clock.set_fixed_time(NOW)  # later, scripts move events that are over
    with_script = on_build_day.open(path)
    words = with_script.locator("main").inner_text()
    hidden = with_script.locator("form.filters")
    for part in hidden.all_inner_texts():
        words = words.replace(part, "")
    assert without.locator("main").inner_text().split() == words.split()
    assert without.locator(LINKS).count() == with_script.locator(LINKS).count() > 20
    for form in without.locator("form.filters").all():
        assert not form.is_visible()


@pytest.mark.parametrize(
    "path", ["", "news/2019/techdays-casablanca/", "partners/", "ar/news/2019/techdays-casablanca/"]
)
@pytest.mark.parametrize("width", [1280, 320])
def test_the_keyboard_reaches_everything_and_always_shows_where_it_is(read, path, width):
    page = read(path, width=width).page
    reached = []
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["y"] >= 0, "the skip link is seen when it has the focus"
    for _ in range(300):
        here = page.evaluate(FOCUS)
        if here is None:
            break
        reached.append(here)
        page.keyboard.press("Tab")
    assert [one for one in reached if not one["outlined"]] == []
    assert [one for one in reached if not one["inside"]] == []
    assert len(reached) == page.evaluate(REACHABLE)


FOCUS = """() => {
  const here = document.activeElement;
  if (!here || here === document.body || here.dataset.seen) return null;
  here.dataset.seen = "1";
  const style = getComputedStyle(here), box = here.getBoundingClientRect();
  return {
    words: here.textContent.trim().slice(0, 40),
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inside: box.width > 0 && box.right <= innerWidth + 1 && box.left >= -1 && box.bottom > 0 && box.top < innerHeight,
  };
}"""
REACHABLE = """[...document.querySelectorAll("a[href], button, select, input, summary, [tabindex='0']")]
  .filter((one) => one.checkVisibility({visibilityProperty: true})).length"""


def test_the_skip_link_leads_to_the_content(read):
    page = read("news/").page
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_switch_leads_to_the_same_item_and_back(read):
    visit = read("news/2019/techdays-casablanca/")
    page = visit.page
    languages = page.locator("nav.languages")
    languages.get_by_role("link", name="العربية").click()
    page.wait_for_url(f"{visit.base}ar/news/2019/techdays-casablanca/")  # and until it is there as a whole
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    languages.get_by_role("link", name="English").click()
    page.wait_for_url(f"{visit.base}news/2019/techdays-casablanca/")


def test_the_switch_says_what_is_not_translated_and_leads_to_that_languages_home(read):
    visit = read("news/2011/benchmarking-conference-milan/")
    link = visit.page.locator("nav.languages a[hreflang=fr]")
    assert link.inner_text() == "Français (non traduit)"
    link.click()
    visit.page.wait_for_url(f"{visit.base}fr/")
    assert "Pas encore traduit" in visit.page.locator("main").inner_text()


def test_a_directory_is_filtered_by_country_and_sector_and_told_aloud(read):
    visit = read("clusters/")
    page = visit.page
    count, records = page.get_by_role("status"), page.locator(".record:visible")
    everybody = records.count()
    page.get_by_label("Country").select_option("Lebanon")
    assert records.locator(".record__name").all_inner_texts() == ["QOOT"]
    assert [one.strip() for one in page.locator(".group__name:visible").all_inner_texts()] == ["Lebanon"]
    assert count.inner_text() == f"1 of {everybody} shown"
    assert page.url.endswith("clusters/?country=Lebanon")
    page.reload()
    assert records.count() == 1, "the address keeps the choice"
    page.get_by_label("Sectors").select_option("ICT")
    assert records.count() == 0
    page.get_by_role("button", name="Show all").click()
    page.wait_for_function(f"document.querySelectorAll('.record:not([hidden])').length === {everybody}")
    assert page.url.endswith("clusters/")
    assert visit.complaints == []


def test_partners_are_filtered_by_role(read):
    page = read("partners/").page
    page.get_by_label("Role").select_option("WP4 leader")
    names = [" ".join(name.split()) for name in page.locator(".record:visible h2").all_inner_texts()]
    assert names == ["Milano Metropoli Development Agency"]


@pytest.mark.parametrize(
    "path", ["", "news/2019/techdays-casablanca/", "clusters/", "events/", "ar/newsletters/"]
)
def test_what_is_pressed_with_a_finger_is_large_enough_or_stands_in_a_sentence(read, path):
    page = read(path, width=360, has_touch=True).page
    assert page.evaluate(SMALL_TARGETS) == []


SMALL_TARGETS = """[...document.querySelectorAll("a[href], button, select, input")]
  .filter((one) => one.checkVisibility() && !one.closest(".text p, .text li, .skip"))
  .map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
  .filter(([, box]) => box.height < 24 && box.width > 0)
  .map(([words, box]) => `${words}: ${Math.round(box.height)}`)"""


def test_an_article_weighs_little_on_a_first_visit(read):
    visit = read()
    sizes = {}
    visit.page.on(
        "requestfinished", lambda r: sizes.update({r.url: (r.resource_type, r.sizes()["responseBodySize"])})
    )
    visit.open("news/2019/italy-benchmarking-visit/")
    visit.page.wait_for_load_state("networkidle")
    weight = sum(size for kind, size in sizes.values() if kind != "image")
    assert 20_000 < weight <= 150_000


def test_an_ordered_list_counts_in_numbers_at_every_depth(browser, tmp_path):
    """Material's style sheet, which a note brings in, letters inner lists; mail and PDF number them."""
    body = "- a\n    1. b\n        1. c\n            1. d\n\n!!! note\n    x\n"
    site = Site(tmp_path, FILES | {"content/pages/about.md": f"---\ntitle: About\n---\n{body}"})
    site.build()
    with serving(tmp_path / "site") as address, visiting(browser, address) as visit:
        lists = visit.open("about/").locator(".text ol").all()
        styles = [one.evaluate("list => getComputedStyle(list).listStyleType") for one in lists]
        assert "material.css" in visit.page.content()
    assert styles == ["decimal"] * 3
