from datetime import date, time

import pytest

from clusterpress.content.periods import read_range
from clusterpress.parsing.values import ValueFault


def read(text):
    return read_range(text, "Europe/Brussels", ("en", "fr"))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("21-22 February 2012", date(2012, 2, 21), date(2012, 2, 22)),
        ("26–28 February 2012", date(2012, 2, 26), date(2012, 2, 28)),
        ("February 21-22, 2012", date(2012, 2, 21), date(2012, 2, 22)),
        ("30 November - 2 December 2011", date(2011, 11, 30), date(2011, 12, 2)),
        ("30 December – 2 January 2012", date(2011, 12, 30), date(2012, 1, 2)),
        ("9 to 12 April 2019", date(2019, 4, 9), date(2019, 4, 12)),
        ("du 9 au 12 avril 2019", date(2019, 4, 9), date(2019, 4, 12)),
        ("2012-02-21 - 2012-02-22", date(2012, 2, 21), date(2012, 2, 22)),
        ("14.-16.11.2011", date(2011, 11, 14), date(2011, 11, 16)),
    ],
)
def test_a_range_gives_its_first_and_last_day(text, first, last):
    start, end = read(text)
    assert (start.day, end.day) == (first, last)


def test_two_times_of_one_day_are_a_range():
    start, end = read("21 February 2012, 09:00 - 17:00")
    assert start.day == end.day == date(2012, 2, 21)
    assert (start.at.time(), end.at.time()) == (time(9), time(17))


@pytest.mark.parametrize(
    "text", ["2012-02-21", "14-11-2011", "June - July 2012", "June 2012", "soon", "a - b", ""]
)
def test_what_is_not_two_dates_is_no_range(text):
    assert read(text) is None


@pytest.mark.parametrize("text", ["22-21 February 2012", "21-31 February 2012"])
def test_a_range_that_cannot_be_is_a_fault(text):
    with pytest.raises(ValueFault):
        read(text)
