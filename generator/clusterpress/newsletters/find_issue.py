"""Finding: the issue that somebody means by ``3``, ``clusters-cord/3`` or ``fr/clusters-in-common/1``."""

from collections.abc import Sequence

from clusterpress.newsletters.issues import ResolvedIssue


class UnknownIssueError(LookupError):
    """No issue has the name, or several have it; the message says what there is."""


def find_issue(issues: Sequence[ResolvedIssue], name: str) -> ResolvedIssue:
    """Return the issue with a name.

    Args:
        issues: all issues, as resolved.
        name: a number; with its newsletter before it where several newsletters have the number, and with the
            language before both where several languages have the newsletter.

    Raises:
        UnknownIssueError: nothing, or more than one thing, is called so.
    """
    wanted = name.strip().strip("/").split("/")
    found = [issue for issue in issues if _parts(issue)[-len(wanted) :] == wanted]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join("/".join(_parts(issue)) for issue in found)
        raise UnknownIssueError(f'several issues are called "{name}": write one of {names}')
    there = ", ".join("/".join(_parts(issue)[1:]) for issue in issues)
    raise UnknownIssueError(
        f'there is no issue "{name}": there are {there}'
        if there
        else "there is no issue yet: put one into content/newsletters/"
    )


def _parts(issue: ResolvedIssue) -> list[str]:
    return [issue.lang, issue.newsletter, str(issue.number)]
