"""The editor in a real Chromium: open an item, change it, save it, and see it in the preview."""

import json
import os
import queue
import re
import threading
from contextlib import nullcontext
from pathlib import Path

import pytest
from PIL import Image

from clusterpress.editing.editor_api import EditorApi
from clusterpress.editing.sveltia import CHANGES, VERSION
from clusterpress.preview.session import open_preview
from tests.browser.reading import PROJECT
from tests.preview.running import PATIENCE, Running
from tests.sites.small_site import FILES, NOW, Site

SVELTIA = PROJECT / "node_modules" / "@sveltia" / "cms"
LONG = 4 * PATIENCE
"""Seconds: the editor is a large program, and the machine may be busy with other tests."""

pytestmark = pytest.mark.skipif(not SVELTIA.is_dir(), reason="npm has not installed the editor")

ONE = "content/news/2019/one.md"
BEFORE = (
    "---\r\n# Checked by the press office\r\ntitle: 'One'   # short\r\ndate: 12 April 2019\r\n"
    "programme: Next\r\ncluster:   [ qoot, MDC ]\r\ncustom_key: [kept, {as: it is}]\r\n"
    "image: {src: ../picture.png, alt: A dot}\r\n---\r\n\r\n"
    "First.  \r\nSee [QOOT](../../clusters/qoot.md#contact){ .button }.\r\n"
)


class Patient(Running):
    """A preview whose next round may take long."""

    def next(self):
        return self._told.get(timeout=LONG)


@pytest.fixture
def editor(tmp_path, browser):
    files = {path: content for path, content in FILES.items() if not path.startswith("content/news/one")}
    site = Site(tmp_path, files | {ONE: BEFORE.encode()})
    told: queue.Queue = queue.Queue()
    with open_preview(
        site.root,
        host="127.0.0.1",
        port=0,
        clock=lambda: NOW,
        progress=lambda: nullcontext(lambda *_: None),
        make_app=lambda address: EditorApi(site.root, SVELTIA, address),
    ) as preview:
        thread = threading.Thread(target=preview.run, args=(told.put,), daemon=True)
        thread.start()
        run = Patient(preview, site, told)
        run.request("/")
        context = browser.new_context(viewport={"width": 1300, "height": 1000}, locale="en")
        context.set_default_timeout(LONG * 1000)
        try:
            yield Editor(run, context)
        finally:
            context.close()
            preview.stop()
            thread.join(PATIENCE)


class Editor:
    """Somebody at the editor, with the preview in another window."""

    def __init__(self, run, context):
        self.run = run
        self.base = run.preview.address
        self.own = run.preview.app_address.partition("#")[0]
        self.page = context.new_page()
        self.context = context
        self.outside: list[str] = []
        self.page.on("request", lambda request: self.outside.append(request.url))

    def open(self, place):
        """Open the printed address, then a place as a bookmark does."""
        start, _, token = self.run.preview.app_address.partition("#")
        self.page.goto(f"{start}#{token}")
        self.page.locator("nav.primary-sidebar").wait_for()
        assert token.partition("=")[2] not in self.page.url
        self.page.goto(f"{start}#/collections/{place}")

    def field(self, name):
        return self.page.locator(f'section.field[data-key-path="{name}"]')

    def save(self):
        self.page.get_by_role("button", name="Save", exact=True).click()

    def picture(self, name):
        if folder := os.environ.get("SCREENSHOTS"):
            self.page.screenshot(path=Path(folder) / f"{name}.png")

    def source(self, path=ONE):
        return (self.run.site.root / path).read_bytes()


def test_the_release_is_the_one_that_is_fetched():
    assert f'"version": "{VERSION}"' in (SVELTIA / "package.json").read_text()


def test_what_is_saved_is_in_the_preview_and_the_rest_of_the_file_stays_byte_for_byte(editor):
    editor.open("news/entries/2019/one")
    title = editor.field("title").locator("input")
    title.fill("One: a new title")
    editor.picture("editor")
    editor.save()
    assert ONE in editor.run.until_changed(ONE).changed
    assert editor.source() == BEFORE.replace("'One'", "'One: a new title'").encode()
    (remark,) = editor.run.site.check()
    assert 'warning: "custom_key" is not a key' in remark
    preview = editor.context.new_page()
    preview.goto(f"{editor.base}news/2019/one/")
    assert "One: a new title" in preview.locator("h1").first.inner_text()
    elsewhere = [url for url in editor.outside if not url.startswith((editor.own, "blob:", "data:"))]
    assert elsewhere == []


def test_pickers_offer_the_records_and_pictures_need_alt_text(editor):
    editor.open("news/entries/2019/one")
    assert editor.field("cluster").inner_text().split("\n")[:1] == ["Cluster"]
    assert "QOOT" in editor.field("cluster").inner_text()
    assert "MDC" in editor.field("cluster").inner_text()
    assert "THE NEXT SOCIETY" in editor.field("programme").inner_text()
    editor.field("image.alt").locator("input, textarea").first.fill("")
    editor.save()
    editor.field("image.alt").get_by_text("required", exact=False).first.wait_for()
    editor.picture("editor-alt")
    assert editor.source() == BEFORE.encode()


def test_what_the_check_would_refuse_is_not_saved_and_said_in_plain_words(editor):
    editor.open("news/entries/2019/one")
    editor.field("date").locator("input").fill("31 June 2019")
    editor.save()
    box = editor.page.locator("#clusterpress-refusal")
    box.wait_for()
    assert "there is no 31 June 2019; June 2019 has 30 days" in box.inner_text()
    editor.picture("editor-refusal")
    assert editor.source() == BEFORE.encode()


def test_a_new_item_is_written_where_its_kind_lives_and_passes_the_check(editor):
    editor.open("clusters/new")
    editor.field("title").locator("input").fill("C2TM, Žilina")
    editor.save()
    turn = editor.run.until_changed("content/clusters/c2tm-zilina.md")
    assert [one for one in turn.problems if "c2tm" in one.path] == []
    assert editor.source("content/clusters/c2tm-zilina.md") == "---\ntitle: C2TM, Žilina\n---\n".encode()


def test_words_and_a_picture_that_are_added_lie_in_and_beside_the_item(editor, tmp_path):
    picture = tmp_path / "Red hall.png"
    Image.new("RGB", (90, 60), "red").save(picture)
    editor.open("news/entries/2019/one")
    text = editor.field("body").locator("[contenteditable=true]:visible, textarea:visible").first
    text.click()
    editor.page.keyboard.press("Control+End")
    editor.page.keyboard.type("\n\nAdded **here**.")
    editor.field("image.src").get_by_role("button", name="Replace").click()
    chooser = editor.page.locator("dialog[open]").last
    chooser.locator("input[type=file]").last.set_input_files(picture)
    insert = chooser.get_by_role("button", name="Insert", disabled=False)
    editor.picture("editor-picture")
    insert.click()
    insert.wait_for(state="hidden")
    editor.field("image.src").get_by_text("../picture.png").wait_for(state="hidden")
    editor.save()
    editor.run.until_changed(ONE)
    before, _, after = editor.source().decode().partition("image:")
    assert before == BEFORE.partition("image:")[0]
    assert after == (
        "\r\n  src: red-hall.png\r\n  alt: A dot\r\n---\r\n\r\nFirst.  \r\n"
        "See [QOOT](../../clusters/qoot.md#contact){ .button }.\r\n\r\nAdded **here**.\r\n"
    )
    assert editor.source("content/news/2019/red-hall.png") == picture.read_bytes()
    assert [line for line in editor.run.site.check() if "error" in line] == []


STEALS = """<script>
const editor = "{editor}";
const tried = {{}};
const say = () => {{ document.title = JSON.stringify(tried); }};
fetch(editor + "api/tree").then((one) => one.text(), () => "unreadable").then((one) => {{ tried.tree = one; say(); }});
fetch(editor, {{ mode: "no-cors" }}).then((one) => one.text(), () => "unreadable").then((one) => {{ tried.page = one; say(); }});
fetch(editor + "api/file/content/news/2019/one.md", {{ method: "PUT", body: "stolen", mode: "no-cors" }})
  .then(() => "sent", () => "refused").then((one) => {{ tried.put = one; say(); }});
fetch(editor + "api/file/content/news/2019/one.md", {{ method: "POST", body: "stolen", mode: "no-cors" }})
  .then(() => "sent", () => "refused").then((one) => {{ tried.post = one; say(); }});
try {{ tried.parent = String(parent.document.title); }} catch {{ tried.parent = "unreadable"; }}
try {{ top.location.href = "about:blank"; tried.top = "left"; }} catch {{ tried.top = "stays"; }}
say();
</script>
"""


def test_a_script_in_the_preview_reaches_neither_the_editor_nor_its_files(editor):
    path = "content/news/2019/odd.md"
    text = STEALS.format(editor=editor.own)
    editor.run.site.write(path, f"---\ntitle: Odd\ndate: 2019-01-01\n---\n\n{text}\n")
    editor.run.until_changed(path)
    editor.open("news/entries/2019/odd")
    editor.field("title").wait_for()
    editor.page.get_by_role("button", name="Preview").click()
    frame = editor.page.frame_locator("#clusterpress-preview iframe")
    frame.locator("h1", has_text="Odd").first.wait_for()
    editor.picture("editor-preview")
    odd = next(one for one in editor.page.frames if one.url.startswith(f"{editor.base}news/2019/odd/"))
    odd.wait_for_function(
        "['tree', 'page', 'put', 'post', 'parent', 'top'].every((one) => document.title.includes(one))"
    )
    tried = json.loads(odd.evaluate("document.title"))
    assert tried["tree"] == "unreadable"
    assert tried["parent"] == "unreadable"
    assert tried["top"] == "stays"
    assert not tried["page"].strip() or tried["page"] == "unreadable"
    assert editor.source() == BEFORE.encode()
    editor.field("title").wait_for()


def test_the_editor_opens_on_all_items_newest_first_wherever_they_lie(editor):
    site = editor.run.site
    site.write(
        "content/news/deep/er/index.md", "---\ntitle: In a folder\ndate: 2021-12-31\ndraft: true\n---\nX.\n"
    )
    site.write("content/news/soon.md", "---\ntitle: Soon\ndate: 2021-12-30\npublish: 2030-01-01\n---\nX.\n")
    editor.page.goto(editor.run.preview.app_address)
    rows = editor.page.locator('[role="grid"] [role="row"]')
    rows.nth(5).wait_for()
    shown = [one.get_attribute("aria-label") for one in rows.all()]
    assert shown == ["In a folder", "Soon", "Four", "Two", "One", "Three"]
    rows.nth(0).get_by_text("2021-12-31 · In a folder · draft").wait_for()
    rows.nth(1).get_by_text("2021-12-30 · Soon · embargo date set").wait_for()
    rows.nth(2).get_by_text("2021-11-15 · Four", exact=True).wait_for()
    editor.picture("editor-list")
    editor.page.get_by_role("button", name="Filter").click()
    editor.page.get_by_text("Drafts", exact=True).click()
    rows.nth(1).wait_for(state="detached")
    rows.first.get_by_text("In a folder").first.click()
    editor.field("title").wait_for()
    assert editor.page.url.endswith("#/collections/news/entries/deep/er/index")


def test_a_new_item_has_the_date_of_today_until_it_is_changed(editor):
    editor.open("news/new")
    date = editor.field("date").locator("input")
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", date.input_value())
    date.fill("2031-05-06")
    editor.field("title").locator("input").fill("Žilina meets")
    editor.save()
    editor.run.until_changed("content/news/zilina-meets.md")
    text = editor.source("content/news/zilina-meets.md").decode()
    assert text == "---\ntitle: Žilina meets\ndate: 2031-05-06\n---\n"


def test_each_change_to_the_script_fits_once():
    script = (SVELTIA / "dist" / "sveltia-cms.js").read_text(encoding="utf-8")
    assert [len(pattern.findall(script)) for pattern, _ in CHANGES] == [1]
