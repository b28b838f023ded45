"""What the editor may ask of this machine, and what nobody else may."""

import json
import re
from email.message import Message

import pytest

from clusterpress.editing.editor_api import DIGEST_HEADER, PREFIX, TOKEN_HEADER, TRASH_FOLDER, EditorApi
from tests.sites.small_site import Site

ONE = "content/news/one.md"


class Visitor:
    """Somebody with the editor's page, or without it."""

    def __init__(self, editor_api):
        self.editor_api = editor_api
        page = editor_api.respond("GET", PREFIX, Message(), b"")
        self.policy = dict(page.headers)["Content-Security-Policy"]
        self.token = re.search(rb'token" content="([^"]+)"', page.content)[1].decode()

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
    return Visitor(EditorApi(site.root, tmp_path / "cms"))


@pytest.mark.parametrize(
    "headers",
    [
        {TOKEN_HEADER: ""},
        {TOKEN_HEADER: "guessed"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
@pytest.mark.parametrize(
    ("method", "name"), [("GET", "tree"), ("GET", f"file/{ONE}"), ("PUT", f"file/{ONE}")]
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
