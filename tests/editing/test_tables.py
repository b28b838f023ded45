"""Spreadsheets and calendars in the editor: shown, asked, brought in; the second time there is nothing to do."""

import json
from urllib.parse import urlencode

import pytest

from clusterpress.editing.editor_api import EditorApi
from clusterpress.editor_page.words import words_of
from tests.editing.test_editor_api import Visitor
from tests.importing.workbooks import HEADER, PARTNERS, content, sheet, workbook
from tests.sites.small_site import Site

CALENDAR = b"""BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1@example.eu\r\nSUMMARY:The forum\r
DTSTART;VALUE=DATE:20270615\r\nLOCATION:Linz\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"""
CASES = {
    "partners.xlsx": ("partner", workbook(HEADER, *PARTNERS), "partners"),
    "clusters.csv": ("cluster", "Cluster;Gründung\nGrün;2010\nBlau;2011\nRot;2012\n".encode(), "clusters"),
    "people.csv": ("author", b"First name,Surname,E-mail\nAnn,One,a@example.eu\nBen,Two,b@example.eu\n", "authors"),
    "events.csv": ("event", b"Event,Date,Place\nOpen day,2027-06-15,Linz\nFair,2027-07-01,Lyon\n", "events"),
    "office.ics": ("event", CALENDAR, "events"),
}  # fmt: skip


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path / "project")


@pytest.fixture
def send(site):
    visitor = Visitor(EditorApi(site.root, "http://127.0.0.1:8000"))

    def ask(name, raw, way="look", status=200, kind="", **choices):
        query = urlencode({"name": name, "way": way, "kind": kind, "choices": json.dumps(choices)})
        answer = visitor.ask("POST", f"table?{query}", raw)
        assert answer.status == status, answer.content
        return json.loads(answer.content) if status == 200 else answer.content.decode()

    return ask


def files(site):
    return {path: path.read_bytes() for path in site.root.rglob("*") if path.is_file() and ".clusterpress" not in path.parts}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_each_kind_is_shown_first_then_brought_in_and_then_there_is_nothing_to_do(site, send, name):
    kind, raw, folder = CASES[name]
    before = files(site)
    shown = send(name, raw)
    assert files(site) == before
    assert (shown["is_settled"], shown["is_idle"], shown["kinds"], shown["faults"]) == (
        True,
        False,
        [kind],
        [],
    )
    new = shown["counts"]["new"]
    done = send(name, raw, "import")
    assert done["counts"] == shown["counts"]
    assert new == len(files(site)) - len(before) > 0
    assert all(
        path.parent.is_relative_to(site.root / "content" / folder)
        for path in files(site).keys() - before.keys()
    )
    again = send(name, raw, "import")
    assert (again["is_idle"], again["counts"]["unchanged"]) == (True, new)
    assert not [line for line in site.check() if "error" in line]


def test_columns_are_shown_with_letter_example_and_meaning_in_words_of_the_form(send):
    shown = send("partners.xlsx", workbook(("Notes", *HEADER), *(("x", *row) for row in PARTNERS)))
    (one,) = shown["sheets"]
    assert (one["name"], one["kind"], one["rows"], one["has_titles"]) == ("Partners", "partner", 3, True)
    assert [(c["letters"], c["header"], c["key"]) for c in one["columns"]] == [
        ("A", "Notes", ""), ("B", "No.", "number"), ("C", "Organisation", "title"), ("D", "Country", "country"),
        ("E", "Website", "url"), ("F", "E-mail", "contact.email"),
    ]  # fmt: skip
    labels = dict(shown["keys"]["partner"])
    assert (labels["url"], labels["contact.email"]) == ("Web address", "Contact: Email")
    assert shown["faults"] == []


def test_a_meaning_that_is_chosen_counts(site, send):
    raw = workbook(("Title", "Notes"), ("One org", "Linz"))
    kinds = {"Partners": "partner"}
    assert send("x.xlsx", raw, kinds=kinds)["sheets"][0]["columns"][1]["key"] == ""
    found = send("x.xlsx", raw, "import", kinds=kinds, columns={"Partners!Notes": "summary"})
    assert found["counts"]["new"] == 1
    assert "summary: Linz" in site.read("content/partners/one-org.md", ".")
    assert send("x.xlsx", raw, kinds=kinds, columns={"Partners!Notes": "no_such_key"})["sheets"][0]["columns"][1]["key"] == ""  # fmt: skip


def test_a_bad_cell_is_named_by_sheet_and_cell_and_the_rest_of_its_row_comes_in(site, send):
    rows = (*PARTNERS, (4, "Somewhere", "Atlantis", "", "nobody"))
    found = send("partners.xlsx", workbook(HEADER, *rows), "import")
    assert found["counts"]["new"] == 4
    assert len(found["faults"]) == 2
    assert any(
        one.startswith('Partners!C5: there is no country "Atlantis"') or "Partners!C5" in one
        for one in found["faults"]
    )
    assert any(one.startswith("Partners!E5: ") for one in found["faults"])
    assert "Atlantis" not in site.read("content/partners/somewhere.md", ".")


def test_what_rows_are_is_asked_when_their_columns_do_not_show_it(send):
    raw = workbook(("Title", "Website"), ("One", "www.example.eu"), title="Sheet1")
    shown = send("list.xlsx", raw)
    assert (shown["is_settled"], shown["sheets"][0]["kind"]) == (False, "")
    assert "counts" not in shown
    assert "choose what each sheet contains" in send("list.xlsx", raw, "import", status=409)
    assert send("list.xlsx", raw, kind="cluster")["sheets"][0]["kind"] == "cluster"
    assert send("list.xlsx", raw, kinds={"Sheet1": "event"})["sheets"][0]["kind"] == "event"


def test_a_table_without_names_says_so(send):
    shown = send("x.csv", b"Country,Website\nFrance,www.example.eu\n", kinds={"x": "partner"})
    assert (shown["is_settled"], shown["sheets"][0]["has_titles"]) == (False, False)


def test_what_somebody_edited_is_left_and_named(site, send):
    send("partners.xlsx", CASES["partners.xlsx"][1], "import")
    (path,) = site.root.glob("content/partners/*alexandrina*.md")
    path.write_text(path.read_text("utf-8") + "More.\n", encoding="utf-8")
    changed = workbook(
        HEADER, *PARTNERS[:2], (3, "Bibliotheca Alexandrina", "EG", "https://new.example.org", "")
    )
    found = send("partners.xlsx", changed, "import")
    assert found["counts"] == {"new": 0, "changed": 0, "unchanged": 2, "edited": 1}
    assert [one["title"] for one in found["edited"]] == ["Bibliotheca Alexandrina"]
    assert "new.example.org" not in path.read_text("utf-8")


def test_nothing_is_said_in_words_of_a_terminal(send):
    book, first = sheet(("No.", "Organisation", "Odd"), *((n, f"Org {n}", "x") for n in range(3)))
    first.row_dimensions[3].hidden = True
    sheet(("Title", "Thing"), ("a", "b"), title="Lists", book=book)
    hidden = sheet(("No.", "Organisation"), (1, "Z"), title="Old", book=book)[1]
    hidden.sheet_state = "hidden"
    found = send("partners.xlsx", content(book))
    said = [*found["faults"], *found["left_out"]]
    assert any("hidden" in one for one in said)
    assert not [one for one in said if "--" in one]


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        ("a.xlsx", b"PK\x03\x04broken", "a.xlsx: "),
        ("a.csv", b"", "a.csv: "),
        ("a.ics", b"BEGIN:VCALENDAR\r\nnothing", "a.ics: "),
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + bytes(600), "a.xlsx: "),
    ],
)
def test_what_is_no_table_is_refused_in_words(site, send, name, raw, words):
    before = files(site)
    said = send(name, raw, "import", status=409)
    assert said.startswith(words)
    assert len(said) > len(words) + 10
    assert files(site) == before


@pytest.mark.parametrize("choices", ["[]", "{", '{"kinds": []}', '{"columns": {"a": 1}}', "null"])
def test_odd_choices_are_refused(site, choices):
    visitor = Visitor(EditorApi(site.root, "http://127.0.0.1:8000"))
    query = urlencode({"name": "a.csv", "choices": choices})
    assert visitor.ask("POST", f"table?{query}", b"Event,Date\nA,2027-01-01\n").status == 400


def test_every_word_of_the_page_is_there():
    words = words_of("en")["ui"]
    assert {
        "table_new",
        "table_changed",
        "table_unchanged",
        "table_edited",
        "table_did",
        "table_would",
    } <= words.keys()
