"""A communications officer's way from an empty folder to a published site with a newsletter, in the browser alone.

`walk` runs ``clusterpress`` in an empty folder and drives everything after that in the window that it opens. After each
step it calls ``show`` with a name: the test looks at the page there, and ``make pictures`` takes a picture for the handbook.
"""

import re
import sys
import time
from pathlib import Path

from PIL import Image, ImageDraw

from tests.scaffolding.terminal import Terminal
from tests.timing import PATIENCE

LONG = "Förderprogramm für grenzüberschreitende Lebensmittelkooperationen: Auftaktveranstaltung in Linz"


def walk(root, page, show):
    """Go the whole way in a folder, and return the number of clicks of "news item with picture, published".

    Args:
        root: an empty folder.
        page: a window of the browser.
        show: called with the name of each step.
    """
    page.set_default_timeout(PATIENCE * 1000)
    officer = Officer(root, page, show)
    try:
        officer.begin()
        officer.publish_news()
        officer.translate()
        officer.announce_an_event()
        officer.compose_an_issue()
        officer.check_and_publish()
    except BaseException:
        show("failed")
        raise
    finally:
        officer.stop()
    return officer.news_clicks


class Officer:
    """Somebody who never types a command after the first one."""

    def __init__(self, root, page, show):
        self.root, self.page, self.show = root, page, show
        self.clicks = 0
        self.opened = root.parent / "opened.txt"
        browser = root.parent / "browser"
        browser.write_text(f'#!{sys.executable}\nimport sys\nopen("{self.opened}", "w").write(sys.argv[1])\n')
        browser.chmod(0o700)
        self.terminal = Terminal(root, BROWSER=f"{browser} %s")
        self.terminal.answer(r"in your browser\? \[Y/n\]: $", "")
        self.terminal._until(r"Edit at http")

    def stop(self):
        self.terminal._run.terminate()
        self.terminal._run.wait(PATIENCE)

    def click(self, role, name, *, exact=True):
        self.clicks += 1
        self.page.get_by_role(role, name=name, exact=exact).click()

    def fill(self, **answers):
        for name, answer in answers.items():
            self.page.locator(f'[data-key="{name}"] :is(input, textarea):not([hidden])').first.fill(answer)

    def wait_for(self, words):
        self.page.get_by_text(words, exact=False).first.wait_for()

    def wait_for_preview(self, words):
        self.page.frame_locator(".preview iframe").get_by_text(words).first.wait_for()

    def begin(self):
        """Answer the questions about the new site, with a step back on the way."""
        end = time.monotonic() + PATIENCE
        while not (self.opened.is_file() and self.opened.read_text()):
            assert time.monotonic() < end, "no browser was opened"
            time.sleep(0.1)
        self.page.goto(self.opened.read_text())
        self.fill(name="Clusters for Food", url="www.example.eu")
        self.show("begin-site")
        self.click("button", "Next")
        self.fill(publisher="The Agency", contact="nobody", address="1 Example Street, 4020 Linz, Austria")
        self.click("button", "Next")
        self.wait_for("is not")
        self.show("begin-fault")
        self.click("button", "Back")
        assert self.page.get_by_label("Address of the site").input_value() == "https://www.example.eu"
        self.click("button", "Next")
        self.fill(contact="press@example.eu")
        self.click("button", "Next")
        for language in ("German", "Arabic"):
            self.page.get_by_label(language, exact=True).check()
        self.show("begin-languages")
        self.click("button", "Next")
        self.fill(programme="Interreg Danube")
        self.page.keyboard.press("Tab")
        self.page.get_by_label("ERDF, Interreg", exact=False).check()
        self.fill(
            boilerplate="Nine clusters learn from each other how to sell food to schools. The European Union pays for it."
        )
        self.show("begin-funding")
        self.click("button", "Next")
        self.click("button", "Next")
        self.page.get_by_label("Teal", exact=True).check()
        self.show("begin-look")
        self.click("button", "Next")
        self.show("begin-review")
        self.click("button", "Create the site")
        self.page.locator(".items li").first.wait_for()
        self.show("list")

    def publish_news(self):
        """Write a news item with a picture, and publish it; the clicks are counted."""
        self.clicks = 0
        self.click("link", "New news item")
        self.click("textbox", "Title", exact=False)
        self.page.keyboard.type("The forum opens")
        with self.page.expect_file_chooser() as chooser:
            self.click("button", "Choose a picture", exact=False)
        chooser.value.set_files(_photo(self.root.parent / "Forum in Linz.jpg"))
        self.clicks += 2  # in the window of the system: the file, and Open
        self.wait_for("forum-in-linz.jpg")
        self.page.keyboard.type("A long table with forty people")  # the alt text waits for it
        self.click("textbox", "Text")
        self.page.keyboard.type(
            "Forty people from nine clusters meet in Linz.\n## Programme\n- kitchens and buyers\nfarms, by bus"
        )
        self.click("button", "Mark as ready")
        self.page.wait_for_url("**/#/edit/**")
        self.news = self.page.url.partition("#")[2]
        self.wait_for_preview("The forum opens")
        self.show("news")
        self.click("link", "Publish the site")
        self.page.get_by_role("button", name=re.compile("Publish now")).wait_for()
        self.show("publish-first")
        self.clicks += 1
        self.page.get_by_role("button", name=re.compile("Publish now")).click()
        self.wait_for("Published:")
        self.news_clicks = self.clicks

    def translate(self):
        """Translate the item into German and Arabic."""
        for language, title, text, alt in (
            ("German", LONG, "Vierzig Menschen treffen sich in Linz.", "Vierzig Menschen an einem Tisch"),
            ("Arabic", "افتتاح المنتدى في لينتس", "يجتمع أربعون شخصًا من تسع تجمعات في لينتس.", "طاولة طويلة"),
        ):
            self.page.goto(f"{self.page.url.partition('#')[0]}#{self.news}")
            self.page.get_by_role("link", name=f"Translate into {language}").click()
            self.page.get_by_role("heading", name="New news item").wait_for()
            self.fill(title=title)
            self.page.get_by_role("textbox", name="Text", exact=True).click()
            self.page.keyboard.type(text)
            self.click("button", "Mark as ready")
            self.wait_for("A picture has no alt text")  # that of the original is in another language
            self.click("button", "Describe it")
            self.page.keyboard.type(alt)
            self.click("button", "Mark as ready")
            self.page.wait_for_url("**/#/edit/**")
            self.wait_for_preview(title)
            self.show(f"translate-{language.lower()}")

    def announce_an_event(self):
        """Announce an event."""
        self.click("link", "Events")
        self.click("link", "New event")
        self.fill(title="Open kitchens", start="2031-05-06", place="Linz")
        self.page.get_by_role("textbox", name="Text", exact=True).click()
        self.page.keyboard.type("Three school kitchens show what they cook.")
        self.click("button", "Mark as ready")
        self.page.wait_for_url("**/#/edit/**")
        self.wait_for_preview("Open kitchens")
        self.show("event")

    def compose_an_issue(self):
        """Compose an issue of the newsletter, and look at its editions."""
        self.click("link", "Newsletters")
        self.page.locator(".items a").first.click()
        self.page.locator(".section").first.wait_for()
        self.page.get_by_role("button", name="Keep this list as it is now").first.click()
        self.page.locator(".handle").first.focus()
        self.page.keyboard.press("ArrowDown")
        self.fill(subject="The forum opens in Linz")
        self.page.locator(".section").first.evaluate("one => one.scrollIntoView()")
        self.show("issue-compose")
        self.click("button", "Mark as ready")
        self.wait_for("Saved and ready.")
        for name, words in (("Web", "Dear readers"), ("Mail", "Dear readers"), ("PDF", "")):
            button = self.page.locator(".preview").get_by_role("button", name=name, exact=True)
            if words:
                button.click()
                self.wait_for_preview(words)
            else:
                with self.page.expect_response(lambda response: ".pdf" in response.url) as loaded:
                    button.click()
                assert loaded.value.ok
            self.show(f"issue-{name.lower()}")

    def check_and_publish(self):
        """Check the site, look at what will change, and publish."""
        self.click("link", "Check")
        self.page.locator("main h2, main .good").first.wait_for()
        self.show("check")
        self.click("link", "Publish the site")
        self.page.get_by_role("button", name=re.compile("Publish now")).wait_for()
        self.show("publish")
        self.page.get_by_role("button", name=re.compile("Publish now")).click()
        self.wait_for("Published:")
        self.show("published")
        self.click("link", "News")
        self.page.locator(".items li").nth(3).wait_for()
        self.show("list-end")


def _photo(path: Path) -> Path:
    """Return a picture that looks like one."""
    picture = Image.new("RGB", (1200, 800), "#c9d8e8")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 520, 1200, 800), fill="#8a6a4a")
    for place in range(12):
        x = 60 + place * 95
        draw.ellipse((x, 380, x + 60, 440), fill="#5a4032")
        draw.rounded_rectangle(
            (x - 12, 440, x + 72, 560), 24, fill=("#24602a", "#17437d", "#a3172a")[place % 3]
        )
    picture.save(path, quality=85)
    return path
