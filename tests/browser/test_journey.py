"""From an empty folder to a published site with a newsletter, in Chromium, without a terminal after the first word."""

import os
from pathlib import Path

from tests.browser.journey import walk

MOST_CLICKS = 15


def test_an_officer_publishes_a_site_with_a_newsletter_and_never_sees_a_terminal(tmp_path, browser):
    root = tmp_path / "press"
    root.mkdir()
    context = browser.new_context(viewport={"width": 1300, "height": 1000}, locale="en")
    page = context.new_page()
    complaints = []
    page.on("pageerror", lambda fault: complaints.append(str(fault)))

    def show(name):
        if folder := os.environ.get("SCREENSHOTS"):
            page.screenshot(path=Path(folder) / f"{name}.png")

    clicks = walk(root, page, show)
    context.close()
    assert clicks <= MOST_CLICKS
    assert complaints == []
    published = root.parent / "press-published"
    pages = {path.parent.relative_to(published).as_posix() for path in published.rglob("index.html")}
    assert any(path.startswith("news/") and path.endswith("the-forum-opens") for path in pages)
    assert any(path.startswith("de/news/") for path in pages)
    assert any(path.startswith("ar/news/") for path in pages)
    assert any(path.startswith("events/") for path in pages)
    assert [*published.rglob("email.html")]
    assert [*published.rglob("*.pdf")]
