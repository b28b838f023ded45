"""A report fits on a screen, counts everything and loses nothing."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterpress.checking.report import MAX_LINES, list_all, make_report
from clusterpress.values.problems import Problem, Severity, stops_build

WARNING, ERROR, NOTE = Severity.WARNING, Severity.ERROR, Severity.NOTE


def unknown_key(key, number, rule=""):
    words = {"message": f'"{key}" is not a key of a news item', "hint": "delete it", "rule": rule}
    return [
        Problem(path=f"content/news/{key}-{at}.md", line=at + 2, severity=WARNING, **words)
        for at in range(number)
    ]


def dead_links(number):
    return [Problem(path=f"content/news/{at}.md", message=f'link to "{at}x.md"') for at in range(number)]


def counted(lines):
    """The number of problems that some lines tell of."""
    found = 0
    for line in lines:
        times = re.search(r"\(([\d,]+) times;", line.words)
        more = re.match(r"([\d,]+) more of", line.words)
        found += int((times or more)[1].replace(",", "")) if times or more else 1
    return found


def test_a_warning_in_many_files_is_one_line_with_its_number_and_its_first_places():
    (line,) = make_report(unknown_key("layout", 93))
    assert line.place == "content/news/layout-0.md:2:1:"
    others = "(93 times; also content/news/layout-1.md:3, content/news/layout-10.md:12)"
    assert line.words == f'"layout" is not a key of a news item; delete it {others}'


def test_a_few_problems_stand_on_a_line_each():
    assert [line.place for line in make_report([*unknown_key("layout", 3), *dead_links(2)])] == [
        "content/news/layout-0.md:2:1:",
        "content/news/layout-1.md:3:1:",
        "content/news/layout-2.md:4:1:",
        "content/news/0.md:1:1:",
        "content/news/1.md:1:1:",
    ]


def test_errors_come_last_whatever_stands_before_them():
    lines = make_report(
        [Problem(path="a.md", message="broken"), *unknown_key("layout", 50), *dead_links(100)]
    )
    severities = [line.severity for line in lines]
    assert severities == sorted(severities, key=[NOTE, WARNING, ERROR].index)
    assert lines[-1].severity is ERROR


def test_thousands_of_keys_leave_room_for_two_errors():
    keys = [one for key in range(187) for one in unknown_key(f"key{key}", 91, "unknown-key")]
    lines = make_report([*keys, *dead_links(2)])
    assert len(lines) <= MAX_LINES
    assert [line.place for line in lines if line.severity is ERROR] == [
        "content/news/0.md:1:1:",
        "content/news/1.md:1:1:",
    ]
    assert counted(lines) == 187 * 91 + 2
    assert "[unknown-key]" in next(line.words for line in lines if "more of this kind" in line.words)


@pytest.mark.parametrize("number", [1, 38, 39, 40, 500])
def test_many_kinds_of_problems_fit_too(number):
    kinds = [Problem(path="a.md", message=f"kind {'x' * at}") for at in range(number)]
    lines = make_report(kinds)
    assert len(lines) <= MAX_LINES
    assert counted(lines) == number


problems = st.builds(
    Problem,
    path=st.sampled_from(["a.md", "b.md", "c.md", "d.md", "e.md"]),
    line=st.integers(1, 9),
    severity=st.sampled_from([WARNING, ERROR, NOTE]),
    message=st.sampled_from([f'{words} "{name}"' for words in ("no", "odd", "old") for name in "pqrstuv"]),
    rule=st.sampled_from(["", "unknown-key", "dead-link"]),
)


@given(st.lists(problems, max_size=200), st.integers(12, 40))
def test_every_report_fits_and_every_problem_is_counted(found, room):
    lines = make_report(found, room)
    assert len(lines) <= room
    assert counted(lines) == len(set(found))
    assert {line.severity for line in lines} == {one.severity for one in found}
    assert len(list_all(found)) == len(set(found))


def test_a_note_stops_no_build_however_strict():
    note = Problem(path="a.md", severity=NOTE, message="your robots.txt is published")
    assert not stops_build([note], strict=True)
    assert stops_build([note, Problem(path="a.md", severity=WARNING, message="m")], strict=True)
