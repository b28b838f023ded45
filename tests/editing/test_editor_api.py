"""What the editor may ask of this machine, and what nobody else may."""

import errno
import json
import os
import re
from email.message import Message
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

import pytest

from clusterpress import editing
from clusterpress.editing.deletion import TRASH_FOLDER
from clusterpress.editing.editor_api import PREFIX, TOKEN_HEADER, EditorApi, list_assets
from clusterpress.editing.words import words_of
from tests.sites.small_site import PICTURE_BYTES, Site

ONE = "content/news/one.md"


class Visitor:
    """Somebody with the editor's page, or without it."""

    def __init__(self, editor_api):
        self.editor_api = editor_api
        page = editor_api.respond("GET", PREFIX, Message(), b"")
        self.headers = dict(page.headers)
        self.policy = self.headers["Content-Security-Policy"]
        self.page = page.content.decode()
        self.token = re.fullmatch(r"/#token=([\w-]{40,})", editor_api.start)[1]

    def ask(self, method, name, body=b"", **headers):
        sent = Message()
        for key, value in {TOKEN_HEADER: self.token, "Host": "127.0.0.1:8000", **headers}.items():
            sent[key] = value
        body = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.editor_api.respond(method, f"{PREFIX}api/{name}", sent, body)

    def load(self, path=ONE):
        return self.get(f"item/{quote(path)}")

    def get(self, name):
        answer = self.ask("GET", name)
        assert answer.status == HTTPStatus.OK, answer.content
        return json.loads(answer.content)

    def save(self, item, *, path=ONE, **changes):
        """Save an item with some values changed."""
        body = changes.pop("body", item["body"])
        ready = changes.pop("ready", item["ready"])
        values = {**item["values"], **changes}
        return self.ask(
            "PUT", f"item/{quote(path)}", {**item, "values": values, "body": body, "ready": ready}
        )


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path / "project")


@pytest.fixture
def visitor(site):
    return Visitor(EditorApi(site.root, "http://127.0.0.1:8000"))


@pytest.mark.parametrize(
    "headers",
    [
        {TOKEN_HEADER: ""},
        {TOKEN_HEADER: "guessed"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:8001"},  # the preview, or another program of this machine
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate"},
    ],
)
@pytest.mark.parametrize(
    ("method", "name"),
    [
        ("GET", "items"),
        ("GET", "config"),
        ("GET", f"item/{ONE}"),
        ("PUT", f"item/{ONE}"),
        ("DELETE", f"item/{ONE}"),
        ("POST", "item/news"),
        ("GET", "file/content/news/picture.png"),
        ("POST", "picture/news"),
        ("POST", "word?name=x.docx"),
        ("GET", f"versions/{ONE}"),
        ("GET", "publish/live"),
        ("POST", "publish/live"),
    ],
)
def test_nobody_without_the_page_can_read_or_write(site, visitor, method, name, headers):
    before = (site.root / ONE).read_bytes()
    answer = visitor.ask(method, name, {"values": {"title": "Stolen"}, "body": ""}, **headers)
    assert answer.status == 403
    assert b"One" not in answer.content
    assert (site.root / ONE).read_bytes() == before


@pytest.mark.parametrize(
    "path",
    [
        "site_config.yml",
        "content/../site_config.yml",
        "content/news/../../site_config.yml",
        "/etc/passwd",
        "content\\..\\site_config.yml",
        "content//x.md",
        "content/news/%2e%2e/%2e%2e/x",
        ".clusterpress/store.sqlite",
        "content",
        "content/",
        "content/news/..",
        "content/news/../one.md",
        "content/./news/one.md",
        "content/news/x%00.md",
        "content/news/%2e%2e%2f%2e%2e%2fx",
        "C:/x",
        "//server/share/x.md",
        "content/" + "x/" * 3000 + "y",
    ],
)
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_nothing_outside_of_content_is_reached(site, visitor, path, method):
    form = {"values": {"title": "x"}, "body": "", "seen": ""}
    name = "file" if method == "GET" else "item"
    assert visitor.ask(method, f"{name}/{path}", form).status in {400, 403, 404, 409}
    assert visitor.ask(method, f"item/{path}", form).status in {400, 403, 404, 409}
    assert visitor.ask("GET", f"versions/{path}").status in {400, 403, 404}
    assert visitor.ask("POST", f"picture/news?item={path}&name=x.png", PICTURE_BYTES).status in {
        400,
        403,
        404,
    }
    assert (site.root / "site_config.yml").is_file()


def test_a_link_out_of_content_is_not_followed(site, visitor):
    (site.root / "content" / "out").symlink_to(site.root)
    assert visitor.ask("GET", "file/content/out/site_config.yml").status == 403


def test_the_page_may_load_only_what_this_machine_gives(visitor):
    assert "default-src 'none'" in visitor.policy
    assert "script-src 'self';" in visitor.policy
    assert "connect-src 'self';" in visitor.policy
    assert "unsafe" not in visitor.policy
    assert "frame-ancestors 'none'" in visitor.policy
    for name in list_assets():
        assert visitor.editor_api.respond("GET", PREFIX + name, Message(), b"").status == 200
    for name in ("../words.py", "vendor/../../words.py", "languages/en.yml", "%2e%2e/words.py", "vendor"):
        assert visitor.editor_api.respond("GET", PREFIX + name, Message(), b"").status == 404


def test_the_page_loads_nothing_from_elsewhere_and_has_no_script_of_its_own(visitor):
    assert re.findall(r"(?:src|href)=\"([^\"]+)", visitor.page) == ["data:,", "editor.css", "app.js"]
    assert re.search(r"<script[^>]*>[^<]", visitor.page) is None


def test_the_packages_of_others_have_their_licences_beside_them(visitor):
    text = visitor.editor_api.respond("GET", f"{PREFIX}vendor/LICENSES.txt", Message(), b"").content.decode()
    for name in ("prosemirror-model", "prosemirror-tables", "markdown-it", "linkify-it", "entities"):
        assert re.search(rf"^{name} \d+\.\d+\.\d+ \((MIT|BSD-2-Clause)\)$", text, re.MULTILINE), name


def test_the_lists_have_all_items_newest_first_wherever_they_lie(site, visitor):
    site.write("content/news/2030/index.md", "---\ntitle: In a folder\ndate: 2020-05-05\n---\nText.\n")
    site.write("content/news/broken.md", "---\ntitle: [\n---\n")
    rows = [row for row in visitor.get("items") if row["path"].startswith("content/news/")]
    assert [(row["path"].removeprefix("content/news/"), row["date"], row["state"]) for row in rows] == [
        ("broken.md", "", "error"),
        ("four.md", "2021-11-15", "published"),
        ("2030/index.md", "2020-05-05", "published"),
        ("two.md", "2019-06-15", "published"),
        ("one.md", "2019-04-12", "published"),
        ("one.fr.md", "2019-04-12", "published"),
        ("one.ar.md", "2019-04-12", "published"),
        ("three.md", "2014-05-13", "published"),
    ]
    one = next(row for row in rows if row["path"] == ONE)
    assert one["programmes"] == ["THE NEXT SOCIETY"]
    assert one["missing"] == []
    assert one["picture"].startswith("media/picture.")
    assert next(row for row in rows if row["title"] == "Four")["missing"] == ["fr", "ar"]


def test_a_list_says_what_is_a_draft_and_what_is_under_embargo(site, visitor):
    site.write("content/news/two.md", "---\ntitle: Two\ndate: 2019-06-15\ndraft: true\n---\nSecond.\n")
    site.write(
        "content/news/four.md", "---\ntitle: Four\ndate: 2019-06-15\npublish: 2099-01-01\n---\nFourth.\n"
    )
    states = {row["title"]: row["state"] for row in visitor.get("items")}
    assert (states["One"], states["Two"], states["Four"]) == ("published", "draft", "scheduled")


def test_a_file_that_somebody_else_changed_is_not_overwritten_and_both_versions_are_returned(site, visitor):
    item = visitor.load()
    site.write(ONE, (site.root / ONE).read_text().replace("First.", "Changed by hand."))
    answer = visitor.save(item, title="Two")
    assert answer.status == 409
    current = json.loads(answer.content)["current"]
    assert current["body"].startswith("Changed by hand.")
    assert current["values"]["title"] == "One"
    assert "Changed by hand." in (site.root / ONE).read_text()
    again = visitor.save({**item, "seen": current["seen"]}, title="Two")
    assert again.status == 200
    assert "title: Two" in (site.root / ONE).read_text()


def test_a_file_that_somebody_else_deleted_is_not_written_again_unasked(site, visitor):
    item = visitor.load()
    site.remove(ONE)
    answer = visitor.save(item, title="Two")
    assert (answer.status, json.loads(answer.content)) == (409, {"current": None})
    assert not (site.root / ONE).exists()


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"date": "soon"}, "date", '"soon" is not a date'),
        ({"date": "2019-02-31"}, "date", "there is no 31 February 2019"),
        ({"programme": ["nobody"]}, "programme", 'no programme is called "nobody"'),
        ({"image": {"src": "none.png", "alt": "x"}}, "image", 'picture "none.png" is not there'),
        ({"more": [{"label": "x", "url": "www.example.org"}]}, "more.0.url", "www.example.org"),
        ({"body": "See\n\n[us](www.example.org)."}, "body", "https://www.example.org"),
        ({"body": "See [it](nowhere.md)."}, "body", "nowhere.md"),
    ],
)
def test_what_the_check_would_refuse_is_saved_as_a_draft_and_said_at_its_field(
    site, visitor, changes, field, words
):
    answer = json.loads(visitor.save(visitor.load(), **changes).content)
    assert (answer["kept_draft"], answer["ready"], answer["state"]) == (True, False, "draft")
    found = [one for one in answer["problems"] if one["stops"]]
    assert [one["field"] for one in found] == [field]
    assert words in found[0]["message"]
    assert "draft: true" in (site.root / ONE).read_text()
    assert [line for line in site.check() if "error" in line] == []


def test_messages_at_fields_speak_of_the_form(visitor):
    item = visitor.load()
    values = {key: value for key, value in item["values"].items() if key != "date"}
    saved = json.loads(visitor.save({**item, "values": values}, image={"src": "picture.png"}).content)
    said = {one["field"]: one["message"] for one in saved["problems"]}
    assert said["date"] == "“Date” is needed"
    assert said["image"] == "the picture has no alt text"


def test_a_picture_that_only_decorates_is_saved_as_such_and_stays_so(site, visitor):
    image = {"src": "picture.png", "alt": ""}
    item = json.loads(visitor.save(visitor.load(), image=image).content)
    assert (item["values"]["image"]["alt"], item["problems"]) == ("", [])
    assert re.search(r"alt: (''|\"\")", (site.root / ONE).read_text())
    visitor.save(visitor.load(), title="Two")
    assert visitor.load()["values"]["image"] == image
    visitor.save(visitor.load(), image={"src": "picture.png"})
    assert "alt" not in visitor.load()["values"]["image"]


def test_a_fault_in_the_text_names_its_line_there(visitor):
    answer = json.loads(visitor.save(visitor.load(), body="See\n\n[us](www.example.org).").content)
    assert [one["line"] for one in answer["problems"] if one["stops"]] == [3]


def test_a_corrected_draft_is_published_again_without_a_trace(site, visitor):
    before = (site.root / ONE).read_bytes()
    faulty = json.loads(visitor.save(visitor.load(), body="[us](www.example.org)").content)
    mended = visitor.save(faulty, body="First. See [QOOT](../clusters/qoot.md#contact).", ready=True)
    assert json.loads(mended.content)["kept_draft"] is False
    assert (site.root / ONE).read_bytes() == before


def test_a_save_without_a_change_writes_nothing(site, visitor):
    stamp = (site.root / ONE).stat().st_mtime_ns
    assert visitor.save(visitor.load()).status == 200
    assert (site.root / ONE).stat().st_mtime_ns == stamp


def test_earlier_versions_are_kept_and_can_be_read(visitor):
    item = visitor.load()
    for title in ("Two", "Three"):
        item = json.loads(visitor.save(item, title=title).content)
    versions = visitor.get(f"versions/{ONE}")
    titles = [visitor.get(f"versions/{ONE}?version={one['id']}")["values"]["title"] for one in versions]
    assert titles == ["Two", "One"]
    for name in ("x", "../one", "0" * 40, "HEAD", "--help"):
        assert visitor.ask("GET", f"versions/{ONE}?version={quote(name)}").status == 404


def test_what_is_deleted_can_be_found_again(site, visitor):
    before = (site.root / ONE).read_bytes()
    assert visitor.ask("DELETE", f"item/{ONE}").status == 200
    assert not (site.root / ONE).exists()
    assert (site.root / TRASH_FOLDER / ONE).read_bytes() == before


def create(visitor, folder="news", **values):
    ready, pictures, original = (values.pop(key, None) for key in ("ready", "pictures", "original"))
    body = {
        "values": values,
        "body": "Text.",
        "ready": bool(ready),
        "pictures": pictures or [],
        "original": original or "",
    }
    return visitor.ask("POST", f"item/{folder}", body)


def test_a_new_item_is_written_where_new_puts_it(site, visitor):
    answer = json.loads(create(visitor, title="Žilina meets", date="2031-05-06", ready=True).content)
    assert answer["path"] == "content/news/2031/zilina-meets.md"
    text = (site.root / answer["path"]).read_text()
    assert text == "---\ntitle: Žilina meets\ndate: 2031-05-06\n---\nText.\n"
    other = json.loads(create(visitor, title="Žilina meets", date="2031-07-06").content)
    assert other["path"] == "content/news/2031/zilina-meets-2.md"
    assert json.loads(create(visitor, "clusters", title="C2TM").content)["path"] == "content/clusters/c2tm.md"


@pytest.mark.parametrize(
    ("folder", "values", "status", "words"),
    [
        ("news", {"title": ""}, 422, "title"),
        ("news", {"title": "!!!", "date": "2020-01-01"}, 422, "no address"),
        ("nowhere", {"title": "x"}, 400, "there is no folder"),
        ("..", {"title": "x"}, 400, "there is no folder"),
        ("newsletters", {"title": "x"}, 422, "newsletter"),
    ],
)
def test_an_item_that_has_no_place_is_refused(site, visitor, folder, values, status, words):
    before = sorted(site.root.rglob("*.md"))
    answer = create(visitor, folder, **values)
    assert (answer.status, words in answer.content.decode()) == (status, True)
    assert sorted(site.root.rglob("*.md")) == before


def test_a_picture_is_stored_beside_its_item_and_moves_to_a_new_one(site, visitor):
    found = json.loads(
        visitor.ask("POST", "picture/news?name=Red%20Hall.PNG&date=2030-01-01", PICTURE_BYTES).content
    )
    assert found == {"path": "content/news/2030/red-hall.png", "src": "red-hall.png", "note": ""}
    image = {"src": found["src"], "alt": "A dot"}
    new = create(visitor, title="New", date="2031-05-06", image=image, pictures=[found["path"]], ready=True)
    assert json.loads(new.content)["kept_draft"] is False
    assert (site.root / "content/news/2031/red-hall.png").read_bytes() == PICTURE_BYTES
    assert not (site.root / found["path"]).exists()


def test_pictures_of_one_name_are_kept_apart(visitor):
    other = PICTURE_BYTES[:-20] + PICTURE_BYTES[-20:]
    name = f"picture/news?item={ONE}&name=picture.png"
    assert json.loads(visitor.ask("POST", name, other).content)["src"] == "picture.png"
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
    names = [
        json.loads(visitor.ask("POST", f"picture/news?item={ONE}&name=a.svg", one).content)["src"]
        for one in (svg, svg, svg + b" ")
    ]
    assert names == ["a.svg", "a.svg", "a-2.svg"]


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG broken", b"%PDF-1.7"])
def test_what_is_no_picture_is_refused(site, visitor, content):
    before = sorted(site.root.rglob("*"))
    answer = visitor.ask("POST", f"picture/news?item={ONE}&name=x.png", content)
    assert (answer.status, answer.content[:5]) == (422, b"x.png")
    assert sorted(site.root.rglob("*")) == before


def test_forms_have_a_field_for_every_key_and_offer_the_records(visitor):
    def fields_of(form):
        return {
            one["key"]: one for one in [*form["first"], *(f for g in form["groups"] for f in g["fields"])]
        }

    news = fields_of(visitor.get("form/news"))
    assert {"title", "date", "tags", "image", "expires", "aliases", "audience"} <= news.keys()
    assert ["qoot", "QOOT"] in news["cluster"]["options"]
    assert next(one for one in news["image"]["fields"] if one["key"] == "alt")["needed"] is True
    kinds = visitor.get("config")["kinds"]
    assert [one["folder"] for one in kinds] == [
        "news", "events", "programmes", "clusters", "partners", "authors", "pages",
    ]  # fmt: skip


def test_a_translation_starts_with_what_its_original_has(site, visitor):
    form = visitor.get("form/news?translates=content/news/two.md&lang=fr")
    assert (form["values"]["cluster"], form["values"]["lang"]) == ("qoot", "fr")
    values = {**form["values"], "title": "Deux"}
    answer = json.loads(create(visitor, original="content/news/two.md", **values).content)
    assert answer["path"] == "content/news/deux.fr.md"
    assert site.check() == []


def test_the_token_is_in_the_address_and_in_nothing_that_the_editor_sends(visitor):
    assert visitor.token not in visitor.page
    for name in (*list_assets(), "api/config", "api/items", f"api/item/{ONE}"):
        headers = Message()
        headers[TOKEN_HEADER] = visitor.token
        answer = visitor.editor_api.respond("GET", PREFIX + name, headers, b"")
        assert answer.status == 200
        assert visitor.token not in answer.content.decode() + repr(answer.headers) + answer.location


def test_the_page_opens_from_a_link_elsewhere_but_is_in_no_frame_and_its_parts_are_not_loaded_elsewhere(
    visitor,
):
    def ask(name, **headers):
        sent = Message()
        for key, value in headers.items():
            sent[key.replace("_", "-")] = value
        return visitor.editor_api.respond("GET", PREFIX + name, sent, b"").status

    assert ask("", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate") == 200
    assert ask("", Sec_Fetch_Site="none") == 200
    assert ask("", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors") == 403
    assert ask("app.js", Sec_Fetch_Site="same-site", Sec_Fetch_Mode="no-cors") == 403
    assert ask("app.js", Sec_Fetch_Site="same-origin") == 200
    assert visitor.headers["X-Frame-Options"] == "DENY"
    assert visitor.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_frames_show_the_preview_and_no_other_site(visitor):
    assert "frame-src http://127.0.0.1:8000;" in visitor.policy


@pytest.mark.parametrize(
    "name",
    ["CON.png", "Aux.tar.png", "a:b.png", "what?.png", "a\nb.png", "a%2fb.png", "../../x.png", "\u202egnp.exe.png",
     "ä" * 101 + ".png", ".hidden.png", "~$x.png", "/etc/x.png", "C:\\x.png"],
)  # fmt: skip
def test_names_of_pictures_become_names_that_every_system_can_keep(site, visitor, name):
    before = set(site.root.rglob("*"))
    answer = visitor.ask("POST", f"picture/news?item={ONE}&name={quote(name, safe='')}", PICTURE_BYTES)
    made = [
        file
        for file in set(site.root.rglob("*")) - before
        if file.is_file() and ".clusterpress" not in file.parts
    ]
    assert (answer.status, len(made)) in {(200, 1), (422, 0)}
    for file in made:
        assert file.parent == site.root / "content/news"
        assert re.fullmatch(r"[a-z0-9-]+\.png", file.name)


def test_a_name_that_differs_only_in_capitals_is_refused(site, visitor):
    site.write("content/clusters/C2TM.md", "---\ntitle: Other\n---\n")
    answer = create(visitor, "clusters", title="c2tm")
    assert (answer.status, b"capitals" in answer.content) == (409, True)


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("content/news/out", "{outside}"),
        ("content/news/out.png", "{outside}/kept.txt"),
        ("content/news/dangling.png", "{outside}/new.txt"),
        ("content/news/round", "round"),
    ],
)
def test_links_out_of_content_and_in_circles_are_not_followed(site, visitor, tmp_path, link, target):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept.txt").write_text("kept")
    (site.root / link).symlink_to(target.format(outside=outside))
    form = {"values": {"title": "x"}, "body": "", "seen": ""}
    for path in (link, f"{link}/kept.txt", f"{link}/new.md"):
        for method, name in (
            ("GET", "file"),
            ("GET", "item"),
            ("PUT", "item"),
            ("DELETE", "item"),
            ("GET", "versions"),
        ):
            assert visitor.ask(method, f"{name}/{path}", form).status in {403, 404, 409, 422}, (method, path)
        assert visitor.ask("POST", f"picture/news?item={path}/x.md&name=a.png", PICTURE_BYTES).status in {
            403,
            409,
        }
    assert [(one.name, one.read_text()) for one in outside.iterdir()] == [("kept.txt", "kept")]


@pytest.mark.parametrize("folder", [TRASH_FOLDER, ".clusterpress/history"])
def test_what_is_kept_never_leaves_the_project(site, visitor, tmp_path, folder):
    (tmp_path / "outside").mkdir()
    (site.root / ".clusterpress").mkdir(exist_ok=True)
    (site.root / folder).symlink_to(tmp_path / "outside")
    before = (site.root / ONE).read_bytes()
    answer = (
        visitor.ask("DELETE", f"item/{ONE}")
        if folder == TRASH_FOLDER
        else visitor.save(visitor.load(), title="x")
    )
    assert answer.status == 403
    assert (site.root / ONE).read_bytes() == before
    assert list((tmp_path / "outside").iterdir()) == []


def test_folders_are_neither_deleted_nor_overwritten(site, visitor):
    for path in ("content/news", "content/static/img"):
        assert visitor.ask("DELETE", f"item/{path}").status == 403
        assert visitor.ask("PUT", f"item/{path}", {"values": {}, "body": ""}).status == 409
        assert (site.root / path).is_dir()


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_a_missing_file_is_said_to_be_missing(visitor, method):
    assert visitor.ask(method, "item/content/news/none.md").status == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff", 400),
        (b"[]", 400),
        (b"null", 400),
        (b'"title"', 400),
        (b'{"values": []}', 400),
        (b'{"values": {}, "body": 3}', 400),
        (b"[" * 100_000, 422),
        (b'{"values": {"title": "\\ud800"}, "body": ""}', 422),
    ],
)
def test_a_broken_form_is_refused_and_saves_nothing(site, visitor, body, status):
    before = (site.root / ONE).read_bytes()
    seen = visitor.load()["seen"].encode()
    if body.endswith(b"}") and status == 422:
        body = body[:-1] + b', "ready": true, "seen": "' + seen + b'"}'
    for method, name in (("PUT", f"item/{ONE}"), ("POST", "item/news")):
        answer = visitor.ask(method, name, body)
        assert (answer.status, bool(answer.content)) == (status, True), answer.content
    assert (site.root / ONE).read_bytes() == before


def test_a_file_that_is_not_in_utf_8_is_named_and_not_overwritten(site, visitor):
    site.write(ONE, "---\ntitle: Größe\ndate: 2019-04-12\n---\n".encode("latin-1"))
    answer = visitor.ask("GET", f"item/{ONE}")
    assert (answer.status, b"UTF-8" in answer.content) == (422, True)
    assert visitor.ask("PUT", f"item/{ONE}", {"values": {"title": "New"}, "body": ""}).status in {409, 422}
    assert b"Gr\xf6" in (site.root / ONE).read_bytes()


def test_a_disk_that_takes_nothing_leaves_the_old_file_whole(site, visitor, monkeypatch):
    before = (site.root / ONE).read_bytes()
    item = visitor.load()

    def full(self, *_args):
        with self.open("wb") as file:
            file.write(b"---")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", full)
    answer = visitor.save(item, title="Two")
    assert answer.status == 507
    assert b"No space left on device" in answer.content
    assert (site.root / ONE).read_bytes() == before
    assert [one.name for one in (site.root / "content/news").iterdir() if "part" in one.name] == []


def test_all_words_of_the_page_are_in_the_table():
    web = Path(editing.__file__).with_name("web")
    scripts = "".join(file.read_text("utf-8") for file in web.glob("*.js"))
    used = set(re.findall(r'(?<![\w.])t\(\s*"(\w+)"', scripts))
    assert len(used) > 100
    assert used <= words_of("en")["ui"].keys()
    assert words_of("fr") == words_of("en")  # until somebody translates them
