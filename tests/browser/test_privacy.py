"""What a page asks of others, keeps on a reader's machine, or may not run: looked at in a real browser."""

import json
import os
import re

import pytest

from tests.browser.serving import serving
from tests.sites.small_site import Site

VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""

KEPT = """async () => [
  document.cookie, JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage}),
  JSON.stringify(await indexedDB.databases()), JSON.stringify(await caches.keys()),
  JSON.stringify((await navigator.serviceWorker.getRegistrations()).map((one) => one.scope)),
]"""

EMBEDS = """\
---
title: Players
date: 2021-06-15
---
First.

[The first day](https://www.youtube.com/watch?v=abcdefghijk){.embed}

[![A dot](/img/dot.png)](https://tube.example.eu/w/abcdefghijklm "The second day"){.embed}

[Casablanca](https://www.openstreetmap.org/#map=12/33.5731/-7.5898){.embed}
"""


def visit_every_page(visit, paths):
    """Open each page; return what it asked of others, what its policy stopped, and what is kept in the end."""
    visit.page.add_init_script(VIOLATIONS)
    found = []
    for path in paths:
        violations = visit.open(path).evaluate("window.violations")
        if violations or visit.outside or visit.complaints:
            found.append((path, violations, list(visit.outside), list(visit.complaints)))
            visit.outside.clear()
            visit.complaints.clear()
    kept = [one for one in visit.page.evaluate(KEPT) if one not in ("", "{}", "[]")]
    return [*found, *kept, *visit.page.context.cookies()]


def pages_of(folder):
    """Return the paths of all pages, but those that only lead on and the files that are pasted into mails."""
    files = [file for file in sorted(folder.rglob("*.html")) if file.name != "email.html"]
    return [
        file.relative_to(folder).as_posix().removesuffix("index.html")
        for file in files
        if b'http-equiv="refresh"' not in file.read_bytes()
    ]


def kind_of(path):
    """Return language, section and depth of a page: pages with the same share a template."""
    parts = path.split("/")
    lang = parts.pop(0) if len(parts[0]) == len("en") else ""
    return lang, parts[0], len(parts)


def test_no_page_of_the_demo_asks_others_keeps_anything_or_breaks_its_policy(read, demo_folder) -> None:
    paths = pages_of(demo_folder)
    assert len(paths) > 100
    # One page of each kind; ALL_PAGES=1 is the long run.
    chosen = paths if os.environ.get("ALL_PAGES") else [*{kind_of(path): path for path in paths}.values()]
    assert len(chosen) > 30
    assert visit_every_page(read(), chosen) == []


def test_every_page_of_the_demo_carries_a_policy_and_safe_links(demo_folder) -> None:
    for path in demo_folder.rglob("*.html"):
        if path.name == "email.html":
            continue
        page = path.read_text(encoding="utf-8")
        head = page.partition("</head>")[0]
        assert "Content-Security-Policy" in head, path
        assert head.index("Content-Security-Policy") < head.index("<title>"), path
        assert "'unsafe-inline'" not in head
        assert "'unsafe-eval'" not in head
        if "embed" in path.parts:  # a frame on another site, whose links all lead to ours
            targets = re.findall(r'<a [^>]*href="([^"]*)"', page)
            assert targets
            assert all(target.startswith("https://clusters.example.eu/") for target in targets)
            page = page.replace('<base target="_blank">', "")
        assert 'target="_blank"' not in page


@pytest.fixture(scope="module")
def players(tmp_path_factory):
    """Return the address of a site with a page that has players."""
    site = Site(tmp_path_factory.mktemp("players"))
    site.write("content/news/players.md", EMBEDS)
    config = (site.root / "site_config.yml").read_text(encoding="utf-8")
    site.write("site_config.yml", f"{config}embed_hosts: [tube.example.eu]\n")
    assert site.build().problems == ()
    with serving(site.root / "site") as address:
        yield address


def test_players_load_nothing_until_a_reader_asks_and_then_one_alone(read, players) -> None:
    visit = read(base=players)
    visit.page.add_init_script(VIOLATIONS)
    page = visit.open("news/2021/players/")
    assert visit.outside == []
    assert page.locator("iframe").count() == 0
    buttons = page.get_by_role("button", name="Load it here")
    assert buttons.count() == 3
    buttons.nth(1).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("iframe")
    frame = page.locator("iframe")
    assert frame.get_attribute("title") == "The second day"
    assert frame.evaluate("(one) => document.activeElement === one")
    assert visit.outside == ["https://tube.example.eu/videos/embed/abcdefghijklm"]
    assert page.evaluate("window.violations") == []
    assert buttons.count() == 2


def test_without_scripts_a_link_leads_to_the_video_and_no_button_lies(read, players) -> None:
    page = read("news/2021/players/", base=players, script=False).page
    assert page.get_by_role("button", name="Load it here").count() == 0
    link = page.get_by_role("link", name="Open “The first day” on its own site")
    assert link.get_attribute("href") == "https://www.youtube.com/watch?v=abcdefghijk"


@pytest.mark.parametrize(("width", "dark"), [(320, False), (1280, True)])
@pytest.mark.usefixtures("axe")
def test_players_are_accessible_before_and_after(read, players, width, dark) -> None:
    visit = read("news/2021/players/", base=players, width=width, dark=dark)
    assert visit.faults() == []
    assert visit.overflow() == 0
    visit.page.get_by_role("button", name="Load it here").first.click()
    assert visit.overflow() == 0
    frame = visit.page.locator("iframe").bounding_box()
    assert frame["width"] / frame["height"] == pytest.approx(16 / 9, abs=0.05)


def test_what_slips_into_a_page_is_stopped_by_its_policy(read, tmp_path) -> None:
    """The policy itself is tried: a script by a way that the press does not know must not run."""
    site = Site(tmp_path)
    site.build()
    page = tmp_path / "site/about/index.html"
    evil = "<script>document.title = 'taken'</script><img src=x onerror=\"document.title = 'taken'\">"
    page.write_text(
        page.read_text().replace("</main>", f"{evil}<img src='https://spy.example/p.gif'></main>")
    )
    with serving(tmp_path / "site") as base:
        visit = read(base=base)
        visit.page.add_init_script(VIOLATIONS)
        visit.open("about/")
        assert visit.page.title() == "About – Small site"
        assert visit.outside == []
        assert len(visit.page.evaluate("window.violations")) == 3


MKDOCS = "mkdocs: {theme: {features: [content.code.copy], palette: {scheme: slate, primary: teal}}, extra_javascript: [own.js]}\n"


def test_with_materials_own_script_and_palette_the_policy_still_holds(read, tmp_path) -> None:
    site = Site(tmp_path)
    site.write("site_config.yml", (tmp_path / "site_config.yml").read_text() + MKDOCS)
    site.write("content/static/own.js", "document.documentElement.dataset.own = 'ran';\n")
    assert [one for one in site.build().problems if one.severity == "error"] == []
    with serving(tmp_path / "site") as base:
        visit = read(base=base)
        visit.page.add_init_script(VIOLATIONS)
        visit.open("about/")
        assert visit.page.evaluate("document.documentElement.dataset.own") == "ran"
        assert visit.page.evaluate("window.violations") == []
        assert (visit.outside, visit.complaints) == ([], [])
        assert json.loads(visit.page.evaluate("JSON.stringify({...localStorage})")) == {}


PLAYER = """<!doctype html><title>Player</title><button>Watch on the site</button><script>
const tried = { origin: self.origin, full: document.fullscreenEnabled };
try { top.location.href = "https://ads.example/"; tried.top = "left"; } catch { tried.top = "stays"; }
try { tried.page = top.document.title; } catch { tried.page = "unreadable"; }
alert("hold"); tried.alert = "passed";
document.querySelector("button").onclick = () => open("https://www.youtube.com/watch?v=abcdefghijk");
document.title = JSON.stringify(tried);
</script>"""


def test_a_player_works_in_its_sandbox_and_cannot_leave_it(browser, players) -> None:
    """What YouTube and Vimeo need works: scripts, their own origin, the whole screen, a window of their own."""
    with browser.new_context() as context:
        page = context.new_page()
        dialogs = []
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        context.route(
            re.compile(r"^https://"),
            lambda route: (
                route.fulfill(body=PLAYER, content_type="text/html")
                if "/embed/" in route.request.url
                else route.abort()
            ),
        )
        page.goto(f"{players}news/2021/players/")
        page.get_by_role("button", name="Load it here").first.click()
        frame = next(one for one in page.frames if "youtube-nocookie" in one.url or one != page.main_frame)
        frame.wait_for_function("document.title.startsWith('{')")
        tried = json.loads(frame.title())
        assert tried == {
            "origin": "https://www.youtube-nocookie.com",
            "full": True,
            "top": "stays",
            "page": "unreadable",
            "alert": "passed",
        }
        assert dialogs == []
        assert page.url == f"{players}news/2021/players/"
        with context.expect_page() as opened:
            frame.get_by_role("button").click()
        assert opened.value is not page
