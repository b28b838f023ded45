"""What a writer sees with the preview open, in a real Chromium."""

import os
from pathlib import Path

import pytest

from tests.browser.reading import CHROMIUM, FLAGS
from tests.preview.running import running
from tests.sites.small_site import FILES, Site
from tests.timing import PATIENCE

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None or os.name == "nt", reason="there is no Chromium on this machine"),
]
TWO = "content/news/two.md"
LONG = FILES[TWO] + "\n\nParagraph.\n" * 200

BANNER = "clusterpress-notice details"
"""Playwright looks into open shadow roots."""

SCROLLED = """new Promise((done) => {
  const look = () => scrollY === 1500 ? done() : requestAnimationFrame(look);
  look();
})"""


@pytest.fixture
def preview(tmp_path):
    with running(Site(tmp_path / "project", FILES | {TWO: LONG})) as run:
        yield run


@pytest.fixture
def page():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.loads = []
        page.on("load", lambda _: page.loads.append(1))
        yield page
        browser.close()


def test_the_open_page_follows_an_edit_and_stays_where_it_was_scrolled_to(preview, page):
    page.goto(preview.preview.address + "news/2019/two/")
    # At once: the theme scrolls smoothly, and an edit is faster than that.
    page.evaluate('scrollTo({ top: 1500, behavior: "instant" })')
    loads = len(page.loads)
    preview.site.write(TWO, LONG.replace("Second item.", "Edited item."))
    page.get_by_text("Edited item.").first.wait_for()
    page.evaluate(SCROLLED)
    page.wait_for_load_state("load")
    assert len(page.loads) == loads + 1


def test_a_fault_is_shown_in_the_page_and_goes_when_it_is_mended(preview, page):
    page.goto(preview.preview.address + "news/2019/two/")
    preview.site.write(TWO, "---\ntitle: Two\ndate: June 35, 2019\n---\n")
    page.locator(BANNER).wait_for()
    (fault,) = (str(problem) for problem in preview.until_changed(TWO).problems)
    shown = page.locator(BANNER).inner_text()
    assert fault in shown
    assert "this is the last good page" in shown
    assert "Second item." in page.inner_text("body")
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / "fault.png")
    preview.site.write(TWO, LONG)
    page.locator(BANNER).wait_for(state="detached")
    assert len(page.loads) == 1


def test_a_warning_is_shown_folded(preview, page):
    page.goto(preview.preview.address)
    preview.site.write(TWO, LONG + "\n![](/img/dot.png) [here](../pages/about.md)\n")
    page.locator(BANNER).wait_for()
    assert page.locator(BANNER).evaluate("banner => banner.open") is False
    shown = page.locator(BANNER).inner_text()
    assert "warning" in shown
    assert "last good page" not in shown
