"""``clusterpress list`` and ``log`` on a small real site, as people type them."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from clusterpress.cli.commands import main
from tests.sites.small_site import PICTURE_BYTES, Site

NOW = ("--now", "2022-01-01T12:00")


@pytest.fixture
def site(tmp_path):
    made = Site(tmp_path)
    made.write(
        "content/news/draft.md", "---\ntitle: Half done\ndate: 2021-01-01\ndraft: true\n---\n![](d.png)\n"
    )
    made.write("content/news/d.png", PICTURE_BYTES)
    made.write(
        "content/news/embargo.md",
        "---\ntitle: Later\ndate: 2021-01-01\npublish: 2022-03-01 09:00\ntags: x\n---\nT\n",
    )
    made.write("content/news/future.md", "---\ntitle: Dated\ndate: 2022-02-01\ntags: x\n---\nT\n")
    made.write("content/news/over.md", "---\ntitle: Over\ndate: 2021-01-01\nexpires: 2021-06-01\n---\nT\n")
    return made


def run(site, *words):
    result = CliRunner().invoke(main, ["--project", str(site.root), *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def rows(site, what, *words):
    result = run(site, "list", what, "-o", "json", *NOW, *words)
    assert result.exit_code == 0, result.output
    return [
        (row["path"].removeprefix("content/"), row["line"], row["note"]) for row in json.loads(result.stdout)
    ]


def test_states_come_with_their_line_and_day(site):
    assert rows(site, "drafts") == [("news/draft.md", 4, "draft")]
    assert rows(site, "scheduled") == [
        ("news/embargo.md", 4, "will be published on 1 March 2022, 09:00"),
        ("news/future.md", 3, "will be published on 1 February 2022"),
    ]
    assert rows(site, "expired") == [("news/over.md", 4, "expired on 1 June 2021")]


def test_each_item_is_once_among_the_untranslated_and_not_at_all_when_all_languages_are_there(site):
    found = {path: note for path, _, note in rows(site, "untranslated")}
    assert found["news/two.md"] == "missing in fr, ar"
    assert not any("one" in path for path in found)
    site.remove("content/news/one.md")
    site.write("content/news/one.fr.md", "---\ntitle: Un\ndate: 2019-04-12\n---\nT\n")
    found = {path: note for path, _, note in rows(site, "untranslated", "--lang", "ar", "--kind", "news")}
    assert found["news/one.fr.md"].startswith("missing in en")
    assert "over.md" not in str(found)


def test_pictures_without_alt_are_found_in_front_matter_and_text(site):
    site.write(
        "content/news/p.md",
        "---\ntitle: P\ndate: 2019-01-01\nimage: picture.png\n---\nText.\n\n![](/img/dot.png)\n"
        "![](/img/dot.png){role=presentation} ![said](/img/dot.png)\n",
    )
    site.write(
        "content/news/q.md", '---\ntitle: Q\ndate: 2019-01-01\nimage: {src: picture.png, alt: ""}\n---\nT\n'
    )
    assert rows(site, "without-alt") == [
        ("news/draft.md", 6, "d.png"), ("news/p.md", 4, "picture.png"), ("news/p.md", 8, "/img/dot.png"),
    ]  # fmt: skip


def test_orphans_are_files_that_nothing_shows_and_items_that_belong_nowhere(site):
    before = {path for path, *_ in rows(site, "orphans")}
    # Items of the small site that nobody names, and a file directly in static/, which is for programs.
    assert before == {"events/forum.md", "events/fuzzy.md", "news/four.md"}
    site.write("content/news/unused.png", PICTURE_BYTES)
    site.write("content/news/notes.pdf", b"%PDF")
    site.write("content/static/old/unused.pdf", b"%PDF")
    site.write("content/static/img/logo.png", PICTURE_BYTES)
    site.write("content/clusters/lonely.md", "---\ntitle: Lonely\n---\nT\n")
    site.write("content/clusters/linked.md", "---\ntitle: Linked\n---\nSee [about](../pages/about.md).\n")
    site.write("content/clusters/hidden.md", "---\ntitle: Hidden\ndraft: true\n---\nT\n")
    site.write("content/authors/lead.md", "---\ntitle: Lead\n---\nSee [a cluster](../clusters/linked.md).\n")
    site.write(
        "site_config.yml",
        (site.root / "site_config.yml").read_text()
        + "logo: static/img/logo.png\n"
        + "footer: [{label: News, url: /news/}]\n",
    )
    site.write("content/pages/alone.md", "---\ntitle: Alone\n---\nT\n")
    site.write("content/pages/privacy.md", "---\ntitle: Privacy\n---\nT\n")
    site.write("content/news/four.md", "---\ntitle: Four\ndate: 2021-11-15\nauthor: Lead\ntags: x\n---\nT\n")
    after = {path: note for path, _, note in rows(site, "orphans")}
    assert after == {
        "events/forum.md": "has no programme, cluster, partner or tag",
        "events/fuzzy.md": "has no programme, cluster, partner or tag",
        "news/unused.png": "no item shows it or links to it",
        "news/notes.pdf": "no item shows it or links to it",
        "static/old/unused.pdf": "nothing refers to it",
        "clusters/lonely.md": "no item names it",
        "pages/alone.md": "no item, menu or footer links to it",
    }


def test_lists_can_be_read_by_people_and_spreadsheets(site):
    text = run(site, "list", "drafts", *NOW)
    assert text.stdout == "content/news/draft.md:4: Half done: draft\n"
    assert text.stderr.splitlines()[-1] == "drafts: 1 entry"
    (row,) = csv.DictReader(io.StringIO(run(site, "list", "drafts", "-o", "csv", *NOW).stdout))
    assert row == {
        "path": "content/news/draft.md", "line": "4", "kind": "news", "lang": "en", "title": "Half done", "note": "draft",
    }  # fmt: skip


def test_a_list_says_when_faults_may_have_kept_something_out(site):
    site.write("content/news/broken.md", "---\ntitle: B\ndate: 05/06/2019\n---\n")
    assert 'run "clusterpress check"' in run(site, "list", "drafts", *NOW).stderr


def test_wrong_words_are_wrong_usage(site):
    assert run(site, "list", "draughts").exit_code == 2
    assert (
        "the languages of this site are: en, fr, ar"
        in run(site, "list", "untranslated", "--lang", "de").output
    )


def log(site, *words):
    result = run(site, "log", *NOW, *words)
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_the_log_has_what_a_funder_asks_for(site):
    site.write(
        "content/news/one.md",
        "---\ntitle: One, and more\ndate: 2019-04-12\nprogramme: Next\ncluster: [qoot, mdc]\npartners: PP8\n"
        "audience: [SMEs, policy makers]\n---\nT\n",
    )
    site.write(
        "content/events/e.md", "---\ntitle: E\nstart: 3 May 2019\ndate: 2018-01-01\nprogramme: next\n---\n"
    )
    found = log(site, "--programme", "the next society", "--from", "1 April 2019", "--until", "2019-05-03")
    assert found == [
        {
            "date": "2019-04-12", "kind": "news", "title": "One, and more", "programme": "THE NEXT SOCIETY",
            "partner": "Milano Metropoli", "cluster": "QOOT; MDC", "audience": "SMEs; policy makers",
            "language": "en", "link": "https://example.eu/news/2019/one/",
        },
        {
            "date": "2019-05-03", "kind": "event", "title": "E", "programme": "THE NEXT SOCIETY", "partner": "",
            "cluster": "", "audience": "", "language": "en", "link": "https://example.eu/events/e/",
        },
    ]  # fmt: skip


def test_an_issue_is_logged_for_the_programme_that_pays_and_hidden_items_are_not_logged(site):
    site.write(
        "site_config.yml",
        (site.root / "site_config.yml").read_text().replace("programme: next\n", "")
        + "newsletters: {letter: {name: L, programme: Next}}\n",
    )
    site.write(
        "content/newsletters/letter/1.md",
        "---\ntitle: L 1\nnewsletter: letter\nnumber: 1\ndate: 2021-12-01\n"
        "sections: [{title: N, where: {kind: news}}]\n---\nDear readers\n",
    )
    assert [row["title"] for row in log(site, "--programme", "next")] == ["One", "L 1"]
    assert {"Half done", "Later", "Dated", "Over"}.isdisjoint(row["title"] for row in log(site))


def test_excel_gets_its_mark_and_the_separator_of_its_country(site, tmp_path):
    file = tmp_path / "report.csv"
    run(site, "log", *NOW, "--excel", "--separator", "semicolon", "--to", str(file))
    content = file.read_bytes()
    assert content.startswith("\ufeffdate;kind;title;".encode())
    assert "واحد" in content.decode("utf-8-sig")
    assert content.count(b"\r\n") == content.count(b"\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ["--programme", "Nxt Society"],
            'there is no programme "Nxt Society"; did you mean "THE NEXT SOCIETY"?',
        ),
        (["--from", "05/06/2019"], "--from: "),
        (["--from", "2020-01-01", "--until", "2019-01-01"], "--until is before --from"),
    ],
)
def test_a_wrong_question_is_answered_with_a_remedy(site, words, told):
    result = run(site, "log", *NOW, *words)
    assert result.exit_code == 2
    assert told in result.output


def test_a_file_that_cannot_be_written_is_the_fault_of_the_machine(site):
    result = run(site, "log", *NOW, "--to", "no-such-folder/report.csv")
    assert result.exit_code == 3
    assert "no-such-folder/report.csv: No such file or directory" in result.output


def test_lists_are_workbooks_by_the_name_of_the_file_or_by_option(site, tmp_path):
    from openpyxl import load_workbook

    for words in (("list", "drafts"), ("log",)):
        file = tmp_path / f"{words[0]}.xlsx"
        said = run(site, *words, *NOW, "--to", str(file))
        assert said.exit_code == 0, said.output
        assert said.stderr.endswith(f"in {file}\n") or file.name in said.stderr
        plain = run(site, *words, *NOW, "-o", "csv").stdout
        rows = [[str(cell.value or "") for cell in row] for row in load_workbook(file).worksheets[0].rows]
        expected = [*csv.reader(io.StringIO(plain))]
        assert [[cell.removesuffix(" 00:00:00") for cell in row] for row in rows] == expected
    assert run(site, "log", *NOW, "-o", "xlsx").stdout_bytes.startswith(b"PK")


def test_a_list_goes_to_a_file_in_any_form(site, tmp_path):
    for name in ("a.txt", "a.json", "a.csv"):
        assert run(site, "list", "drafts", *NOW, "--to", str(tmp_path / name)).stdout == ""
    assert (tmp_path / "a.txt").read_text("utf-8") == "content/news/draft.md:4: Half done: draft\n"
    assert (tmp_path / "a.csv").read_text("utf-8").startswith("path,line,")
