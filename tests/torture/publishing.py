"""Publishing to a folder, Git, SFTP and S3 that is killed: no link is broken, and the next run completes it."""

import os
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from tests.publishing.conftest import KEYS, FolderPlace, GitPlace, S3Place, SftpPlace
from tests.publishing.make import broken_links, publish, site
from tests.publishing.servers import S3Server, SftpServer
from tests.publishing.test_kill import kill_at
from tests.publishing.test_targets import visible
from tests.torture.row import Row

TRIALS = {"tiny": 0, "small": 20, "full": 200}
_FILES = 22
"""Kills come at one of so many files: some come after the last one, and hit nothing."""


def main(seed: int, size: str) -> Row:
    """Run the part; see `Row`."""
    row, chance = Row("publishing"), random.Random(seed)
    if not TRIALS[size]:
        return row
    with _places() as places:
        for number in range(TRIALS[size]):
            place = places[number % len(places)]
            name = f"seed {seed}, kill {number}, {type(place).__name__}"
            try:
                _trial(row, name, place, number // len(places), chance.randrange(1, _FILES))
            except Exception as fault:
                row.count("tracebacks", f"{name}: {fault!r:.300}")
    return row


def _trial(row: Row, name: str, place: FolderPlace, version: int, at: int) -> None:
    row.trials += 1
    content = site(version)
    killed = kill_at(place, content, at)
    if killed is not True and killed:
        row.count("tracebacks", f"{name}: {killed[-300:]}")
    if broken := broken_links(visible(place)):
        row.count("wrong_sites", f"{name}: {len(broken)} broken links: {broken[:2]}")
    publish(place.settings, place.root, content)
    if visible(place) != content:
        row.count("wrong_sites", f"{name}: the next run did not complete it")


@contextmanager
def _places() -> Iterator[list[FolderPlace]]:
    """Provide a place of each kind, with an environment that keeps the credentials of this user out."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("AWS_", "GIT_", "SSH_"))}
    more = {"GIT_CONFIG_NOSYSTEM": "1", "AWS_EC2_METADATA_DISABLED": "true", "AWS_MAX_ATTEMPTS": "1", **KEYS}
    with (
        tempfile.TemporaryDirectory(prefix="torture-") as base,
        patch.dict(os.environ, {**kept, **more, "HOME": base}, clear=True),
        SftpServer(Path(base) / "server") as sftp,
        S3Server() as s3,
    ):
        folders = [Path(base) / kind / "project" for kind in ("folder", "git", "sftp", "s3")]
        for folder in folders:
            folder.mkdir(parents=True)
        sftp.folder.mkdir()
        yield [
            FolderPlace(folders[0]),
            GitPlace(folders[1]),
            SftpPlace(folders[2], sftp),
            S3Place(folders[3], s3),
        ]
