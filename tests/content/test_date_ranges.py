from datetime import date, time

import pytest

from clusterpress.content.date_ranges import read_range
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
        ("21st and 22nd February 2027", date(2027, 2, 21), date(2027, 2, 22)),
        ("21 & 22 February 2027", date(2027, 2, 21), date(2027, 2, 22)),
        ("21, 22 and 23 February 2027", date(2027, 2, 21), date(2027, 2, 23)),
        ("between 21 and 23 February 2027", date(2027, 2, 21), date(2027, 2, 23)),
        ("Monday 21 and Tuesday 22 June 2027", date(2027, 6, 21), date(2027, 6, 22)),
        ("30 June and 1 July 2027", date(2027, 6, 30), date(2027, 7, 1)),
        ("30 June-2 July 2027", date(2027, 6, 30), date(2027, 7, 2)),
        ("June 30-July 2, 2027", date(2027, 6, 30), date(2027, 7, 2)),
        ("30 December 2026 to 2 January", date(2026, 12, 30), date(2027, 1, 2)),
        ("21.02.-22.02.2027", date(2027, 2, 21), date(2027, 2, 22)),
        ("21.02.2027-22.02.2027", date(2027, 2, 21), date(2027, 2, 22)),
        ("21-22.02.2027", date(2027, 2, 21), date(2027, 2, 22)),
        ("30/06/2027 - 02/07/2027", date(2027, 6, 30), date(2027, 7, 2)),
        ("06/30/2027 - 07/02/2027", date(2027, 6, 30), date(2027, 7, 2)),
        ("2027-02-21/2027-02-22", date(2027, 2, 21), date(2027, 2, 22)),
        ("2027-02-21 to 22", date(2027, 2, 21), date(2027, 2, 22)),
        ("21./22. Februar 2027", date(2027, 2, 21), date(2027, 2, 22)),
        ("vom 21. bis 22. Februar 2027", date(2027, 2, 21), date(2027, 2, 22)),
        ("zwischen dem 21. und 23. Februar 2027", date(2027, 2, 21), date(2027, 2, 23)),
        ("21. und 22. Februar 2027", date(2027, 2, 21), date(2027, 2, 22)),
        ("les 21 et 22 février 2027", date(2027, 2, 21), date(2027, 2, 22)),
        ("entre le 21 et le 23 février 2027", date(2027, 2, 21), date(2027, 2, 23)),
        ("del 30 de junio al 2 de julio de 2027", date(2027, 6, 30), date(2027, 7, 2)),
        ("de 4 a 7 de junio de 2027", date(2027, 6, 4), date(2027, 6, 7)),
        ("4 y 5 de junio de 2027", date(2027, 6, 4), date(2027, 6, 5)),
        ("dal 4 al 7 giugno 2027", date(2027, 6, 4), date(2027, 6, 7)),
        ("4 e 5 giugno 2027", date(2027, 6, 4), date(2027, 6, 5)),
        ("od 4 do 7 czerwca 2027", date(2027, 6, 4), date(2027, 6, 7)),
        ("4 tot en met 7 juni 2027", date(2027, 6, 4), date(2027, 6, 7)),
        ("21 و22 فبراير 2027", date(2027, 2, 21), date(2027, 2, 22)),
        ("من 21 إلى 23 فبراير 2027", date(2027, 2, 21), date(2027, 2, 23)),
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


@pytest.mark.parametrize(
    ("text", "language"),
    [("21 and 23 February 2027", "en"), ("21, 22 and 24 June 2027", "en"), ("30 June and 2 July 2027", "en"),
     ("21 & 25 June 2027", "en"), ("21 et 23 février 2027", "fr"), ("21. a 23. února 2027", "cs")],
)  # fmt: skip
def test_days_that_do_not_follow_one_another_are_no_range(text, language):
    with pytest.raises(ValueFault, match="do not follow one another"):
        read_range(text, "Europe/Brussels", (language, "en"))


@pytest.mark.parametrize("text", ["03/04/2027", "03/04/2027 - 05/04/2027", "04/03/2027 14:00-15:00"])
def test_a_range_in_figures_of_either_order_is_no_range(text):
    assert read(text) is None


@pytest.mark.parametrize("text", ["22-21 February 2012", "21-31 February 2012"])
def test_a_range_that_cannot_be_is_a_fault(text):
    with pytest.raises(ValueFault):
        read(text)
