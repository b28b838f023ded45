"""A folder of an SFTP server as a target; its key must be known."""

import posixpath
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from errno import ENOSPC
from pathlib import Path
from queue import SimpleQueue
from threading import Lock
from typing import Any, TypeVar

import paramiko

from clusterpress.config.settings import SftpTarget
from clusterpress.publishing.errors import RESUME_HINT, PublishError, password_variable

T = TypeVar("T")

_PART = ".clusterpress-part"
"""Prefix of the name of a file while it is written; it is then renamed."""
_WORKERS = 4
"""Parallel uploads, each over its own channel of one connection; OpenSSH allows 10."""
_LOGIN_SECONDS = 20.0
"""Seconds to wait for a server to answer at first."""
_TIMEOUT_SECONDS = 60.0
"""Seconds to wait for an answer before the connection counts as interrupted."""
_PIPELINE_SIZE = 100_000
"""Bytes; a larger file is sent without waiting for an answer to each part. paramiko then does not report a
refused part, so the size on the server is checked."""


@contextmanager
def open_sftp(
    name: str, target: SftpTarget, root: Path, environment: Mapping[str, str]
) -> Iterator["_Server"]:
    """Open a folder of a server.

    Args:
        name: of the target in the settings.
        target: its settings.
        root: the project's folder.
        environment: environment variables, one of which may hold the password.

    Raises:
        PublishError: the server cannot be reached, its key is not the known one, or it denies access.
    """
    with closing(_connect(name, target, root, environment)) as ssh:
        where = f"sftp://{target.user + '@' if target.user else ''}{target.host}/{target.path.lstrip('/')}"
        with _translated_errors(target.path):
            channels = [paramiko.SFTPClient.from_transport(ssh.get_transport()) for _ in range(_WORKERS)]
        yield _Server(channels, target.path, where)


class _Server:
    workers = _WORKERS
    atomic = False
    keeps_history = has_history = False

    def __init__(self, channels: list[Any], folder: str, where: str) -> None:
        self.where = where
        self._folder = folder.rstrip("/") or "/"
        self._channels: SimpleQueue[tuple[int, Any]] = SimpleQueue()
        for number, client in enumerate(channels):
            client.get_channel().settimeout(_TIMEOUT_SECONDS)
            self._channels.put((number, client))
        self._made: set[str] = set()
        self._making = Lock()

    def read(self, path: str) -> bytes | None:
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
                    elif not path.startswith(_PART):
                        found.append(path)
            return found

        return self._use("", walk)

    def put(self, path: str, content: bytes) -> None:
        def write(client: Any, number: int) -> None:
            self._make_folder(client, posixpath.dirname(self._at(path)))
            part = self._at(f"{_PART}-{number}")
            is_long = len(content) > _PIPELINE_SIZE
            with client.open(part, "wb") as file:
                file.set_pipelined(pipelined=is_long)
                file.write(content)
            if is_long and client.stat(part).st_size != len(content):
                raise OSError(ENOSPC, "only a part of it was written")
            _rename(client, part, self._at(path))

        self._use(path, write)

    def delete(self, path: str) -> None:
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
            for number in range(_WORKERS):
                with suppress(FileNotFoundError):
                    client.remove(self._at(f"{_PART}-{number}"))

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
    cut = PublishError("the connection was interrupted", RESUME_HINT)
    try:
        yield
    except PermissionError:
        hint = "ask the host's administrator, or choose another path for the target"
        raise PublishError(f"no permission to write {path}", hint) from None
    except (EOFError, ConnectionError, TimeoutError, paramiko.SSHException):
        raise cut from None
    except OSError as fault:
        if "closed" in str(fault).lower() or "dropped" in str(fault).lower():
            raise cut from None
        hint = "check whether something is in its way, or the disk is full"
        raise PublishError(f"{path} cannot be written: {fault}", hint) from None


def _connect(name: str, target: SftpTarget, root: Path, environment: Mapping[str, str]) -> Any:
    """Return a connected paramiko client; nothing is sent to a server whose key is not the known one."""
    client = paramiko.SSHClient()
    known = root / Path(target.known_hosts or "~/.ssh/known_hosts").expanduser()
    client.set_missing_host_key_policy(_RejectUnknownHost(target, known))
    password = environment.get(password_variable(name))
    try:
        client.load_system_host_keys()
        if target.known_hosts:
            client.load_host_keys(str(known))
        client.connect(
            target.host,
            target.port,
            username=target.user or None,
            password=password,
            passphrase=password,
            key_filename=str(root / Path(target.key).expanduser()) if target.key else None,
            timeout=_LOGIN_SECONDS,
            banner_timeout=_LOGIN_SECONDS,
            auth_timeout=_LOGIN_SECONDS,
        )
    except (paramiko.SSHException, OSError, PublishError) as fault:
        client.close()
        raise _translate_error(fault, name, target) from None
    return client


class _RejectUnknownHost(paramiko.MissingHostKeyPolicy):  # type: ignore[misc]
    def __init__(self, target: SftpTarget, known: Path) -> None:
        self._target, self._known = target, known

    def missing_host_key(self, _client: Any, _host: str, key: Any) -> None:
        host, port = self._target.host, self._target.port
        raise PublishError(
            f"the server {host} is not known here; its key is {key.fingerprint}",
            f"if the host confirms that fingerprint, run: ssh-keyscan -p {port} {host} >> {self._known}",
        )


def _translate_error(fault: Exception, name: str, target: SftpTarget) -> PublishError:
    match fault:
        case PublishError():
            return fault
        case paramiko.BadHostKeyException():
            return PublishError(
                f"the key of the server {target.host} differs from the known one: it was reinstalled, or "
                "somebody intercepts the connection",
                "ask the host; if the new key is right, remove the old one from known_hosts",
            )
        case paramiko.AuthenticationException() | paramiko.PasswordRequiredException():
            return _login_refused(name, target)
        case FileNotFoundError() | PermissionError():
            hint = 'correct "key:" or "known_hosts:", or create the file'
            return PublishError(f"{fault.filename} cannot be read", hint)
        case paramiko.SSHException() if "No authentication methods" in str(fault):
            return _login_refused(name, target)
        case _:
            hint = 'check the network, and "host:" and "port:"'
            return PublishError(f"the server {target.host} cannot be reached: {fault}", hint)


def _login_refused(name: str, target: SftpTarget) -> PublishError:
    user = target.user or "your user"
    return PublishError(
        f"the server {target.host} accepts none of the available keys and passwords for {user}",
        f'add a key to the SSH agent, name its file with "key:", or set {password_variable(name)}',
    )
