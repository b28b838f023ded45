"""What somebody sees who writes with the preview open, in a real Chromium."""

import os

import pytest

from tests.preview.chromium import CHROMIUM, open_page
from tests.preview.running import PATIENCE, running
from tests.sites.small_site import FILES, Site

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None or os.name == "nt", reason="there is no Chromium on this machine"),
]
TWO = "content/news/two.md"
LONG = FILES[TWO] + "\n\nParagraph.\n" * 200

BANNER = 'document.querySelector("clusterpress-notice")?.shadowRoot.querySelector("details")'
AWAIT = """new Promise((done) => {{
  const look = () => ({wanted}) && (seen.disconnect(), done(true));
  const seen = new MutationObserver(look);
  seen.observe(document.documentElement, {{ childList: true, subtree: true }});
  look();
}})"""
SCROLLED = "new Promise((done) => { const look = () => scrollY === 1500 ? done() : requestAnimationFrame(look); look(); })"


@pytest.fixture
def preview(tmp_path):
    with running(Site(tmp_path / "project", FILES | {TWO: LONG})) as run:
        yield run


@pytest.fixture
def page(tmp_path):
    with open_page(tmp_path / "profile", PATIENCE) as page:
        yield page


def test_the_open_page_follows_an_edit_and_stays_where_it_was_scrolled_to(preview, page):
    page.go(preview.preview.address + "news/2019/two/")
    # At once: the theme scrolls smoothly, and an edit is faster than that.
    page.ask('scrollTo({ top: 1500, behavior: "instant" })')
    loads = page.loads
    preview.site.write(TWO, LONG.replace("Second item.", "Edited item."))
    page.await_load(loads)
    assert "Edited item." in page.ask("document.body.innerText")
    page.ask(SCROLLED)
    assert page.loads == loads + 1


def test_a_fault_is_shown_in_the_page_and_goes_when_it_is_mended(preview, page):
    page.go(preview.preview.address + "news/2019/two/")
    preview.site.write(TWO, "---\ntitle: Two\ndate: June 35, 2019\n---\n")
    page.ask(AWAIT.format(wanted=BANNER))
    (fault,) = (str(problem) for problem in preview.until_changed(TWO).problems)
    shown = page.ask(f"{BANNER}.innerText")
    assert fault in shown
    assert "this is the last good page" in shown
    assert "Second item." in page.ask("document.body.innerText")
    if folder := os.environ.get("SCREENSHOTS"):
        with open(f"{folder}/fault.png", "wb") as file:  # noqa: PTH123 -- for a look by eye
            file.write(page.picture())
    preview.site.write(TWO, LONG)
    page.ask(AWAIT.format(wanted=f"!({BANNER})"))
    assert page.loads == 1


def test_a_warning_is_shown_folded(preview, page):
    page.go(preview.preview.address)
    preview.site.write(TWO, LONG + "\n![](/img/dot.png) [here](../pages/about.md)\n")
    page.await_load(1)
    page.ask(AWAIT.format(wanted=BANNER))
    assert page.ask(f"{BANNER}.open") is False
    assert "warning" in page.ask(f"{BANNER}.innerText")
    assert "last good page" not in page.ask(f"{BANNER}.innerText")
