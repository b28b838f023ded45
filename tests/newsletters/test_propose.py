"""The next issue, proposed: what is new by the rules of its sections, in a file that staff can edit."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from clusterpress.config.subscriptions import SectionRule
from clusterpress.content.items import Issue
from clusterpress.content.reader import read_item
from clusterpress.newsletters.propose import ProposalError, Request, propose
from clusterpress.newsletters.resolve import resolve_issues
from clusterpress.theme.wording import open_wording
from tests.newsletters.make import PROGRAMME, SETTINGS, THEME, issue, news, newsroom

SECTIONS = """  - {title: Report, layout: feature, items: [old]}
  - {title: Partners tell, layout: briefs, where: {kind: news, from: 2011-01-01}, colour: plum, limit: 3}
  - {title: Dates, layout: events, where: {kind: event, after: issue}}"""
EVENT = "---\ntitle: {}\nstart: {}\n---\nText.\n"
FILES = {
    "programmes/cord.md": PROGRAMME,
    "news/old.md": news("Old", date="2011-12-01"),
    "news/told.md": news("Told", date="2012-01-16"),
    "news/a.md": news("First", date="2012-02-01"),
    "news/b.md": news("Second", date="2012-02-03", programme="cord"),
    "news/late.md": news("Late", date="2012-09-01"),
    "events/past.md": EVENT.format("Past", "2012-02-10"),
    "events/soon.md": EVENT.format("Soon", "2012-03-10"),
    "newsletters/cord/03.md": issue(SECTIONS),
}
REQUEST = Request(newsletter="cord", lang="en", today=date(2012, 3, 1))


def made(files=FILES, request=REQUEST, **masthead):
    library, _, problems = newsroom(files)
    assert not problems, problems
    cord = replace(SETTINGS.newsletters["cord"], **masthead)
    library = replace(library, settings=replace(SETTINGS, newsletters={**SETTINGS.newsletters, "cord": cord}))
    issues, _ = resolve_issues(library)
    proposal, faults = propose(request, issues, library, open_wording(THEME, request.lang, "newsletter"))
    return proposal, faults


def read(proposal):
    item, problems = read_item(proposal.text.encode(), proposal.path, SETTINGS)
    assert isinstance(item, Issue), problems
    assert [one.message for one in problems] == []
    return item


def titles(proposal):
    return {title: [story.title for story in stories] for title, stories in proposal.taken}


def test_the_sections_of_the_last_issue_take_what_is_new_since_it():
    proposal, _ = made()
    assert titles(proposal) == {"Partners tell": ["Second", "First"], "Dates": ["Soon"]}
    assert proposal.path == "content/newsletters/cord/04.md"
    item = read(proposal)
    assert (item.number, item.date.day, item.draft, item.lang) == (4, REQUEST.today, True, "en")
    first, second = item.sections
    assert (first.title, first.layout, first.colour, first.items) == (
        "Partners tell",
        "briefs",
        "plum",
        ("news/b", "news/a"),
    )
    assert second.items == ("events/soon",)
    assert item.subject == "Newsletter no. 4: Second"
    assert item.preheader == "First · Soon"


def test_the_proposed_file_resolves_to_the_same_items():
    proposal, _ = made()
    library, _, problems = newsroom(
        {**FILES, proposal.path.removeprefix("content/"): proposal.text.replace("draft: true\n", "")}
    )
    issues, faults = resolve_issues(library)
    assert not [one for one in (*problems, *faults) if one.severity == "error"]
    (again,) = [one for one in issues if one.number == 4]
    assert [story.title for story in again.stories] == ["Second", "First", "Soon"]


def test_rules_of_the_settings_come_before_those_of_the_last_issue():
    rules = (
        SectionRule(title={"en": "Lead", "fr": "Une"}, where={"programme": "cord"}, start="page"),
        SectionRule(title="Rest", layout="briefs", where={"kind": "news"}),
        SectionRule(title="Nothing", where={"partner": ()}, limit=1),
    )
    proposal, _ = made(propose=rules)
    assert titles(proposal) == {"Lead": ["Second"], "Rest": ["First"]}
    assert proposal.empty == ("Nothing",)
    assert read(proposal).sections[0].start == "page"


def test_the_select_of_the_last_issue_holds_for_the_next():
    select = "{programme: cord, from: 2011-01-01}"
    files = {**FILES, "newsletters/cord/03.md": issue(SECTIONS, select=select)}
    proposal, _ = made(files)
    assert titles(proposal) == {"Partners tell": ["Second"]}
    assert proposal.empty == ("Dates",)
    assert "First" in [one.entry.title for one in proposal.left_out]


def test_what_is_left_out_is_said_with_its_reason():
    proposal, _ = made(propose=(SectionRule(title="Top", where={"kind": "news"}, limit=1),))
    told = {one.entry.title: one.reason for one in proposal.left_out}
    assert told["First"] == "no section asks for it"
    assert "Old" not in told
    assert "Late" not in told


def test_what_an_earlier_issue_of_the_same_day_had_is_said_to_be_there():
    listed = "  - {title: News, layout: feature, where: {kind: news, until: issue}}"
    files = {
        "news/had.md": news("Had", date="2012-03-01"),
        "events/soon.md": EVENT.format("Soon", "2012-03-10"),
        "newsletters/cord/03.md": issue(listed, date="2012-03-01"),
    }
    rules = (
        SectionRule(title="News", where={"kind": "news"}),
        SectionRule(title="Dates", layout="events", where={"kind": "event"}),
    )
    proposal, _ = made(files, propose=rules)
    assert {one.entry.title: one.reason for one in proposal.left_out} == {"Had": "it is in no. 3"}


@pytest.mark.parametrize("review", [0, 2012])
def test_cancelled_events_are_left_out(review):
    off = EVENT.format("Off", "2012-03-09").replace("start:", "cancelled: true\ndate: 2012-02-20\nstart:")
    proposal, _ = made(FILES | {"events/off.md": off}, replace(REQUEST, review=review))
    assert "Off" not in proposal.text
    assert {one.entry.title: one.reason for one in proposal.left_out}["Off"] == "it is cancelled"


def test_the_first_issue_has_the_usual_sections_in_its_language():
    files = {path: text for path, text in FILES.items() if not path.startswith("newsletters")}
    proposal, _ = made(files, replace(REQUEST, newsletter="other"))
    assert proposal.path == "content/newsletters/other/01.md"
    assert titles(proposal) == {
        "Latest news": ["Second"],
        "News": ["First", "Told", "Old"],
        "Upcoming events": ["Soon"],
    }
    arabic = {"news/a.ar.md": news("خبر", date="2012-02-01")}
    proposal, _ = made(arabic, replace(REQUEST, lang="ar"))
    assert proposal.path == "content/newsletters/cord/01.ar.md"
    assert [*titles(proposal)] == ["آخر الأخبار"]
    assert read(proposal).lang == "ar"


def test_a_review_takes_the_whole_year_also_what_issues_had():
    proposal, _ = made(request=replace(REQUEST, today=date(2013, 1, 5), review=2012))
    assert titles(proposal) == {
        "Clusters Cord": ["Second"],
        "News": ["Told", "First", "Late"],
        "Events": ["Past", "Soon"],
    }
    item = read(proposal)
    assert item.title == "Clusters-Cord 2012"
    assert proposal.since is None
    rules = (SectionRule(title="Best of", where={"kind": "news"}, limit=2),)
    proposal, _ = made(request=replace(REQUEST, review=2012), review=rules)
    assert titles(proposal) == {"Best of": ["Late", "Second"]}
    assert {"First", "Told"} == {one.entry.title for one in proposal.left_out if one.entry.kind == "news"}


@pytest.mark.parametrize(
    ("files", "request_", "words"),
    [
        ({**FILES, "news/a.md": news("A", date="2011-01-01"), "news/b.md": news("B", date="2011-01-01"), "events/soon.md": EVENT.format("S", "2011-03-03")}, REQUEST, "nothing is new since no. 3"),
        (FILES, replace(REQUEST, review=1999), "nothing is new in 1999"),
        ({}, REQUEST, "nothing is new yet"),
    ],
)  # fmt: skip
def test_nothing_new_is_said(files, request_, words):
    with pytest.raises(ProposalError, match=words):
        made(files, request_)


def test_an_unknown_name_in_a_rule_is_a_problem():
    _, problems = made(propose=(SectionRule(title="X", where={"programme": "crod"}),))
    assert [(one.path, one.message) for one in problems] == [
        ("site_config.yml", 'no programme is called "crod"')
    ]


TITLES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=90).map(
    lambda text: " ".join(text.split())
)


@given(TITLES.filter(bool), TITLES.filter(bool))
def test_any_title_makes_a_file_that_can_be_read(name, title):
    library, _, _ = newsroom(
        {"news/a.md": f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\ndate: 2012-02-01\n---\nText.\n"}
    )
    masthead = replace(SETTINGS.newsletters["cord"], name=name)
    library = replace(library, settings=replace(SETTINGS, newsletters={"cord": masthead}))
    proposal, _ = propose(REQUEST, (), library, open_wording(THEME, "en", "newsletter"))
    as_typed = replace(SETTINGS, typography=False)
    item, problems = read_item(proposal.text.encode(), proposal.path, as_typed)
    assert isinstance(item, Issue), (proposal.text, problems)
    assert item.sections[0].items == ("news/a",)
    assert " ".join(item.title.split()) == f"{name} no. 1"


def embargoed(date, until):
    return news("Under embargo", date=date).replace("---\n", f"---\npublish: {until}\n", 1)


@pytest.mark.parametrize(
    ("date", "until", "is_taken"),
    [
        ("2012-01-10", "2012-02-10 09:00", True),  # written before the last issue, seen after it
        ("2012-01-10", "2012-01-15", False),  # seen before the last issue
        ("2012-01-10", "2012-01-16 23:30", False),  # on its day
        ("2012-01-10", "2012-01-17 00:00", True),
        ("2011-03-10", "2012-02-10", True),
        ("2012-01-20", "2012-01-15", True),  # ended before its own date
    ],
)
def test_what_readers_could_not_see_at_the_last_issue_is_new(date, until, is_taken):
    proposal, _ = made(FILES | {"news/embargo.md": embargoed(date, until)})
    assert ("Under embargo" in titles(proposal)["Partners tell"]) == is_taken
    top = (SectionRule(title="Top", where={"kind": "news"}, limit=1),)
    short, _ = made(FILES | {"news/embargo.md": embargoed(date, until)}, propose=top)
    seen = {*titles(short)["Top"], *(one.entry.title for one in short.left_out)}
    assert is_taken <= ("Under embargo" in seen)


def test_an_issue_that_selects_until_its_day_leaves_what_came_later_to_the_next():
    until = "  - {title: Report, layout: briefs, where: {kind: news, until: issue}}"
    files = FILES | {
        "news/embargo.md": embargoed("2012-01-10", "2012-02-10"),
        "newsletters/cord/03.md": issue(until),
    }
    library, _, _ = newsroom(files)
    (third,), _ = resolve_issues(library)
    assert [one.title for one in third.stories] == ["Told", "Old"]
    proposal, _ = made(files)
    assert titles(proposal) == {"Report": ["Second", "First", "Under embargo"]}
