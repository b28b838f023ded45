"""Which sections stand together on a page of the web edition."""

import pytest

from clusterpress.newsletters.web.page_split import (
    FULL,
    PICTURE,
    measure_section,
    place_stories,
    split_in_sheets,
)
from clusterpress.newsletters.web.pages import MOST_TABS, cut_in_runs, show_tabs
from clusterpress.newsletters.web.views import Tab
from tests.newsletters.make import first, issue, news


def words(number):
    return " ".join(["word"] * number)


def split(*sections):
    """Return the sections on each sheet, of (start, words) for each section."""
    files = {f"news/n{n}.md": news(f"N{n}", body=words(count)) for n, (_, count) in enumerate(sections)}
    listed = "\n".join(
        f"  - {{title: S{n}, start: {start}, items: [n{n}]}}" for n, (start, _) in enumerate(sections)
    )
    made = first({**files, "newsletters/cord/3.md": issue(listed)})
    sheets = split_in_sheets(made)
    assert [sheet.number for sheet in sheets] == list(range(2, len(sheets) + 2))
    return [[section.title for section in sheet.sections] for sheet in sheets]


@pytest.mark.parametrize(
    ("sections", "sheets"),
    [
        ([("flow", 10)], [["S0"]]),
        ([("page", 10), ("flow", 10)], [["S0", "S1"]]),
        ([("page", 10), ("page", 10)], [["S0"], ["S1"]]),
        ([("flow", 10), ("page", 10), ("flow", 10)], [["S0"], ["S1", "S2"]]),
        ([("page", FULL - 10), ("flow", 10)], [["S0", "S1"]]),
        ([("page", FULL - 10), ("flow", 11)], [["S0"], ["S1"]]),
        ([("page", 2 * FULL), ("flow", 1)], [["S0"], ["S1"]]),
        ([("page", 300), ("flow", 200), ("flow", 200), ("flow", 200)], [["S0", "S1"], ["S2", "S3"]]),
    ],
)
def test_a_section_flows_on_until_the_page_is_long(sections, sheets):
    assert split(*sections) == sheets


def test_an_issue_without_sections_has_a_cover_alone():
    assert split_in_sheets(first({"newsletters/cord/3.md": issue()})) == ()


def test_pictures_take_room():
    files = {"news/a.md": news("A", body="One two.", image="{src: /dots.png, alt: Dots}")}
    made = first({**files, "newsletters/cord/3.md": issue("  - {title: S, items: [a]}")})
    assert measure_section(made.sections[0]) == 2 + PICTURE


def test_each_story_is_found_on_its_page():
    files = {"news/2011/a.md": news("A"), "newsletters/cord/3.md": issue("  - {title: S, items: [a]}")}
    places = place_stories(split_in_sheets(first(files)))
    assert places == {"news/2011/a/": "newsletters/cord/3/2/#news-a"}


def tabs(number):
    return [Tab(number=n, title=f"T{n}", url=f"{n}/", colour="blue") for n in range(1, number + 1)]


@pytest.mark.parametrize(
    ("pages", "current", "shown"),
    [
        (1, 1, [1]),
        (MOST_TABS, 6, list(range(1, MOST_TABS + 1))),
        (40, 1, [1, 2, 3, 4, None, 40]),
        (40, 20, [1, None, 17, 18, 19, 20, 21, 22, 23, None, 40]),
        (40, 40, [1, None, 37, 38, 39, 40]),
        (40, 5, [1, 2, 3, 4, 5, 6, 7, 8, None, 40]),
    ],
)
def test_a_pager_shows_the_ends_and_what_is_near(pages, current, shown):
    assert [tab and tab.number for tab in show_tabs(tabs(pages), current)] == shown


def test_only_long_texts_between_wide_blocks_are_set_in_columns():
    short, long, facts = {"t": "p", "c": ["a b"]}, {"t": "p", "c": [words(90)]}, {"t": "facts", "c": []}
    runs = cut_in_runs([short, facts, short, long])
    assert [(len(run), is_long) for run, is_long in runs] == [(1, False), (1, False), (2, True)]
