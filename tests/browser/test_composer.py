"""The composer of ``newsletter preview``, opened from its folder as staff open it."""

import pytest
from click.testing import CliRunner

from clusterpress.cli.commands import main
from tests.browser.reading import visiting
from tests.newsletters.make import issue
from tests.sites.small_site import FILES, Site

pytestmark = pytest.mark.usefixtures("axe")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    text = issue(
        "  - {title: News, where: {until: 2022-01-01}, limit: 1}",
        subject="A subject that no telephone shows in full",
    )
    site = Site(tmp_path_factory.mktemp("composer"), {**FILES, "content/newsletters/cord/03.md": text})
    config = (site.root / "site_config.yml").read_text("utf-8")
    site.write("site_config.yml", f"{config}newsletters:\n  cord: {{name: Cord letter, address: Linz}}\n")
    target = tmp_path_factory.mktemp("shown") / "look"
    command = [
        "--project",
        str(site.root),
        "newsletter",
        "preview",
        "3",
        "--to",
        str(target),
        "--now",
        "2022-01-01",
    ]
    assert CliRunner().invoke(main, command).exit_code == 0
    return target


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (768, True)])
def test_the_page_is_readable_and_shows_every_view(browser, folder, width, dark):
    with visiting(browser, "file://", width=width, dark=dark) as visit:
        page = visit.open(folder.joinpath("index.html").as_uri())
        frames = [frame for frame in page.frames if frame != page.main_frame]
        assert len(frames) == 7  # four of the e-mail, three of the web edition
        assert all("News" in frame.locator("body").inner_text() for frame in frames[:4])
        colours = [
            frame.evaluate("getComputedStyle(document.querySelector('.letter')).backgroundColor")
            for frame in frames[:2]
        ]
        assert colours[0] == "rgb(255, 255, 255)"
        assert colours[1] != colours[0]
        for frame in frames[4:]:  # a browser keeps the styles of a file from a frame without an origin
            assert frame.evaluate("getComputedStyle(document.body).margin") == "0px"
        assert "The subject is cut here." in page.inner_text("main")
        assert visit.overflow() == 0
        visit.page.evaluate("document.querySelectorAll('iframe').forEach(one => one.remove())")
        assert visit.faults() == []
