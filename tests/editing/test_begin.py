"""A new site that is begun in the browser."""

import errno
import json
import os
from base64 import b64encode
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest
from PIL import Image

from clusterpress.editing.editor_api import EditorApi
from tests.editing.test_editor_api import Visitor
from tests.sites.small_site import Site

ANSWERS = {
    "name": "Cluster press", "url": "press.example.eu", "publisher": "The agency", "contact": "press@example.eu",
    "address": "Street 1, Linz", "languages": "en, de", "time_zone": "vienna", "programme": "Interreg X",
    "rules": "h2020", "grant": "123456",
}  # fmt: skip


@pytest.fixture
def visitor(tmp_path):
    (tmp_path / "press").mkdir()
    return Visitor(EditorApi(tmp_path / "press", "http://127.0.0.1:8000"))


def begin(visitor, way, **answers):
    answer = visitor.ask("POST", f"begin/{way}", answers)
    assert answer.status == 200, answer.content
    return json.loads(answer.content)


def test_an_empty_folder_becomes_a_site_that_can_be_published(tmp_path, visitor):
    root = tmp_path / "press"
    form = visitor.get("config")["begin"]
    assert {"en", "de", "ar"} <= set(form["languages"])
    assert "Europe/Vienna" in form["zones"]
    assert begin(visitor, "check", **ANSWERS)["faults"] == {}
    assert list(root.iterdir()) == []
    found = begin(visitor, "create", **ANSWERS)
    assert (found["faults"], found["answers"]["url"]) == ({}, "https://press.example.eu")
    assert found["answers"]["time_zone"] == "Europe/Vienna"
    assert not [line for line in Site.at(root).check() if "error" in line]
    config = visitor.get("config")
    assert (config["site"], config["languages"], config["targets"]) == (
        "Cluster press",
        ["en", "de"],
        ["drive"],
    )
    assert json.loads(visitor.ask("POST", "publish/drive").content)["against"] == []
    assert visitor.ask("POST", "begin/create", ANSWERS).status == 409


@pytest.mark.parametrize(
    ("changes", "name", "words"),
    [
        ({"name": " "}, "name", "needed"),
        ({"url": "www.example .eu"}, "url", "is not"),
        ({"contact": "nobody"}, "contact", "nobody"),
        ({"languages": "en, eo"}, "languages", "no words"),
        ({"time_zone": "Europe/Vienn"}, "time_zone", "Europe/Vienna"),
        ({"grant": ""}, "grant", "needed"),
        ({"rules": ""}, "rules", "needed"),
        ({"rules": "h2021"}, "rules", "there are no rules"),
        ({"rules": "erdf-2007"}, "rules", "requires the logo"),
    ],
)
def test_a_wrong_answer_is_said_at_its_question_and_nothing_is_written(
    tmp_path, visitor, changes, name, words
):
    for way in ("check", "create"):
        found = begin(visitor, way, **{**ANSWERS, **changes})
        assert [*found["faults"]] == [name]
        assert words in found["faults"][name]
    assert list((tmp_path / "press").iterdir()) == []


def picture(name="Our logo.png", size=(40, 40), form="PNG", mode="RGB"):
    made = BytesIO()
    Image.new(mode, size, 0).save(made, form)
    return data(name, made.getvalue())


def data(name, content):
    return f"data:image/png;name={quote(name)};base64,{b64encode(content).decode()}"


DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4"/></svg>'


@pytest.mark.parametrize(
    ("colour", "logo", "lines", "file"),
    [
        ("teal", picture(), ['colour: "#006D77"', "logo: static/img/logo.png"], "logo.png"),
        ("#FFCC00", data("L.svg", DRAWING), ['colour: "#8f7200"', "logo: static/img/logo.svg"], "logo.svg"),
        ("navy", picture("a;b,é.tif", form="TIFF"), ['# colour: "#006D77"', "logo: static/img/logo.png"], "logo.png"),
        ("", "", ['# colour: "#006D77"', "# logo: static/img/logo.svg"], ""),
    ],
)  # fmt: skip
def test_a_site_has_the_colour_and_the_logo_that_were_chosen(tmp_path, visitor, colour, logo, lines, file):
    assert begin(visitor, "check", colour=colour, logo=logo)["faults"] == {}
    assert begin(visitor, "create", **ANSWERS, colour=colour, logo=logo)["faults"] == {}
    root = tmp_path / "press"
    settings = (root / "site_config.yml").read_text("utf-8")
    assert all(f"\n{line}" in settings for line in lines)
    assert [one.name for one in root.glob("content/static/img/*")] == ([file] if file else [])
    site = Site.at(root)
    assert not [line for line in site.check() if "error" in line or "warning" in line]


@pytest.mark.parametrize(
    ("name", "answer", "words"),
    [
        ("colour", "tael", 'did you mean "teal"?'),
        ("colour", "#12", '"#12" is not a colour'),
        ("logo", data("a.png", b""), "a.png is empty"),
        ("logo", data("ä.exe", b"MZ\x90"), "ä.exe cannot be read"),
        ("logo", picture("big.bmp", (700, 700), "BMP"), "big.bmp is too large for a logo"),
        ("logo", "logo.png", "logo is empty"),
        ("logo", "data:image/png;name=a.png;base64,A", "a.png is empty"),
    ],
)
def test_a_look_that_cannot_be_is_said_at_its_question(tmp_path, visitor, name, answer, words):
    for way in ("check", "create"):
        found = begin(visitor, way, **{**ANSWERS, name: answer})
        assert [*found["faults"]] == [name]
        assert words in found["faults"][name]
    assert list((tmp_path / "press").iterdir()) == []


def test_without_a_programme_nothing_is_asked_about_funding(tmp_path, visitor):
    assert begin(visitor, "create", **{**ANSWERS, "programme": "", "grant": ""})["faults"] == {}
    assert not (tmp_path / "press/content/programmes").exists()


def test_a_folder_with_other_files_is_left_alone(tmp_path, visitor):
    (tmp_path / "press/letter.txt").write_text("Dear")
    assert visitor.ask("POST", "begin/create", ANSWERS).status == 409
    assert visitor.ask("GET", "config").status == 409
    assert [one.name for one in (tmp_path / "press").iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("body", [[], "x", {"name": ["x"]}, {"languages": 3}, {}])
def test_odd_answers_write_nothing(tmp_path, visitor, body):
    assert visitor.ask("POST", "begin/create", body).status in {200, 409}
    assert list((tmp_path / "press").iterdir()) == []


def test_a_full_disk_leaves_the_folder_empty(tmp_path, visitor, monkeypatch):
    files = iter(range(5))
    open_file = Path.open

    def open_until_full(path, *args, **options):
        if tmp_path / "press" in path.parents and next(files, None) is None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return open_file(path, *args, **options)

    monkeypatch.setattr(Path, "open", open_until_full)
    answer = visitor.ask("POST", "begin/create", ANSWERS)
    assert (answer.status, b"No space left" in answer.content) == (507, True)
    assert list((tmp_path / "press").iterdir()) == []
