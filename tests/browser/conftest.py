"""A Chromium for the tests of this folder, and the sites it reads."""

import shutil
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from filelock import FileLock

from tests.browser.reading import AXE, CHROMIUM, FLAGS, NU, Visit, visiting
from tests.browser.serving import serving
from tests.sites.demo import copy_demo
from tests.sites.small_site import Site

ANNOUNCED = "---\ntitle: An event to come\ndate: 2021-12-01\nstart: 2022-03-01 10:00\nplace: Linz\nprogramme: clusters-cord\n---\nText.\n"
"""Added to the demo, whose own events are all over, so that an agenda with both is seen too."""


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def browser():
    """Return Chromium, driven by Playwright."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory, worker_id):
    """Return the demo site, built once for all test processes."""
    temp = tmp_path_factory.getbasetemp()
    root = (temp if worker_id == "master" else temp.parent) / "browser-demo"
    with FileLock(f"{root}.lock"):
        if not root.is_dir():
            making = root.with_name("browser-demo-in-the-making")
            shutil.rmtree(making, ignore_errors=True)  # of a process whose build failed
            copy_demo(making)
            (making / "content/events/announced.md").write_text(ANNOUNCED, encoding="utf-8")
            assert [str(problem) for problem in Site.at(making).build().problems] == []
            making.rename(root)
    return root / "site"


@pytest.fixture(scope="session")
def demo(demo_folder):
    """Return the address of the demo site."""
    with serving(demo_folder) as address:
        yield address


@pytest.fixture
def read(browser, demo) -> Callable[..., Visit]:
    """Return a function that opens a window on the demo, or on the site at ``base``; see ``visiting``."""
    with ExitStack() as open_windows:

        def begin(path: str | None = None, *, base: str = demo, **options: object) -> Visit:
            visit = open_windows.enter_context(visiting(browser, base, **options))
            if path is not None:
                visit.open(path)
            return visit

        yield begin


@pytest.fixture(scope="session")
def axe():
    """Skip a test that needs axe-core where it is not installed."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: npm ci")


@pytest.fixture(scope="session")
def nu():
    """Return the command of the Nu HTML checker."""
    java = shutil.which("java")
    if java is None or not NU.is_file():
        pytest.skip("the Nu HTML checker needs Java and `npm ci`")
    return [java, "-XX:ActiveProcessorCount=1", "-XX:TieredStopAtLevel=1", "-Xss4m", "-jar", str(NU)]
