"""WCAG 2.2 AA on every template, in both schemes, from both sides, on a wide screen and at 320 pixels."""

import pytest

pytestmark = pytest.mark.usefixtures("axe")

TEMPLATES = (
    "",
    "news/",
    "news/2019/",
    "news/archive/",
    "news/2011/benchmarking-conference-milan/",
    "news/2019/techdays-casablanca/",
    "events/",
    "events/exchange-forum-linz/",
    "programmes/",
    "programmes/the-next-society/",
    "programmes/clusters-cord/",
    "embed/clusters-cord/",
    "countries/",
    "sectors/agri-food/",
    "clusters/",
    "clusters/qoot/",
    "partners/",
    "partners/milano-metropoli/",
    "authors/qoot/",
    "tags/",
    "newsletters/",
    "newsletters/clusters-cord/3/",
    "newsletters/clusters-cord/3/2/",
    "newsletters/clusters-cord/3/all/",
    "feeds/",
    "search/",
    "accessibility/",
    "legal/",
    "events/techdays-casablanca/",
    "404.html",
    "ar/",
    "ar/about/",
    "ar/news/2019/techdays-casablanca/",
    "ar/programmes/",
    "ar/programmes/the-next-society/",
    "ar/newsletters/",
    "ar/newsletters/clusters-in-common/2/",
    "ar/feeds/",
    "ar/search/",
    "ar/legal/",
    "ar/privacy/",
)
"""A page of each template, left to right and right to left."""


@pytest.mark.parametrize(
    ("dark", "width"),
    [(False, 1280), (True, 1280), (False, 320)],  # the scheme changes colours alone
    ids=["light-1280", "dark-1280", "light-320"],
)
def test_axe_finds_nothing_and_nothing_sticks_out(read, dark, width):
    visit = read(width=width, dark=dark)
    faults = {}
    for path in TEMPLATES:
        visit.open(path)
        # Colours are those of the scheme; how wide the window is changes none of them.
        found = visit.faults(colours=width > 320, structure=not dark) + [
            f"wider than its window by {wide} px" for wide in [visit.overflow()] if wide
        ]
        faults |= {path: found} if found else {}
    assert faults == {}
    assert visit.outside == []
    assert visit.complaints == []
