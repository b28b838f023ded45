"""What the editor may ask of this machine, and what nobody else may."""

import errno
import json
import os
import re
from email.message import Message
from pathlib import Path
from urllib.parse import quote

import pytest

from clusterpress.editing.editor_api import DIGEST_HEADER, PREFIX, TOKEN_HEADER, TRASH_FOLDER, EditorApi
from tests.sites.small_site import Site

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
        return self.editor_api.respond(method, f"{PREFIX}api/{name}", sent, body)

    def load(self, path=ONE):
        found = self.ask("GET", f"file/{path}")
        return found.content.decode(), dict(found.headers)[DIGEST_HEADER]


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path / "project")


@pytest.fixture
def visitor(site, tmp_path):
    (tmp_path / "cms" / "dist").mkdir(parents=True)
    (tmp_path / "cms" / "dist" / "sveltia-cms.js").write_text(
        "url(https://cdn.jsdelivr.net/fontsource/fonts/noto-mono@5.3.0/latin-400-normal.woff2)"
    )
    assets = tmp_path / "cms" / "npm" / "assets"
    assets.mkdir(parents=True)
    (assets / "noto-mono-latin-400-normal-XY.woff2").write_bytes(b"font")
    return Visitor(EditorApi(site.root, tmp_path / "cms", "http://127.0.0.1:8000"))


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
        ("GET", "tree"),
        ("GET", "config"),
        ("GET", f"file/{ONE}"),
        ("PUT", f"file/{ONE}"),
        ("DELETE", f"file/{ONE}"),
        ("POST", "move"),
    ],
)
def test_nobody_without_the_page_can_read_or_write(site, visitor, method, name, headers):
    before = (site.root / ONE).read_bytes()
    answer = visitor.ask(method, name, b"---\ntitle: Stolen\n---\n", **headers)
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
    assert visitor.ask(method, f"file/{path}", b"x").status in {403, 404}
    assert (site.root / "site_config.yml").is_file()


def test_a_link_out_of_content_is_not_followed(site, visitor):
    (site.root / "content" / "out").symlink_to(site.root)
    assert visitor.ask("GET", "file/content/out/site_config.yml").status == 403


def test_the_page_may_load_only_what_this_machine_gives(visitor):
    assert "connect-src 'self' blob: data:" in visitor.policy
    assert "frame-ancestors 'none'" in visitor.policy
    script = visitor.editor_api.respond("GET", f"{PREFIX}sveltia-cms.js", Message(), b"")
    assert script.content == b"url(fonts/noto-mono.woff2)"
    assert (
        visitor.editor_api.respond("GET", f"{PREFIX}fonts/noto-mono.woff2", Message(), b"").content == b"font"
    )
    assert visitor.editor_api.respond("GET", f"{PREFIX}fonts/../x.woff2", Message(), b"").status == 404


def test_the_tree_has_items_and_files_but_no_readme(site, visitor):
    site.write("content/README.md", "for staff")
    tree = json.loads(visitor.ask("GET", "tree").content)
    assert ONE in tree
    assert "content/news/picture.png" in tree
    assert "content/README.md" not in tree


def test_a_file_that_somebody_else_changed_is_not_overwritten(site, visitor):
    form, seen = visitor.load()
    site.write(ONE, (site.root / ONE).read_text().replace("First.", "Changed by hand."))
    answer = visitor.ask(
        "PUT", f"file/{ONE}", form.replace('"One"', '"Two"').encode(), **{DIGEST_HEADER: seen}
    )
    assert answer.status == 409
    assert "changed by somebody else" in answer.content.decode()
    assert "Changed by hand." in (site.root / ONE).read_text()


def test_an_error_that_is_new_is_refused_and_one_that_was_there_is_not(site, visitor):
    form, seen = visitor.load()
    answer = visitor.ask(
        "PUT", f"file/{ONE}", form.replace("2019-04-12", "soon").encode(), **{DIGEST_HEADER: seen}
    )
    assert answer.status == 422
    assert '"soon" is not a date' in answer.content.decode()
    site.write(ONE, (site.root / ONE).read_text().replace("2019-04-12", "soon"))
    form, seen = visitor.load()
    assert (
        visitor.ask(
            "PUT", f"file/{ONE}", form.replace('"One"', '"Two"').encode(), **{DIGEST_HEADER: seen}
        ).status
        == 200
    )
    assert "title: Two\ndate: soon\n" in (site.root / ONE).read_text()


def test_what_is_deleted_can_be_found_again(site, visitor):
    before = (site.root / ONE).read_bytes()
    assert visitor.ask("DELETE", f"file/{ONE}").status == 200
    assert not (site.root / ONE).exists()
    assert (site.root / TRASH_FOLDER / ONE).read_bytes() == before


def test_a_move_never_replaces_another_file(site, visitor):
    def move(to):
        return visitor.ask("POST", "move", json.dumps({"from": ONE, "to": to}).encode())

    assert move("content/news/two.md").status == 409
    assert move("content/news/2019/one.md").status == 200
    assert (site.root / "content/news/2019/one.md").is_file()


def test_forms_have_a_field_for_every_key_and_offer_the_records(visitor):
    config = json.loads(visitor.ask("GET", "config").content)
    news = next(one for one in config["collections"] if one["name"] == "news")
    fields = {field["name"]: field for field in news["fields"]}
    assert {"title", "date", "body", "tags", "image", "expires", "aliases"} <= fields.keys()
    assert {"label": "QOOT", "value": "qoot"} in fields["cluster"]["options"]
    alt = next(one for one in fields["image"]["fields"] if one["name"] == "alt")
    assert alt["required"] is True
    names = [one["name"] for one in config["collections"]]
    assert names == [
        "news",
        "events",
        "programmes",
        "clusters",
        "partners",
        "authors",
        "newsletters",
        "pages",
    ]
    assert all(field["hint"] for one in config["collections"] for field in one["fields"])


def test_the_token_is_in_the_address_and_in_nothing_that_the_editor_sends(visitor):
    assert visitor.token not in visitor.page
    for name in ("folder.js", "start.js", "sveltia-cms.js", "api/config", "api/tree", f"api/file/{ONE}"):
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
    assert ask("folder.js", Sec_Fetch_Site="same-site", Sec_Fetch_Mode="no-cors") == 403
    assert ask("folder.js", Sec_Fetch_Site="same-origin") == 200
    assert visitor.headers["X-Frame-Options"] == "DENY"
    assert visitor.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_frames_show_the_preview_and_no_other_site(visitor):
    assert "frame-src 'self' blob: http://127.0.0.1:8000;" in visitor.policy


@pytest.mark.parametrize(
    "name",
    [
        "CON.png",
        "con",
        "Aux.tar.gz",
        "nul .png",
        "LPT1.jpg",
        "a:b.png",
        "what?.png",
        "a\nb.png",
        "a\x7f.png",
        "end.",
        "end ",
        " start.png",
        "a%2fb.png",
        "%2e%2e/x.png",
        "\u202egnp.exe",
        "ä" * 101 + ".png",
        "x.bak",
        ".hidden/x.png",
        "CON/x.png",
        "~$x.png",
    ],
)
def test_names_that_a_system_cannot_keep_are_refused_for_new_files(site, visitor, name):
    before = sorted(site.root.rglob("*"))
    path = quote(f"content/news/{name}")
    assert visitor.ask("PUT", f"file/{path}", b"x").status == 422
    move = json.dumps({"from": "content/news/picture.png", "to": f"content/news/{name}"}).encode()
    assert visitor.ask("POST", "move", move).status == 422
    assert sorted(site.root.rglob("*")) == before


@pytest.mark.parametrize(
    "path", ["content/news/Picture.PNG", "content/News/new.png", "content/STATIC/img/dot.png"]
)
def test_a_name_that_differs_only_in_capitals_is_refused(site, visitor, path):
    assert visitor.ask("PUT", f"file/{path}", b"x").status == 409
    assert not (site.root / path).exists()


def test_composed_and_decomposed_letters_are_the_same_name(site, visitor):
    site.write("content/news/gro\u0308ße.png", b"x")
    assert visitor.ask("PUT", f"file/{quote('content/news/größe.png')}", b"y").status == 409


def test_capitals_of_a_name_can_be_corrected(site, visitor):
    site.write("content/news/PHOTO.png", b"x")
    body = json.dumps({"from": "content/news/PHOTO.png", "to": "content/news/photo.png"}).encode()
    assert visitor.ask("POST", "move", body).status == 200
    assert (site.root / "content/news/photo.png").read_bytes() == b"x"


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
    for path in (link, f"{link}/kept.txt", f"{link}/new.md"):
        for method in ("GET", "PUT", "DELETE"):
            assert visitor.ask(method, f"file/{path}", b"x").status in {403, 404, 409, 422}, (method, path)
        body = json.dumps({"from": "content/news/picture.png", "to": path}).encode()
        assert visitor.ask("POST", "move", body).status in {403, 409, 422}
    assert [(one.name, one.read_text()) for one in outside.iterdir()] == [("kept.txt", "kept")]


def test_what_is_deleted_never_leaves_the_project(site, visitor, tmp_path):
    (tmp_path / "outside").mkdir()
    (site.root / ".clusterpress").mkdir(exist_ok=True)
    (site.root / TRASH_FOLDER).symlink_to(tmp_path / "outside")
    assert visitor.ask("DELETE", f"file/{ONE}").status == 403
    assert (site.root / ONE).is_file()


@pytest.mark.parametrize("path", ["content/news", "content/static/img"])
def test_folders_are_neither_deleted_nor_moved_nor_overwritten(site, visitor, path):
    assert visitor.ask("DELETE", f"file/{path}").status == 403
    assert visitor.ask("PUT", f"file/{path}", b"x").status == 409
    body = json.dumps({"from": path, "to": "content/static/elsewhere"}).encode()
    assert visitor.ask("POST", "move", body).status == 403
    assert (site.root / path).is_dir()
    assert not (site.root / TRASH_FOLDER).exists()


def test_a_file_is_no_folder(site, visitor):
    assert visitor.ask("PUT", f"file/{ONE}/x.png", b"x").status == 409
    assert (site.root / ONE).is_file()


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_a_missing_file_is_said_to_be_missing(visitor, method):
    assert visitor.ask(method, "file/content/news/none.md").status == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff", 400),
        (b"[]", 400),
        (b"null", 400),
        (b'"from"', 400),
        (b'{"from": "content/news/one.md"}', 400),
        (b"[" * 100_000, 422),
        (b'{"from": "content/news/none.md", "to": "content/news/new.md"}', 404),
        (b'{"from": "content/news/one.md", "to": "site_config.yml"}', 403),
        (b'{"from": "site_config.yml", "to": "content/static/x.txt"}', 403),
        (b'{"from": "content/news/one.md", "to": "content/README.md"}', 403),
        (b'{"from": "content/news/one.md", "to": "content/static/one.md"}', 403),
        (b'{"from": "content/news/one.md", "to": "content/news/one.txt"}', 403),
        (b'{"from": "content/news/picture.png", "to": "content/news/picture.md"}', 403),
        (b'{"from": "content/pages/about.md", "to": "content/events/about.md"}', 422),
        (b'{"from": ["x"], "to": 3}', 403),
    ],
)
def test_a_broken_move_is_refused_and_moves_nothing(site, visitor, body, status):
    before = sorted(site.root.rglob("*"))
    answer = visitor.ask("POST", "move", body)
    assert (answer.status, bool(answer.content)) == (status, True)
    assert sorted(site.root.rglob("*")) == before


@pytest.mark.parametrize(
    "body",
    [
        b"\xff\xfe",
        b"no front matter",
        b"---\ntitle: [\n---\n",
        b"---\ntitle: " + b"[" * 20_000 + b"\n---\n",
        b"",
        b"---\n",
        b"\0",
    ],
)
def test_a_broken_form_is_refused_and_saves_nothing(site, visitor, body):
    before = (site.root / ONE).read_bytes()
    _, seen = visitor.load()
    assert visitor.ask("PUT", f"file/{ONE}", body, **{DIGEST_HEADER: seen}).status == 422
    assert visitor.ask("PUT", "file/content/news/2030/new.md", body).status == 422
    assert (site.root / ONE).read_bytes() == before
    assert not (site.root / "content/news/2030").exists()


def test_a_file_that_is_not_in_utf_8_is_shown_and_not_overwritten(site, visitor):
    site.write(ONE, "---\ntitle: Größe\ndate: 2019-04-12\n---\n".encode("latin-1"))
    answer = visitor.ask("GET", f"file/{ONE}")
    form = b'---\n{"title": "New", "date": "2019-04-12"}\n---\n'
    seen = dict(answer.headers)[DIGEST_HEADER]
    assert visitor.ask("PUT", f"file/{ONE}", form, **{DIGEST_HEADER: seen}).status == 422
    assert b"Gr\xf6" in (site.root / ONE).read_bytes()


def test_a_file_that_the_editor_has_not_read_is_not_overwritten(site, visitor):
    form = b'---\n{"title": "Mine", "date": "2019-04-12"}\n---\n'
    for path in (ONE, "content/news/picture.png"):
        before = (site.root / path).read_bytes()
        assert visitor.ask("PUT", f"file/{path}", form).status == 409
        assert (site.root / path).read_bytes() == before


def test_a_disk_that_takes_nothing_leaves_the_old_file_whole(site, visitor, monkeypatch):
    before = (site.root / ONE).read_bytes()
    form, seen = visitor.load()

    def full(self, *_args):
        with self.open("wb") as file:
            file.write(b"---")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", full)
    answer = visitor.ask("PUT", f"file/{ONE}", form.replace("One", "Two").encode(), **{DIGEST_HEADER: seen})
    assert answer.status == 507
    assert b"No space left on device" in answer.content
    assert (site.root / ONE).read_bytes() == before
    assert [one.name for one in (site.root / "content/news").iterdir() if "part" in one.name] == []
