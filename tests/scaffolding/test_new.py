"""``clusterpress new`` as people type it: the files it writes pass `check`, and nothing is overwritten."""

import re

import pytest
from click.testing import CliRunner

from clusterpress.cli.commands import main
from clusterpress.config.settings import Settings
from clusterpress.content.items import MODELS
from clusterpress.content.keys import fields_of
from clusterpress.scaffolding.questions import QUESTIONS
from tests.sites.small_site import Site

NEWSLETTERS = (
    "contact: a@example.eu\nnewsletters:\n  letter: {name: The Letter, publisher: P, address: Brussels}\n"
)


@pytest.fixture
def site(tmp_path, monkeypatch):
    made = Site(tmp_path)
    made.write("site_config.yml", made_config(tmp_path) + NEWSLETTERS)
    monkeypatch.chdir(tmp_path)
    return made


def made_config(root):
    return (root / "site_config.yml").read_text(encoding="utf-8")


def run(*words):
    result = CliRunner().invoke(main, ["new", *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def written(result):
    found = re.match(r"(\S+): written", result.output)
    assert found, result.output
    return found[1]


def test_every_question_is_about_a_key_of_its_kind():
    for kind, questions in QUESTIONS.items():
        assert {question.key.split(".")[0] for question in questions} <= fields_of(kind)
    assert set(QUESTIONS) == set(MODELS)


@pytest.mark.parametrize(
    ("words", "path"),
    [
        (["news", "Žilina", "in", "spring", "--date", "3 May 2021"], "content/news/2021/zilina-in-spring.md"),
        (
            ["event", "Third forum", "--start", "21-22 February 2012", "--place", "Brno"],
            "content/events/third-forum.md",
        ),
        (["event", "Some forum", "--start", "June 2012"], "content/events/some-forum.md"),
        (
            ["partner", "Agency & Sons", "--number", "12", "--contact-email", "a@example.eu"],
            "content/partners/agency-and-sons.md",
        ),
        (
            ["cluster", "A Cluster", "--sectors", "food, ICT", "--names", "AC"],
            "content/clusters/a-cluster.md",
        ),
        (["author", "An Author", "--type", "organisation"], "content/authors/an-author.md"),
        (["programme", "A: Programme", "--period", "2024-2027"], "content/programmes/a-programme.md"),
        (["issue", "--date", "3 January 2020", "--period", "Winter"], "content/newsletters/letter/01.md"),
        (["page", "Our team", "--path", "/about/team/"], "content/pages/our-team.md"),
    ],
)
def test_a_new_file_passes_check_and_only_its_placeholders_are_remarked_on(site, words, path):
    before = set(site.check())
    assert written(run(*words)) == path
    told = [line for line in site.check() if line not in before]
    assert told
    expected = r": warning: (placeholder text|the section .Events. has no items)"
    assert all(line.startswith(path) and re.search(expected, line) for line in told), told
    usual = CliRunner().invoke(main, ["check", "--fix", "--diff"]).output
    assert path not in usual, usual
    site.write(path, site.read(path, ".").replace("REPLACE THIS: ", "").replace("REPLACE THIS", ""))
    assert not [line for line in site.check() if "placeholder" in line]


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        (["h2020"], "--funding-grant (grant agreement number)"), (["mga-2021"], "--funding-authority"),
        (["erdf-2007"], "--logo-src"), (["erdf-2007", "--logo-src", "l.png"], "there is no content/programmes/l.png"),
    ],
)  # fmt: skip
def test_a_programme_is_asked_for_what_its_funding_rules_want(site, words, missing):
    result = run("programme", "P", "--funding-rules", *words)
    assert result.exit_code == 2
    assert missing in result.output
    assert not (site.root / "content/programmes/p.md").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["h2020", "--funding-grant", "123456"], ["mga-2021", "--funding-authority", "REA"], ["cpr-2021"],
        ["erdf-2007", "--logo-src", "/img/dot.png"],
    ],
)  # fmt: skip
def test_a_programme_with_funding_passes_check(site, words):
    before = set(site.check())
    path = written(run("programme", "P", "--funding-rules", *words))
    told = [line for line in site.check() if line not in before]
    assert all(line.startswith(path) and "placeholder" in line for line in told), told


def test_names_are_known_by_any_spelling_and_by_a_part(site):
    path = written(
        run(
            "news",
            "X",
            "--programme",
            "next",
            "--cluster",
            "qoo, MDC",
            "--partners",
            "pp8",
            "--author",
            "serena mingolla",
        )
    )
    text = site.read(path, ".")
    assert "programme: [next]" in text
    assert "cluster: [qoot, mdc]" in text
    assert "partners: [milano]" in text
    assert "author: [ann]" in text


def test_a_draft_is_not_offered_because_naming_it_would_be_a_fault(site):
    site.write("content/clusters/coming.md", "---\ntitle: Coming\ndraft: true\n---\n")
    assert 'there is no cluster "Coming"' in run("news", "X", "--cluster", "Coming").output


def test_a_free_author_is_not_taken_for_a_record_whose_name_holds_theirs(site):
    assert "author: [Serena]" in site.read(written(run("news", "X", "--author", "Serena")), ".")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["news"], '"new news" also needs the title in quotes: "…"'),
        (["event", "X"], "--start (when"),
        (["news", "X", "--programme", "nextt"], 'there is no programme "nextt"; did you mean "Next"?'),
        (["news", "X", "--programme", "Interreg"], 'add it with "clusterpress new programme"'),
        (["news", "X", "--date", "05/06/2019"], '--date: "05/06/2019" can be 5 June 2019 or 6 May 2019'),
        (["news", "X", "--date", "31 June 2019"], "--date: "),
        (["news", "خبر"], "add --slug"),
        (["news", "X", "--lang", "de"], '--lang: "de" is not a language of this site'),
        (["cluster", "QOOT"], "content/clusters/qoot.md already exists"),
        (["event", "X", "--start", "soon"], '--start: "soon" is not a date'),
        (["author", "X", "--email", "nobody"], "is not an e-mail address"),
        (["issue", "--newsletter", "leter"], "the newsletters of this site are: letter"),
        (["newz", "X"], 'unknown item type "newz"; did you mean "news"?'),
        (["zzz", "X"], "write one of news, event,"),
        (["programme", "X", "--colour", "reddish red"], "--colour: "),
    ],
)  # fmt: skip
def test_wrong_words_are_refused_with_a_remedy_and_nothing_is_written(site, words, told):
    before = site.output("content")
    result = run(*words)
    assert result.exit_code == 2
    assert told in result.output
    assert site.output("content") == before


def test_an_item_that_is_a_folder_is_not_doubled(site):
    site.write("content/news/2021/forum/index.md", "---\ntitle: Forum\ndate: 3 May 2021\n---\nText.\n")
    assert (
        "content/news/2021/forum/index.md already exists"
        in run("news", "Forum", "--date", "3 May 2021").output
    )


def test_a_long_title_is_cut_between_words_and_a_translation_lies_beside_its_original(site):
    title = "One word after another " * 8
    path = written(run("news", title, "--date", "3 May 2021"))
    assert path == "content/news/2021/one-word-after-another-one-word-after-another-one-word-after.md"
    other = written(run("news", title, "--date", "3 May 2021", "--lang", "fr"))
    assert other == path.removesuffix(".md") + ".fr.md"
    assert "lang: fr" in site.read(other, ".")


def test_issues_are_numbered_on_and_take_what_came_since_the_last(site):
    run("issue", "--date", "3 January 2015")
    path = written(run("issue", "--date", "3 January 2020"))
    assert path == "content/newsletters/letter/02.md"
    site.build()
    first, second = (site.read(f"newsletters/letter/{number}/all/index.html") for number in (1, 2))
    assert "Three" in first
    assert "Two" not in first
    assert "Two" in second
    assert "Three" not in second


def test_a_folder_with_a_foreign_name_is_used(site):
    site.write("site_config.yml", made_config(site.root) + "kinds: {posts: news}\n")
    assert written(run("news", "X", "--date", "3 May 2021")) == "content/posts/2021/x.md"


def test_a_site_without_a_newsletter_says_where_to_describe_one(tmp_path, monkeypatch):
    Site(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert '"newsletters:"' in run("issue").output


def test_settings_name_which_vocabularies_are_open(site):
    assert Settings(name="X", url="https://x.eu/").vocabulary.author == "open"
    site.write("site_config.yml", made_config(site.root) + "vocabulary: open\n")
    assert "cluster: [Somebody new]" in site.read(written(run("news", "X", "--cluster", "Somebody new")), ".")


@pytest.mark.parametrize("draft", ["", "draft: true\n"])
@pytest.mark.parametrize("said", ["1", "PP1", "pp 01"])
def test_a_number_that_a_partner_has_is_refused_and_a_free_one_named(site, draft, said):
    site.write("content/partners/one.md", f"---\ntitle: One\nnumber: PP1\n{draft}---\nText.\n")
    site.write("content/partners/three.md", "---\ntitle: Three\nnumber: PP3\n---\nText.\n")
    result = run("partner", "Another", "--number", said)
    assert result.exit_code == 2
    assert "PP1 already is the number of content/partners/one.md; PP2 is free" in result.output
    assert not (site.root / "content/partners/another.md").exists()
    assert run("partner", "Another", "--number", "2").exit_code == 0


ORIGINAL = """---
title: The forum
date: 2021-05-03
programme: next
cluster: [qoot]
partners: [PP8]
tags: [food]
summary: All of it.
image: {src: hall.png, alt: The hall}
aliases: [/old/]
---
Text.
"""


def test_a_translation_inherits_what_does_not_depend_on_its_language(site):
    site.write("content/news/2021/forum.md", ORIGINAL)
    path = written(run("news", "Le forum", "--translation-of", "forum", "--lang", "fr"))
    assert path == "content/news/2021/le-forum.fr.md"
    text = site.read(path, ".")
    for line in (
        "title: Le forum", "date: 2021-05-03", "programme: next", "cluster: [qoot]", "partners: [PP8]",
        "lang: fr", "translation_of: forum",
    ):  # fmt: skip
        assert f"\n{line}\n" in text
    assert "src: hall.png" in text
    assert "translate: The hall" in text
    assert not any(key in text for key in ("All of it", "/old/", "\nText."))


def test_a_translation_lies_beside_an_item_with_a_folder_and_beside_a_record(site):
    site.write("content/news/2021/forum/index.md", ORIGINAL)
    assert (
        written(run("news", "Le forum", "--translation-of", "The forum", "--lang", "fr"))
        == "content/news/2021/forum/index.fr.md"
    )
    assert "translation_of" not in site.read("content/news/2021/forum/index.fr.md", ".")
    site.write(
        "content/partners/agency.md",
        "---\ntitle: Agency\nnumber: PP77\ncountry: Malta\ncontact: {email: a@b.eu}\n---\nT\n",
    )
    assert (
        written(run("partner", "Agence", "--translation-of", "agency", "--lang", "fr"))
        == "content/partners/agency.fr.md"
    )
    assert "number: PP77\n" in site.read("content/partners/agency.fr.md", ".")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ["--translation-of", "forumm", "--lang", "fr"],
            'no item "forumm" to translate; did you mean "forum"?',
        ),
        (["--translation-of", "forum"], "a translation needs --lang, one of fr, ar"),
        (["--translation-of", "forum", "--lang", "en"], "a translation needs --lang, one of fr, ar"),
        (
            ["--like", "content/programmes/next.md"],
            'is not of the kind news; use "clusterpress new programme --like"',
        ),
        (["--like", "site_config.yml"], "choose a file in content/"),
    ],
)
def test_a_model_that_is_none_is_named(site, words, told):
    site.write("content/news/2021/forum.md", ORIGINAL)
    result = run("news", "Le forum", *words)
    assert (result.exit_code, told in " ".join(result.output.split())) == (2, True), result.output


def test_an_item_like_another_shares_its_facts_but_not_its_day(site):
    site.write(
        "content/events/call-1.md",
        "---\ntitle: Call\nstart: 2021-05-03 14:00\nplace: Linz\nonline: true\nprogramme: next\norganiser: [A]\nid: x\n---\nT\n",
    )
    path = written(
        run("event", "Second call", "--start", "3 June 2021", "--like", "content/events/call-1.md")
    )
    text = site.read(path, ".")
    for line in ("start: 2021-06-03", "place: Linz", "online: true", "programme: next", "organiser: [A]"):
        assert f"\n{line}\n" in text
    assert "id: x" not in text


def test_an_issue_like_another_has_its_sections(site):
    site.write(
        "content/newsletters/letter/01.md",
        "---\ntitle: L 1\nnewsletter: letter\nnumber: 1\ndate: 2021-01-01\nsections: [{title: Voices, where: {kind: news}}]\n---\nT\n",
    )
    path = written(run("issue", "--date", "3 January 2022", "--like", "content/newsletters/letter/01.md"))
    assert path == "content/newsletters/letter/02.md"
    assert "title: Voices" in site.read(path, ".")
