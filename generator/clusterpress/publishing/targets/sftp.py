"""A folder of an SFTP server as a target."""

import posixpath
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from errno import ENOSPC
from pathlib import Path
from queue import SimpleQueue
from threading import Lock
from typing import Any, TypeVar

from paramiko import SFTPClient, SSHException

from clusterpress.config.settings import SftpTarget
from clusterpress.publishing.errors import RESUME_HINT, PublishError
from clusterpress.publishing.targets.ssh import connect

T = TypeVar("T")

MAX_WORKERS = 4
"""Parallel uploads, each over its own channel of one connection; OpenSSH allows 10."""
_TIMEOUT_SECONDS = 60.0
"""Seconds to wait for an answer before the connection counts as interrupted."""
_PIPELINE_SIZE = 100_000
"""Bytes; a larger file is sent without waiting for an answer to each part. paramiko then does not report a
refused part, so the size on the server is checked."""
PART = ".clusterpress-part"
"""Prefix of the name of a file while it is written; it is then renamed."""


@contextmanager
def open_sftp(
    name: str, target: SftpTarget, root: Path, environment: Mapping[str, str]
) -> Iterator["SftpFolder"]:
    """Open a folder of a server; for the arguments see `connect`.

    Raises:
        PublishError: the server denies access.
    """
    with closing(connect(name, target, root, environment)) as ssh:
        where = f"sftp://{target.user + '@' if target.user else ''}{target.host}/{target.path.lstrip('/')}"
        with _translated_errors(target.path):
            channels = [SFTPClient.from_transport(ssh.get_transport()) for _ in range(MAX_WORKERS)]
        yield SftpFolder(channels, target.path, where)


class SftpFolder:
    """An opened folder of a server."""

    workers = MAX_WORKERS
    atomic = False

    def __init__(self, channels: list[Any], folder: str, where: str) -> None:
        self.where = where
        self._folder = folder.rstrip("/") or "/"
        self._channels: SimpleQueue[tuple[int, Any]] = SimpleQueue()
        for numbered in enumerate(channels):
            numbered[1].get_channel().settimeout(_TIMEOUT_SECONDS)
            self._channels.put(numbered)
        self._made: set[str] = set()
        self._making = Lock()

    def read(self, path: str) -> bytes | None:
        """Return a file's content, or None if there is no such file."""

        def get(client: Any, _: int) -> bytes | None:
            try:
                with client.open(self._at(path), "rb") as file:
                    file.prefetch()
                    content: bytes = file.read()
                    return content
            except FileNotFoundError:
                return None

        return self._use(path, get)

    def paths(self) -> list[str]:
        """Return the paths of all files."""

        def walk(client: Any, _: int) -> list[str]:
            found, folders = [], [""]
            while folders:
                folder = folders.pop()
                try:
                    entries = client.listdir_attr(self._at(folder))
                except FileNotFoundError:
                    continue
                for entry in entries:
                    path = posixpath.join(folder, entry.filename)
                    if stat.S_ISDIR(entry.st_mode or 0):
                        folders.append(path)
                    elif not path.startswith(PART):
                        found.append(path)
            return found

        return self._use("", walk)

    def put(self, path: str, content: bytes) -> None:
        """Write a file under a temporary name, then rename it."""

        def write(client: Any, number: int) -> None:
            self._make_folder(client, posixpath.dirname(self._at(path)))
            part = self._at(f"{PART}-{number}")
            is_long = len(content) > _PIPELINE_SIZE
            with client.open(part, "wb") as file:
                file.set_pipelined(pipelined=is_long)
                file.write(content)
            if is_long and client.stat(part).st_size != len(content):
                raise OSError(ENOSPC, "only a part of it was written")
            _rename(client, part, self._at(path))

        self._use(path, write)

    def delete(self, path: str) -> None:
        """Remove a file, and the folders that it leaves empty."""

        def remove(client: Any, _: int) -> None:
            with suppress(FileNotFoundError):
                client.remove(self._at(path))
            folder = posixpath.dirname(path)
            with suppress(OSError):  # the server refuses to remove a folder that is not empty
                while folder:
                    client.rmdir(self._at(folder))
                    self._made.discard(self._at(folder))
                    folder = posixpath.dirname(folder)

        self._use(path, remove)

    def finish(self, _message: str, /) -> None:
        """Remove the temporary files that a killed run may have left."""

        def tidy(client: Any, _: int) -> None:
            for number in range(MAX_WORKERS):
                with suppress(FileNotFoundError):
                    client.remove(self._at(f"{PART}-{number}"))

        self._use("", tidy)

    def _at(self, path: str) -> str:
        return posixpath.join(self._folder, path) if path else self._folder

    def _use(self, path: str, action: Callable[[Any, int], T]) -> T:
        """Run an action over a free channel, and translate its errors."""
        number, client = self._channels.get()
        try:
            with _translated_errors(self._at(path)):
                return action(client, number)
        finally:
            self._channels.put((number, client))

    def _make_folder(self, client: Any, folder: str) -> None:
        """Create a folder with its parents, each once."""
        if folder in self._made or folder in ("", "/"):
            return
        with self._making:
            missing = []
            while folder not in self._made and folder not in ("", "/"):
                try:
                    client.stat(folder)
                    break
                except FileNotFoundError:
                    missing.append(folder)
                    folder = posixpath.dirname(folder)
            self._made.add(folder)
            for made in reversed(missing):
                client.mkdir(made)
                self._made.add(made)


def _rename(client: Any, part: str, path: str) -> None:
    """Rename a file, in one step if the server can (posix-rename of OpenSSH)."""
    try:
        client.posix_rename(part, path)
    except OSError as fault:
        if fault.errno is not None:
            raise
        with suppress(FileNotFoundError):
            client.remove(path)
        client.rename(part, path)


@contextmanager
def _translated_errors(path: str) -> Iterator[None]:
    """Translate errors of the server."""
    cut = PublishError("the connection was interrupted", RESUME_HINT)
    try:
        yield
    except PermissionError:
        hint = "ask the host's administrator, or choose another path for the target"
        raise PublishError(f"no permission to write {path}", hint) from None
    except (EOFError, ConnectionError, TimeoutError, SSHException):
        raise cut from None
    except OSError as fault:
        if "closed" in str(fault).lower() or "dropped" in str(fault).lower():
            raise cut from None
        hint = "check whether something is in its way, or the disk is full"
        raise PublishError(f"{path} cannot be written: {fault}", hint) from None
