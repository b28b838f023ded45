"""A reader with a real Chromium: pages opened as somebody sees them, and what the browser says about them."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from msgspec import Struct, field

from tests.timing import PATIENCE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PROJECT = Path(__file__).parents[2]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
NU = PROJECT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
"""axe's rules for WCAG 2.2 A and AA, and its own good practice: landmarks, order of headings."""
OF_COLOURS = ("color-contrast", "link-in-text-block")
"""Those whose result depends on colours."""


class Visit(Struct):
    """One reader's window, and what its browser noted."""

    page: "Page"
    """Playwright's page: https://playwright.dev/python/docs/api/class-page."""
    base: str
    """Address of the site; ends with a slash."""
    outside: list[str] = field(default_factory=list)
    """Addresses elsewhere that a page asked for; none of these requests leaves the machine."""
    complaints: list[str] = field(default_factory=list)
    """Errors of scripts, violated policies and what else the browser's console calls an error."""

    def open(self, path: str) -> "Page":
        """Open a page by its path below the site's address."""
        self.page.goto(urljoin(self.base, path), wait_until="load")
        return self.page

    def faults(self, *, colours: bool = True, structure: bool = True) -> list[str]:
        """Return what axe has against the page as it stands.

        Args:
            colours: whether to look at contrasts, which takes half the time.
            structure: whether to look at everything else.
        """
        # Through the debugger rather than a script element, so that the page's own policy need not allow it.
        self.page.evaluate(AXE.read_text("utf-8"))
        found = self.page.evaluate(
            """([only, rules]) => axe.run(document, {resultTypes: ["violations"], runOnly: only, rules})""",
            [
                {"type": "tag", "values": WCAG} if structure else {"type": "rule", "values": OF_COLOURS},
                {} if colours else {"color-contrast": {"enabled": False}},
            ],
        )
        return [
            f"{one['id']}: {one['help']}: {' '.join(map(str, node['target']))} {node['html'][:120]}"
            for one in found["violations"]
            for node in one["nodes"]
        ]

    def overflow(self) -> int:
        """Return by how many CSS pixels the page is wider than its window."""
        return self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )


@contextmanager
def visiting(
    browser: "Browser",
    base: str,
    *,
    width: int = 1280,
    height: int = 900,
    dark: bool = False,
    script: bool = True,
    **more: Any,
) -> Iterator[Visit]:
    """Open a window of its own, with nothing remembered from others.

    Args:
        browser: Chromium.
        base: address of the site.
        width: of the window, in CSS pixels.
        height: of the window, in CSS pixels.
        dark: whether the reader prefers dark pages.
        script: whether scripts run.
        more: other options of Playwright's ``new_context``.
    """
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        java_script_enabled=script,
        reduced_motion="reduce",
        **more,
    )
    context.set_default_timeout(PATIENCE * 1000)
    try:
        visit = Visit(context.new_page(), base)
        context.route(re.compile(rf"^(?!{re.escape(base)}|data:|blob:)"), lambda route: _refuse(visit, route))
        visit.page.on("pageerror", lambda fault: visit.complaints.append(str(fault)))
        visit.page.on("console", lambda said: said.type == "error" and visit.complaints.append(said.text))
        yield visit
    finally:
        context.close()


def _refuse(visit: Visit, route: Any) -> None:
    visit.outside.append(route.request.url)
    route.abort()
