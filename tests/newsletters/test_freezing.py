"""What freezing writes into an issue's file, and that nothing changes the issue afterwards."""

import pytest

from clusterpress.content.items import Issue
from clusterpress.content.reader import read_item
from clusterpress.newsletters.freeze import FreezeError, freeze
from clusterpress.newsletters.resolve import resolve_issues
from tests.newsletters.make import SETTINGS, issue, news, newsroom, record, resolve, titles

PATH = "newsletters/cord/03.md"
FILES = {
    "partners/five.md": record("Mid-Pannon", number="PP5"),
    "news/2011/milan.md": news("Milan", "24 November 2011"),
    "news/2011/linz.md": news("Linz", "16 November 2011", partners="PP5"),
    "events/linz.md": "---\ntitle: Linz meets\nstart: 21 February 2012\n---\nText.\n",
}


def read(text):
    item, _ = read_item(text.encode(), f"content/{PATH}", SETTINGS)
    return item if isinstance(item, Issue) else None


def frozen(text, files=FILES):
    library, _, _ = newsroom({**files, PATH: text})
    issues, problems = resolve_issues(library)
    assert not problems, problems
    return freeze(text, issues[0], library, read)


FLOW = "  - {title: News,   where: {kind: news},  limit: 5 }   # the newest first\n  - {title: Events, layout: events, where: {after: issue}}"
BLOCK = "  - title: News  # the newest first\n    where:\n      kind: news\n  # what comes next\n  - title: Events\n    layout: events\n    where: {after: issue}"


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        (
            FLOW,
            (
                "  - {title: News,   where: {kind: news},  limit: 5, items: [news/2011/milan, news/2011/linz] }   # the newest first\n"
                "  - {title: Events, layout: events, where: {after: issue}, items: [events/linz]}"
            ),
        ),
        (
            BLOCK,
            (
                "  - title: News  # the newest first\n    items:\n      - news/2011/milan\n      - news/2011/linz\n    where:\n      kind: news\n"
                "  # what comes next\n  - title: Events\n    items:\n      - events/linz\n    layout: events\n    where: {after: issue}"
            ),
        ),
        (
            "  - title: News\n    items:\n      - linz  # short\n      - 2011/milan",
            "  - title: News\n    items:\n      - news/2011/linz  # short\n      - news/2011/milan",
        ),
        (
            "  - {title: A, items: milan}\n  - {title: P, layout: profiles, partners: [PP5]}",
            "  - {title: A, items: news/2011/milan}\n  - {title: P, layout: profiles, partners: [PP5]}",
        ),
    ],
)
def test_items_are_listed_by_their_paths_and_all_else_stays(sections, expected):
    text = issue(sections, period="Winter  # no comment")
    assert frozen(text) == text.replace(sections, expected).replace(
        "\n---\nDear", "\nfrozen: true\n---\nDear"
    )


def test_frozen_no_becomes_frozen_yes():
    text = issue("  - {title: A, where: {kind: news}}", frozen="no  # not yet")
    assert "frozen: true  # not yet\n" in frozen(text)


def test_neither_a_new_item_nor_another_filter_changes_a_frozen_issue():
    text = frozen(
        issue(
            f"{FLOW}\n  - {{title: By partner, where: {{kind: news}}, group_by: partner}}".replace(
                "limit: 5", "limit: 1"
            )
        )
    )
    more = {
        "news/2011/lille.md": news("Lille", "1 January 2012"),
        "news/2012/linz.md": news("Linz again", "2 January 2012", slug="linz"),
        "events/linz-2.md": "---\ntitle: Linz once more\nstart: 22 February 2012\n---\nText.\n",
    }
    changed = text.replace("kind: news", "kind: event").replace("after: issue", "before: issue")
    for files, source in ((FILES, text), ({**FILES, **more}, changed)):
        issues, problems = resolve({**files, PATH: source})
        assert not problems
        assert [titles(section) for section in issues[0].sections] == [["Milan"], ["Linz meets"], ["Linz"]]


def test_freezing_twice_changes_nothing_more():
    once = frozen(issue(BLOCK))
    assert frozen(once) == once


def test_names_that_yaml_would_misread_are_quoted():
    files = {"news/2011/null.md": news("Nothing"), "news/2011/a, b.md": news("A and B", "2 December 2011")}
    text = frozen(issue("  - {title: A, where: {kind: news}}"), files)
    assert 'items: ["news/2011/a, b", news/2011/null]' in text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (issue("  - {title: A, where: {kind: news} # all\n    }"), "list them by hand"),
        (
            (
                "+++\ntitle = 'Issue'\nnewsletter = 'cord'\nnumber = 3\ndate = '16 January 2012'\n"
                "sections = [{title = 'A', where = {kind = 'news'}}]\n+++\nText.\n"
            ),
            'lines of "---"',
        ),
    ],
)
def test_what_cannot_be_frozen_is_said(text, message):
    with pytest.raises(FreezeError, match=message):
        frozen(text)
