"""A "three-day event" with four dates is asked about."""

from datetime import date

import pytest

from clusterpress.content.item_values import Moment
from clusterpress.library.lint import stated_days
from tests.library.make import item, library


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("a three-day event in Casablanca", [3]),
        ("The 3-day training", [3]),
        ("a two-day workshop", [2]),
        ("a five-day benchmarking visit", [5]),
        ("une formation de trois jours", [3]),
        ("eine dreitägige Konferenz", [3]),
        ("un encuentro de tres días", [3]),
        ("un incontro di quattro giorni", [4]),
        ("trzydniowa konferencja", [3]),
        ("dvojdňový seminár", [2]),
        ("لمدة ثلاثة أيام", [3]),
        ("over eight hours, in three sessions", []),
        ("three days later", []),
        ("day by day", []),
    ],
)
def test_durations_are_read_from_words(text, days):
    assert [number for _, number in stated_days(text)] == days


TECHDAYS = item(
    "events/techdays.md", title="TechDays", start=Moment(date(2019, 4, 9)), end=Moment(date(2019, 4, 12))
)


def test_a_report_that_counts_other_days_than_its_event_is_asked():
    report = item("news/a.md", event=("techdays",), body="Good.\n\nIt was a three-day event.")
    _, problems = library(TECHDAYS, report)
    (problem,) = problems
    assert (problem.line, problem.severity) == (3, "warning")
    assert problem.message == '"three-day event", but TechDays is from 2019-04-09 to 2019-04-12'


@pytest.mark.parametrize("body", ["It was a four-day event.", "No count."])
def test_a_report_that_agrees_is_not(body):
    assert library(TECHDAYS, item("news/a.md", event=("techdays",), body=body))[1] == []


def test_reports_on_other_events_may_count_as_they_like():
    assert library(TECHDAYS, item("news/a.md", body="A two-day meeting."))[1] == []
