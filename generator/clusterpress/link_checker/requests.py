"""Requests to external links: one at a time for each host, with a pause, under our own user agent.

A HEAD request comes first; GET follows only where HEAD is refused. Addresses that a host's robots.txt
disallows are not requested (RFC 9309). Results are stored in the project's cache folder.
"""

import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import datetime, timedelta
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path
from threading import Event
from typing import Any
from urllib import request
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from msgspec import Struct, field
from msgspec.structs import asdict

from clusterpress.sources.files import write_file

UNKNOWN_HOST = "there is no such host"
"""The fault of an address whose host has no entry in the DNS."""
_MAX_REDIRECTS = 5
_LARGEST_ROBOTS = 500_000
SAFE = "!#$%&'()*+,/:;=?@[]~"
"""Characters of an address that are sent as they are."""
_RETRY_WITH_GET = frozenset(
    {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED}
)
"""Answers that some servers give to HEAD only."""
_SUCCESS = range(200, 300)
_PERMANENT = frozenset({HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT})


class LinkResult(Struct, frozen=True, kw_only=True):
    """The result of a request."""

    status: int = 0
    """Status of the last answer; 0 when there was none."""
    moved: str = ""
    """The new address; empty unless every redirection was permanent."""
    fault: str = ""
    """Why there was no answer, in words for people."""
    is_disallowed: bool = False
    """Whether robots.txt disallows the address: it was not requested."""


class CrawlPolicy(Struct, frozen=True, kw_only=True):
    """How to treat hosts."""

    user_agent: str
    """Our name, with an address for more information."""
    pause: float = 1.0
    """Seconds between two requests to one host."""
    timeout: float = 15.0
    """Seconds to wait for an answer."""
    hosts: int = 8
    """Hosts to contact at the same time."""
    sleep: Callable[[float], None] = field(default=time.sleep)
    """Waits for a number of seconds."""


def check_urls(addresses: Iterable[str], policy: CrawlPolicy) -> Iterator[tuple[str, LinkResult]]:
    """Yield each address with its result, in the order of the answers."""
    by_host: dict[str, list[str]] = defaultdict(list)
    for address in sorted(set(addresses)):
        by_host[urlsplit(address).netloc.lower()].append(address)
    stopped = Event()

    def check_host(found: list[str]) -> list[tuple[str, LinkResult]]:
        host = _Host(found[0], policy)
        return [(address, host.find(address)) for address in found if not stopped.is_set()]

    with ThreadPoolExecutor(policy.hosts) as pool:
        jobs = [pool.submit(check_host, found) for found in by_host.values()]
        try:
            for job in as_completed(jobs):
                yield from job.result()
        finally:
            stopped.set()
            for job in jobs:
                job.cancel()


class _NoRedirectHandler(request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Return None: the answer then becomes an error with its status."""


class _Host:
    def __init__(self, address: str, policy: CrawlPolicy) -> None:
        self._policy = policy
        self._opener = request.build_opener(_NoRedirectHandler)
        self._has_requested = False
        self._rules = self._read_rules(address)

    def find(self, address: str) -> LinkResult:
        """Return the result of an address, following redirections."""
        if not self._rules.can_fetch(self._policy.user_agent, address):
            return LinkResult(is_disallowed=True)
        here, is_permanent = address, True
        for _ in range(_MAX_REDIRECTS + 1):
            try:
                status, location = self._request(here)
            except (OSError, HTTPException, ValueError) as fault:
                return LinkResult(fault=describe_failure(fault))
            if not location:
                return LinkResult(status=status, moved=here if here != address and is_permanent else "")
            is_permanent = is_permanent and status in _PERMANENT
            here = urljoin(here, location)
            if not here.startswith(("http://", "https://")):
                return LinkResult(fault="it redirects to an address that is not on the web")
        return LinkResult(fault=f"it redirects more than {_MAX_REDIRECTS} times")

    def _request(self, address: str) -> tuple[int, str]:
        status, location = self._send("HEAD", address)
        return self._send("GET", address) if status in _RETRY_WITH_GET else (status, location)

    def _send(self, method: str, address: str) -> tuple[int, str]:
        with self._open(method, address) as answer:
            status = int(answer.status or 0)
            moved = HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST
            return status, str(answer.headers.get("Location") or "") if moved else ""

    def _open(self, method: str, address: str) -> Any:
        if self._has_requested:
            self._policy.sleep(self._policy.pause)
        self._has_requested = True
        headers = {"User-Agent": self._policy.user_agent, "Accept": "*/*"}
        asked = request.Request(quote(address, safe=SAFE), method=method, headers=headers)  # noqa: S310 -- http alone
        try:
            return self._opener.open(asked, timeout=self._policy.timeout)
        except HTTPError as answer:
            return answer

    def _read_rules(self, address: str) -> RobotFileParser:
        """Return the rules of a host's robots.txt; without one, everything is allowed."""
        rules = RobotFileParser()
        lines: list[str] = []
        try:
            with self._open("GET", urljoin(address, "/robots.txt")) as answer:
                if answer.status == HTTPStatus.OK:
                    lines = answer.read(_LARGEST_ROBOTS).decode("utf-8", "replace").splitlines()
        except (OSError, HTTPException, ValueError):  # the request itself reports the fault
            lines = []
        rules.parse(lines)
        return rules


def describe_failure(fault: Exception) -> str:
    """Return why there was no answer, in words for people."""
    reason = fault.reason if isinstance(fault, URLError) else fault
    text = str(reason)
    if isinstance(reason, TimeoutError) or "timed out" in text:
        return "the server does not answer"
    if "Name or service not known" in text or "getaddrinfo" in text or "nodename" in text:
        return UNKNOWN_HOST
    if "refused" in text:
        return "the server refuses the connection"
    if "CERTIFICATE" in text.upper():
        return "its certificate is not valid"
    return text or type(fault).__name__


class LinkCache(Struct):
    """Results of earlier checks. Only successful results are reused."""

    file: Path
    known: dict[str, tuple[str, LinkResult]] = field(default_factory=dict)
    """Address → (time of the check, result)."""

    @classmethod
    def open(cls, folder: Path) -> "LinkCache":
        """Return the cache of a project; an unreadable one counts as empty."""
        file = folder / "links.json"
        try:
            stored = json.loads(file.read_text(encoding="utf-8"))
            known = {address: (one.pop("tried"), LinkResult(**one)) for address, one in stored.items()}
        except (OSError, ValueError, TypeError, AttributeError, KeyError):
            known = {}
        return cls(file, known)

    def load(self, addresses: Iterable[str], now: datetime, days: int) -> dict[str, LinkResult]:
        """Return the results of the addresses that were successful within the last days.

        Args:
            addresses: to look up.
            now: the present time.
            days: how long a result is valid.
        """
        since = (now - timedelta(days=days)).isoformat()
        wanted = {*addresses}
        return {
            address: found
            for address, (tried, found) in self.known.items()
            if address in wanted and tried > since and (found.status in _SUCCESS or found.is_disallowed)
        }

    def save(self, found: dict[str, LinkResult], now: datetime) -> None:
        """Store results, in memory and on disk."""
        self.known.update({address: (now.isoformat(), one) for address, one in found.items()})
        stored = {
            address: {"tried": tried, **asdict(one)} for address, (tried, one) in sorted(self.known.items())
        }
        write_file(self.file, json.dumps(stored, indent=1, ensure_ascii=False).encode("utf-8"))
