"""Dates and labels by language."""

import re
import shutil
import subprocess
from datetime import date
from types import SimpleNamespace

import pytest
from msgspec.structs import replace

from clusterpress.library.entries import TeaserCard
from clusterpress.newsletters.mail.plan import mail_outputs
from clusterpress.newsletters.pdf.plan import pdf_outputs
from clusterpress.newsletters.resolve import check_words, resolve_issues
from clusterpress.newsletters.web.plan import web_outputs
from clusterpress.theme.theme import missing_labels, read_labels
from clusterpress.theme.wording import open_wording
from tests.marked_theme import MARK, mark_english
from tests.newsletters.editions import make
from tests.newsletters.make import SETTINGS, THEME, issue, news, newsroom, record, resolve


def when(lang, day, last=None, words=""):
    card = TeaserCard(kind="event", title="", url="", lang=lang, day=day, last_day=last, when=words)
    return open_wording(THEME, lang, "newsletter").dates.when(card)


@pytest.mark.parametrize(
    ("lang", "last", "expected"),
    [
        ("en", None, "21 February 2012"),
        ("en", date(2012, 2, 22), "21–22 February 2012"),
        ("en", date(2012, 3, 1), "21 February – 1 March 2012"),
        ("fr", date(2012, 2, 22), "21–22 février 2012"),
        ("sk", date(2012, 2, 22), "21. – 22. februára 2012"),
        ("pl", date(2012, 2, 22), "21–22 lutego 2012"),
    ],
)
def test_dates_are_written_as_the_language_writes_them(lang, last, expected):
    assert when(lang, date(2012, 2, 21), last) == expected


def test_a_period_in_words_stays_as_it_is():
    assert when("en", date(2012, 4, 1), words="beginning of April 2012") == "beginning of April 2012"


LANGUAGES = [
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "it", "lt", "lv", "mt", "nl", "pl",
    "pt", "ro", "sk", "sl", "sv",
    "ar", "he", "sr", "sr-Latn", "tr", "uk",
]  # fmt: skip
"""Those of the European Union, and those of its neighbours."""


@pytest.fixture(scope="module")
def marked_theme(tmp_path_factory):
    return mark_english(THEME, tmp_path_factory.mktemp("theme") / "clusters-cord")


def written(theme, lang):
    """Return edition → text of an issue with everything that bears a label."""
    contact = "{web: 'https://p.eu/', email: a@p.eu, phone: '1', fax: '2', street: Street 1, city: Linz}"
    sections = (
        "  - {title: N, items: [a, b, c], group_by: partner}\n  - {title: P, layout: profiles, partners: [PP1]}\n"
        "  - {title: E, layout: events, items: [later, off]}"
    )
    files = {
        "news/a.md": news("A", author="X", body="B[^1].\n\n[^1]: C.", more="[{label: D, url: 'https://y.eu/'}]"),
        "news/b.md": news("B", partners="PP1", body="Words. " * 400),
        "news/c.md": news("C", more="[{label: A, url: 'a.md'}]"),
        "partners/p.md": record("P", number="PP1", contact=contact),
        "events/later.md": "---\ntitle: L\nwhen: June 2012\nonline: true\n---\nT.\n",
        "events/off.md": "---\ntitle: O\nstart: 2012-02-21\ncancelled: true\nplace: Linz\n---\nT.\n",
        "newsletters/other/01.md": issue("  - {title: N, items: [a]}", newsletter="other", number="1"),
        "newsletters/other/03.md": issue(sections, newsletter="other", date="2012-02-01"),
        "newsletters/other/04.md": issue("  - {title: N, items: [b]}", newsletter="other", number="4", date="2012-03-01"),
    }  # fmt: skip
    settings = replace(SETTINGS, languages=(lang,))
    library, stored, _ = newsroom(files, settings=settings)
    issues, problems = resolve_issues(library)
    assert not [one for one in problems if one.severity == "error"], problems
    (shown,) = (one for one in issues if one.number == 3)
    assert not list(check_words([shown], theme))
    outputs = [
        *web_outputs([shown], library, theme),
        *mail_outputs([shown], library, theme),
        *pdf_outputs([shown], settings, theme),
    ]
    ends = (".html", ".txt", ".pdf")
    return {one.path: make(one, stored) for one in outputs if one.path.endswith(ends)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_edition_speaks_english_in_another_language(lang, marked_theme):
    made = written(marked_theme, lang)
    assert len(made) == 6 if lang != "en" else made
    for path, content in made.items():
        if path.endswith(".pdf"):
            text = subprocess.run(
                ["pdftotext", "-", "-"], input=content, capture_output=True, check=True
            ).stdout
        else:
            text = content
        assert (MARK in text.decode(errors="replace")) == (lang == "en"), path


def test_the_words_that_a_language_lacks_are_named(tmp_path):
    folder = tmp_path / "clusters-cord"
    shutil.copytree(THEME.folder, folder)
    theme = replace(THEME, folder=str(folder), digest=b"poor")
    file = folder / "newsletter" / "labels" / "de.yml"
    file.write_text(re.sub(r"(?m)^cover:.*\n", "", file.read_text("utf-8")), "utf-8")
    issues, _ = resolve(
        {"news/a.md": news("A"), "newsletters/other/1.md": issue("  - {title: A, items: [a]}")}
    )
    german = [SimpleNamespace(lang="de", item=issues[0].item)]
    (problem,) = check_words(german, theme)
    assert problem.message == 'the theme has no words for newsletters in "de": cover'
    assert problem.hint == "write them into themes/clusters-cord/newsletter/labels/de.yml"
    (unknown,) = check_words([SimpleNamespace(lang="eo", item=issues[0].item)], theme)
    assert "cover, pages_label" in unknown.message
    assert not list(check_words([SimpleNamespace(lang="de-AT", item=issues[0].item)], THEME))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_all_words_and_their_placeholders(lang):
    english, own = (open_wording(THEME, code, "newsletter").labels for code in ("en", lang))
    assert not missing_labels(THEME, lang, "newsletter")
    for key in read_labels(THEME, "en", "newsletter"):
        if key in english and key in own:
            assert set(re.findall(r"{\w+}", own[key])) == set(re.findall(r"{\w+}", english[key])), key
    assert open_wording(THEME, lang, "newsletter").direction == ("rtl" if lang in ("ar", "he") else "ltr")
