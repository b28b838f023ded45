"""Pictures of other sites: fetched once, saved beside the item, and named in it instead of their address."""

import re
import time
from collections.abc import Callable, Iterable, Iterator
from html import escape
from http.client import HTTPException
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib import request
from urllib.error import HTTPError
from urllib.parse import quote, unquote, urlsplit

from msgspec import Struct

from clusterpress.content.items import Item
from clusterpress.link_checker.requests import SAFE, CrawlPolicy, describe_failure
from clusterpress.media.processing import process_image
from clusterpress.media.values import ImageError
from clusterpress.sources.files import write_file
from clusterpress.values.problems import Problem, Severity
from clusterpress.values.slugs import slugify

MAX_BYTES = 25_000_000
"""Size of the largest picture that is fetched."""
_REMOTE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_KEPT_SUFFIXES = frozenset({".avif", ".bmp", ".tif", ".tiff"})
"""Of pictures that are published in another format; others are named after what they are."""


class RemoteImage(NamedTuple):
    """A picture of another site in an item."""

    path: str
    """The source, relative to the project's root."""
    line: int
    address: str
    """As written."""


class FetchError(Exception):
    """A picture cannot be fetched; the message says why."""


class Fetched(Struct, frozen=True):
    """A picture that was saved, or could not be."""

    image: RemoteImage
    file: str = ""
    """Path of the new file, relative to the project's root; empty after a fault."""
    fault: str = ""

    def problem(self) -> Problem | None:
        """Return what to tell if there was a fault."""
        if not self.fault:
            return None
        message = f'picture "{self.image.address}" was not fetched: {self.fault}'
        hint = "try again later, or take it out"
        return Problem(
            path=self.image.path, line=self.image.line, severity=Severity.WARNING, message=message, hint=hint
        )


def find_remote_images(item: Item, pictures: Iterable[tuple[str, int]]) -> Iterator[RemoteImage]:
    """Yield each picture of another site that an item shows, once.

    Args:
        item: the item.
        pictures: (address as written, line within the body) of each picture of its body.
    """
    seen: set[str] = set()
    named = [(name, getattr(item, name, None)) for name in ("image", "logo")]
    lines = item.source.lines
    found = [
        (image.src, lines.get(f"{name}.src", lines.get(name, (1, 1)))[0]) for name, image in named if image
    ]
    found += [(address, item.source.body_line + line - 1) for address, line in pictures]
    for address, line in found:
        if _REMOTE.match(address) and address not in seen:
            seen.add(address)
            yield RemoteImage(item.source.path, line, address)


def fetch_images(
    root: Path, images: Iterable[RemoteImage], policy: CrawlPolicy, report: Callable[[int], None]
) -> list[Fetched]:
    """Fetch pictures, save them beside their items, and name the files there; return what was done.

    An address in several items is requested once.

    Args:
        root: the project's folder.
        images: what to fetch.
        policy: how to treat the hosts.
        report: called with the number of pictures done.
    """
    contents: dict[str, bytes | FetchError] = {}
    done: list[Fetched] = []
    for number, image in enumerate(images, start=1):
        if image.address not in contents:
            if contents:
                policy.sleep(policy.pause)
            try:
                contents[image.address] = download(image.address, policy)
            except FetchError as fault:
                contents[image.address] = fault
        content = contents[image.address]
        if isinstance(content, bytes):
            done.append(_save(root, image, content))
        else:
            done.append(Fetched(image, fault=str(content)))
        report(number)
    return done


def download(address: str, policy: CrawlPolicy) -> bytes:
    """Return the bytes of a picture.

    Raises:
        FetchError: there is no answer, or it is an error, too large or no picture.
    """
    full = quote(f"https:{address}" if address.startswith("//") else address, safe=SAFE)
    began = time.monotonic()
    try:
        headers = {"User-Agent": policy.user_agent, "Accept": "image/*"}
        with request.urlopen(request.Request(full, headers=headers), timeout=policy.timeout) as answer:  # noqa: S310 -- https or http
            content = bytearray()
            while part := answer.read(1 << 16):
                content += part
                if len(content) > MAX_BYTES:
                    raise FetchError(f"it has more than {MAX_BYTES // 1_000_000} MB")
                if time.monotonic() - began > 4 * policy.timeout:
                    raise FetchError("the server is too slow")
    except HTTPError as fault:
        fault.close()
        raise FetchError(f"the server answers with an error ({fault.code})") from fault
    except (OSError, HTTPException, ValueError) as fault:
        raise FetchError(describe_failure(fault)) from fault
    if content[:100].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        raise FetchError("the address leads to a page, not to a picture")
    return bytes(content)


def _save(root: Path, image: RemoteImage, content: bytes) -> Fetched:
    """Save a picture beside its item, and put its name in the place of its address."""
    path = PurePosixPath(unquote(urlsplit(image.address).path))
    try:
        made = process_image(content, path.name or "picture")
    except ImageError as fault:
        return Fetched(image, fault=fault.message)
    suffix = path.suffix.lower()
    name = (slugify(path.stem) or "picture") + (suffix if suffix in _KEPT_SUFFIXES else made.suffix)
    folder = PurePosixPath(image.path).parent
    file = _free_path(root, folder / name, content)
    source = root / image.path
    try:
        text = source.read_bytes().decode("utf-8-sig")
        changed = replace_address(text, image.address, file.name)
        if changed == text:
            return Fetched(image, fault="its address is not written in one piece in the file")
        write_file(root / file, content)
        write_file(source, changed.encode())
    except (OSError, UnicodeDecodeError) as fault:
        return Fetched(image, fault=f"the files cannot be written ({fault})")
    return Fetched(image, file=file.as_posix())


def _free_path(root: Path, path: PurePosixPath, content: bytes) -> PurePosixPath:
    """Return a path at which nothing lies yet, or this very picture."""
    number, free = 1, path
    while (root / free).exists() and (root / free).read_bytes() != content:
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free


def replace_address(text: str, address: str, name: str) -> str:
    """Return a source in which a file's name stands where an address stood as a picture.

    The address stays where it is mere text.
    """
    forms = "|".join(re.escape(form) for form in dict.fromkeys((address, escape(address))))
    fence = re.match(r"\s*(---|\+\+\+)[ \t]*\r?\n.*?^(?:\1|\.\.\.)[ \t]*\r?$", text, re.DOTALL | re.MULTILINE)
    end = fence.end() if fence else 0
    head = re.sub(rf"(?:{forms})(?=[\s\"',\]}}]|$)", lambda _: name, text[:end])
    before = r"(!\[[^\]]*\]\(\s*<?|\bsrc\s*=\s*[\"']?|^\s*\[[^\]]+\]:\s*<?)"
    body = re.sub(
        rf"{before}(?:{forms})(?=[\s\"'>)]|$)", lambda found: found[1] + name, text[end:], flags=re.MULTILINE
    )
    return head + body
