"""A spreadsheet comes in: every column by its name, every fault by its cell, and nothing twice."""

import re
from datetime import date, datetime, time
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterpress.cli.commands import main
from clusterpress.config.settings import Settings
from clusterpress.content.reader import read_item
from clusterpress.content.serialise import write_source
from clusterpress.importing.records import ImportSourceError
from clusterpress.importing.sources.tables.cells import day_first, split_names, write_days
from clusterpress.importing.sources.tables.columns import KINDS, check_key, key_of, keys_for, propose
from clusterpress.importing.sources.tables.countries import read_country
from clusterpress.importing.sources.tables.csv_files import read_csv
from clusterpress.importing.sources.tables.read import read_sheets, read_tables
from clusterpress.importing.sources.tables.sheets import Cell, Sheet, column_letters, spans
from clusterpress.importing.sources.tables.workbooks import text_of
from clusterpress.parsing.values import ValueFault
from clusterpress.sources.items import registers_of
from clusterpress.values.kinds import FOLDER_OF
from clusterpress.values.problems import errors
from tests.importing.project import Project
from tests.importing.workbooks import HEADER, PARTNERS, content, save, sheet, with_results, workbook
from tests.scaffolding.terminal import Terminal

SETTINGS = Settings(name="S", url="https://example.eu/")


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "site")


def run(project, *words, code=0):
    result = CliRunner().invoke(main, ["--project", str(project.root), "import", "table", *map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    return result


def item(project, path):
    return (project.root / "content" / path).read_text("utf-8")


# Columns


@pytest.mark.parametrize(
    ("header", "kind", "key"),
    [
        ("Organisation", "partner", "title"), ("Partner name*", "partner", "title"),
        ("Name of the organisation", "partner", "title"), ("Nom du partenaire", "partner", "title"),
        ("Einrichtung", "partner", "title"), ("اسم الشريك", "partner", ""), ("الاسم", "partner", "title"),
        ("No.", "partner", "number"), ("Partner no", "partner", "number"), ("N°", "partner", "number"),
        ("#", "partner", "number"), ("Pays", "partner", "country"), ("Country / Pays", "partner", "country"),
        ("COUNTRY (ISO)", "partner", "country"), ("Website", "partner", "url"), ("URL", "partner", "url"),
        ("Site web", "partner", "url"), ("E-mail", "partner", "contact.email"),
        ("Courriel", "partner", "contact.email"), ("Telefon", "partner", "contact.phone"),
        ("PLZ", "partner", "contact.postcode"), ("Ansprechpartner", "partner", "contact.name"),
        ("Acronym", "partner", "names"), ("Adresse postale", "partner", "contact.street"),
        ("Courriel du contact", "partner", "contact.email"), ("Téléphone fixe", "partner", "contact.phone"),
        ("Rôle dans le projet", "partner", "role"), ("Contact e-mail", "partner", "contact.email"),
        ("Organisation website", "partner", "url"), ("Partner country", "partner", "country"), ("Nom de la structure", "partner", "title"), ("Nom du contact", "partner", "contact.name"), ("Number of employees", "partner", ""), ("Budget", "partner", ""),
        ("Start date", "event", "start"), ("Von", "event", "start"), ("bis", "event", "end"),
        ("Uhrzeit", "event", "start_time"), ("Lieu", "event", "place"), ("Datum", "event", "start"),
        ("Veranstaltung", "event", "title"), ("Fecha de inicio", "event", "start"), ("Luogo", "event", "place"),
        ("Full name", "author", "title"), ("First name", "author", "first_name"),
        ("Nachname", "author", "last_name"), ("Email address", "author", "email"),
        ("Headline", "news", "title"), ("Publication date", "news", "date"), ("Texte", "news", "text"),
        ("Cluster name", "cluster", "title"), ("Gründungsjahr", "cluster", "founded"),
        ("EU contribution", "programme", "eu_share"),
    ],
)  # fmt: skip
def test_a_column_is_known_by_its_name(header, kind, key):
    assert key_of(header, kind) == key


@pytest.mark.parametrize("kind", KINDS)
def test_each_key_of_a_kind_is_the_name_of_its_own_column(kind):
    # In a table of events, "Date" and "When" are the day of the event.
    own = [
        key
        for key in keys_for(kind)
        if "." not in key and (kind, key) not in {("event", "date"), ("event", "when")}
    ]
    assert {key: key_of(key, kind) for key in own if key_of(key, kind) not in {"", key}} == {}
    assert check_key("titel", kind).endswith('did you mean "title"?')


def test_names_of_columns_and_rows():
    assert [column_letters(number) for number in (1, 26, 27, 52, 703)] == ["A", "Z", "AA", "AZ", "AAA"]
    assert [*spans(frozenset({9, 3, 4, 5}))] == [(3, 5), (9, 9)]


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ([("No.", "Organisation", "Country"), (1, "A", "France")], "partner"),
        ([("Title", "Start date", "Place"), ("A", "2027-02-03", "Linz")], "event"),
        ([("First name", "Last name", "E-mail"), ("A", "B", "a@b.eu")], "author"),
        ([("Headline", "Date", "Text"), ("A", "2027-02-03", "T")], "news"),
        ([("Name", "Country"), ("A", "France")], None),
    ],
)
def test_the_kind_shows_in_the_columns(rows, kind):
    (found,) = read_sheets(workbook(*rows, title="Sheet1"), "x.xlsx")
    assert propose(found, None, {}, "x.xlsx").kind == kind


# Cells


@pytest.mark.parametrize(
    ("written", "languages", "name"),
    [
        ("Greece", ["en"], "Greece"), ("GREECE", ["en"], "Greece"), ("GR", ["en"], "Greece"), ("EL", ["en"], "Greece"),
        ("Griechenland", ["en"], "Greece"), ("Grèce", ["en", "fr"], "Greece"), ("GRECE", ["en"], "Greece"),
        ("Greece", ["fr"], "Grèce"), ("Ελλάδα", ["en"], "Greece"), ("لبنان", ["en"], "Lebanon"),
        ("The Netherlands", ["en"], "The Netherlands"), ("UK", ["en"], "United Kingdom"),
        ("Czech Republic", ["en"], "Czech Republic"), ("PS", ["en"], "Palestine"),
        ("Cote d'Ivoire", ["en"], None), ("Côte d'Ivoire", ["en"], "Côte d’Ivoire"),
        ("Grece", ["en"], None), ("Grece", ["en", "fr"], None), ("Atlantis", ["en"], None), ("France, Italy", ["en"], None),
    ],
)  # fmt: skip
def test_a_country_has_one_name(written, languages, name):
    if name:
        assert read_country(written, languages) == name
    else:
        with pytest.raises(ValueFault, match="no country is called"):
            read_country(written, languages)


def test_a_country_with_a_typing_error_is_suggested():
    with pytest.raises(ValueFault) as fault:
        read_country("Grece", ["en"])
    assert (fault.value.message, fault.value.hint) == (
        'no country is called "Grece"',
        'did you mean "Greece"?',
    )


@pytest.mark.parametrize(
    ("texts", "is_day_first"),
    [
        (["05/06/2027", "25/06/2027"], True),
        (["05/06/2027", "06/25/2027"], False),
        (["05/06/2027"], None),
        (["25/06/2027", "06/25/2027"], None),
        (["25/06/2027 14:00"], True),
    ],
)
def test_one_date_shows_the_order_of_all(texts, is_day_first):
    assert day_first(texts) is is_day_first


def test_dates_in_figures_are_written_year_first():
    assert write_days("05/06/2027 14:00", is_day_first=True) == "2027-06-05 14:00"
    assert write_days("5-6-2027", is_day_first=False) == "2027-05-06"


def test_a_name_with_a_comma_stays_whole_unless_its_parts_are_known():
    assert split_names("Chamber of Commerce, Tunis", lambda _: False) == ["Chamber of Commerce, Tunis"]
    assert split_names("QOOT, MedaWomen", lambda name: name == "QOOT") == ["QOOT", "MedaWomen"]
    assert split_names("A, B; C", lambda _: False) == ["A, B", "C"]


# CSV


@pytest.mark.parametrize(
    "raw",
    [
        b"Name;Country\r\nCaf\xc3\xa9;France\r\n",
        b"\xef\xbb\xbfName;Country\nCaf\xc3\xa9;France\n",
        b"Name,Country\nCaf\xe9,France\n",
        b"Name\tCountry\nCaf\xc3\xa9\tFrance",
        b"sep=;\nName;Country\nCaf\xc3\xa9;France",
        '"Name";"Country"\n"Café";"France"\n'.encode("utf-16"),
        b'"Name","Country"\r\n"Caf\xc3\xa9","France"\r\n',
    ],
)
def test_a_csv_file_in_any_form(raw):
    rows = [*read_csv(raw, "x.csv").rows.values()]
    assert [[cell.text for cell in row.values()] for row in rows] == [["Name", "Country"], ["Café", "France"]]


def test_a_cell_of_csv_may_have_lines_separators_and_quotes():
    rows = read_csv(b'Name;Text\nA;"One; two\n""three"""\n', "x.csv").rows
    assert [cell.text for cell in rows[2].values()] == ["A", 'One; two\n"three"']


def test_a_quotation_mark_that_is_never_closed_is_named_with_its_line():
    with pytest.raises(ImportSourceError) as fault:
        read_csv(b'Name;Text\nA;ok\nB;"open\nC;x\n', "x.csv")
    assert (fault.value.line, fault.value.message) == (3, "a quotation mark is never closed")


# Workbooks


def cells_of(raw, row=2):
    return [cell.text for cell in read_sheets(raw, "x.xlsx")[0].rows[row].values()]


def test_cells_say_what_they_show():
    book, made = sheet(("A",))
    values = [
        (datetime(2027, 2, 21), "yyyy-mm-dd"), (datetime(2027, 2, 21, 13, 59, 59, 999_999), "yyyy-mm-dd hh:mm"),
        (time(9, 30), "hh:mm"), (0.85, "0%"), (8.0, "General"), (7, "00000"), (True, "General"), (0.1, "General"),
        (393912345678, "0"), ("a\nb", "General"), (date(2027, 3, 1), "dd/mm/yyyy"),
    ]  # fmt: skip
    for column, (value, form) in enumerate(values, 1):
        made.cell(2, column, value).number_format = form
    assert cells_of(content(book)) == [
        "2027-02-21", "2027-02-21 14:00", "09:30", "85 %", "8", "00007", "true", "0.1", "393912345678", "a\nb",
        "2027-03-01",
    ]  # fmt: skip


def test_days_may_be_counted_from_1904():
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book, made = sheet(("Title", "Start"))
    book.epoch = CALENDAR_MAC_1904
    made.append(("Forum", datetime(2027, 2, 21)))
    assert cells_of(content(book)) == ["Forum", "2027-02-21"]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "protected with a password"),
        (b"\xd0\xcf\x11\xe0 old", "old Excel"),
        (b"PK\x03\x04 damaged", "cannot be read"),
        (
            b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
            "cannot be read",
        ),
        (b"BEGIN:VCALENDAR\r\n", "this is a calendar"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "not a table"),
    ],
)
def test_what_is_no_workbook_is_refused_in_words(raw, said):
    with pytest.raises(ImportSourceError, match=said):
        read_sheets(raw, "x.xlsx")


def test_a_mostly_empty_sheet_takes_no_time():
    book, made = sheet(("Name", "Country"), ("A", "France"))
    made.cell(1_048_576, 16_384).number_format = "0%"
    assert len(read_sheets(content(book), "x.xlsx")[0].rows) == 2


# The whole way


def test_76_partners_become_76_records_and_the_second_run_has_nothing_to_do(project, tmp_path):
    rows = [
        (n, f"Organisation {n}", "Greece", f"www.partner{n}.eu", f"info@partner{n}.eu") for n in range(1, 77)
    ]
    file = save(tmp_path / "partners.xlsx", workbook(HEADER, *rows))
    assert (
        run(project, file).stdout
        == "partners.xlsx: 76 items (76 new), 0 files copied, 0 doubtful, 0 left out\n"
    )
    assert len([*(project.root / "content/partners").glob("*.md")]) == 76
    before = project.files()
    assert run(project, file).stdout.startswith("partners.xlsx: nothing to do: 76 items (76 unchanged)")
    assert project.files() == before
    checked = CliRunner().invoke(main, ["--project", str(project.root), "check"])
    assert checked.exit_code == 0, checked.output
    assert item(project, "partners/organisation-8.md").split("---")[1].strip().split("\n") == [
        "title: Organisation 8", "number: PP8", "country: Greece", "url: https://www.partner8.eu",
        "contact:", "  email: info@partner8.eu",
    ]  # fmt: skip


def test_bad_cells_are_named_by_sheet_and_cell_and_the_rest_of_the_row_comes_in(project, tmp_path):
    rows = [*PARTNERS, (4, "Fourth", "Grece", "http://", "nobody")]
    file = save(tmp_path / "partners.xlsx", workbook(HEADER, *rows, title="Our partners"))
    said = run(project, file).stderr
    assert (
        'partners.xlsx:5:1: warning: \'Our partners\'!C5: no country is called "Grece"; did you mean "Greece"?'
        in said
    )
    assert "'Our partners'!D5: " in said
    assert "'Our partners'!E5: \"nobody\" is not an e-mail address" in said
    assert item(project, "partners/fourth.md").split("---")[1].strip() == "title: Fourth\nnumber: PP4"
    assert "tunis" in "".join(path.name for path in (project.root / "content/partners").iterdir())


def test_a_corrected_cell_updates_its_item_unless_somebody_edited_it(project, tmp_path):
    file = save(tmp_path / "a.xlsx", workbook(HEADER, *PARTNERS))
    run(project, file)
    path = project.root / "content/partners/bibliotheca-alexandrina.md"
    path.write_text(path.read_text("utf-8") + "\nOur own words.\n", "utf-8")
    changed = [
        PARTNERS[0],
        (2, "Chambre de Commerce et d'Industrie", "Malta", "", ""),
        (3, "Bibliotheca Alexandrina", "Malta"),
    ]
    said = run(project, save(tmp_path / "other name (2).xlsx", workbook(HEADER, *changed)))
    assert "3 items (1 changed, 1 unchanged, 1 edited since)" in said.stdout
    assert "this file differs from the imported text" in said.stderr
    assert "country: Egypt" in path.read_text("utf-8")
    assert item(project, "partners/chambre-de-commerce-tunis.md").startswith(
        "---\ntitle: Chambre de Commerce et d'Industrie\nnumber: PP2\ncountry: Malta\n"
    )


def test_a_number_that_is_added_later_updates_the_same_item(project, tmp_path):
    file = save(tmp_path / "a.xlsx", workbook(("Organisation", "Country"), ("ANIMA", "France")))
    run(project, file, "--kind", "partner")
    said = run(project, save(file, workbook(("No.", "Organisation", "Country"), (9, "ANIMA", "France"))))
    assert "1 item (1 changed)" in said.stdout
    assert "number: PP9" in item(project, "partners/anima.md")


def test_a_record_that_was_written_by_hand_is_kept(project, tmp_path):
    project.write(
        "content/partners/anima.md", "---\ntitle: ANIMA\nnames: [ANIMA Investment Network]\n---\nBy hand.\n"
    )
    said = run(project, save(tmp_path / "a.xlsx", workbook(HEADER, *PARTNERS)))
    assert (
        "content/partners/anima.md:1:1: warning: this item stands in the imported table, too" in said.stderr
    )
    assert item(project, "partners/anima.md").endswith("By hand.\n")
    assert len([*(project.root / "content/partners").glob("*.md")]) == 3


def test_title_rows_groups_merged_cells_and_headings_within_the_table(project, tmp_path):
    book, made = sheet(
        ("Partners of the project, as of 3 May 2027",), (), ("", "", "", "Contact", ""),
        ("No.", "Organisation", "Pays", "Name", "E-mail"),
        ("Southern partners",), (1, "A", "Tunisia", "Ms X", "x@a.eu"), (2, "B", None, "Mr Y", "y@b.eu"),
        (), (3, "C", "Malta", None, None),
    )  # fmt: skip
    for area in ("A1:E1", "D3:E3", "A5:E5", "C6:C7"):
        made.merge_cells(area)
    said = run(project, save(tmp_path / "p.xlsx", content(book)))
    assert "p.xlsx: 3 items (3 new), 0 files copied, 0 doubtful, 1 left out" in said.stdout
    assert "p.xlsx:5: left out: row Partners!5: it is a heading within the table" in said.stderr
    assert "country: Tunisia\ncontact:\n  name: Mr Y\n  email: y@b.eu" in item(project, "partners/b.md")


def test_formulas_give_their_saved_results_and_are_named_without_one(project, tmp_path):
    book, _ = sheet(HEADER, (1, "A", "=B9", "", ""), (2, "B", "=C9", "", ""), (3, "C", "#REF!", "", ""))
    book.active["C4"].data_type = "e"
    book.active["C2"].data_type = "f"
    raw = content(book).replace(b"", b"")
    raw = with_results(raw, {"B9": "Malta"})
    # A result that is a text has a type of its own.
    raw = with_type(raw)
    said = run(project, save(tmp_path / "p.xlsx", raw)).stderr
    assert "country: Malta" in item(project, "partners/a.md")
    assert "Partners!C3: this formula has no saved result; open the table in its program" in said
    assert 'Partners!C4: this formula has the error "#REF!"' in said


def with_type(raw):
    from io import BytesIO
    from zipfile import ZipFile

    made = BytesIO()
    with ZipFile(BytesIO(raw)) as old, ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, re.sub(rb'<c r="C2"[^>]*>', b'<c r="C2" t="str">', old.read(name)))
    return made.getvalue()


def test_a_link_gives_the_address_that_the_cell_does_not_show(project, tmp_path):
    book, made = sheet(
        ("No.", "Organisation", "Website", "E-mail"), (1, "A", "our site", "write to us"), (2, "B")
    )
    made["C2"].hyperlink = "https://a.example.eu/"
    made["D2"].hyperlink = "mailto:info@a.eu?subject=x"
    run(project, save(tmp_path / "p.xlsx", content(book)))
    assert "url: https://a.example.eu/\ncontact:\n  email: info@a.eu\n" in item(project, "partners/a.md")


def test_hidden_rows_columns_and_sheets_are_named_and_left_out(project, tmp_path):
    book, made = sheet(HEADER, *PARTNERS)
    made.row_dimensions[3].hidden = True
    made.column_dimensions["E"].hidden = True
    sheet(HEADER, (9, "Secret", "Malta"), title="Old", book=book)[1].sheet_state = "hidden"
    file = save(tmp_path / "p.xlsx", content(book))
    said = run(project, file, "--dry-run")
    assert "2 items" in said.stdout
    assert 'left out: row of "Partners" 3: it is hidden; show it, or add "--hidden"' in said.stderr
    assert 'left out: column of "Partners" E: it is hidden' in said.stderr
    assert 'left out: sheet "Old": it is hidden' in said.stderr
    assert "4 items (4 new)" in run(project, file, "--dry-run", "--hidden").stdout


def test_several_sheets_become_several_kinds(project, tmp_path):
    book, _ = sheet(HEADER, *PARTNERS)
    sheet(
        ("Veranstaltung", "Von", "Bis", "Ort", "Partner"),
        ("Forum", date(2027, 2, 21), date(2027, 2, 22), "Linz", "PP1; PP3"),
        title="Termine",
        book=book,
    )
    sheet(("Vorname", "Nachname", "Funktion"), ("Zoë", "Müller", "Manager"), title="Team", book=book)
    sheet(("Please fill in the sheets.",), title="Read me", book=book)
    said = run(project, save(tmp_path / "all.xlsx", content(book)))
    assert "all.xlsx: 5 items (5 new)" in said.stdout
    assert 'left out: sheet "Read me"' in said.stderr
    assert (
        "start: 2027-02-21\nend: 2027-02-22\npartners: [anima-investment-network, bibliotheca-alexandrina]\n"
        in item(project, "events/forum.md")
    )
    assert "title: Zoë Müller" in item(project, "authors/zoe-muller.md")
    checked = CliRunner().invoke(main, ["--project", str(project.root), "check"])
    assert checked.exit_code == 0, checked.output


def test_events_with_days_and_times_from_csv(project, tmp_path):
    rows = (
        "Title;Date;Time;End time;Place;Description\n"
        'Forum;05/06/2027;14:00;16:30;Linz;"First line.\n\n- one *star*\n- two"\n'
        "Fair;25/06/2027;;;Malta;See https://fair.example.eu\n"
        "Forum;07/06/2027;9 am;;Linz;\n"
        "Call;21-22 February 2027;;;;\n"
        "Later;June 2028;;;;\n"
        "Bad;31/06/2027;25:99;;;\n"
    )  # fmt: skip
    said = run(project, save(tmp_path / "events.csv", rows.encode("cp1252")))
    assert "6 items (6 new)" in said.stdout
    assert "start: 2027-06-05 14:00\nend: 2027-06-05 16:30" in item(project, "events/forum.md")
    assert "- one \\*star\\*\n- two" in item(project, "events/forum.md")
    assert "start: 2027-06-07 09:00" in item(project, "events/forum-2027-06-07-09-00.md")
    assert "start: 2027-06-25\n" in item(project, "events/fair.md")
    assert "events.csv:7:1: warning: B7: there is no 31 June 2027" in said.stderr
    assert 'C7: "25:99" is not a time of day' in said.stderr
    assert "draft: true" in item(project, "events/bad.md")
    assert "nothing to do" in run(project, tmp_path / "events.csv").stdout
    checked = CliRunner().invoke(main, ["--project", str(project.root), "check"])
    assert checked.exit_code == 0, checked.output


def test_excel_days_as_numbers_or_as_text_are_dates(project, tmp_path):
    file = workbook(
        ("Title", "Start date", "Place"), ("A", 46439, "Linz"), ("B", "46439.5", "Linz"), title="Sheet1"
    )
    run(project, save(tmp_path / "e.xlsx", file))
    assert "start: 2027-02-21\n" in item(project, "events/a.md")
    assert "start: 2027-02-21 12:00\n" in item(project, "events/b.md")


def test_names_of_records_are_found_and_a_typing_error_is_named(project, tmp_path):
    rows = [
        ("Headline", "Date", "Programme", "Cluster", "Text"),
        ("A", date(2027, 1, 5), "Next", "QOOT", "Words."),
    ]
    rows += [
        ("B", date(2027, 1, 6), "THE NEXT SOCIETI", "", "Words."),
        ("C", date(2027, 1, 7), "Quite another", "", "W."),
    ]
    said = run(project, save(tmp_path / "news.xlsx", workbook(*rows, title="News")))
    assert "programme: [the-next-society]\ncluster: [qoot]" in item(project, "news/2027/a.md").replace(
        "programme: the-next-society", "programme: [the-next-society]"
    ).replace("cluster: qoot", "cluster: [qoot]")
    assert (
        'News!C3: there is no programme "THE NEXT SOCIETI"; did you mean "The Next Society"?' in said.stderr
    )
    assert 'the programme "Quite another" was made, as 1 item name it' in said.stderr


def test_two_rows_of_one_partner_are_one_record(project, tmp_path):
    rows = [*PARTNERS, (2, "Another name", "Malta", "", ""), (9, "anima investment network", "Malta", "", "")]
    said = run(project, save(tmp_path / "p.xlsx", workbook(HEADER, *rows)))
    assert "3 items (3 new), 0 files copied, 0 doubtful, 2 left out" in said.stdout
    assert "p.xlsx:5: left out: row Partners!5: row Partners!3 has the same partner" in said.stderr


# What the user decides


def test_a_mapping_is_obeyed_and_checked(project, tmp_path):
    file = save(
        tmp_path / "x.xlsx", workbook(("Wer", "Land", "Notiz"), ("A", "Malta", "n"), title="Tabelle1")
    )
    said = run(project, file, code=2).stderr
    assert 'it is not clear what the rows of "Tabelle1" are; add --kind partner|' in said
    said = run(project, file, "--kind", "partner", code=2).stderr
    assert (
        'no column of "Tabelle1" is the name or title; add --map "COLUMN=title" (columns: Wer, Land, Notiz)'
        in said
    )
    assert (
        'there is no column "Werr"; did you mean "Wer"?'
        in run(project, file, "--map", "Werr=title", code=2).stderr
    )
    assert (
        '"titel" is not a key of the kind "partner"; did you mean "title"?'
        in run(project, file, "--kind", "partner", "--map", "Wer=titel", code=2).stderr
    )
    said = run(project, file, "--kind", "partner", "--map", "Wer=title", "--map", "Notiz=text")
    assert re.search(r"A  Wer +→ title +A$", said.stderr, re.MULTILINE)
    assert item(project, "partners/a.md") == "---\ntitle: A\ncountry: Malta\n---\nn\n"


def test_a_plan_is_written_and_then_obeyed(project, tmp_path):
    file = save(tmp_path / "x.csv", b"Wer,Land,Budget\nA,Malta,5\n")
    plan = tmp_path / "plan.yml"
    said = run(project, file, "--kind", "partner", "--map", "Wer=title", "--plan", plan)
    assert "written with 1 type and 3 keys" in said.stdout
    text = plan.read_text("utf-8")
    assert "x: {as: partner, count: 1" in text
    assert 'Budget: {as: "", count: 1, examples: ["5"]}' in text
    plan.write_text(text.replace('Budget: {as: ""', "Budget: {as: role"), "utf-8")
    assert "1 item (1 new), 0 files copied, 0 doubtful" in run(project, file, "--plan", plan).stdout
    assert item(project, "partners/a.md").startswith('---\ntitle: A\nrole: "5"\ncountry: Malta\n')


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"Name;Country\n", b";;\n"])
def test_an_empty_table_is_named(project, tmp_path, raw):
    assert "it contains no table" in run(project, save(tmp_path / "x.csv", raw), code=1).stderr


def test_a_terminal_is_asked_about_what_is_unclear(project, tmp_path):
    file = save(tmp_path / "x.csv", b"Wer,Land,Notiz,Leer\nA,Malta,Guide,\n")
    terminal = Terminal(project.root, "import", "table", str(file))
    terminal.answer("What is each row of the table", "partner")
    assert "Keys of the kind partner: " in terminal.answer('column "Wer", such as A', "titel")
    assert 'did you mean "title"?' in terminal.answer('column "Wer"', "title")
    terminal.answer('column "Notiz", such as Guide', "")
    code, shown = terminal.end()
    assert (code, "1 item (1 new), 0 files copied, 0 doubtful" in shown) == (0, True), shown
    assert item(project, "partners/a.md") == "---\ntitle: A\ncountry: Malta\n---\n"


def test_a_name_in_two_columns_is_one_name(project, tmp_path):
    rows = [("Structure", "Nom du contact", "Prénom", "Pays"), ("CCI", "Dupont", "Marie", "France")]
    run(project, save(tmp_path / "p.xlsx", workbook(*rows, title="Partenaires")))
    assert "contact:\n  name: Marie Dupont\n" in item(project, "partners/cci.md")
    rows = [("Nom", "Prénom", "Fonction"), ("Dupont", "Marie", "Cheffe"), ("Sans prénom", "", "")]
    run(project, save(tmp_path / "p.xlsx", workbook(*rows, title="Équipe")))
    assert "title: Marie Dupont\n" in item(project, "authors/marie-dupont.md")
    assert (project.root / "content/authors/sans-prenom.md").is_file()


def test_of_several_sheets_none_of_which_has_names_the_likeliest_is_named(project, tmp_path):
    book, _ = sheet(("Bureau", "Pays", "E-mail"), ("A", "Malta", "a@a.eu"))
    sheet(("Public",), ("Private",), title="Menus", book=book)
    said = run(project, save(tmp_path / "p.xlsx", content(book)), code=2).stderr
    assert (
        'no column of "Partners" is the name or title; add --map "COLUMN=title" (columns: Bureau, Pays'
        in said
    )


ODS = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:xlink="http://www.w3.org/1999/xlink">
<office:automatic-styles><style:style style:name="h"><style:table-properties table:display="false"/></style:style></office:automatic-styles>
<office:body><office:spreadsheet><table:table table:name="Events"><table:table-column table:number-columns-repeated="4"/>
<table:table-column table:visibility="collapse"/>
<table:table-row><table:table-cell table:number-columns-spanned="5"><text:p>Events 2027</text:p></table:table-cell><table:covered-table-cell table:number-columns-repeated="4"/></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>
<table:table-row>CELLS</table:table-row>
<table:table-row><table:table-cell office:value-type="string"><text:p>Forum</text:p><text:p>in Linz</text:p></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2027-02-21"><text:p>21.02.27</text:p></table:table-cell>
<table:table-cell office:value-type="time" office:time-value="PT14H30M00S"><text:p>14:30</text:p></table:table-cell>
<table:table-cell><text:p><text:a xlink:href="https://x.eu/f">our page</text:a></text:p></table:table-cell>
<table:table-cell><text:p>internal</text:p></table:table-cell></table:table-row>
<table:table-row table:visibility="collapse"><table:table-cell><text:p>Secret</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>
</table:table><table:table table:name="Old" table:style-name="h"><table:table-row><table:table-cell><text:p>Title</text:p></table:table-cell></table:table-row></table:table>
</office:spreadsheet></office:body></office:document-content>"""


def test_a_table_of_libreoffice_is_read_as_it_looks(project, tmp_path):
    from zipfile import ZipFile

    names = ("Title", "Start date", "Time", "Website", "Notes")
    cells = "".join(f"<table:table-cell><text:p>{name}</text:p></table:table-cell>" for name in names)
    with ZipFile(tmp_path / "e.ods", "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", "<manifest/>")
        packed.writestr("content.xml", ODS.replace("CELLS", cells))
    said = run(project, tmp_path / "e.ods")
    assert said.stdout == "e.ods: 1 item (1 new), 0 files copied, 0 doubtful, 3 left out\n"
    text = item(project, "events/forum-in-linz.md")
    assert text == "---\ntitle: Forum in Linz\nstart: 2027-02-21 14:30\nurl: https://x.eu/f\n---\n"
    for words in (
        'row of "Events" 6: it is hidden',
        'column of "Events" E: it is hidden',
        'sheet "Old": it is hidden',
    ):
        assert words in said.stderr


VALUES = st.one_of(
    st.text(max_size=12), st.integers(-10**6, 10**6), st.floats(-1e6, 1e6), st.booleans(), st.none(),
    st.datetimes(datetime(1950, 1, 1), datetime(2090, 1, 1)), st.times(),
    st.sampled_from(["=1+1", "a@b.eu", "GR", "21-22 May 2027", "05/06/2027", "https://", "a;b,c", "[x](y)", "---", ": {"]),
)  # fmt: skip
HEADERS = st.lists(
    st.sampled_from(["Title", "No.", "Organisation", "Country", "Website", "E-mail", "Date", "Time", "End", "Tags", "Text", "Programme", "Online", "x"]),
    min_size=1, max_size=6,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(data=st.data(), kind=st.sampled_from(KINDS))
def test_no_table_whatever_is_in_it_ends_in_a_crash_or_in_items_that_check_refuses(data, kind):
    headers = data.draw(HEADERS)
    rows = data.draw(
        st.lists(st.lists(VALUES, min_size=len(headers), max_size=len(headers)), min_size=1, max_size=4)
    )
    shown = [[text_of(one) if one is not None else "" for one in row] for row in (headers, *rows)]
    cells = {
        at: {column: Cell(text) for column, text in enumerate(row, 1) if text}
        for at, row in enumerate(shown, 1)
    }
    found = Sheet(name="S", rows={at: row for at, row in cells.items() if row})
    layout = propose(found, kind, {}, "x.xlsx")
    if layout is None:
        return
    export = read_tables([layout], "x.xlsx", SETTINGS, registers_of([], "en"))
    assert len(export.records) + len(export.skipped) <= len(rows)
    for record in export.records:
        source = write_source(record.values, "", record.kind)
        _, problems = read_item(source.encode(), f"content/{FOLDER_OF[kind]}/x.md", SETTINGS)
        fields = {problem.field.partition(".")[0] for problem in errors(problems)}
        assert not fields & record.values.keys(), (record.values, problems)


@pytest.mark.skipif(
    not Path("/proc/self/mem").exists(), reason="this system has no file that fails when it is read"
)
def test_a_disk_that_fails_is_no_wrong_usage(project, tmp_path):
    file = tmp_path / "partners.csv"
    file.symlink_to("/proc/self/mem")  # opens, and fails with EIO as a damaged disk does
    result = CliRunner().invoke(main, ["--project", str(project.root), "import", "table", str(file), "--yes"])
    assert (result.exit_code, "cannot be read: Input/output error" in result.stderr) == (3, True)
