"""From an empty folder to a published site with a newsletter, in Chromium, without a terminal after the first word."""

import os
from pathlib import Path

from tests.browser.journey import walk

MOST_CLICKS = 15
SCREEN, PHONE = {"width": 1300, "height": 1000}, {"width": 390, "height": 844}


def test_an_officer_publishes_a_site_with_a_newsletter_and_never_sees_a_terminal(tmp_path, browser):
    root = tmp_path / "press"
    root.mkdir()
    context = browser.new_context(viewport=SCREEN, locale="en")
    page = context.new_page()
    complaints = []
    page.on("pageerror", lambda fault: complaints.append(str(fault)))

    def show(name):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        if folder := os.environ.get("SCREENSHOTS"):
            page.screenshot(path=Path(folder) / f"{name}.png")
        page.set_viewport_size(PHONE)
        page.emulate_media(color_scheme="dark")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        if folder:
            page.screenshot(path=Path(folder) / f"{name}-phone.png")
        page.set_viewport_size(SCREEN)
        page.emulate_media(color_scheme="light")

    clicks = walk(root, page, show)
    context.close()
    assert 0 < clicks <= MOST_CLICKS
    assert complaints == []
    published = root.parent / "press-published"
    pages = {path.parent.relative_to(published).as_posix() for path in published.rglob("index.html")}
    assert any(path.startswith("news/") and path.endswith("the-forum-opens") for path in pages)
    assert any(path.startswith("de/news/") for path in pages)
    assert any(path.startswith("ar/news/") for path in pages)
    assert any(path.startswith("events/") for path in pages)
    assert [*published.rglob("email.html")]
    assert [*published.rglob("*.pdf")]
