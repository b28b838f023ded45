"""The composer: how an issue looks to its readers, and what it leaves out."""

from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from clusterpress.newsletters.client_views import show_dark, show_in_outlook, show_light
from clusterpress.newsletters.composer import INBOXES, show_in_inbox
from clusterpress.newsletters.omissions import find_omissions, find_unpublished
from clusterpress.newsletters.resolve import resolve_issues
from tests.newsletters.editions import editions
from tests.newsletters.make import issue, news, newsroom

COMPUTER, PHONE = INBOXES
MAIL = """<!doctype html>
<html><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">
<style>@media (prefers-color-scheme:dark){body{color:white!important}}</style>
<!--[if mso]><style>p{font-family:Arial}</style><![endif]--></head>
<body><!--[if mso]><table><tr><td bgcolor="#fff"><![endif]--><p>Words</p><!--[if mso]></td></tr></table><![endif]-->
<!--[if !mso]><!--><div class="others">Others</div><!--<![endif]--></body></html>"""


def test_outlook_sees_the_tables_and_no_media_queries():
    tree = LexborHTMLParser(show_in_outlook(MAIL))
    assert tree.css_first("table td p").text() == "Words"
    assert not tree.css(".others")
    assert "@media" not in tree.html
    assert "font-family:Arial" in tree.css_first("style").text()
    assert "&lt;" not in tree.html


@pytest.mark.parametrize(
    ("show", "rule", "scheme"), [(show_light, "not all", "light"), (show_dark, "all", "dark")]
)
def test_light_and_dark_do_not_depend_on_the_browser(show, rule, scheme):
    tree = LexborHTMLParser(show(MAIL))
    assert f"@media {rule}{{body" in tree.css_first("style").text()
    assert [one.attributes["content"] for one in tree.css("meta[name=color-scheme]")] == [scheme]
    assert not tree.css("table")


def test_the_views_of_a_real_mail_hold_its_words():
    made = editions(
        {"news/a.md": news("Milan"), "newsletters/cord/3.md": issue("  - {title: News, where: {kind: news}}")}
    )
    html = made.text("newsletters/cord/3/email.html")
    for show in (show_light, show_dark, show_in_outlook):
        text = LexborHTMLParser(show(html)).body.text()
        assert "Milan" in text
        assert "Dear readers" in text or "Clusters Cord" in text
    assert show_dark(html) != show_light(html)
    assert "prefers-color-scheme" not in show_dark(html)


def test_an_inbox_cuts_what_does_not_fit():
    long = "Newsletter no. 3: " + "Milan report, " * 10
    line = show_in_inbox(PHONE, long, "What is new")
    assert line.is_cut
    assert len(line.subject) <= PHONE.subject
    assert line.subject.endswith("…")
    assert line.preheader == "What is new"
    short = show_in_inbox(COMPUTER, "Third", "Preview " * 30)
    assert not short.is_cut
    assert len(short.subject) + len(short.preheader) <= COMPUTER.line


@given(st.text(max_size=300), st.text(max_size=300), st.sampled_from(INBOXES))
def test_an_inbox_never_shows_more_than_fits(subject, preheader, inbox):
    line = show_in_inbox(inbox, subject, preheader)
    assert len(line.subject) <= inbox.subject
    shared = len(line.subject) if inbox.is_shared else 0
    assert len(line.preheader) <= max(0, inbox.line - shared)
    assert line.subject == " ".join(subject.split()) or line.is_cut or line.subject.endswith("…")


FILES = {
    "news/a.md": news("A", date="2011-12-03"),
    "news/b.md": news("B", date="2011-12-02"),
    "news/c.md": news("C", date="2011-12-01", tags="[food]"),
    "news/old.md": news("Old", date="2011-01-01"),
    "news/late.md": news("Late", date="2012-03-01"),
}


def omitted(sections, previous=date(2011, 6, 1), **more):
    files = {**FILES, "newsletters/cord/3.md": issue(sections, **more)}
    library, _, _ = newsroom(files)
    (found,), _ = resolve_issues(library)
    return {one.entry.title: one.reason for one in find_omissions(found.item, previous, library)}


def test_what_a_limit_leaves_out_is_named():
    assert omitted(
        "  - {title: Top, where: {kind: news, from: 2011-06-01, until: 2012-01-01}, limit: 1}"
    ) == {"B": 'the section "Top" has a limit of 1', "C": 'the section "Top" has a limit of 1'}


def test_what_no_section_asks_for_is_named_since_the_issue_before():
    assert omitted("  - {title: Food, where: {tag: food}}") == {
        "A": "no section asks for it",
        "B": "no section asks for it",
    }
    assert omitted("  - {title: All, where: {until: 2012-12-31}}") == {}
    assert omitted("  - {title: One, items: [a]}", frozen="true") == {
        "B": "the issue is frozen",
        "C": "the issue is frozen",
    }


def test_what_only_a_preview_shows_is_named():
    stories = tuple(SimpleNamespace(state=state) for state in ("published", "draft", "scheduled"))
    assert [one.reason.partition(":")[0] for one in find_unpublished(stories)] == [
        "it is a draft",
        "it is not published yet",
    ]
