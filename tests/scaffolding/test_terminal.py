"""Questions on a real terminal: records to choose from, wrong answers asked again, the editor opened."""

import os
import sys

import pytest

from tests.sites.small_site import Site

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="there are no such terminals")]
if os.name != "nt":
    from tests.scaffolding.terminal import Terminal


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path)


def test_a_news_item_is_asked_for_with_the_known_records(site):
    terminal = Terminal(site.root, "new", "news")
    terminal.answer(r"Title: $", "")
    terminal.answer(r"Title: $", "The forum: day one")
    assert "[today]" in terminal.answer(r"Date \[today\]: $", "05/06/2019")
    assert "can be 5 June 2019 or 6 May 2019" in terminal.answer(r"Date \[today\]: $", "5 June 2019")
    assert "1  THE NEXT SOCIETY" in terminal.answer(r"Programme \(number, or a part of the name.*\): $", "2")
    assert "there is no programme number 2" in terminal.answer(r"Programme .*: $", "society")
    shown = terminal.answer(r"Cluster .*: $", "q, 1")
    assert "THE NEXT SOCIETY" in shown
    assert "1  MDC" in shown
    assert "QOOT" in terminal.answer(r"Partner .*: $", "")
    terminal.answer(r"Author .*: $", "Somebody Else")
    terminal.answer(r"Summary.*: $", "All in one sentence.")
    code, shown = terminal.end()
    assert code == 0, shown
    assert "content/news/2019/the-forum-day-one.md: written" in shown
    text = site.read("content/news/2019/the-forum-day-one.md", ".")
    for line in (
        'title: "The forum: day one"', "date: 2019-06-05", "programme: [next]", "cluster: [qoot, mdc]",
        "author: [Somebody Else]", "summary: All in one sentence.",
    ):  # fmt: skip
        assert f"{line}\n" in text


def test_a_programme_is_asked_for_what_its_rules_want(site):
    terminal = Terminal(site.root, "new", "programme", "P")
    for question, answer in (
        ("Other spellings", ""), ("Period", ""), ("Website", ""), ("Funding rules", "fp7"),
        ("Grant agreement number", ""), ("Grant agreement number", "123456"),
    ):  # fmt: skip
        terminal.answer(f"{question}.*: $", answer)
    code, shown = terminal.end()
    assert code == 0, shown
    assert 'grant: "123456"' in site.read("content/programmes/p.md", ".")


def test_yes_asks_nothing_on_a_terminal_either(site):
    code, shown = Terminal(site.root, "new", "cluster", "New one", "--yes").end()
    assert code == 0, shown


def test_ctrl_c_leaves_nothing_behind(site):
    before = site.output("content")
    terminal = Terminal(site.root, "new", "event")
    terminal.answer(r"Title: $", "\x03")
    code, shown = terminal.end()
    assert code == 130
    assert "Traceback" not in shown
    assert site.output("content") == before


def test_the_editor_of_the_environment_opens_the_new_file(site):
    editor = f"{sys.executable} -c \"import sys; open(sys.argv[1], 'a').write('edited')\""
    site.write("editor.sh", f'#!/bin/sh\n{editor} "$1"\n')
    (site.root / "editor.sh").chmod(0o755)
    code, shown = Terminal(
        site.root,
        "new",
        "author",
        "Some One",
        "--yes",
        "--edit",
        EDITOR=str(site.root / "editor.sh"),
        VISUAL="",
    ).end()
    assert code == 0, shown
    assert site.read("content/authors/some-one.md", ".").endswith("edited")


def test_an_editor_that_is_not_there_is_named_and_the_file_stays(site):
    code, shown = Terminal(
        site.root, "new", "author", "Some One", "--yes", "--edit", EDITOR="no-such-editor", VISUAL=""
    ).end()
    assert code == 1
    assert "no-such-editor" in shown
    assert "Traceback" not in shown
    assert (site.root / "content/authors/some-one.md").is_file()


def test_a_new_site_is_asked_for(tmp_path):
    terminal = Terminal(tmp_path, "new", "site", "press")
    for question, answer in (
        ("Name of the site", "Cluster press"), ("Address", "https://press.example.eu"),
        ("Publisher", "The agency"), ("E-mail", "press@example.eu"), ("Postal", "Street 1, Linz"),
        ("Languages", ""), ("Time zone", ""), ("Main colour", ""), ("Logo", ""), ("Programme", "Interreg X"), ("Funding rules", "h2020"), ("Grant agreement number", "123456"),
    ):  # fmt: skip
        terminal.answer(f"{question}.*: $", answer)
    code, shown = terminal.end()
    assert code == 0, shown
    assert not [line for line in Site.at(tmp_path / "press").check() if "error" in line]


def test_a_wrong_answer_is_asked_again_and_the_others_are_kept(tmp_path):
    terminal = Terminal(tmp_path, "new", "site", "press", "--name", "Press", "--contact", "nobody")
    terminal.answer(r"Address of the site.*: $", "www.example .eu")
    assert "is not" in terminal.answer(r"Address of the site.*: $", "press.example.eu/news")
    assert "https://press.example.eu/news" in terminal.answer(r"Publisher: $", "")
    shown = terminal.answer(r"Publisher: $", "The agency")
    assert "nobody" in terminal.answer(r"E-mail.*: $", "press@example.eu")
    terminal.answer(r"Postal.*: $", "Street 1, Linz")
    terminal.answer(r"Languages.*\[en\]: $", "en, eo")
    assert 'no words in "eo"; it has' in terminal.answer(r"Languages.*: $", "fr en")
    terminal.answer(r"Time zone \[Europe/Brussels\]: $", "Europe/Vienn")
    assert 'did you mean "Europe/Vienna"?' in terminal.answer(r"Time zone.*: $", "tunis")
    assert "Africa/Tunis" in terminal.answer(r"Main colour.*\[navy\]: $", "tael")
    assert 'did you mean "teal"?' in terminal.answer(r"Main colour.*: $", "#FFCC00")
    assert "#8f7200" in terminal.answer(r"Logo.*: $", "mark.svg")
    assert "mark.svg cannot be read: No such file" in terminal.answer(r"Logo.*: $", "")
    terminal.answer(r"Programme.*: $", "Interreg X")
    shown = terminal.answer(r"Funding rules: $", "")
    terminal.answer(r"Funding rules: $", "erdf-2007")
    assert "h2020      Horizon 2020, 2014-2020" in shown
    assert "none       no funding by the European Union" in shown
    assert "requires the logo" in terminal.answer(r"Funding rules.*: $", "external")
    code, shown = terminal.end()
    assert code == 0, shown
    settings = (tmp_path / "press/site_config.yml").read_text("utf-8")
    for line in (
        "url: https://press.example.eu/news",
        "languages: [fr, en]",
        "time_zone: Africa/Tunis",
        "contact: press@example.eu",
        'colour: "#8f7200"',
    ):
        assert f"\n{line}\n" in settings


def test_without_a_command_an_empty_folder_becomes_a_site(tmp_path):
    terminal = Terminal(tmp_path)
    assert "There is no site in this folder yet." in terminal.answer(r"in your browser\? \[Y/n\]: $", "n")
    terminal.answer(r"in this window\? \[Y/n\]: $", "")
    for question, answer in (
        ("Name of the site", "Press"), ("Address", "press.example.eu"), ("Publisher", "The agency"),
        ("E-mail", "press@example.eu"), ("Postal", "Street 1, Linz"), ("Languages", ""), ("Time zone", ""),
        ("Main colour", ""), ("Logo", ""), ("Programme", ""),
    ):  # fmt: skip
        terminal.answer(f"{question}.*: $", answer)
    terminal.answer(r"Open it in the editor now.*\[Y/n\]: $", "n")
    code, shown = terminal.end()
    assert code == 0, shown
    assert (tmp_path / "site_config.yml").is_file()


def test_without_a_command_elsewhere_the_help_is_shown(site):
    code, shown = Terminal(site.root).end()
    assert (code, "Commands:" in shown, "To begin one" in shown) == (0, True, False)


def test_a_number_that_is_taken_is_asked_for_again(site):
    terminal = Terminal(site.root, "new", "partner", "New one")
    terminal.answer(r"Partner number.*: $", "8")
    assert "PP8 already is the number of content/partners/" in terminal.answer(r"Partner number.*: $", "9")
    terminal.answer(r"Role.*: $", "\x03")
    terminal.end()
