"""The emblem as a reader sees it: where the law wants it, and as large as the law wants it."""

import pytest

from clusterpress.funding.rules import RULES
from tests.browser.serving import serving
from tests.sites.funded_site import funded_site

CENTIMETRE = 96 / 2.54
"""CSS pixels."""

BOXES = """(selector) => [...document.querySelectorAll(selector)].map((one) => {
  const box = one.getBoundingClientRect();
  return [box.left, box.top, box.right, box.bottom];
})"""


@pytest.fixture(scope="module")
def funded(tmp_path_factory):
    """Return the address of a site with an item of every rule set, paid for under the rules of 2014-20."""
    site = funded_site(tmp_path_factory.mktemp("funded"), programme="cpr-2014", editions="[web]")
    assert site.build().problems == ()
    with serving(site.root / "site") as address:
        yield address


def sizes(page, selector):
    return [(right - left, bottom - top) for left, top, right, bottom in page.evaluate(BOXES, selector)]


@pytest.mark.parametrize(("width", "height"), [(360, 640), (1280, 800)])
@pytest.mark.parametrize(
    "path", ["", "news/", "news/2021/fp7/", "ar/", "newsletters/cpr-2014/1/", "newsletters/cpr-2014/1/2/"]
)
def test_the_emblem_is_seen_without_scrolling(read, funded, path, width, height) -> None:
    page = read(path, base=funded, width=width, height=height).page
    ((left, top, right, bottom),) = page.evaluate(BOXES, ".payer .emblem")
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    words = page.locator(".payer span")
    assert words.is_visible()
    assert words.bounding_box()["y"] + words.bounding_box()["height"] <= height


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    "path",
    [
        "",
        *(f"news/2021/{rules}/" for rules in RULES),
        "newsletters/external/1/",
        "newsletters/erdf-2007/1/all/",
    ],
)
def test_no_logo_is_larger_than_the_emblem_and_its_shape_is_kept(read, funded, path, width) -> None:
    page = read(path, base=funded, width=width).page
    logos, emblems = sizes(page, ".funding img, .masthead img"), sizes(page, ".funding .emblem")
    assert logos
    for wide, high in emblems:
        assert wide / high == pytest.approx(1.5, abs=0.02)
    smallest = min(emblems)
    for wide, high in logos:
        assert wide <= smallest[0] + 0.5
        assert high <= smallest[1] + 0.5


@pytest.mark.parametrize("path", ["news/2021/cpr-2014/", "newsletters/cpr-2014/1/all/"])
def test_in_print_the_emblem_is_at_least_one_centimetre_high(read, funded, path) -> None:
    page = read(path, base=funded).page
    page.emulate_media(media="print")
    printed = [high for _, high in sizes(page, ".emblem") if high]
    assert printed
    assert min(printed) >= CENTIMETRE - 0.1


def test_the_emblem_stays_in_its_own_colours_in_the_dark(read, funded) -> None:
    page = read("news/2021/cpr-2014/", base=funded, dark=True).page
    paint = "(one) => [...one.querySelectorAll('path')].map((path) => getComputedStyle(path).fill)"
    for emblem in page.query_selector_all(".emblem"):
        assert emblem.evaluate(paint) == ["rgb(0, 51, 153)", "rgb(255, 204, 0)"]
        assert (
            emblem.evaluate("(one) => getComputedStyle(one).filter + getComputedStyle(one).opacity")
            == "none1"
        )
