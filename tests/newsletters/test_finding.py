"""Which issue a name means."""

import pytest

from clusterpress.newsletters.resolve import UnknownIssueError, find_issue
from tests.newsletters.make import issue, resolve

FILES = {
    "newsletters/cord/3.md": issue(number="3"),
    "newsletters/cord/4.md": issue(number="4", slug="four"),
    "newsletters/cord/4.fr.md": issue(number="4", slug="quatre"),
    "newsletters/other/3.md": issue(number="3", newsletter="other", slug="other-three"),
    "newsletters/other/7.md": issue(number="7", newsletter="other", slug="seven"),
}


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("7", "newsletters/other/7.md"),
        ("cord/3", "newsletters/cord/3.md"),
        ("other/3/", "newsletters/other/3.md"),
        ("fr/cord/4", "newsletters/cord/4.fr.md"),
    ],
)
def test_an_issue_is_found_by_as_much_of_its_name_as_is_needed(name, path):
    issues, _ = resolve(FILES)
    assert find_issue(issues, name).item.source.path == f"content/{path}"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("3", 'several issues are called "3": write one of en/cord/3, en/other/3'),
        ("cord/4", 'several issues are called "cord/4": write one of en/cord/4, fr/cord/4'),
        ("9", 'there is no issue "9": there are cord/3, cord/4, cord/4, other/3, other/7'),
    ],
)
def test_a_name_of_none_or_several_says_what_there_is(name, message):
    issues, _ = resolve(FILES)
    with pytest.raises(UnknownIssueError, match=message.replace("?", r"\?")):
        find_issue(issues, name)


def test_a_site_without_issues_says_where_they_go():
    with pytest.raises(UnknownIssueError, match="content/newsletters/"):
        find_issue((), "3")
