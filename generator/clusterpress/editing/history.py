"""Earlier versions of an item: copies that the editor keeps at each save, and the commits of Git."""

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from clusterpress.editing.errors import RequestRefusedError
from clusterpress.editing.file_names import place_in
from clusterpress.sources.files import write_file
from clusterpress.sources.git import ask_git

HISTORY_FOLDER = ".clusterpress/history"
"""Folder of the project with the earlier versions of items, a folder for each."""
MAX_VERSIONS = 100
"""Copies that are kept of an item; the oldest ones go."""
_NAME = re.compile(r"\d{8}T\d{12}Z")
_STAMP = "%Y%m%dT%H%M%S%fZ"
_COMMIT = re.compile(r"[0-9a-f]{40,64}")


def keep_version(root: Path, path: str, content: bytes, now: datetime | None = None) -> None:
    """Keep a copy of an item before it is changed, unless the latest copy is the same.

    Raises:
        RequestRefusedError: the folder leads out of the project.
    """
    folder = _folder(root, path)
    copies = _copies(folder)
    if copies and copies[-1].read_bytes() == content:
        return
    write_file(folder / (now or datetime.now(UTC)).astimezone(UTC).strftime(_STAMP), content)
    for old in _copies(folder)[:-MAX_VERSIONS]:
        old.unlink()


def list_versions(root: Path, path: str) -> list[dict[str, Any]]:
    """Return the versions of an item, latest first: identifier, time, and who or what saved it."""
    found = [*_kept(root, path), *_committed(root, path)]
    found.sort(key=lambda one: str(one["time"]), reverse=True)
    return found


def read_version(root: Path, path: str, name: str) -> bytes:
    """Return the source of a version.

    Args:
        root: the project's folder.
        path: of the item.
        name: identifier of the version.

    Raises:
        RequestRefusedError: there is no such version.
    """
    content = None
    if _NAME.fullmatch(name):
        file = _folder(root, path) / name
        content = file.read_bytes() if file.is_file() else None
    elif _COMMIT.fullmatch(name):
        content = _ask(root, "cat-file", "blob", f"{name}:./{path}")
    if content is None:
        raise RequestRefusedError(HTTPStatus.NOT_FOUND, "there is no such version")
    return content


def _kept(root: Path, path: str) -> Iterator[dict[str, Any]]:
    for file in _copies(_folder(root, path)):
        moment = datetime.strptime(file.name, _STAMP).replace(tzinfo=UTC)
        yield {"id": file.name, "time": moment.isoformat(), "by": "", "what": ""}


def _committed(root: Path, path: str) -> Iterator[dict[str, Any]]:
    log = _ask(
        root, "log", f"--max-count={MAX_VERSIONS}", "--format=%H%x00%cI%x00%an%x00%s", "--", f"./{path}"
    )
    for line in (log or b"").decode(errors="replace").splitlines():
        name, moment, author, subject = line.split("\0", 3)
        time = datetime.fromisoformat(moment).astimezone(UTC)
        yield {"id": name, "time": time.isoformat(), "by": author, "what": subject}


def _folder(root: Path, path: str) -> Path:
    return place_in(root, HISTORY_FOLDER, path)


def _copies(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(file for file in folder.iterdir() if _NAME.fullmatch(file.name))


def _ask(root: Path, *words: str) -> bytes | None:
    """Return what Git answers; it fetches nothing and asks nobody, as the page waits."""
    environment = {
        **os.environ,
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
    }
    return ask_git(root, *words, environment=environment)
