"""What an issue's sections contain."""

import pytest

from clusterpress.values.problems import Severity
from tests.newsletters.make import PROGRAMME, first, issue, news, record, resolve, titles

FILES = {
    "programmes/cord.md": PROGRAMME,
    "programmes/else.md": record("Elsewhere"),
    "partners/five.md": record("Mid-Pannon", number="PP5"),
    "partners/ten.md": record("CVVI", number="PP10"),
    "clusters/qoot.md": record("QOOT"),
    "news/2011/milan.md": news(
        "Milan", "24 November 2011", programme="cord", partners="PP10", tags="[training]"
    ),
    "news/2011/linz.md": news("Linz", "16 November 2011", programme="cord", partners="PP5", cluster="qoot"),
    "news/2012/forum.md": news("Forum", "16 January 2012", programme="cord", partners="PP5"),
    "news/2012/lille/index.md": news("Lille", "2 January 2012", programme="else"),
    "events/linz.md": "---\ntitle: Linz meets\nstart: 21 February 2012\nprogramme: cord\n---\nText.\n",
    "events/milan.md": "---\ntitle: Milan meets\nwhen: beginning of April 2012\nprogramme: cord\n---\nText.\n",
    "events/past.md": "---\ntitle: Long ago\nstart: 1 March 2011\nprogramme: cord\n---\nText.\n",
}


def sections(text, **more):
    return first({**FILES, "newsletters/cord/03.md": issue(text, **more)}).sections


def faults(text, **more):
    return resolve({**FILES, "newsletters/cord/03.md": issue(text, **more)})[1]


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("{title: A, items: [2011/milan]}", ["Milan"]),
        ("{title: A, items: [news/2011/milan.md, content/news/2012/lille/index.md]}", ["Milan", "Lille"]),
        ("{title: A, items: [lille, forum]}", ["Lille", "Forum"]),
        ("{title: A, items: [linz]}", ["Linz"]),
        ("{title: A, layout: events, items: [linz]}", ["Linz meets"]),
        ("{title: A, layout: profiles, partners: [PP10, Mid-Pannon]}", ["CVVI", "Mid-Pannon"]),
        ("{title: A, layout: profiles, items: [qoot]}", ["QOOT"]),
        ("{title: A, where: {kind: news}}", ["Forum", "Lille", "Milan", "Linz"]),
        ("{title: A, where: {programme: Clusters Cord}}", ["Forum", "Milan", "Linz"]),
        ("{title: A, where: {partner: PP5}}", ["Forum", "Linz"]),
        ("{title: A, where: {partner: [PP5, CVVI], until: 2011-12-31}}", ["Milan", "Linz"]),
        ("{title: A, where: {cluster: qoot}}", ["Linz"]),
        ("{title: A, where: {tag: training}}", ["Milan"]),
        ("{title: A, where: {from: 24 November 2011, before: 2 January 2012}}", ["Milan"]),
        ("{title: A, where: {after: 2 January 2012}}", ["Forum"]),
        ("{title: A, where: {before: issue}}", ["Lille", "Milan", "Linz"]),
        ("{title: A, layout: events, where: {after: issue}}", ["Linz meets", "Milan meets"]),
        ("{title: A, where: {kind: event, after: issue}, sort: newest}", ["Milan meets", "Linz meets"]),
        ("{title: A, where: {kind: news}, sort: oldest, limit: 2}", ["Linz", "Milan"]),
        ("{title: A, where: {kind: news}, sort: title}", ["Forum", "Lille", "Linz", "Milan"]),
        ("{title: A, layout: profiles, where: {kind: partner}}", ["Mid-Pannon", "CVVI"]),
    ],
)
def test_a_section_gets_what_it_asks_for(section, expected):
    assert titles(sections(f"  - {section}")[0]) == expected


def test_where_stands_on_top_of_select():
    select = "{programme: cord, from: 2011-11-20, until: 2012-01-15}"
    found = sections(
        "  - {title: News, where: {kind: news}}\n  - {title: Events, layout: events, where: {kind: event, after: issue}}",
        select=select,
    )
    assert [titles(section) for section in found] == [["Milan"], ["Linz meets", "Milan meets"]]


def test_what_a_later_section_lists_is_not_picked_by_an_earlier_one():
    found = sections("  - {title: Rest, where: {programme: cord}}\n  - {title: Chosen, items: [2011/milan]}")
    assert [titles(section) for section in found] == [["Forum", "Linz"], ["Milan"]]


def test_what_one_section_picked_is_not_picked_again():
    found = sections(
        "  - {title: Two, where: {kind: news}, limit: 2}\n  - {title: Rest, where: {kind: news}}"
    )
    assert [titles(section) for section in found] == [["Forum", "Lille"], ["Milan", "Linz"]]


def test_partners_are_grouped_by_number_and_items_without_one_come_last():
    (section,) = sections("  - {title: News, where: {kind: news}, group_by: partner}")
    groups = [(group.label.name, [story.item.title for story in group.stories]) for group in section.groups]
    assert groups == [("Mid-Pannon", ["Forum", "Linz"]), ("CVVI", ["Milan"]), ("", ["Lille"])]
    assert [group.record.card.number for group in section.groups[:2]] == ["PP5", "PP10"]


def test_a_frozen_issue_has_only_what_it_lists():
    text = "  - {title: News, where: {kind: news}, items: [2011/linz]}"
    assert titles(sections(text, frozen="true")[0]) == ["Linz"]


def test_sections_have_colours_in_turn_and_anchors_of_their_own():
    found = sections(
        "  - {title: News, items: [2011/milan]}\n  - {title: News, items: [2011/linz], colour: plum}\n"
        "  - {title: أخبار, items: [forum]}"
    )
    assert [(section.id, section.colour) for section in found] == [
        ("news", "blue"), ("news-2", "plum"), ("section", "green"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("section", "line", "message", "hint"),
    [
        (
            "{title: A, items: [2011/milano]}",
            7,
            'no published item is called "2011/milano"',
            'did you mean "2011/milan"?',
        ),
        ("{title: A, partners: [PP8]}", 7, 'no partner is called "PP8"', "PP5"),
        ("{title: A, where: {programm: cord}}", 7, 'unknown key "programm"', '"programme"'),
        ("{title: A, where: {programme: chord}}", 7, 'no programme is called "chord"', '"cord"'),
        ("{title: A, where: {kind: new}}", 7, 'there is no kind "new"', '"news"'),
        ("{title: A, where: {from: 05/06/2011}}", 7, "05/06/2011", '"previous"'),
        ("{title: A, where: {tag: traning}}", 7, 'no tag is called "traning"', '"training"'),
        (
            "{title: A, where: {kind: news}, group_by: partners}",
            7,
            '"group_by" cannot be "partners"',
            '"partner"',
        ),
        ("{title: A, where: {kind: news}, sort: newst}", 7, '"sort" cannot be "newst"', '"newest"'),
        ("{title: A, items: [2011/milan], colour: purple}", 7, 'there is no colour "purple"', "plum"),
        (
            "{title: A, layout: events, items: [2011/milan]}",
            7,
            "layout events shows only event",
            "another layout",
        ),
        ("{title: A}", 7, "does not say which items it has", "a where"),
        ("{title: A, items: [2011/milan, milan]}", 7, 'is already in the section "A"', "list it once"),
    ],
)
def test_a_fault_is_told_with_its_line_and_a_remedy(section, line, message, hint):
    problems = faults(f"  - {section}")
    assert [(problem.path, problem.line) for problem in problems] == [
        ("content/newsletters/cord/03.md", line)
    ]
    assert message in problems[0].message
    assert hint in problems[0].hint
    assert problems[0].severity is Severity.ERROR


def test_a_name_that_two_items_have_must_be_told_apart():
    files = {**FILES, "news/2013/forum.md": news("Forum again", "1 May 2013")}
    _, problems = resolve({**files, "newsletters/cord/03.md": issue("  - {title: A, items: [forum]}")})
    assert "news/2012/forum, news/2013/forum" in problems[0].message


def test_an_empty_section_is_dropped_with_a_warning():
    text = "  - {title: A, items: [2011/milan]}\n  - {title: None, where: {kind: news, before: 2001-01-01}}"
    issues, problems = resolve({**FILES, "newsletters/cord/03.md": issue(text)})
    assert [section.title for section in issues[0].sections] == ["A"]
    assert [(problem.line, problem.severity) for problem in problems] == [(8, Severity.WARNING)]


def test_an_item_is_taken_in_the_language_of_the_issue_else_in_the_first():
    files = {
        **FILES,
        "news/2011/milan.fr.md": news("Milan, bonjour", "24 November 2011"),
        "newsletters/cord/03.fr.md": issue("  - {title: A, items: [2011/milan, 2011/linz]}"),
    }
    assert titles(first(files).sections[0]) == ["Milan, bonjour", "Linz"]
