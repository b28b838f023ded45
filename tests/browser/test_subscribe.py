"""Forms to subscribe, filled in and sent as a reader does: narrow, dark, from the right, without scripts."""

import re
from urllib.parse import parse_qsl

import pytest

from tests.browser.serving import serving
from tests.sites.small_site import FILES, Site

pytestmark = pytest.mark.usefixtures("axe")

CONFIG = """
newsletters:
  cord:
    name: Cord letter
    address: Street 1, Brussels
    subscribe:
      service: brevo
      url: https://a1b2.sibforms.com/serve/MUI
      double_opt_in: true
      tracking: false
      retention: {en: until you unsubscribe, fr: jusqu’au désabonnement, ar: حتى تلغي الاشتراك}
      processor: Mailer Ltd
      country: {en: Malta, fr: Malte, ar: مالطا}
      privacy_url: https://mailer.example.eu/privacy
"""
ISSUE = "---\ntitle: Third\nnewsletter: cord\nnumber: 3\ndate: 2021-12-01\neditions: [web]\nsections:\n  - {title: News, where: {kind: news}}\n---\nHello.\n"
PLACES = ("", "newsletters/", "newsletters/cord/3/", "news/2019/one/", "feeds/", "ar/", "ar/feeds/")


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("subscribe"), {**FILES, "content/newsletters/cord/03.md": ISSUE})
    site.write("site_config.yml", (site.root / "site_config.yml").read_text("utf-8") + CONFIG)
    assert site.build().difference is not None
    with serving(site.root / "site") as served:
        yield served


@pytest.mark.parametrize("place", PLACES)
def test_a_reader_without_scripts_subscribes(read, address, place):
    visit = read(base=address, script=False)
    sent = []

    def answer(route):
        sent.append(
            (
                route.request.method,
                route.request.url,
                dict(parse_qsl(route.request.post_data or "", keep_blank_values=True)),
            )
        )
        route.fulfill(body="Thank you")

    visit.page.context.route(re.compile("^https://a1b2.sibforms.com/"), answer)
    page = visit.open(place)
    form = page.locator("section.subscribe form")
    form.get_by_role("textbox").fill("reader@example.eu")
    form.get_by_role("button").click()
    page.wait_for_url("https://a1b2.sibforms.com/**")
    lang = "ar" if place.startswith("ar/") else "en"
    fields = {"EMAIL": "reader@example.eu", "locale": lang, "email_address_check": ""}
    assert sent == [("POST", "https://a1b2.sibforms.com/serve/MUI", fields)]
    assert visit.complaints == []


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_and_nothing_sticks_out(read, address, dark, width):
    visit = read(base=address, width=width, dark=dark)
    for place in PLACES:
        visit.open(place)
        assert (place, visit.faults(), visit.overflow()) == (place, [], 0)
