"""Telling: what came of links, as problems at the places where they stand."""

from collections.abc import Iterable, Iterator, Mapping
from http import HTTPStatus

from clusterpress.link_checker.find_links import ExternalLink
from clusterpress.link_checker.requests import LinkResult
from clusterpress.values.problems import Problem, Severity

_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_REFUSED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS, 999})
"""What hosts say that do not talk to programs; readers may see the page."""


def report_links(links: Iterable[ExternalLink], found: Mapping[str, LinkResult]) -> Iterator[Problem]:
    """Yield a problem for each link that leads nowhere, or elsewhere for good."""
    for link in links:
        if (one := found.get(link.address)) and (words := _words(link.address, one)):
            severity, message, hint = words
            yield Problem(path=link.path, line=link.line, severity=severity, message=message, hint=hint)


def _words(address: str, found: LinkResult) -> tuple[Severity, str, str] | None:
    link = f'link to "{address}"'
    if found.is_disallowed:
        return None
    if found.fault == "there is no such host":
        return Severity.ERROR, f"{link}: {found.fault}", "correct the address, or take the link out"
    if found.fault:
        return Severity.WARNING, f"{link}: {found.fault}", "try it in a browser, and again in some days"
    if found.status in _GONE:
        hint = "look for its new address, or take the link out"
        return Severity.ERROR, f"{link}: the page is gone ({found.status})", hint
    if found.status in _REFUSED:
        message = f"{link}: the host does not talk to programs ({found.status})"
        return Severity.WARNING, message, "try it in a browser"
    if found.status >= HTTPStatus.BAD_REQUEST:
        message = f"{link}: the host answers with an error ({found.status})"
        return Severity.WARNING, message, "try it in a browser, and again in some days"
    if found.moved:
        return Severity.WARNING, f"{link}: the page has moved for good", f'write "{found.moved}"'
    return None
