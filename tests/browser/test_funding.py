"""The emblem as a reader sees it: where the law wants it, and as large as the law wants it."""

import pytest

from clusterpress.funding.record import RULES
from tests.browser.serving import serving
from tests.sites.funded_site import funded_site

CENTIMETRE = 96 / 2.54
"""CSS pixels."""


@pytest.fixture(scope="module")
def funded(tmp_path_factory):
    """Return the address of a site with an item of every rule set, paid for under the rules of 2014-20."""
    site = funded_site(tmp_path_factory.mktemp("funded"), programme="cpr-2014", editions="[web]")
    assert site.build().problems == ()
    with serving(site.root / "site") as address:
        yield address


def boxes(page, selector):
    """Return left, top, width and height of the elements that are shown."""
    found = (one.bounding_box() for one in page.locator(selector).all())
    return [(box["x"], box["y"], box["width"], box["height"]) for box in found if box]


def sizes(page, selector):
    return [(width, height) for _, _, width, height in boxes(page, selector)]


@pytest.mark.parametrize(("width", "height"), [(360, 640), (1280, 800)])
@pytest.mark.parametrize(
    "path", ["", "news/", "news/2021/fp7/", "ar/", "newsletters/cpr-2014/1/", "newsletters/cpr-2014/1/2/"]
)
def test_the_emblem_is_seen_without_scrolling(read, funded, path, width, height) -> None:
    page = read(path, base=funded, width=width, height=height).page
    for selector in (".payer .emblem", ".payer span"):
        ((left, top, wide, high),) = boxes(page, selector)
        assert 0 <= left < left + wide <= width
        assert 0 <= top < top + high <= height


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
    printed = [high for _, high in sizes(page, ".emblem")]
    assert printed
    assert min(printed) >= CENTIMETRE - 0.1


def test_the_emblem_stays_in_its_own_colours_in_the_dark(read, funded) -> None:
    page = read("news/2021/cpr-2014/", base=funded, dark=True).page
    paint = "(one) => [...one.querySelectorAll('path')].map((path) => getComputedStyle(path).fill)"
    for emblem in page.locator(".emblem").all():
        assert emblem.evaluate(paint) == ["rgb(0, 51, 153)", "rgb(255, 204, 0)"]
        assert (
            emblem.evaluate("(one) => getComputedStyle(one).filter + getComputedStyle(one).opacity")
            == "none1"
        )
