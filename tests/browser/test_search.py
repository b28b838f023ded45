"""Searching in a real browser: what is loaded and when, what is said, by keyboard, without scripts, right to left."""

from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from clusterpress.search import shards
from tests.browser.serving import serving
from tests.sites.small_site import Site

WORDS = [
    "cluster",
    "manager",
    "partner",
    "region",
    "meeting",
    "training",
    "project",
    "network",
    "company",
    "business",
    "model",
    "innovation",
    "energy",
    "tourism",
    "health",
    "food",
    "packaging",
    "olive",
    "export",
    "market",
    "session",
    "workshop",
    "roundtable",
    "speaker",
    "participant",
    "university",
    "research",
    "agency",
    "textile",
    "benchmarking",
    "programme",
    "strategy",
    "challenge",
    "opportunity",
    "support",
    "funding",
    "scheme",
    "pilot",
    "lesson",
    "practice",
    "story",
    "success",
    "exchange",
    "harbour",
    "orchard",
    "bakery",
    "vineyard",
    "foundry",
    "sawmill",
    "brewery",
    "laboratory",
    "prototype",
    "producer",
    "farmer",
    "cooperative",
    "association",
]


def index_files(requests):
    return [path for path in requests if "/assets/search/" in path]


@pytest.fixture
def asked(read):
    """Open the demo's search page, and note every address it asks for."""

    def begin(path, **options):
        visit = read(**options)
        requests = []
        visit.page.on("request", lambda request: requests.append(urlsplit(request.url).path))
        visit.open(path)
        return visit, requests

    return begin


def count_of(visit):
    visit.page.wait_for_selector(".found__heading")
    return visit.page.inner_text(".found__heading")


def titles(visit):
    return visit.page.locator(".found__title").all_inner_texts()


def test_nothing_of_the_index_is_loaded_before_a_reader_searches(asked):
    visit, requests = asked("search/")
    visit.page.wait_for_load_state("networkidle")
    visit.page.locator("#search-words").press_sequentially("cluster")
    visit.page.wait_for_load_state("networkidle")
    assert index_files(requests) == []
    visit.page.keyboard.press("Enter")
    assert int(count_of(visit).split()[0]) > 10
    assert index_files(requests)
    assert visit.complaints == visit.outside == []


def test_the_box_in_the_masthead_leads_to_the_results(read):
    visit = read("news/2019/techdays-casablanca/")
    visit.page.fill(".find input", "metacluster")
    visit.page.keyboard.press("Enter")
    assert "for “metacluster”" in count_of(visit)
    assert parse_qs(urlsplit(visit.page.url).query) == {"q": ["metacluster"]}
    assert "What is a metacluster?" in titles(visit)
    visit.page.click("text=What is a metacluster?")
    assert visit.page.inner_text("h1") == "What is a metacluster?"


def test_filters_narrow_the_results_and_stand_in_the_address(read):
    visit = read("search/?q=cluster")
    everything = int(count_of(visit).split()[0])
    visit.page.check('[name=kind][value="event"]')
    visit.page.wait_for_url("**kind=event**")
    visit.page.wait_for_selector(".found:not([aria-busy])")
    events = int(count_of(visit).split()[0])
    assert 0 < events < everything
    assert all(text.startswith("Events") for text in visit.page.locator(".found__about").all_inner_texts())
    visit.page.reload()
    assert int(count_of(visit).split()[0]) == events
    assert visit.page.is_checked('[name=kind][value="event"]')
    visit.page.click(".search__clear")
    visit.page.wait_for_url(lambda address: "kind" not in address)
    visit.page.wait_for_selector(".found:not([aria-busy])")
    assert int(count_of(visit).split()[0]) == everything
    visit.page.go_back()
    visit.page.wait_for_url("**kind=event**")
    visit.page.wait_for_selector(".found:not([aria-busy])")
    assert int(count_of(visit).split()[0]) == events


def test_filters_alone_load_nothing_and_ask_for_words(asked):
    visit, requests = asked("search/?kind=news&year=2019")
    visit.page.wait_for_load_state("networkidle")
    assert index_files(requests) == []
    assert "what you are looking for" in visit.page.get_by_role("status").inner_text()
    visit.page.fill("#search-words", "cluster")
    visit.page.keyboard.press("Enter")
    count_of(visit)
    about = visit.page.locator(".found__about").all_inner_texts()
    assert about
    assert all(text.startswith("News") and "2019" in text for text in about)


def test_the_keyboard_reaches_everything_and_more_results_take_the_focus_along(read):
    visit = read("search/?q=cluster")
    count_of(visit)
    page = visit.page
    page.focus("#search-words")
    for expected in ("Search", "Narrow the search", "Kind"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == expected
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.wait_for_url("**kind=news**")
    page.wait_for_selector(".found:not([aria-busy])")
    assert page.evaluate("document.activeElement.value") == "news", "the focus stays where the reader is"
    page.keyboard.press("Space")
    page.wait_for_url(lambda address: "kind" not in address)
    page.wait_for_selector(".found:not([aria-busy])")
    shown = len(titles(visit))
    assert page.inner_text(".found__more .quiet").startswith("10 of ")
    page.focus(".found__more button")
    page.keyboard.press("Enter")
    page.locator(".found__item").nth(shown).wait_for()
    page.wait_for_selector(".found__title a:focus")
    assert page.evaluate("document.activeElement.textContent") == titles(visit)[shown]


def test_the_number_of_results_is_said_in_a_live_region_that_was_there_before(read):
    visit = read("search/")
    region = visit.page.get_by_role("status")
    assert region.count() == 1
    visit.page.fill("#search-words", "Casablanca")
    visit.page.keyboard.press("Enter")
    count_of(visit)
    assert "for “Casablanca”" in region.inner_text()
    assert (
        visit.page.locator("#search-box")
        .get_by_role("textbox")
        .or_(visit.page.get_by_role("searchbox"))
        .count()
    )


@pytest.mark.usefixtures("axe")
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_in_any_state(read, dark, width):
    visit = read(width=width, dark=dark)
    faults = {}
    for path in ("search/?q=cluster&year=2019&kind=news", "search/?q=zzyzx", "ar/search/?q=التجمعات"):
        visit.open(path)
        count_of(visit)
        found = visit.faults() + [f"{wide} px too wide" for wide in [visit.overflow()] if wide]
        faults |= {path: found} if found else {}
    assert faults == {}
    assert visit.complaints == visit.outside == []


def test_where_nothing_is_found_the_page_helps_on(read):
    visit = read("search/?q=zzyzx")
    assert count_of(visit) == "Nothing was found for “zzyzx”"
    assert visit.page.is_visible(".found__advice")
    assert visit.page.is_visible(".search__places")
    others = visit.page.locator(".search__others a").evaluate_all(
        "(links) => links.map((link) => link.search)"
    )
    assert set(others) == {"?q=zzyzx"}


def test_what_stands_in_an_item_never_becomes_markup(read, tmp_path):
    site = Site(tmp_path)
    site.write(
        "content/news/evil.md",
        "---\ntitle: '<img src=x onerror=alert(1)> Sesame'\ndate: 2021-01-01\n---\nSesame `<script>alert(2)</script>` & <b>bold</b>.\n",
    )
    site.build()
    with serving(site.root / "site") as base:
        visit = read("search/?q=sesame", base=base)
        count_of(visit)
        assert "<img src=x onerror=alert(1)> Sesame" in titles(visit)
        assert "<script>alert(2)</script>" in visit.page.inner_text(".found__excerpt")
        assert visit.page.locator(".found__list img, .found__list script").count() == 0
        assert visit.complaints == []


def test_arabic_is_searched_from_right_to_left_with_its_own_index(asked):
    visit, requests = asked("ar/search/?q=التجمعات")
    assert count_of(visit).startswith("3 نتائج")
    assert visit.page.evaluate("getComputedStyle(document.querySelector('.found')).direction") == "rtl"
    assert {path.split("/")[3] for path in index_files(requests)} == {"ar"}
    assert titles(visit)


def test_without_scripts_the_sections_and_a_hint_stand_there(read):
    visit = read("search/?q=cluster", script=False)
    assert "needs JavaScript" in visit.page.inner_text("main")
    assert "site:clusters.example.eu" in visit.page.inner_text("main")
    assert not visit.page.is_visible("#search-words")
    links = visit.page.locator(".search__places a").evaluate_all(
        "(links) => links.map((link) => link.pathname)"
    )
    assert {"/news/", "/events/", "/news/archive/"} <= set(links)


def test_a_reader_without_a_connection_is_told_and_may_try_again(read):
    visit = read("search/")
    visit.page.context.set_offline(True)
    visit.page.fill("#search-words", "cluster")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector(".found__failed p")
    assert "could not be loaded" in visit.page.get_by_role("alert").inner_text()
    assert visit.page.is_visible(".search__places")


def test_a_site_in_a_folder_finds_in_all_its_shards(read, tmp_path, monkeypatch):
    monkeypatch.setattr(shards, "BLOCK_SIZE", 20)
    monkeypatch.setattr(shards, "MIN_ARCHIVE", 20)
    monkeypatch.setattr(shards, "MIN_PIECE", 20)
    site = Site(tmp_path, sub="press/")
    for number in range(80):
        day = date(2019, 1, 1) + timedelta(days=number)
        text = " ".join(WORDS[(number * 7 + k * k) % len(WORDS)] for k in range(60))
        site.write(
            f"content/news/n{number}.md", f"---\ntitle: Number {number}\ndate: {day}\n---\n{text} quince\n"
        )
    site.build()
    with serving(site.root / "site", "/press/") as base:
        visit = read("search/?q=quince", base=base)
        assert count_of(visit) == "80 results for “quince”"
        assert "pagefind" not in visit.page.content().replace("assets/search", "")
        visit.page.click(".found__title a")
        assert visit.page.url.startswith(f"{base}news/2019/n")
        assert visit.complaints == visit.outside == []
