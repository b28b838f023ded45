"""What the editor does beside saving: check, publish, earlier versions in Git, Word files, newsletters."""

import json
import subprocess
from io import BytesIO
from urllib.parse import quote

import docx
import pytest
from PIL import Image

from clusterpress.editing.editor_api import EditorApi
from tests.editing.test_editor_api import ONE, Visitor
from tests.sites.small_site import Site

TARGET = "publish:\n  live: {type: folder, path: ../www}\n"
NEWSLETTER = "newsletters:\n  cord:\n    name: Cord\n    publisher: Example\n    address: 1 Street, Linz\n"
ISSUE = (
    "---\ntitle: Cord no. 1\nnewsletter: cord\nnumber: 1\ndate: 2021-12-01\nsections:\n"
    "  - {title: News, where: {kind: news, until: issue}}\n  - {title: Chosen, items: [forum]}\n---\nDear readers.\n"
)


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path / "project")
    site.write("site_config.yml", (site.root / "site_config.yml").read_text() + TARGET + NEWSLETTER)
    return site


@pytest.fixture
def visitor(site):
    return Visitor(EditorApi(site.root, "http://127.0.0.1:8000"))


def test_publishing_shows_first_what_would_change_and_then_changes_it(site, visitor):
    www = site.root.parent / "www"
    assert {row["state"] for row in visitor.get("items")} == {"ready"}
    shown = visitor.get("publish/live")
    assert "news/2019/one/index.html" in shown["lists"]["new"]
    assert not www.exists() or not any(www.iterdir())
    done = json.loads(visitor.ask("POST", "publish/live").content)
    assert done["lists"]["new"] == shown["lists"]["new"]
    assert (www / "news/2019/one/index.html").is_file()
    assert visitor.get("publish/live")["lists"] == {"new": [], "changed": [], "removed": []}
    visitor.save(visitor.load("content/news/two.md"), path="content/news/two.md", draft=True, ready=False)
    site.write("content/news/new.md", "---\ntitle: New\ndate: 2019-05-05\n---\nText.\n")
    states = {row["title"]: row["state"] for row in visitor.get("items")}
    assert (states["One"], states["New"], states["Two"]) == ("published", "ready", "draft")


@pytest.mark.parametrize(
    ("text", "words"), [("[x](nowhere.md)", "nowhere.md"), ("REPLACE THIS: the text.", "placeholder text")]
)
def test_nothing_is_published_with_a_fault_which_is_named(site, visitor, text, words):
    site.write("content/news/new.md", f"---\ntitle: New\ndate: 2019-05-05\n---\n{text}\n")
    for method in ("GET", "POST"):
        found = json.loads(visitor.ask(method, "publish/live").content)
        assert [one["path"] for one in found["against"]] == ["content/news/new.md"]
    assert not any((site.root.parent / "www").glob("*"))
    checked = [one for one in visitor.get("check") if one["path"] == "content/news/new.md"]
    assert words in checked[0]["message"]
    assert checked[0]["title"] == "New"


def test_a_target_that_is_not_there_is_named(site, visitor):
    assert visitor.ask("GET", "publish/none").status == 409
    site.write(
        "site_config.yml", (site.root / "site_config.yml").read_text().replace("../www", "../no/such/dir")
    )
    (site.root.parent / "no").write_text("a file")
    answer = visitor.ask("POST", "publish/live")
    assert answer.status in {409, 507}
    assert b"Traceback" not in answer.content


def test_versions_of_git_are_in_the_history(site, visitor):
    def git(*words):
        subprocess.run(
            ["git", "-c", "user.name=Ann", "-c", "user.email=a@b.eu", *words], cwd=site.root, check=True, capture_output=True
        )  # fmt: skip

    git("init", "-q")
    git("add", "content")
    git("commit", "-qm", "First\0 version\n\nmore".replace("\0", ""))
    visitor.save(visitor.load(), title="Two")
    versions = visitor.get(f"versions/{ONE}")
    assert [(one["by"], one["what"]) for one in versions] == [("", ""), ("Ann", "First version")]
    old = visitor.get(f"versions/{ONE}?version={versions[1]['id']}")
    assert (old["values"]["title"], old["body"][:6]) == ("One", "First.")


def word(*paragraphs):
    document, made = docx.Document(), BytesIO()
    document.add_heading("Forum in Linz", 0)
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(made)
    return made.getvalue()


def test_a_word_file_becomes_an_item_once(visitor):
    content = word("Brussels, 15 June 2027", "Two hundred people came to Linz.")
    found = json.loads(visitor.ask("POST", f"word?name={quote('Forum in Linz.docx')}", content).content)
    assert found["is_new"] is True
    item = visitor.load(found["path"])
    assert (item["values"]["title"], item["values"]["date"]) == ("Forum in Linz", "2027-06-15")
    assert "Two hundred people came to Linz." in item["body"]
    again = json.loads(visitor.ask("POST", f"word?name={quote('Forum in Linz.docx')}", content).content)
    assert (again["path"], again["is_new"]) == (found["path"], False)


def test_a_picture_of_a_word_file_without_alt_text_is_warned_about(visitor):
    document, made, picture = docx.Document(), BytesIO(), BytesIO()
    Image.new("RGB", (60, 40), "red").save(picture, "PNG")
    document.add_heading("Forum in Linz", 0)
    document.add_paragraph("Linz, 15 June 2019")
    document.add_paragraph("Two hundred people came.")
    document.add_picture(picture)
    document.add_paragraph("They left again.")
    document.save(made)
    found = json.loads(visitor.ask("POST", "word?name=Forum.docx", made.getvalue()).content)
    item = visitor.load(found["path"])
    assert any("alt text" in one for one in found["remarks"])
    assert any("no alt text" in one["message"] for one in item["problems"])
    assert any(
        "no alt text" in one["message"] for one in visitor.get("check") if one["path"] == found["path"]
    )


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.docx", b"", "x.docx"),
        ("x.docx", b"PK broken", "x.docx"),
        ("x.doc", b"\xd0\xcf\x11\xe0", "save it as"),
        ("../../x.docx", b"no", "not a Word file"),
    ],
)
def test_a_word_file_that_cannot_be_read_is_named(site, visitor, name, content, words):
    before = sorted(site.root.rglob("*.md"))
    answer = visitor.ask("POST", f"word?name={quote(name)}", content)
    assert (answer.status, words in answer.content.decode()) == (409, True)
    assert sorted(site.root.rglob("*.md")) == before


def test_a_newsletter_shows_what_each_section_has_and_could_have(site, visitor):
    site.write("content/newsletters/cord/01.md", ISSUE)
    found = visitor.get("issue/content/newsletters/cord/01.md")
    assert found["sections"] == [["news/four", "news/two", "news/one", "news/three"], ["events/forum"]]
    assert {"name": "clusters/qoot", "title": "QOOT"}.items() <= {
        key: one[key] for one in found["items"] if one["title"] == "QOOT" for key in ("name", "title")
    }.items()
    assert found["editions"]["mail"].endswith("/email.html")
    item = visitor.load("content/newsletters/cord/01.md")
    sections = item["values"]["sections"]
    chosen = [{"title": "News", "items": ["news/two", "news/four"]}, sections[1]]
    saved = json.loads(visitor.save(item, path=item["path"], sections=chosen).content)
    assert (saved["kept_draft"], saved["problems"]) == (False, [])
    assert visitor.get(f"issue/{item['path']}")["sections"][0] == ["news/two", "news/four"]


def test_a_new_issue_lands_in_the_folder_of_its_newsletter(visitor):
    form = visitor.get("form/newsletters")
    values = {**form["values"], "title": "Cord no. 2", "number": 2}
    body = {"values": values, "body": "Dear readers.", "ready": False}
    answer = json.loads(visitor.ask("POST", "item/newsletters", body).content)
    assert answer["path"] == "content/newsletters/cord/02.md"
    assert visitor.ask("POST", "item/newsletters", body).status == 409
    assert form["values"]["sections"]


def test_a_new_issue_offers_all_items_and_shows_what_is_new_before_it_is_saved(site, visitor):
    site.write("content/newsletters/cord/01.md", ISSUE.replace("2021-12-01", "2019-06-01"))
    before = sorted(site.root.rglob("*.md"))
    values = {**visitor.get("form/newsletters")["values"], "title": ""}
    assert values["number"] == "2"
    found = json.loads(visitor.ask("POST", "issue/newsletters", {"values": values, "body": ""}).content)
    listed = visitor.get("issue/content/newsletters/cord/01.md")
    assert found["items"] == listed["items"]
    assert len(found["items"]) > 5
    dates = {one["name"]: one["date"] for one in found["items"]}
    assert found["sections"][0]
    assert all(dates[name] > "2019-06-01" for name in found["sections"][0])
    assert sorted(site.root.rglob("*.md")) == before


@pytest.mark.parametrize(
    "values", [{}, {"newsletter": "cord", "date": "soon"}, {"newsletter": "cord", "sections": 3}]
)
def test_an_unfinished_issue_offers_items_or_says_what_it_needs(visitor, values):
    answer = visitor.ask("POST", "issue/newsletters", {"values": values, "body": ""})
    assert answer.status in {200, 422}
    assert answer.status == 422 or len(json.loads(answer.content)["items"]) > 5


def test_placeholder_text_keeps_an_item_a_draft(visitor):
    answer = json.loads(visitor.save(visitor.load(), body="REPLACE THIS: the text.").content)
    assert (answer["kept_draft"], answer["state"]) == (True, "draft")
    assert any("placeholder" in one["message"] for one in answer["problems"] if one["stops"])


def test_an_issue_with_an_item_that_is_not_there_stays_a_draft(site, visitor):
    site.write("content/newsletters/cord/01.md", ISSUE)
    item = visitor.load("content/newsletters/cord/01.md")
    sections = [{"title": "News", "items": ["nowhere"]}]
    saved = json.loads(visitor.save(item, path=item["path"], sections=sections).content)
    assert (saved["kept_draft"], saved["state"]) == (True, "draft")
    assert [one["field"] for one in saved["problems"] if one["stops"]] == ["sections.0.items.0"]
    assert [line for line in site.check() if "error" in line] == []


def test_the_check_finds_what_the_command_finds(site, visitor):
    site.write("content/newsletters/cord/01.md", ISSUE.replace("forum", "nowhere"))
    site.write("content/news/new.md", "---\ntitle: New\ndate: soon\n---\n[x](nowhere.md)\n")
    wanted = [line.partition(": ")[2] for line in site.check()]
    assert len(wanted) > 2
    found = [f"{'error' if one['stops'] else 'warning'}: {one['message']}" for one in visitor.get("check")]
    assert sorted(found) == sorted(wanted)


def import_word(visitor, content, way="", name="Forum in Linz.docx"):
    answer = visitor.ask("POST", f"word?name={quote(name)}&way={way}", content)
    assert answer.status == 200, answer.content
    return json.loads(answer.content)


FIRST = ("Brussels, 15 June 2027", "Two hundred people came to Linz.")
SECOND = ("Brussels, 15 June 2027", "Three hundred people came to Linz.")


@pytest.mark.parametrize("is_word_changed", [True, False])
@pytest.mark.parametrize("is_item_edited", [True, False])
def test_a_word_file_that_comes_again_is_asked_about_if_one_of_the_two_has_changed(
    site, visitor, is_word_changed, is_item_edited
):
    path = import_word(visitor, word(*FIRST))["path"]
    if is_item_edited:
        visitor.save(visitor.load(path), path=path, body="Edited here.")
    before = (site.root / path).read_bytes()
    found = import_word(visitor, word(*(SECOND if is_word_changed else FIRST)))
    assert (site.root / path).read_bytes() == before
    if is_word_changed or is_item_edited:
        there = {"path": path, "title": "Forum in Linz", "is_edited": is_item_edited, "is_draft": False}
        assert found == {"there": there}
    else:
        assert (found["path"], found["is_new"]) == (path, False)


@pytest.mark.parametrize("is_item_edited", [True, False])
def test_a_word_file_replaces_its_item_and_the_old_text_stays_in_the_history(visitor, is_item_edited):
    path = import_word(visitor, word(*FIRST))["path"]
    if is_item_edited:
        visitor.save(visitor.load(path), path=path, body="Edited here.")
    before = visitor.load(path)["body"]
    assert import_word(visitor, word(*SECOND), "replace")["path"] == path
    assert "Three hundred" in visitor.load(path)["body"]
    version = visitor.get(f"versions/{path}")[0]["id"]
    assert visitor.get(f"versions/{path}?version={version}")["body"] == before
    assert import_word(visitor, word(*SECOND))["is_new"] is False


def test_a_word_file_can_become_a_second_item_and_both_are_known_from_then_on(visitor):
    path = import_word(visitor, word(*FIRST))["path"]
    other = import_word(visitor, word(*SECOND), "both")["path"]
    third = import_word(visitor, word(*FIRST, "More."), "both")["path"]
    assert len({path, other, third}) == 3
    assert "Two hundred" in visitor.load(path)["body"]
    assert "Three hundred" in visitor.load(other)["body"]
    assert visitor.load(third)["body"].endswith("More.")
    assert visitor.ask("POST", "word?name=x.docx&way=burn", b"").status == 400


def test_a_deleted_item_is_listed_and_restored_as_it_was(site, visitor):
    before = (site.root / ONE).read_bytes()
    visitor.ask("DELETE", f"item/{ONE}")
    (row,) = visitor.get("deleted")
    assert (row["path"], row["title"], row["kind"]) == (ONE, "One", "news")
    assert json.loads(visitor.ask("POST", f"deleted/{ONE}").content) == {"path": ONE}
    assert (site.root / ONE).read_bytes() == before
    assert visitor.get("deleted") == []
    assert visitor.ask("POST", f"deleted/{ONE}").status == 404


def test_nothing_is_lost_when_a_name_is_deleted_twice_or_taken_again(site, visitor):
    first = (site.root / ONE).read_bytes()
    visitor.ask("DELETE", f"item/{ONE}")
    site.write(ONE, first.replace(b"title: One", b"title: Another"))
    assert json.loads(visitor.ask("POST", f"deleted/{ONE}").content) == {"path": "content/news/one-2.md"}
    assert visitor.load("content/news/one-2.md")["values"]["title"] == "One"
    visitor.ask("DELETE", f"item/{ONE}")
    site.write(ONE, first.replace(b"title: One", b"title: Third"))
    visitor.ask("DELETE", f"item/{ONE}")
    assert [row["title"] for row in visitor.get("deleted")] == ["Third"]
    visitor.ask("POST", f"deleted/{ONE}")
    version = visitor.get(f"versions/{ONE}")[0]["id"]
    assert visitor.get(f"versions/{ONE}?version={version}")["values"]["title"] == "Another"


@pytest.mark.parametrize("path", ["site_config.yml", "content/../x.md", "content/news/none.md"])
def test_nothing_else_is_restored(visitor, path):
    assert visitor.ask("POST", f"deleted/{path}").status in {403, 404}


def test_publishing_names_items_by_title_and_says_what_happens_to_them(site, visitor):
    visitor.ask("POST", "publish/live")
    visitor.save(visitor.load("content/news/two.md"), path="content/news/two.md", title="Two & more")
    site.write("content/news/new.md", "---\ntitle: Brand new\ndate: 2019-05-05\n---\nText.\n")
    visitor.ask("DELETE", "item/content/news/three.md")
    visitor.save(visitor.load("content/news/four.md"), path="content/news/four.md", ready=False)
    for method in ("GET", "POST"):
        found = json.loads(visitor.ask(method, "publish/live").content)
        news = {(one["change"], one["title"], one["lang"]) for one in found["pages"] if one["kind"] == "news"}
        assert {
            ("changed", "Two & more", "en"), ("new", "Brand new", "en"),
            ("removed", "Three", "en"), ("removed", "Four", "en"),
        } <= news  # fmt: skip
        paths = {one["title"]: one["path"] for one in found["pages"]}
        assert (paths["Two & more"], paths["Three"]) == ("content/news/two.md", "")
        others = [one for one in found["pages"] if not one["kind"]]
        assert "News" in {one["title"] for one in others}
        assert found["pages"].index(others[0]) > max(
            place for place, one in enumerate(found["pages"]) if one["kind"]
        )
    assert visitor.get("publish/live")["pages"] == []


@pytest.mark.parametrize(
    "section",
    ["{title: Empty}", "{title: Empty, where: {tag: none}}", "{title: News, colour: pink, items: [one]}",
     "{title: News, items: [nowhere]}", "{title: News, items: [one, one]}", "{title: News, sort: up, where: {kind: news}}"],
)  # fmt: skip
def test_a_draft_of_an_issue_with_a_faulty_section_is_shown_in_the_preview(site, visitor, section):
    text = ISSUE.partition("sections:")[0] + f"draft: true\nsections:\n  - {section}\n---\nDear readers.\n"
    site.write("content/newsletters/cord/01.md", text)
    item = visitor.load("content/newsletters/cord/01.md")
    assert [one for one in item["problems"] if one["stops"]]
    assert "error" not in [str(one.severity) for one in site.build(previews=True).problems]
    assert "Dear readers." in site.read(f"{item['url']}index.html")


@pytest.mark.parametrize(
    ("original", "title", "path"),
    [("content/news/two.md", "افتتاح المنتدى", "content/news/two.ar.md"), ("", "Открытие форума", None), ("", "开幕", None)],
)  # fmt: skip
def test_a_title_in_any_script_makes_an_item(site, visitor, original, title, path):
    query = f"?translates={original}&lang=ar" if original else ""
    values = {**visitor.get(f"form/news{query}")["values"], "title": title, "date": "2031-05-06"}
    paths = []
    for _ in range(1 if original else 2):
        form = {"values": values, "body": "Text.", "ready": True, "original": original}
        answer = json.loads(visitor.ask("POST", "item/news", form).content)
        assert answer["kept_draft"] is False, answer["problems"]
        paths.append(answer["path"])
    assert len(set(paths)) == len(paths)
    assert path in {None, paths[0]}
    assert [line for line in site.check() if "error" in line] == []


def test_a_translation_starts_without_placeholder_text(visitor):
    values = visitor.get(f"form/news?translates={ONE}&lang=fr")["values"]
    assert "REPLACE THIS" not in json.dumps(values)
    assert "alt" not in values["image"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"image": {"src": "picture.png", "alt": "REPLACE THIS: x"}}, "image.alt"), ({"summary": "REPLACE THIS: x"}, "summary"),
     ({"body": "First.\n\nREPLACE THIS: x"}, "body")],
)  # fmt: skip
def test_placeholder_text_is_said_at_its_field(visitor, changes, field):
    answer = json.loads(visitor.save(visitor.load(), **changes).content)
    found = [(one["field"], one["line"]) for one in answer["problems"] if one["stops"]]
    assert [name for name, _ in found] == [field]
    assert field != "body" or found[0][1] == 3


def test_a_picture_with_too_many_pixels_is_refused_with_what_to_do(visitor):
    made = BytesIO()
    Image.new("1", (9_000, 9_500)).save(made, "PNG")
    answer = visitor.ask("POST", f"picture/news?item={ONE}&name=Hall.png", made.getvalue())
    assert (answer.status, answer.content.decode()) == (
        422, "Hall.png has more than 80 million pixels; make it smaller, and try again",
    )  # fmt: skip
