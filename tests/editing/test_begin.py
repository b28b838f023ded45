"""A new site that is begun in the browser."""

import errno
import json
import os
from pathlib import Path

import pytest

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
