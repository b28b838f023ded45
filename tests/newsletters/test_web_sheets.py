"""Which sections stand together on a page of the web edition."""

import pytest

from clusterpress.newsletters.web.plan import MAX_PAGE_LINKS, elide_page_links, split_into_runs
from clusterpress.newsletters.web.views import (
    MAX_PAGE_WORDS,
    PICTURE_WORDS,
    PageLink,
    map_story_urls,
    measure_section,
    split_into_pages,
)
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
    pages = split_into_pages(made)
    assert [page.number for page in pages] == list(range(2, len(pages) + 2))
    return [[section.title for section in page.sections] for page in pages]


@pytest.mark.parametrize(
    ("sections", "pages"),
    [
        ([("flow", 10)], [["S0"]]),
        ([("page", 10), ("flow", 10)], [["S0", "S1"]]),
        ([("page", 10), ("page", 10)], [["S0"], ["S1"]]),
        ([("flow", 10), ("page", 10), ("flow", 10)], [["S0"], ["S1", "S2"]]),
        ([("page", MAX_PAGE_WORDS - 10), ("flow", 10)], [["S0", "S1"]]),
        ([("page", MAX_PAGE_WORDS - 10), ("flow", 11)], [["S0"], ["S1"]]),
        ([("page", 2 * MAX_PAGE_WORDS), ("flow", 1)], [["S0"], ["S1"]]),
        ([("page", 300), ("flow", 200), ("flow", 200), ("flow", 200)], [["S0", "S1"], ["S2", "S3"]]),
    ],
)
def test_a_section_flows_on_until_the_page_is_long(sections, pages):
    assert split(*sections) == pages


def test_an_issue_without_sections_has_a_cover_alone():
    assert split_into_pages(first({"newsletters/cord/3.md": issue()})) == ()


def test_pictures_take_room():
    files = {"news/a.md": news("A", body="One two.", image="{src: /dots.png, alt: Dots}")}
    made = first({**files, "newsletters/cord/3.md": issue("  - {title: S, items: [a]}")})
    assert measure_section(made.sections[0]) == 2 + PICTURE_WORDS


def test_each_story_is_found_on_its_page():
    files = {"news/2011/a.md": news("A"), "newsletters/cord/3.md": issue("  - {title: S, items: [a]}")}
    story_urls = map_story_urls(split_into_pages(first(files)))
    assert story_urls == {"news/2011/a/": "newsletters/cord/3/2/#news-a"}


def page_links(number):
    return [PageLink(number=n, title=f"T{n}", url=f"{n}/", colour="blue") for n in range(1, number + 1)]


@pytest.mark.parametrize(
    ("pages", "current", "shown"),
    [
        (1, 1, [1]),
        (MAX_PAGE_LINKS, 6, list(range(1, MAX_PAGE_LINKS + 1))),
        (40, 1, [1, 2, 3, 4, None, 40]),
        (40, 20, [1, None, 17, 18, 19, 20, 21, 22, 23, None, 40]),
        (40, 40, [1, None, 37, 38, 39, 40]),
        (40, 5, [1, 2, 3, 4, 5, 6, 7, 8, None, 40]),
    ],
)
def test_a_pager_shows_the_ends_and_what_is_near(pages, current, shown):
    assert [
        page_link and page_link.number for page_link in elide_page_links(page_links(pages), current)
    ] == shown


def test_only_long_texts_between_wide_blocks_are_set_in_columns():
    short, long, key_figures = {"t": "p", "c": ["a b"]}, {"t": "p", "c": [words(90)]}, {"t": "facts", "c": []}
    runs = split_into_runs([short, key_figures, short, long])
    assert [(len(run), is_long) for run, is_long in runs] == [(1, False), (1, False), (2, True)]
