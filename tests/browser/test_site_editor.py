"""The editor on a site in a real Chromium, against stand-ins of GitHub and GitLab on real repositories."""

import json
import os
import subprocess
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from tests.browser import github_host, gitlab_host
from tests.browser.git_host import MAIN, PEOPLE, GitHost, answers_of, hosting
from tests.browser.reading import AXE, Visit
from tests.browser.serving import serving
from tests.sites.small_site import FILES, Site
from tests.timing import PATIENCE

ANNA, BEN = PEOPLE
ONE = "content/news/one.md"
DRAFT = {"content/news/hidden.md": "---\ntitle: A hidden draft\ndate: 2021-01-01\ndraft: true\n---\nText.\n"}
HOSTS = {"github": ("owner/site", github_host.ROUTES), "gitlab": ("group/sub/site", gitlab_host.ROUTES)}
WATCH = "addEventListener('securitypolicyviolation', (event) => console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI));"  # fmt: skip


class Editing:
    """A site with its editor, its repository, and the windows of those who edit."""

    def __init__(self, backend, host, site, base, browser):
        self.backend, self.host, self.site, self.base, self.browser = backend, host, site, base, browser
        self.complaints: list[str] = []

    def window(self, *, width=1300):
        context = self.browser.new_context(viewport={"width": width, "height": 1000}, locale="en")
        context.set_default_timeout(PATIENCE * 1000)
        context.add_init_script(WATCH)
        page = context.new_page()
        page.on("pageerror", lambda fault: self.complaints.append(str(fault)))
        page.on("console", lambda one: self.complaints.append(one.text) if one.type == "error" else None)
        return page

    def sign_in(self, page, token, place=""):
        page.goto(f"{self.base}admin/{place and f'#/{place}'}")
        page.get_by_label("Access token").fill(token)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.locator("#top nav").wait_for()

    def show(self, page, name):
        """Take a picture, for people who want to look at each screen."""
        if folder := os.environ.get("SCREENSHOTS"):
            page.screenshot(path=Path(folder) / f"{self.backend}-{name}.png")

    def show_reviews(self, page):
        """Look at the reviews of an item's form, and come back."""
        item = page.url
        page.get_by_role("link", name="Reviews").click()
        wait_for(page, "In review (1)")
        self.show(page, "reviews")
        page.goto(item)

    def picture(self, page, name):
        self.show(page, name)
        return Visit(page=page, base=self.base).faults() if AXE.is_file() else []

    def faults(self):
        """Return violated policies and errors of scripts; answers such as 404 are part of the interfaces."""
        return [one for one in self.complaints if not one.startswith("Failed to load resource")]

    def publish(self, page):
        press(page, "Approve")
        page.get_by_role("button", name="Publish", exact=True).wait_for()
        self.show(page, "approved")
        press(page, "Publish")
        self.show(page, "publish-sure")
        page.locator("dialog").get_by_role("button", name="Publish", exact=True).click()


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def wait_for(page, words):
    page.get_by_text(words).first.wait_for()


def expect_refusals(page):
    """Try to sign in without a token, and with one that is no longer good."""
    for token, words in (
        ("", "Paste an access token first"),
        ("github_pat_old", "does not accept this access"),
    ):
        page.get_by_label("Access token").fill(token)
        press(page, "Sign in")
        wait_for(page, words)


@pytest.fixture
def begin(tmp_path, browser):
    """Return a function that builds a site with an editor, puts it into a repository, and serves both."""
    with ExitStack() as stack:

        def begin(backend, more=""):
            repo, routes = HOSTS[backend]
            site = Site(tmp_path / "site", FILES | DRAFT)
            host = GitHost(tmp_path / "bare.git")
            address = stack.enter_context(hosting(answers_of(host, routes)))
            block = f"editor: {{backend: {backend}, repo: {repo}, host: '{address}'{more.format(address)}}}\n"
            site.write("site_config.yml", (site.root / "site_config.yml").read_text() + block)
            assert [str(problem) for problem in site.build().problems] == []
            host.begin(site.root)
            base = stack.enter_context(serving(site.root / "site"))
            return Editing(backend, host, site, base, browser)

        yield begin


@pytest.mark.parametrize(
    ("backend", "more"), [("github", ", auth: '{}/auth'"), ("gitlab", ", app_id: an-app")]
)
def test_an_item_with_a_picture_is_created_reviewed_merged_and_built(begin, tmp_path, backend, more):
    editing = begin(backend, more)
    page = editing.window()
    page.goto(f"{editing.base}admin/")
    assert editing.picture(page, "sign-in") == []
    page.get_by_role("button", name="Sign in with").click()  # with a helper, or at GitLab itself
    wait_for(page, "7 items")
    assert "?" not in page.url
    assert editing.picture(page, "list") == []
    page.get_by_role("link", name="New news item").click()
    page.get_by_label("Title").fill("The forum opens: Žilina")
    picture = tmp_path / "Red hall.png"
    Image.new("RGB", (900, 600), "red").save(picture)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a picture").click()
    chooser.value.set_files(picture)
    wait_for(page, "red-hall.png")
    page.keyboard.type("A red hall")  # the alt text waits for it
    page.get_by_role("textbox", name="Text", exact=True).click()
    page.keyboard.type("The hall is red.\n## Programme\n- morning\nafternoon")
    press(page, "Save and send to review")
    page.wait_for_url("**/#/edit/**")
    wait_for(page, "Saved and sent to review")
    wait_for(page, "passed")
    assert editing.picture(page, "review") == []
    path = "content/news/2026/the-forum-opens-zilina.md"
    path = path.replace("2026", page.url.partition("content/news/")[2][:4])
    assert path not in dict(editing.host.files(MAIN))  # nothing is on the site before it is published
    (review,) = editing.host.reviews
    editing.show_reviews(page)
    assert (review["by"], review["labels"]) == ("anna", ["clusterpress: in review"])
    editing.publish(page)
    wait_for(page, "builds the site anew")
    editing.show(page, "published")
    assert [name for name, _ in editing.host.branches("")] == [MAIN]
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", editing.host.bare, clone], check=True)
    assert (clone / path).read_text("utf-8").partition("programme: [next]\n")[2] == (
        "image:\n  alt: A red hall\n  src: red-hall.png\n---\nThe hall is red.\n\n## Programme\n\n- morning\n- afternoon\n"
    )
    built = Site.at(clone)
    built_at = datetime.now(UTC) + timedelta(days=1)  # the item has the date of the browser
    assert [str(problem) for problem in built.build(now=built_at).problems] == []
    address = path.removeprefix("content/").removesuffix(".md")
    assert "A red hall" in built.read(f"{address}/index.html")
    kept = page.evaluate("JSON.stringify([localStorage, document.cookie, location.href, history.state])") + page.content()  # fmt: skip
    outputs = b"".join(one.read_bytes() for one in clone.rglob("*") if one.is_file())
    told = json.dumps(editing.host.reviews) + "".join(target + body for _, target, body in editing.host.log)
    assert ANNA not in kept + told
    assert ANNA.encode() not in outputs
    assert editing.faults() == []


@pytest.mark.parametrize("backend", HOSTS)
def test_of_two_editors_of_an_item_the_later_one_is_shown_both_versions(begin, backend):
    editing = begin(backend)
    anna, ben = editing.window(), editing.window(width=390)
    anna.goto(f"{editing.base}admin/")
    expect_refusals(anna)
    editing.sign_in(anna, ANNA, f"edit/{ONE}")
    editing.sign_in(ben, BEN, f"edit/{ONE}")
    ben.get_by_label("Title").fill("One by Ben")
    anna.get_by_label("Title").fill("One by Anna")
    anna.get_by_label("Summary").fill("By Anna, too.")
    press(anna, "Save as draft")
    wait_for(anna, "Saved as draft.")
    press(ben, "Save and send to review")
    ben.get_by_label("Theirs").check()  # the later one is shown both
    assert editing.picture(ben, "conflict") == []
    press(ben, "Save this choice")
    wait_for(ben, "the changes of both are kept")
    branch = "clusterpress/news+one"
    before = FILES[ONE].replace("title: One\n", "title: One by Anna\n")
    after = before.replace("tags:", "summary: By Anna, too.\ntags:")
    assert editing.host.read(branch, ONE) == after
    assert Visit(page=ben, base=editing.base).overflow() == 0
    # Somebody with another program changes the same item on the site.
    editing.host.write(MAIN, ONE, FILES[ONE].replace("title: One\n", "title: One, and more\n"))
    editing.publish(ben)
    ben.get_by_label("Yours").check()
    press(ben, "Save this choice")
    editing.publish(ben)
    wait_for(ben, "builds the site anew")
    assert editing.host.read(MAIN, ONE) == after
    assert editing.faults() == []


def test_text_and_picture_outlive_an_expired_access_a_lost_network_and_a_closed_window(begin, tmp_path):
    editing = begin("github")
    anna = editing.window()
    anna.goto(f"{editing.base}admin/")
    expect_refusals(anna)
    editing.sign_in(anna, ANNA, "edit/content/news/two.md")
    anna.get_by_label("Title").fill("Two, kept")
    Image.new("RGB", (90, 60), "red").save(tmp_path / "dot.png")
    with anna.expect_file_chooser() as chooser:
        anna.get_by_role("button", name="Choose a picture").click()
    chooser.value.set_files(tmp_path / "dot.png")
    anna.get_by_label("Alt text").fill("A dot")
    del editing.host.people[ANNA]
    press(anna, "Save as draft")
    dialog = anna.locator("dialog.again")
    dialog.wait_for()
    assert editing.picture(anna, "expired") == []
    editing.host.people["github_pat_anna_anew"] = "anna"
    dialog.get_by_label("Access token").fill("github_pat_anna_anew")
    dialog.get_by_role("button", name="Sign in", exact=True).click()
    wait_for(anna, "You are signed in again")
    anna.context.set_offline(True)
    press(anna, "Try again")
    wait_for(anna, "does not answer: there is no network")
    assert [name for name, _ in editing.host.branches("")] == [MAIN]
    anna.context.set_offline(False)
    anna.on("dialog", lambda dialog: dialog.accept())  # "leave the page?"
    anna.reload()
    press(anna, "Take it")
    press(anna, "Save as draft")
    wait_for(anna, "Saved as draft.")
    text = editing.host.read("clusterpress/news+two", "content/news/two.md")
    assert text.startswith("---\ntitle: Two, kept\ndate: June 15, 2019\n")
    assert "  src: dot.png\n" in text
    assert (
        editing.host.blob("clusterpress/news+two:content/news/dot.png") == (tmp_path / "dot.png").read_bytes()
    )
    # A page that is to be deleted is one until the deletion is published; then it is gone.
    anna.goto(f"{editing.base}admin/#/edit/content/news/four.md")
    press(anna, "Delete")
    anna.locator("dialog").get_by_role("button", name="Delete", exact=True).click()
    wait_for(anna, "waits for review")
    anna.get_by_role("link", name="Four").click()
    wait_for(anna, "Publishing this deletes the page.")
    assert "content/news/four.md" in dict(editing.host.files(MAIN))
    editing.publish(anna)
    wait_for(anna, "builds the site anew")
    assert "content/news/four.md" not in dict(editing.host.files(MAIN))
    assert editing.faults() == []


def test_pages_that_are_not_there_say_what_is_there_instead(begin):
    editing = begin("github")
    page = editing.window()
    editing.sign_in(page, ANNA)
    for place, words in (
        ("deleted", "stays in the history"),
        ("check", "is checked at GitHub"),
        ("publish", "is published by itself"),
    ):
        page.goto(f"{editing.base}admin/#/{place}")
        wait_for(page, words)
        assert page.get_by_text("not found").count() == 0
    assert editing.faults() == []


def test_without_the_right_to_write_somebody_is_told_so_and_changes_nothing(begin):
    editing = begin("github")
    editing.host.readers.add("ben")
    page = editing.window()
    page.goto(f"{editing.base}admin/")
    page.get_by_label("Access token").fill(BEN)
    press(page, "Sign in")
    wait_for(page, "ben may read owner/site, but not write to it.")
    assert page.evaluate("sessionStorage.length") == 0
