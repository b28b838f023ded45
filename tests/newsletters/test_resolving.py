"""Issues of a newsletter: masthead, funding, neighbours, faults in their own keys."""

import pytest

from clusterpress.values.problems import Severity
from tests.newsletters.make import PROGRAMME, first, issue, news, resolve

STORY = {"programmes/cord.md": PROGRAMME, "news/a.md": news("A")}
SECTION = "  - {title: A, items: [a]}"


def test_an_issue_knows_its_neighbours_of_the_same_newsletter_and_language():
    files = {
        **STORY,
        "newsletters/cord/03.md": issue(SECTION, number="3", date="2012-01-16", title="Three"),
        "newsletters/cord/02.md": issue(SECTION, number="2", date="2011-07-01", title="Two"),
        "newsletters/cord/04.md": issue(SECTION, number="4", date="2012-06-01", title="Four"),
        "newsletters/other/01.md": issue(SECTION, number="1", newsletter="other", title="Other"),
        "newsletters/cord/02.fr.md": issue(SECTION, number="2", date="2011-08-01", title="Deux"),
    }
    issues, problems = resolve(files)
    assert not problems
    near = {
        one.item.title: (one.previous and one.previous.title, one.next and one.next.title) for one in issues
    }
    assert near == {
        "Two": (None, "Three"),
        "Three": ("Two", "Four"),
        "Four": ("Three", None),
        "Deux": (None, None),
        "Other": (None, None),
    }


def test_previous_stands_for_the_date_of_the_issue_before():
    files = {
        **STORY,
        "news/b.md": news("B", "1 August 2011"),
        "newsletters/cord/02.md": issue(SECTION, number="2", date="2011-09-01"),
        "newsletters/cord/03.md": issue("  - {title: New, where: {after: previous}}", number="3"),
    }
    issues, _ = resolve(files)
    assert [story.item.title for story in issues[1].stories] == ["A"]


def test_the_programme_of_the_newsletter_pays():
    assert (
        first({**STORY, "newsletters/cord/03.md": issue(SECTION)}).funder.words.programme.text
        == "Clusters Cord"
    )
    assert first({**STORY, "newsletters/other/03.md": issue(SECTION, newsletter="other")}).funder is None


@pytest.mark.parametrize(
    ("fields", "message", "hint", "severity"),
    [
        ({"editions": "[web, pfd]"}, 'no edition "pfd"', 'did you mean "pdf"?', Severity.ERROR),
        ({"subject": "x" * 61}, "the subject has 61 characters", "shorten it", Severity.WARNING),
        ({"cover": "{src: a.png}"}, "picture of the cover", '"image:"', Severity.ERROR),
    ],
)
def test_faults_in_an_issue_s_own_keys_are_told(fields, message, hint, severity):
    _, problems = resolve({**STORY, "newsletters/cord/03.md": issue(SECTION, **fields)})
    assert [problem.severity for problem in problems] == [severity]
    assert message in problems[0].message
    assert hint in problems[0].hint


def test_a_site_without_issues_has_none():
    assert resolve(STORY) == ((), [])
