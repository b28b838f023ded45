"""``clusterpress list stale``: what time has overtaken, with its line, and nothing that somebody has looked at since."""

import json
import os
import subprocess
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterpress.content.periods import last_day_of
from clusterpress.sources.last_changes import LastChange
from tests.reports.test_listing import NOW, rows, run
from tests.sites.small_site import Site

LANGUAGES = ("en", "fr")


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path)


def touch(site, path, day):
    moment = (date.fromisoformat(day) - date(1970, 1, 1)).days * 86_400
    os.utime(site.root / path, (moment, moment))


def git(site, *words, day=""):
    names = {f"GIT_{who}_{what}": "x@y.eu" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    dates = {f"GIT_{who}_DATE": f"{day}T12:00:00Z" for who in ("AUTHOR", "COMMITTER")} if day else {}
    subprocess.run(
        ["git", *words], cwd=site.root, check=True, capture_output=True, env={**os.environ, **names, **dates}
    )


def write(site, path, keys, text="Text."):
    site.write(f"content/{path}", f"---\n{keys}\n---\n{text}\n")


@pytest.mark.parametrize(
    ("duration", "last"),
    [
        ("2017-2020", "2020-12-31"), ("2017–2020", "2020-12-31"), ("2021-27", "2027-12-31"), ("2007-13", "2013-12-31"),
        ("January 2017 - June 2020", "2020-06-30"), ("01/01/2017 - 30 June 2020", "2020-06-30"), ("2014-2020 (n+3)", "2020-12-31"),
        ("1 March 2017 to 28 February 2020", "2020-02-28"), ("until 2020", "2020-12-31"), ("jusqu'en 2020", "2020-12-31"),
        ("2020", "2020-12-31"), ("janvier 2017 - juin 2020", "2020-06-30"), ("Q1 2020 - Q3 2022", "2022-09-30"),
        ("from 2020", None), ("since 2019", None), ("2020-", None), ("36 months", None), ("", None), ("à partir de 2020", None),
    ],
)  # fmt: skip
def test_the_end_of_a_duration_in_words(duration, last):
    assert last_day_of(duration, LANGUAGES) == (date.fromisoformat(last) if last else None)


@given(st.text(max_size=40))
def test_no_words_of_a_duration_are_refused(duration):
    last_day_of(duration, LANGUAGES)


def test_changes_of_one_commit_or_one_copy_are_of_one_age():
    assert LastChange(100, 1).is_before(LastChange(100, 2))
    assert not LastChange(100, 2).is_before(LastChange(100, 2))
    assert not LastChange(100).is_before(LastChange(150))
    assert LastChange(100).is_before(LastChange(161))
    assert LastChange(100, 4).is_before(LastChange(161))


def test_a_translation_lacks_what_its_original_says_it_updated(site):
    write(site, "news/one.md", "title: One\ndate: 2019-04-12\nupdated: 2021-03-01")
    write(site, "news/one.fr.md", "title: Un\ndate: 2019-04-12\nupdated: 2021-02-01")
    write(site, "news/one.ar.md", "title: واحد\ndate: 2019-04-12\nupdated: 2021-03-01")
    note = "content/news/one.md was updated on 1 March 2021, and this translation was not"
    assert rows(site, "stale") == [("news/one.fr.md", 4, note)]
    write(site, "news/one.fr.md", "title: Un\ndate: 2019-04-12")
    assert rows(site, "stale", "--lang", "fr") == [("news/one.fr.md", 1, note)]
    write(site, "news/one.fr.md", "title: Un\ndate: 2019-04-12\ndraft: true")
    assert rows(site, "stale") == []


def test_without_updated_the_files_are_compared(site):
    for path, day in (("one.md", "2021-03-02"), ("one.fr.md", "2021-03-01"), ("one.ar.md", "2021-03-02")):
        touch(site, f"content/news/{path}", day)
    found = ("news/one.fr.md", 1, "content/news/one.md was changed later than this translation")
    assert rows(site, "stale") == [found]
    write(site, "news/one.fr.md", "title: Un\ndate: 2019-04-12\nupdated: 2021-03-02")
    touch(site, "content/news/one.fr.md", "2021-03-01")
    assert rows(site, "stale") == []


def test_in_a_repository_commits_count_and_not_the_times_of_files(site):
    git(site, "init", "-q")
    git(site, "add", ".")
    git(site, "commit", "-qm", "All", day="2021-01-01")
    touch(site, "content/news/one.fr.md", "2020-01-01")
    assert rows(site, "stale") == []
    write(site, "news/one.md", "title: One, corrected\ndate: 2019-04-12")
    git(site, "commit", "-qam", "Correct", day="2021-02-01")
    assert [path for path, *_ in rows(site, "stale")] == ["news/one.ar.md", "news/one.fr.md"]
    write(site, "news/one.fr.md", "title: Un, corrigé\ndate: 2019-04-12")  # not committed yet
    assert [path for path, *_ in rows(site, "stale")] == ["news/one.ar.md"]


@pytest.mark.parametrize(
    ("keys", "text", "line", "words"),
    [
        ("", "Text.\n\nPlease [register](https://forms.example.eu/x) in time.", 8, "register"),
        ("", "Registration is now open.", 6, "Registration is now open"),
        ("", "Sign up before 3 May.", 6, "Sign up before"),
        ("", "See [the form](https://example.eu/events/registration/?id=4).", 6, "https://example.eu/events/registration/?id=4"),
        ("summary: Jetzt anmelden!", "", 4, "Jetzt anmelden"),
        ("", "Melden Sie sich bis zum 3. Mai an.", 6, "Melden Sie sich bis zum 3. Mai an"),
        ("", "Les inscriptions sont ouvertes.", 6, "inscriptions sont ouvertes"),
        ("", "Zarejestruj się już dziś.", 6, "Zarejestruj się"),
        ("", "Las inscripciones están abiertas.", 6, "inscripciones están abiertas"),
        ("", "Le iscrizioni sono aperte.", 6, "iscrizioni sono aperte"),
        ("", "التسجيل مفتوح", 6, "التسجيل مفتوح"),
        ("more: [{label: Anmeldung, url: https://example.eu/x}]", "", 4, "Anmeldung"),
        ("more: [{label: Register, url: https://example.eu/register}]", "", 4, "Register"),
        ("url: https://example.eu/sign-up", "", 4, "https://example.eu/sign-up"),
    ],
)  # fmt: skip
def test_a_past_event_still_invites(site, keys, text, line, words):
    write(site, "events/forum.md", f"title: Forum\nstart: 21 February 2012\n{keys or 'place: Linz'}", text)
    assert rows(site, "stale") == [
        ("events/forum.md", line, f'the event is over, but it still says "{words}"')
    ]


@pytest.mark.parametrize(
    ("start", "text"),
    [
        ("21 February 2023", "Registration is open."),
        ("21 February 2012", "Registration was free, and closed on 3 February."),
        ("21 February 2012", "Sixty people registered. They visited the registry and the cash register."),
        ("21 February 2012", "Die Anmeldung war kostenlos. [Bericht](https://example.eu/report)"),
    ],
)
def test_what_is_to_come_or_speaks_of_the_past_is_not_listed(site, start, text):
    write(site, "events/forum.md", f"title: Forum\nstart: {start}\nplace: Linz", text)
    assert rows(site, "stale") == []


def test_programmes_that_ended_until_somebody_updates_them(site):
    write(site, "programmes/next.md", "title: THE NEXT SOCIETY\nperiod: 2017-2020")
    write(site, "programmes/later.md", "title: Later\nperiod: 2021-2027")
    assert rows(site, "stale") == [("programmes/next.md", 3, "the programme ended on 31 December 2020")]
    write(site, "programmes/next.md", "title: THE NEXT SOCIETY\nperiod: 2017-2020\nupdated: 3 January 2021")
    assert rows(site, "stale") == []


def test_statements_that_nobody_reviewed_for_a_year(site):
    legal = (
        "legal:\n  address: Street 1\n"
        "  accessibility: {status: partial, prepared: '2020-01-01', enforcement: the body}\n"
        "  privacy: {host: the host, logs: 14 days, authority: the authority, updated: '2021-12-01'}\n"
    )
    settings = (site.root / "site_config.yml").read_text()
    site.write("site_config.yml", f"{settings}contact: a@example.eu\npublisher: The Agency\n{legal}")
    reviewed = "the accessibility statement was last reviewed on 1 January 2020"
    assert rows(site, "stale") == [("site_config.yml", 1, reviewed)]
    write(site, "pages/accessibility.md", "title: Access\nupdated: 2021-11-01")
    write(site, "pages/privacy.md", "title: Privacy")
    never = "the privacy statement was never reviewed, as far as it says"
    assert rows(site, "stale") == [("pages/privacy.md", 1, never)]


def test_the_exit_code_tells_other_programs(site, tmp_path):
    assert run(site, "list", "stale", "--exit-code", *NOW).exit_code == 0
    write(site, "programmes/next.md", "title: THE NEXT SOCIETY\nperiod: 2017-2020")
    assert run(site, "list", "stale", *NOW).exit_code == 0
    result = run(site, "list", "stale", "--exit-code", *NOW, "--to", str(tmp_path / "stale.xlsx"))
    assert result.exit_code == 1
    assert "stale: 1 entry in" in result.stderr
    assert (tmp_path / "stale.xlsx").read_bytes()[:2] == b"PK"
    (row,) = json.loads(run(site, "list", "stale", "-o", "json", *NOW).stdout)
    assert (row["kind"], row["lang"], row["title"]) == ("programme", "en", "THE NEXT SOCIETY")
    assert run(site, "list", "stale", *NOW, "--to", str(tmp_path / "nowhere/stale.csv")).exit_code == 3
