"""Take the pictures of the handbook from the real program and the demo site: ``make pictures``.

Look at each of them before you commit it. The pictures are as wide as the text column of the handbook needs on a fine screen.
"""

import io
import shutil
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.journey import walk
from tests.browser.reading import CHROMIUM, FLAGS, PROJECT
from tests.sites.demo import copy_demo

FOLDER = PROJECT / "generator/clusterpress/handbook/pictures"
NOW = "2026-11-30"
NEW = """---
title: The forum is open
date: 2026-11-23
programme: THE NEXT SOCIETY
cluster: qoot
author: QOOT
draft: true
summary: Forty people from nine clusters meet in Linz to compare how they sell food to schools.
image: {src: forum.png, alt: Dots joined by cords to one ring, caption: Nine clusters at one table}
---
The first day belongs to the buyers. **Three school kitchens** show what they cook, and what they would buy if it came from
nearby. See also [the cluster](../../clusters/qoot.md).

## The programme

- Monday: kitchens and buyers
- Tuesday: farms, by bus
"""
WRONG = NEW.replace("clusters/qoot.md", "clusters/qot.md").replace("programme: THE", "programme: TEH")
SIZE, SCALE, QUALITY = {"width": 1100, "height": 760}, 1.2, 72


def main():
    """Take every picture."""
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as made, ExitStack() as stack:
        root = Path(made) / "press"
        copy_demo(root)
        item = root / "content/news/2026/the-forum-is-open.md"
        item.parent.mkdir(parents=True)
        shutil.copy(PROJECT / "content/news/2019/techdays-casablanca.png", item.with_name("forum.png"))
        item.write_text(NEW, encoding="utf-8")
        browser = stack.enter_context(sync_playwright()).chromium.launch(
            executable_path=CHROMIUM, args=list(FLAGS)
        )
        page = browser.new_page(viewport=SIZE, device_scale_factor=SCALE, color_scheme="light")
        run(root, "newsletter", "preview", "clusters-cord/3", "--to", str(root / "look"), "--now", NOW)
        with serving(root) as address:
            page.goto(f"{address}news/2026/the-forum-is-open/")
            save(page, "preview")
            item.write_text(WRONG, encoding="utf-8")
            page.get_by_text("no programme is called").first.wait_for(timeout=60_000)
            save(page, "problems")
        page.goto((root / "look/index.html").as_uri())
        save(page, "newsletter")
        take_journey(browser, Path(made) / "new")


JOURNEY = {
    "begin-review": "begin", "news": "editor-news", "publish": "editor-publish", "issue-compose": "editor-issue",
    "issue-mail": "editor-mail", "translate-arabic": "editor-translate", "list-end": "editor-list",
}  # fmt: skip
"""Step of the journey → name of its picture in the handbook."""


def take_journey(browser, folder):
    """Take the pictures of the editor, on the way from an empty folder to a published site."""
    folder.mkdir()
    (folder / "press").mkdir()
    context = browser.new_context(
        viewport=SIZE, device_scale_factor=SCALE, color_scheme="light", locale="en-GB"
    )
    page = context.new_page()

    def show(name):
        if name in JOURNEY:
            save(page, JOURNEY[name])

    walk(folder / "press", page, show)
    context.close()


def run(root, *words):
    """Run a command of the program in a site."""
    subprocess.run(
        [sys.executable, "-m", "clusterpress", "--project", str(root), *words],
        check=True,
        capture_output=True,
    )


@contextmanager
def serving(root):
    """Run ``clusterpress serve`` in a site, and yield its address."""
    command = [sys.executable, "-u", "-m", "clusterpress", "--project", str(root), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            yield next(word for line in process.stdout for word in line.split() if word.startswith("http://"))
        finally:
            process.terminate()


def save(page, name):
    """Save what the window shows, small enough for the package."""
    page.evaluate("document.fonts.ready.then(() => true)")  # on a busy machine, they come after the page
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.convert("RGB").save(FOLDER / f"{name}.webp", quality=QUALITY, method=6)


if __name__ == "__main__":
    main()
