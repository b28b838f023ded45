from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterpress.content.periods import read_period
from clusterpress.parsing.values import ValueFault


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("June 2012", (2012, 6, 1), (2012, 6, 30)),
        ("juin 2012", (2012, 6, 1), (2012, 6, 30)),
        ("beginning of April 2012", (2012, 4, 1), (2012, 4, 10)),
        ("mid-April 2012", (2012, 4, 11), (2012, 4, 20)),
        ("end of April 2012", (2012, 4, 21), (2012, 4, 30)),
        ("early April 2012", (2012, 4, 1), (2012, 4, 10)),
        ("late 2012", (2012, 9, 1), (2012, 12, 31)),
        ("début avril 2012", (2012, 4, 1), (2012, 4, 10)),
        ("mi-avril 2012", (2012, 4, 11), (2012, 4, 20)),
        ("fin décembre 2012", (2012, 12, 21), (2012, 12, 31)),
        ("début de l'été 2012", (2012, 6, 1), (2012, 6, 30)),
        ("Anfang April 2012", (2012, 4, 1), (2012, 4, 10)),
        ("May/June 2012", (2012, 5, 1), (2012, 6, 30)),
        ("December - January 2012", (2011, 12, 1), (2012, 1, 31)),
        ("spring 2012", (2012, 3, 1), (2012, 5, 31)),
        ("automne 2011", (2011, 9, 1), (2011, 11, 30)),
        ("winter 2011/2012", (2011, 12, 1), (2012, 2, 29)),
        ("winter 2011", (2011, 12, 1), (2012, 2, 29)),
        ("second half of 2012", (2012, 7, 1), (2012, 12, 31)),
        ("second half of June 2012", (2012, 6, 16), (2012, 6, 30)),
        ("premier semestre 2012", (2012, 1, 1), (2012, 6, 30)),
        ("Q2 2012", (2012, 4, 1), (2012, 6, 30)),
        ("2012 Q4", (2012, 10, 1), (2012, 12, 31)),
        ("third quarter of 2012", (2012, 7, 1), (2012, 9, 30)),
        ("2012", (2012, 1, 1), (2012, 12, 31)),
        ("2011-2012", (2011, 1, 1), (2012, 12, 31)),
    ],
)
def test_a_period_gives_its_earliest_and_latest_day(text, first, last):
    period = read_period(text, ("en", "fr"))
    assert (period.text, period.first, period.last) == (text, date(*first), date(*last))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("soon", '"soon" is not a period'),
        ("April", '"April" is not a period'),
        ("12 April 2019", '"12 April 2019" is an exact date'),
        ("third half of 2012", "there is no part 3 of 2"),
        ("2012-2011", '"2012-2011" ends before it begins'),
        ("0000", "the year 0 is not between 1990 and 2100"),
        ("early " * 30 + "2012", "this is too long for a period"),
    ],
)
def test_what_is_no_period_is_a_fault(text, message):
    with pytest.raises(ValueFault) as fault:
        read_period(text, ("en",))
    assert fault.value.message == message


WORDS = st.sampled_from(
    ["early", "mid", "end", "of", "2012", "June", "Q2", "half", "first", "-", "/", "winter", "to", "9"]
)


@given(st.lists(WORDS).map(" ".join))
def test_a_period_never_ends_before_it_begins(text):
    with suppress(ValueFault):
        period = read_period(text, ("en",))
        assert period.first <= period.last


@pytest.mark.parametrize(
    "text", ["21-22 June 2027", "21 & 22 June 2027", "15 June 2027, 14:00-17:00", "15 June 2027"]
)
def test_exact_days_are_no_period_and_the_hint_says_where_they_go(text):
    with pytest.raises(ValueFault) as fault:
        read_period(text, ("en",))
    assert (fault.value.message, fault.value.hint) == (f'"{text}" is an exact date', 'write it as "start"')
