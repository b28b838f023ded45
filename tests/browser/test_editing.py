"""The editor in a real Chromium: what somebody can do who has never seen it."""

import json
import os
import queue
import re
import threading
from contextlib import nullcontext
from io import BytesIO
from pathlib import Path

import docx
import pytest
from PIL import Image

from clusterpress.editing.editor_api import EditorApi
from clusterpress.preview.session import open_preview
from tests.browser.reading import AXE, Visit
from tests.importing.workbooks import workbook
from tests.preview.running import Running
from tests.sites.small_site import FILES, NOW, Site
from tests.timing import PATIENCE

LONG = 4 * PATIENCE
"""Seconds: the machine may be busy with other tests."""

ONE = "content/news/2019/one.md"
BEFORE = (
    "---\r\n# Checked by the press office\r\ntitle: 'One'   # short\r\ndate: 12 April 2019\r\n"
    "programme: Next\r\ncluster:   [ qoot, MDC ]\r\ncustom_key: [kept, {as: it is}]\r\n"
    "image: {src: ../picture.png, alt: A dot}\r\n---\r\n\r\n"
    "First.  \r\nSee [QOOT](../../clusters/qoot.md#contact){ .button }.\r\n\r\n* kept as\r\n  it is\r\n"
)
TARGET = "publish:\n  live: {type: folder, path: ../www}\n"
NEWSLETTER = (
    "newsletters:\n  cord:\n    name: Clusters in Cord\n    publisher: Example\n    address: 1 Street, Linz\n"
)
ISSUE = (
    "---\ntitle: Clusters in Cord no. 1\nnewsletter: cord\nnumber: 1\ndate: 2021-12-01\nsections:\n"
    "  - {title: News, where: {kind: news, until: issue}}\n---\nDear readers, here are the news.\n"
)


class Patient(Running):
    """A preview whose next round may take long."""

    def next(self):
        return self._told.get(timeout=LONG)


@pytest.fixture
def editor(tmp_path, browser):
    files = {path: content for path, content in FILES.items() if not path.startswith("content/news/one")}
    site = Site(tmp_path / "site", files | {ONE: BEFORE.encode(), "content/newsletters/cord/01.md": ISSUE})
    site.write("site_config.yml", (site.root / "site_config.yml").read_text() + TARGET + NEWSLETTER)
    told: queue.Queue = queue.Queue()
    with open_preview(
        site.root,
        host="127.0.0.1",
        port=0,
        clock=lambda: NOW,
        progress=lambda: nullcontext(lambda *_: None),
        make_app=lambda address: EditorApi(site.root, address),
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
    """Somebody at the editor."""

    def __init__(self, run, context):
        self.run = run
        self.base = run.preview.address
        self.own = run.preview.app_address.partition("#")[0]
        self.page = context.new_page()
        self.context = context
        self.clicks = 0
        self.outside: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.outside.append(request.url))
        self.page.on("pageerror", lambda fault: self.complaints.append(str(fault)))

    def open(self, place=""):
        """Open the printed address, then a place as a bookmark does."""
        start, _, token = self.run.preview.app_address.partition("#")
        self.page.goto(f"{start}#{token}")
        self.page.locator("#top nav").wait_for()
        assert token.partition("=")[2] not in self.page.url
        if place:
            self.page.goto(f"{start}#/{place}")
            self.page.locator("main h1").wait_for()

    def click(self, role, name, *, exact=True):
        self.clicks += 1
        self.page.get_by_role(role, name=name, exact=exact).click()

    def text(self):
        return self.page.get_by_role("textbox", name="Text", exact=True)

    def paste(self, html):
        self.text().click()
        self.page.evaluate(
            """html => {
                const clipboardData = new DataTransfer();
                clipboardData.setData("text/html", html);
                document.querySelector(".ProseMirror").dispatchEvent(
                    new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
            }""",
            html,
        )

    def markdown(self):
        self.page.get_by_role("button", name="Markdown", exact=True).click()
        return self.page.locator("textarea.source").input_value()

    def save(self):
        self.page.get_by_role("button", name="Mark as ready").click()

    def wait_for(self, words):
        self.page.get_by_text(words, exact=False).first.wait_for()

    def picture(self, name):
        if folder := os.environ.get("SCREENSHOTS"):
            self.page.screenshot(path=Path(folder) / f"{name}.png")

    def axe(self):
        if not AXE.is_file():
            return []
        return Visit(page=self.page, base=self.base).faults()

    def source(self, path=ONE):
        return (self.run.site.root / path).read_bytes()


def test_a_news_item_with_a_picture_is_published_with_at_most_fifteen_clicks(editor, tmp_path):
    picture = tmp_path / "Red hall.png"
    Image.new("RGB", (900, 600), "red").save(picture)
    editor.open()
    editor.wait_for("4 items")
    shown = editor.page.locator(".items strong").all_inner_texts()
    assert shown == ["Four", "Two", "One", "Three"]
    assert editor.axe() == []
    editor.click("link", "New news item")
    editor.click("textbox", "Title", exact=False)
    editor.page.keyboard.type("The forum opens")
    with editor.page.expect_file_chooser() as chooser:
        editor.click("button", "Choose a picture", exact=False)
    chooser.value.set_files(picture)
    editor.clicks += 2  # in the window of the system: the file, and Open
    editor.wait_for("red-hall.png")
    editor.page.keyboard.type("A red hall")  # the alt text waits for it
    editor.clicks += 1
    editor.text().click()
    editor.page.keyboard.type("The hall is red.\n## Programme\n- morning\nafternoon")
    assert editor.axe() == []
    editor.click("button", "Mark as ready")
    editor.page.wait_for_url("**/#/edit/**")
    frame = editor.page.frame_locator(".preview iframe")
    frame.locator("h1", has_text="The forum opens").first.wait_for()
    editor.picture("editor-saved")
    editor.click("link", "Publish the site")
    editor.click("button", "Publish now to “live”")
    editor.wait_for("Published:")
    assert editor.clicks <= 15
    year = re.search(
        r"content/news/(\d{4})/",
        json.dumps(sorted(map(str, editor.run.site.root.rglob("the-forum-opens.md")))),
    )[1]
    text = editor.source(f"content/news/{year}/the-forum-opens.md").decode()
    assert text.endswith(
        "image:\n  alt: A red hall\n  src: red-hall.png\n---\nThe hall is red.\n\n## Programme\n\n- morning\n- afternoon\n"
    )
    assert (editor.run.site.root.parent / "www/news" / year / "the-forum-opens/index.html").is_file()
    elsewhere = [
        url for url in editor.outside if not url.startswith((editor.own, editor.base, "blob:", "data:"))
    ]
    assert (elsewhere, editor.complaints) == ([], [])


def test_what_is_saved_is_in_the_preview_and_the_rest_of_the_file_stays_byte_for_byte(editor):
    editor.open(f"edit/{ONE}")
    editor.page.get_by_label("Title").fill("One: a new title")
    editor.save()
    editor.wait_for("Saved and ready.")
    assert editor.source() == BEFORE.replace("'One'", "'One: a new title'").encode()
    editor.page.frame_locator(".preview iframe").locator("h1", has_text="One: a new title").first.wait_for()
    editor.text().click()
    editor.page.keyboard.press("Control+End")
    editor.page.keyboard.press("Enter")
    editor.page.keyboard.press("Enter")
    editor.page.keyboard.type("Added here.")
    editor.save()
    editor.wait_for("Saved and ready.")
    start = BEFORE.replace("'One'", "'One: a new title'")
    editor.page.wait_for_function("!document.querySelector('.status').textContent.includes('not saved')")
    assert editor.source() == f"{start}\r\nAdded here.\r\n".encode()


def test_faults_stand_at_their_field_and_make_a_draft(editor):
    editor.open(f"edit/{ONE}")
    editor.markdown()
    editor.page.locator("textarea.source").fill("See [us](www.example.org).")
    editor.save()
    editor.wait_for("Saved as draft, because this must be corrected first")
    field = editor.page.locator('[data-key="body"]')
    assert "https://www.example.org" in field.locator(".fault-here").inner_text()
    editor.picture("editor-fault")
    assert editor.axe() == []
    assert b"draft: true" in editor.source()
    editor.page.locator("textarea.source").fill("See [us](https://www.example.org).")
    editor.save()
    editor.wait_for("Saved and ready.")
    assert b"draft" not in editor.source()


def test_two_people_save_and_only_what_both_changed_is_asked(editor):
    editor.open(f"edit/{ONE}")
    editor.page.get_by_label("Title").fill("Mine")
    theirs = BEFORE.replace("First.", "By a colleague.")
    editor.run.site.write(ONE, theirs.encode())
    editor.save()
    editor.wait_for("the changes of both are kept")
    editor.wait_for("Saved and ready.")
    assert editor.source() == theirs.replace("'One'", "'Mine'").encode()
    assert editor.page.get_by_text("By a colleague.").is_visible()
    editor.page.get_by_label("Title").fill("Mine again")
    theirs = theirs.replace("'One'", "'Theirs'").replace("By a colleague.", "By two colleagues.")
    editor.run.site.write(ONE, theirs.encode())
    editor.save()
    dialog = editor.page.get_by_role("dialog")
    dialog.wait_for()
    assert dialog.get_by_role("group").count() == 1
    assert "two colleagues" not in dialog.inner_text()
    editor.picture("editor-conflict")
    assert editor.axe() == []
    dialog.get_by_role("group", name="Title").get_by_label("Theirs").check()
    dialog.get_by_role("button", name="Save this choice").click()
    editor.wait_for("Saved and ready.")
    assert editor.source() == theirs.encode()


def test_a_lost_server_loses_no_text(editor):
    editor.open(f"edit/{ONE}")
    editor.page.route("**/api/**", lambda route: route.abort())
    editor.page.get_by_label("Title").fill("Typed in the train")
    editor.save()
    editor.wait_for("The editor on this computer does not answer")
    editor.page.unroute("**/api/**")
    editor.page.on("dialog", lambda dialog: dialog.accept())
    editor.page.reload()
    editor.page.get_by_role("button", name="Take it").click()
    assert editor.page.get_by_label("Title").input_value() == "Typed in the train"
    editor.page.evaluate("sessionStorage.setItem('clusterpress.token', 'old')")
    editor.save()
    editor.wait_for("was started anew")
    assert editor.source() == BEFORE.encode()
    editor.page.goto(editor.run.preview.app_address)  # in the same window, which keeps the form
    editor.wait_for("The editor answers again.")
    assert "token" not in editor.page.url
    editor.save()
    editor.wait_for("Saved and ready.")
    assert editor.source() == BEFORE.replace("'One'", "'Typed in the train'").encode()


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style></head><body>
<!--StartFragment--><h1>Head<o:p></o:p></h1><p class=MsoNormal style="mso-fareast:x">One <b style='mso-bidi-font-weight:normal'>bold</b> and <i style="mso-bidi-font-style:normal">slanted</i>
<span style="font-weight: bold; font-style:italic">both</span> <b style="font-weight:normal">thin</b>
<s>gone</s> H<sub>2</sub>O m<span style="vertical-align:super">2</span> <span style="text-decoration:line-through">old</span> <del>cut</del><sup>1</sup>
<span style="font-weight:bold">word</span>, <a href="https://a.eu/x">a link</a>, <a href="file:///C:/x">none</a>.<o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·<span>&nbsp; </span></span>first</p>
<p class=MsoListParagraphCxSpMiddle style="mso-list:l0 level2 lfo1"><span style="mso-list:Ignore">o<span>&nbsp; </span></span>below</p>
<p class=MsoListParagraphCxSpLast style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·</span>second</p>
<p class=MsoNormal>&nbsp;</p><img src="file:///C:/x.png"><script>alert(1)</script><!--EndFragment--></body></html>"""
EXCEL = """<html><body><table><colgroup><col width=64></colgroup><tr><td>Partner</td><td align=right>Budget</td></tr>
<tr><td>A|B</td><td>12</td></tr><tr><td colspan=2>both</td></tr><tr><td></td><td></td></tr></table></body></html>"""


@pytest.mark.parametrize("place", ["new/news", f"edit/{ONE}"])
def test_two_windows_of_one_browser_keep_a_text_each(editor, place):
    def title(page):
        return page.locator("[data-key=title] :is(input, textarea)").first

    def write(page, words):
        title(page).fill(words)
        wait_until(page, words, is_kept=True)

    def wait_until(page, words, *, is_kept):
        while (words in page.evaluate("JSON.stringify({ ...localStorage })")) is not is_kept:
            page.wait_for_timeout(50)

    editor.open(place)
    first, editor.page = editor.page, editor.context.new_page()
    title(first).wait_for()
    write(first, "From the first window")
    editor.open(place)
    title(editor.page).wait_for()
    assert editor.page.locator(".kept").count() == 0  # the first window still shows it
    write(editor.page, "From the second window")
    first.close()
    editor.page.close()
    editor.page = editor.context.new_page()
    editor.open(place)
    boxes = editor.page.locator(".kept")
    boxes.nth(1).wait_for()
    assert ["second" in boxes.nth(0).inner_text(), "first" in boxes.nth(1).inner_text()] == [True, True]
    boxes.nth(1).get_by_role("button", name="Take it").click()
    assert title(editor.page).input_value() == "From the first window"
    boxes.get_by_role("button", name="Discard it").click()
    wait_until(editor.page, "second window", is_kept=False)
    editor.save()
    wait_until(editor.page, "first window", is_kept=False)
    editor.open(place)
    title(editor.page).wait_for()
    assert editor.page.locator(".kept").count() == 0


def test_what_is_pasted_from_word_and_excel_becomes_clean_markdown(editor):
    editor.open("new/news")
    editor.paste(WORD)
    assert editor.markdown() == (
        "## Head\n\nOne **bold** and *slanted* ***both*** thin ~~gone~~ H<sub>2</sub>O m<sup>2</sup> ~~old~~ ~~cut~~<sup>1</sup> "
        "**word**, [a link](https://a.eu/x), none.\n\n"
        "- first\n    - below\n- second"
    )
    editor.page.locator("textarea.source").fill("")
    editor.page.get_by_role("button", name="Text", exact=True).click()
    editor.paste(EXCEL)
    assert editor.markdown() == "| Partner | Budget |\n| --- | --: |\n| A\\|B | 12 |\n| both |  |"
    assert editor.complaints == []


def word_item(list_number, level, sign, text):
    return (
        f'<p class=MsoListParagraph style="mso-list:l{list_number} level{level} lfo1">'
        f'<![if !supportLists]><span style="mso-list:Ignore">{sign}<span>&nbsp; </span></span><![endif]>{text}</p>'
    )


def test_lists_pasted_from_word_keep_their_kind_and_their_numbers(editor):
    editor.open("new/news")
    items = [
        (0, 1, "·", "food"), (0, 1, "·", "drink"), (1, 1, "3.", "three"), (1, 2, "a)", "below"), (1, 1, "4.", "four"),
        (0, 1, "·", "end"),
    ]  # fmt: skip
    editor.paste(
        "<html xmlns:w='urn:schemas-microsoft-com:office:word'>" + "".join(word_item(*item) for item in items)
    )
    assert editor.markdown() == "- food\n- drink\n\n3. three\n    1. below\n4. four\n\n- end"


def test_links_and_pictures_are_put_into_the_text(editor):
    editor.open(f"edit/{ONE}")
    editor.text().click()
    editor.page.keyboard.press("Control+End")
    editor.page.keyboard.press("Enter")
    editor.page.keyboard.press("Enter")
    editor.page.keyboard.type("See ")
    editor.page.keyboard.press("Control+k")
    editor.page.get_by_role("dialog").get_by_role("searchbox").fill("milano met")
    editor.page.keyboard.press("Enter")  # the list of items may still be under way
    editor.page.get_by_role("dialog").wait_for(state="detached")
    editor.page.keyboard.type(".")
    made = BytesIO()
    Image.new("RGB", (90, 60), "blue").save(made, "PNG")
    editor.page.evaluate(
        """bytes => {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([new Uint8Array(bytes)], "Blue.png", { type: "image/png" }));
            const text = document.querySelector(".ProseMirror");
            const { right, bottom } = text.lastElementChild.getBoundingClientRect();
            text.dispatchEvent(new DragEvent("drop", {
                dataTransfer, bubbles: true, cancelable: true, clientX: right - 2, clientY: bottom - 2 }));
        }""",
        list(made.getvalue()),
    )
    dialog = editor.page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("A blue field")
    dialog.get_by_role("button", name="Insert the picture").click()
    editor.save()
    editor.wait_for("Saved and ready.")
    text = editor.source().decode()
    assert text.startswith(BEFORE)
    assert text[len(BEFORE) :] == (
        "\r\nSee [Milano Metropoli](../../partners/milano.md).![A blue field](blue.png)\r\n"
    )


def test_a_word_file_that_is_dropped_becomes_an_item(editor):
    made = BytesIO()
    document = docx.Document()
    document.add_heading("Forum in Linz", 0)
    document.add_paragraph("Linz, 15 June 2021")
    document.add_paragraph("Two hundred people came.")
    document.save(made)
    editor.open()
    editor.page.evaluate(
        """bytes => {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([new Uint8Array(bytes)], "Forum.docx"));
            document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
        }""",
        list(made.getvalue()),
    )
    editor.page.wait_for_url("**/#/edit/content/news/2021/**")
    editor.text().wait_for()
    assert "Two hundred people came." in editor.text().inner_text()


@pytest.mark.parametrize(("scheme", "width"), [("dark", 1300), ("light", 360)])
def test_the_editor_is_accessible_in_the_dark_and_on_a_phone(editor, scheme, width):
    editor.page.emulate_media(color_scheme=scheme)
    editor.page.set_viewport_size({"width": width, "height": 800})
    editor.open()
    editor.wait_for("4 items")
    assert editor.axe() == []
    editor.open(f"edit/{ONE}")
    editor.text().wait_for()
    assert editor.axe() == []
    assert editor.page.evaluate("document.documentElement.scrollWidth") <= width
    editor.picture(f"editor-{scheme}")


def test_a_newsletter_is_composed_with_the_keyboard_and_shown_beside(editor):
    editor.open("edit/content/newsletters/cord/01.md")
    editor.page.get_by_role("button", name="Keep this list as it is now").click()
    handles = editor.page.locator(".handle")
    handles.first.focus()
    editor.page.keyboard.press("ArrowDown")
    titles = editor.page.locator(".stories .what > span:first-child").all_inner_texts()
    assert titles == ["Two", "Four", "One", "Three"]
    editor.page.get_by_role("button", name="Take out: Three").click()
    editor.page.get_by_label("Subject of the e-mail").fill("News of the year")
    assert editor.axe() == []
    editor.save()
    editor.wait_for("Saved and ready.")
    text = editor.source("content/newsletters/cord/01.md").decode()
    assert "items: [news/two, news/four, news/2019/one]" in text
    assert "subject: News of the year" in text
    assert "where:" not in text
    editor.page.locator(".preview").get_by_role("button", name="Mail").click()
    editor.page.frame_locator(".preview iframe").get_by_text("Dear readers").first.wait_for()
    editor.picture("editor-newsletter")


def test_a_new_issue_lists_the_items_at_once(editor):
    editor.open("new/newsletters")
    assert editor.page.get_by_role("spinbutton", name="Number", exact=False).input_value() == "2"
    editor.page.get_by_role("button", name="Add a section").click()
    editor.page.get_by_role("button", name="Add an item").last.click()
    dialog = editor.page.get_by_role("dialog")
    assert dialog.locator(".picker button").count() > 5
    dialog.get_by_role("searchbox").fill("milano")
    dialog.locator(".picker button").click()
    editor.page.keyboard.press("Escape")
    assert "Milano Metropoli" in editor.page.locator(".section").last.locator(".stories li").inner_text()


STEALS = """<script>
const editor = "{editor}";
const tried = {{}};
const say = () => {{ document.title = JSON.stringify(tried); }};
fetch(editor + "api/items").then((one) => one.text(), () => "unreadable").then((one) => {{ tried.items = one; say(); }});
fetch(editor, {{ mode: "no-cors" }}).then((one) => one.text(), () => "unreadable").then((one) => {{ tried.page = one; say(); }});
fetch(editor + "api/item/content/news/2019/one.md", {{ method: "PUT", body: "stolen", mode: "no-cors" }})
  .then(() => "sent", () => "refused").then((one) => {{ tried.put = one; say(); }});
fetch(editor + "api/item/content/news/2019/one.md", {{ method: "POST", body: "stolen", mode: "no-cors" }})
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
    editor.open(f"edit/{path}")
    frame = editor.page.frame_locator(".preview iframe")
    frame.locator("h1", has_text="Odd").first.wait_for()
    odd = next(one for one in editor.page.frames if one.url.startswith(f"{editor.base}news/2019/odd/"))
    odd.wait_for_function(
        "['items', 'page', 'put', 'post', 'parent', 'top'].every((one) => document.title.includes(one))"
    )
    tried = json.loads(odd.evaluate("document.title"))
    assert tried["items"] == "unreadable"
    assert tried["parent"] == "unreadable"
    assert tried["top"] == "stays"
    assert not tried["page"].strip() or tried["page"] == "unreadable"
    assert editor.source() == BEFORE.encode()
    assert "<script>" in editor.page.locator(".island").first.inner_text()


DROP = """([bytes, name]) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([new Uint8Array(bytes)], name));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
}"""


def word(*paragraphs):
    document, made = docx.Document(), BytesIO()
    document.add_heading("Forum in Linz", 0)
    for text in ("Linz, 15 June 2021", *paragraphs):
        document.add_paragraph(text)
    document.save(made)
    return list(made.getvalue())


def test_a_word_file_that_was_brought_in_before_offers_a_choice(editor):
    editor.open()
    editor.page.evaluate(DROP, [word("Two hundred people came."), "Forum.docx"])
    editor.page.wait_for_url("**/#/edit/content/news/2021/**")
    path = editor.page.url.partition("#/edit/")[2]
    editor.text().wait_for()
    editor.page.evaluate(DROP, [word("Three hundred people came."), "Forum.docx"])
    dialog = editor.page.get_by_role("dialog")
    dialog.get_by_text("The file differs").wait_for()
    editor.picture("editor-word-again")
    assert editor.axe() == []
    editor.page.keyboard.press("Escape")
    assert b"Two hundred" in editor.source(path)
    editor.page.evaluate(DROP, [word("Three hundred people came."), "Forum.docx"])
    dialog.get_by_role("button", name="Replace the text").click()
    editor.page.locator(".ProseMirror", has_text="Three hundred").wait_for()
    editor.page.evaluate(DROP, [word("Four hundred people came."), "Forum.docx"])
    dialog.get_by_role("button", name="Keep both").click()
    editor.page.locator(".ProseMirror", has_text="Four hundred").wait_for()
    assert b"Three hundred" in editor.source(path)
    assert editor.complaints == []


@pytest.mark.parametrize(
    ("name", "words"),
    [("Partners.xls", "spreadsheet"), ("Partners.xlsx", "Partners.xlsx: "), ("Hall.JPG", "belongs to an item"), ("Old.pdf", "PDF"), ("x.zip", "Word files"),
     ("Text.doc", "save it as"), ("Broken.docx", "Broken.docx")],
)  # fmt: skip
def test_a_file_that_is_not_taken_is_named_with_what_to_do(editor, name, words):
    editor.open()
    editor.wait_for("4 items")
    editor.page.evaluate(DROP, [[1, 2, 3], name])
    dialog = editor.page.get_by_role("dialog")
    assert name in dialog.get_by_role("heading").inner_text()
    assert words in dialog.get_by_role("alert").inner_text()


def test_a_table_is_shown_asked_and_brought_in(editor):
    editor.open("partners")
    editor.page.locator(".items li").first.wait_for()
    rows = [
        (number, f"Org {number}", "Atlantis" if number == 12 else "France", "x") for number in range(10, 14)
    ]
    table = list(workbook(("No.", "Organisation", "Country", "Remark"), *rows))
    editor.page.evaluate(DROP, [table, "Partners.xlsx"])
    dialog = editor.page.get_by_role("dialog")
    dialog.get_by_text("4 new").wait_for()
    assert 'Partners!C4: no country is called "Atlantis"' in dialog.inner_text()
    editor.picture("editor-table")
    assert editor.axe() == []
    dialog.get_by_label("Becomes: Organisation").select_option("")
    dialog.get_by_text("Choose which column is the name").wait_for()
    assert not dialog.get_by_role("button", name="Bring them in").is_visible()
    dialog.get_by_label("Becomes: Organisation").select_option("title")
    dialog.get_by_role("button", name="Bring them in").click()
    dialog.get_by_text("Done:").wait_for()
    assert b"title: Org 12" in editor.source("content/partners/org-12.md")
    dialog.get_by_role("button", name="Close").last.click()
    editor.page.get_by_role("link", name="Org 13").wait_for()
    editor.page.evaluate(DROP, [table, "Partners.xlsx"])
    dialog.get_by_text("Nothing to do: 4 as they are").wait_for()
    assert editor.complaints == []


def test_what_was_deleted_comes_back_at_once_and_after_a_reload(editor):
    for way in ("at once", "later"):
        editor.open(f"edit/{ONE}")
        editor.page.get_by_role("button", name="Delete", exact=True).click()
        editor.page.get_by_role("dialog").get_by_role("button", name="Delete", exact=True).click()
        editor.wait_for("was deleted")
        assert not (editor.run.site.root / ONE).exists()
        if way == "at once":
            editor.page.get_by_role("button", name="Undo").click()
        else:
            editor.page.reload()
            editor.page.get_by_role("link", name="Deleted items").click()
            back = editor.page.get_by_role("button", name="Take it back: One")
            back.wait_for()
            editor.picture("editor-deleted")
            assert editor.axe() == []
            back.click()
        editor.page.get_by_role("heading", name="One", exact=True).wait_for()
        assert editor.source() == BEFORE.encode()


def test_the_list_of_what_is_published_shows_titles(editor):
    editor.open("publish")
    row = editor.page.locator(".changed li", has_text="One").first
    row.wait_for()
    assert [one.lower() for one in row.locator(".state").all_inner_texts()] == ["new"]
    assert row.locator("a").get_attribute("href") == f"#/edit/{ONE}"
    assert "/news/2019/one/" in row.locator("code").inner_text()
    assert editor.axe() == []
    editor.picture("editor-publish")


@pytest.mark.parametrize(
    ("typed", "saved"),
    [("www.example.org", "https://www.example.org"), ("Example.org/a b", None), ("ann@example.org", "mailto:ann@example.org"),
     ("http://a.eu/x", "http://a.eu/x"), ("example.org/näs?x=1", "https://example.org/näs?x=1")],
)  # fmt: skip
def test_the_dialog_for_links_takes_the_focus_and_gives_it_back(editor, typed, saved):
    editor.open(f"edit/{ONE}")
    editor.text().click()
    editor.page.keyboard.press("Control+End")
    editor.page.route("**/api/items", lambda route: route.abort())
    editor.page.keyboard.press("Control+k")
    editor.page.keyboard.type("into the dialog")
    dialog = editor.page.get_by_role("dialog")
    assert dialog.get_by_role("searchbox").input_value() == "into the dialog"
    editor.page.keyboard.press("Escape")
    assert dialog.count() == 0
    editor.page.keyboard.type(" and ")
    editor.page.keyboard.press("Control+k")
    dialog.get_by_label("Or a web address").fill(typed)
    editor.page.keyboard.press("Enter")
    if saved is None:
        assert "whole address" in dialog.locator("form [role=alert]").inner_text()
        editor.page.keyboard.press("Escape")
        saved = ""
    else:
        saved = f"[{saved}]({saved})"
    editor.page.keyboard.type(".")
    assert editor.markdown().endswith(f" and {saved}.")
    assert editor.complaints == []


def test_addresses_in_fields_are_completed(editor):
    editor.open("edit/content/clusters/qoot.md")
    field = editor.page.get_by_label("Web address").first
    field.fill("www.example.org/qoot")
    editor.page.keyboard.press("Tab")
    assert field.input_value() == "https://www.example.org/qoot"
    editor.page.get_by_text("Further details").click()
    editor.page.get_by_role("button", name="Add Further links").click()
    editor.page.get_by_label("Label").last.fill("About")
    editor.page.get_by_label("Web address").last.fill("../pages/about.md")
    editor.save()
    editor.wait_for("Saved and ready.")
    text = editor.source("content/clusters/qoot.md").decode()
    assert "url: https://www.example.org/qoot" in text
    assert "url: ../pages/about.md" in text


SECTIONS = "  - {title: First, items: [four, two]}\n  - {title: Second, items: [one, three]}\n---"


def stories(editor):
    return [
        one.locator(".what > span:first-child").all_inner_texts()
        for one in editor.page.locator(".section").all()
    ]


@pytest.mark.parametrize("way", ["mouse", "finger", "keys"])
def test_items_of_an_issue_are_dragged_within_and_between_sections(editor, way):
    path = "content/newsletters/cord/01.md"
    text = f"{ISSUE.partition('  - {')[0]}{SECTIONS}{ISSUE.partition('---')[2].partition('---')[2]}"
    editor.run.site.write(path, text)
    editor.page.set_viewport_size({"width": 1300, "height": 2200})
    editor.open(f"edit/{path}")
    editor.page.locator(".story .what", has_text="Three").wait_for()
    drag = {"mouse": drag_with_mouse, "finger": drag_with_finger, "keys": drag_with_keys}[way]
    drag(editor, "Four", "Two")
    assert stories(editor) == [["Two", "Four"], ["One", "Three"]]
    drag(editor, "Four", "One")
    assert stories(editor) in ([["Two"], ["One", "Four", "Three"]], [["Two"], ["Four", "One", "Three"]])
    drag(editor, "Two", "Three")
    assert stories(editor)[0] == []
    if way == "mouse":
        box = _box(editor.page.locator(".handle").last)
        editor.page.mouse.move(box["x"] + 5, box["y"] + 5)
        editor.page.mouse.down()
        editor.page.mouse.move(box["x"] + 5, 200, steps=5)
        editor.page.keyboard.press("Escape")
        editor.page.mouse.up()
        assert len(stories(editor)[1]) == 4  # it was not dropped
    assert "now number" in editor.page.locator("#said").inner_text()
    assert editor.complaints == []


def _box(locator):
    """Return where an element stands; the form may just be drawing it anew."""
    while (box := locator.bounding_box()) is None:
        locator.wait_for()
    return box


def _places(editor, dragged, target):
    """Return the middle of a handle, and a point just below the middle of the line of another item."""
    line = editor.page.locator(".story", has_text=target)
    line.evaluate('one => one.scrollIntoView({ block: "center" })')
    handle = _box(editor.page.locator(".story", has_text=dragged).locator(".handle"))
    box = _box(line)
    return (
        (handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2),
        (handle["x"] + 9, box["y"] + box["height"] * 0.7),
    )


def drag_with_mouse(editor, dragged, target):
    start, end = _places(editor, dragged, target)
    editor.page.mouse.move(*start)
    editor.page.mouse.down()
    editor.page.mouse.move(*end, steps=8)
    editor.page.mouse.up()


def drag_with_finger(editor, dragged, target):
    (x, y), end = _places(editor, dragged, target)
    touch = editor.context.new_cdp_session(editor.page)

    def send(kind, *points):
        shown = [{"x": one, "y": other} for one, other in points]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": shown})

    send("touchStart", (x, y))
    for step in range(1, 9):
        send("touchMove", (x + (end[0] - x) * step / 8, y + (end[1] - y) * step / 8))
    send("touchEnd")


def drag_with_keys(editor, dragged, target):
    before = stories(editor)
    editor.page.locator(".story", has_text=dragged).locator(".handle").focus()
    for _ in range(4):
        editor.page.keyboard.press("ArrowDown")
        now = next(one for one in stories(editor) if dragged in one)
        if target in now and now.index(dragged) > now.index(target):
            break
    assert stories(editor) != before


def test_pictures_that_cannot_be_pasted_are_said(editor):
    editor.open("new/news")
    editor.paste('<p>Hall: <img src="https://a.eu/x.png"> and <img src="file:///C:/y.png"></p>')
    editor.wait_for("Pictures that were not pasted: 2")
    assert editor.markdown() == "Hall: and"


def test_every_dialog_closes_with_escape_and_the_focus_returns(editor):
    editor.open(f"edit/{ONE}")
    editor.page.get_by_label("Title").fill("Changed")
    for name in ("History", "Delete"):
        editor.page.get_by_role("button", name=name, exact=True).click()
        editor.page.get_by_role("dialog").wait_for()
        editor.page.keyboard.press("Escape")
        editor.page.get_by_role("dialog").wait_for(state="detached")
        assert editor.page.evaluate("document.activeElement.textContent") == name
    assert editor.source() == BEFORE.encode()
    for key in ("Picture", "Link"):
        editor.page.get_by_role("toolbar").get_by_role("button", name=key, exact=True).click()
        editor.page.get_by_role("dialog").wait_for()
        editor.page.keyboard.press("Escape")
        assert editor.page.evaluate("document.activeElement.classList.contains('ProseMirror')")
