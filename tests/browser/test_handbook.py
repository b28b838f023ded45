"""The handbook, opened from its folder as its command opens it."""

import pytest
from click.testing import CliRunner

from clusterpress.cli.commands import main
from tests.browser.reading import visiting

pytestmark = pytest.mark.usefixtures("axe")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    target = tmp_path_factory.mktemp("book")
    assert CliRunner().invoke(main, ["handbook", "--to", str(target)]).exit_code == 0
    return target


def test_a_reader_finds_a_section_by_its_words(browser, folder):
    with visiting(browser, folder.as_uri() + "/", width=1100) as visit:
        page = visit.open("index.html")
        page.keyboard.press("/")
        page.keyboard.type("statement review")
        first = page.locator("#results a").first
        first.wait_for()
        assert page.locator("#found").inner_text().endswith("places")
        page.keyboard.press("Control+A")
        page.keyboard.type("withdraw person")
        page.get_by_role("link", name="Withdraw a person or an item").click()
        page.wait_for_url("**/staff.html#withdraw-a-person-or-an-item")
        page.get_by_label("Search").fill("zzzz")
        assert page.locator("#found").inner_text() == "Nothing found. Try fewer or shorter words."
        page.keyboard.press("Escape")
        assert page.locator("article").is_visible()
        assert (visit.outside, visit.complaints) == ([], [])


@pytest.mark.parametrize(
    ("path", "width", "dark"),
    [("index.html", 1100, False), ("publish-news.html", 400, True), ("staff.html", 1100, True)],
)
def test_the_pages_are_readable(browser, folder, path, width, dark):
    with visiting(browser, folder.as_uri() + "/", width=width, dark=dark) as visit:
        visit.open(path)
        assert visit.faults() == []
        assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
