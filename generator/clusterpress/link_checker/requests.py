"""Trying addresses: one at a time for each host, with a pause, and under our own name.

Servers are asked for the head of a page alone, and for the page only where that is refused. What a host's
robots.txt keeps programs from is not asked for (RFC 9309).
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPException
from threading import Event
from typing import Any
from urllib import request
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

_MAX_REDIRECTS = 5
_LARGEST_ROBOTS = 500_000
_SAFE = "!#$%&'()*+,/:;=?@[]~"
_RETRY_WITH_GET = frozenset(
    {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED}
)
"""What some servers say to HEAD alone."""
_PERMANENT = frozenset({HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT})


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkResult:
    """What came of an address."""

    status: int = 0
    """The last answer's status; 0 when there was none."""
    moved: str = ""
    """Where it leads for good; empty unless every step there was permanent."""
    fault: str = ""
    """Why there was no answer, in plain words."""
    is_disallowed: bool = False
    """Whether the host does not want programs there: it was not asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlPolicy:
    """How hosts are asked."""

    user_agent: str
    """The name that we give ourselves, with an address where more is said of us."""
    pause: float = 1.0
    """Seconds between two requests to one host."""
    timeout: float = 15.0
    """Seconds after which nobody is there."""
    hosts: int = 8
    """Hosts that are asked at the same time."""
    sleep: Callable[[float], None] = field(default=time.sleep)
    """Waits so many seconds."""


def check_urls(addresses: Iterable[str], policy: CrawlPolicy) -> Iterator[tuple[str, LinkResult]]:
    """Yield what came of each address, in the order in which answers come."""
    by_host: dict[str, list[str]] = defaultdict(list)
    for address in sorted(set(addresses)):
        by_host[urlsplit(address).netloc.lower()].append(address)
    stopped = Event()
    with ThreadPoolExecutor(policy.hosts) as pool:
        jobs = [pool.submit(_check_host, found, policy, stopped) for found in by_host.values()]
        try:
            for job in as_completed(jobs):
                yield from job.result()
        finally:
            stopped.set()
            for job in jobs:
                job.cancel()


def _check_host(addresses: list[str], policy: CrawlPolicy, stopped: Event) -> list[tuple[str, LinkResult]]:
    """Try the addresses of one host, one after the other, until nobody waits for them any more."""
    host = _Host(addresses[0], policy)
    return [(address, host.find(address)) for address in addresses if not stopped.is_set()]


class _NoRedirectHandler(request.HTTPRedirectHandler):
    """Tells of redirections instead of following them."""

    def redirect_request(self, *_: Any) -> None:
        """Return nothing: the answer is then an error with its status."""


class _Host:
    """A host that is asked politely."""

    def __init__(self, address: str, policy: CrawlPolicy) -> None:
        self._policy = policy
        self._opener = request.build_opener(_NoRedirectHandler)
        self._has_requested = False
        self._rules = self._read_rules(address)

    def find(self, address: str) -> LinkResult:
        """Return what came of an address, following redirections."""
        if not self._rules.can_fetch(self._policy.user_agent, address):
            return LinkResult(is_disallowed=True)
        here, is_permanent = address, True
        for _ in range(_MAX_REDIRECTS + 1):
            try:
                status, location = self._request(here)
            except (OSError, HTTPException, ValueError) as fault:
                return LinkResult(fault=_words(fault))
            if not location:
                return LinkResult(status=status, moved=here if here != address and is_permanent else "")
            is_permanent = is_permanent and status in _PERMANENT
            here = urljoin(here, location)
            if not here.startswith(("http://", "https://")):
                return LinkResult(fault="it leads to an address that is not on the web")
        return LinkResult(fault=f"it leads on more than {_MAX_REDIRECTS} times")

    def _request(self, address: str) -> tuple[int, str]:
        """Return status and new place of an address."""
        status, location = self._send("HEAD", address)
        return self._send("GET", address) if status in _RETRY_WITH_GET else (status, location)

    def _send(self, method: str, address: str) -> tuple[int, str]:
        answer = self._open(method, address)
        with answer:
            status = int(answer.status or 0)
            moved = HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST
            return status, str(answer.headers.get("Location") or "") if moved else ""

    def _open(self, method: str, address: str) -> Any:
        if self._has_requested:
            self._policy.sleep(self._policy.pause)
        self._has_requested = True
        headers = {"User-Agent": self._policy.user_agent, "Accept": "*/*"}
        asked = request.Request(quote(address, safe=_SAFE), method=method, headers=headers)  # noqa: S310 -- http alone
        try:
            return self._opener.open(asked, timeout=self._policy.timeout)
        except HTTPError as answer:
            return answer

    def _read_rules(self, address: str) -> RobotFileParser:
        """Return what programs may ask this host for: everything, if it does not say."""
        rules = RobotFileParser()
        lines: list[str] = []
        try:
            with self._open("GET", urljoin(address, "/robots.txt")) as answer:
                if answer.status == HTTPStatus.OK:
                    lines = answer.read(_LARGEST_ROBOTS).decode("utf-8", "replace").splitlines()
        except (OSError, HTTPException, ValueError):  # the address itself will say so
            lines = []
        rules.parse(lines)
        return rules


def _words(fault: Exception) -> str:
    """Return why nobody answered, in plain words."""
    reason = fault.reason if isinstance(fault, URLError) else fault
    text = str(reason)
    if isinstance(reason, TimeoutError) or "timed out" in text:
        return "nobody answers"
    if "Name or service not known" in text or "getaddrinfo" in text or "nodename" in text:
        return "there is no such host"
    if "refused" in text:
        return "the host refuses to talk"
    if "CERTIFICATE" in text.upper():
        return "its certificate is not valid"
    return text or type(fault).__name__
