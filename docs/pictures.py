"""Take the README's pictures from the demo, in Chromium: ``make pictures``. Look at each of them."""

import io
import subprocess
import sys
from base64 import b64encode
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from tests.browser.reading import CHROMIUM, FLAGS
from tests.browser.serving import serving

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs/pictures"
ISSUE = "newsletters/clusters-cord/3"
ITEM = "news/2019/techdays-casablanca"
PUBLIC = "https://clusters.example.eu/"
NOW = "2026-11-30"
WIDTH, HEIGHT = 1100, 760
_STEP = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: #e7ebf3; font: 15px/1.45 sans-serif; color: #14305c }}
main {{ display: grid; grid-template-columns: 1fr auto 1fr; gap: 18px; align-items: center; padding: 20px }}
figure {{ margin: 0; background: white; height: 620px; overflow: hidden; border-radius: 6px }}
figcaption {{ padding: 10px 16px; font-weight: bold; color: #14305c; background: #c9d4ea }}
pre {{ margin: 0; padding: 14px 16px; font-size: 13px; white-space: pre-wrap }}
img {{ width: 100% }} b {{ font-size: 44px }}
</style><main><figure><figcaption>{name}</figcaption><pre>{source}</pre></figure><b>→</b>
<figure><figcaption>{address}</figcaption><img src="data:image/png;base64,{page}" alt=""></figure></main>"""


def take_pictures() -> None:
    """Build the demo, and take every picture of it."""
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as made, sync_playwright() as playwright, serving(Path(made)) as site:
        words = [sys.executable, "-m", "clusterpress", "build", "--now", NOW, "--output", made]
        subprocess.run(words, cwd=ROOT, check=True)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        _save("site", _shot(browser, site, ""))
        _save("mail", _shot(browser, site, f"{ISSUE}/email.html", width=720, height=900))
        _save("pdf", _pdf_page(next((Path(made) / ISSUE).glob("*.pdf"))))
        _save("edit", _step(browser, site))
        browser.close()


def _shot(browser: Browser, site: str, path: str, *, width: int = WIDTH, height: int = HEIGHT) -> bytes:
    """Return the first screen of a page, as PNG."""
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
    # The pictures of a mail have their public addresses.
    page.route(
        f"{PUBLIC}**",
        lambda route: route.fulfill(response=route.fetch(url=route.request.url.replace(PUBLIC, site))),
    )
    page.goto(f"{site}{path}", wait_until="networkidle")
    return page.screenshot()


def _pdf_page(pdf: Path) -> bytes:
    """Return the first page of a PDF file, as PNG."""
    words = ["pdftoppm", "-png", "-f", "1", "-l", "1", "-scale-to", "900", str(pdf)]
    return subprocess.run(words, check=True, capture_output=True).stdout


def _step(browser: Browser, site: str) -> bytes:
    """Return the source of an item beside its page."""
    source = (ROOT / f"content/{ITEM}.md").read_text(encoding="utf-8")
    shown = _shot(browser, site, f"{ITEM}/", width=900, height=1100)
    page = browser.new_page(viewport={"width": WIDTH, "height": 660})
    values = {"name": f"content/{ITEM}.md", "address": f"/{ITEM}/", "source": escape(source)}
    page.set_content(_STEP.format(page=b64encode(shown).decode(), **values), wait_until="load")
    return page.screenshot()


def _save(name: str, png: bytes) -> None:
    Image.open(io.BytesIO(png)).save(FOLDER / f"{name}.webp", quality=80, method=6)


if __name__ == "__main__":
    take_pictures()
