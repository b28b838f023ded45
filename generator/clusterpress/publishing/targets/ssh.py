"""Log in to an SSH server whose key is known."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import paramiko

from clusterpress.config.settings import SftpTarget
from clusterpress.publishing.errors import PublishError, password_variable

_TIMEOUT_SECONDS = 20.0
"""Seconds to wait for a server to answer."""


def connect(name: str, target: SftpTarget, root: Path, environment: Mapping[str, str]) -> Any:
    """Return a connected paramiko client.

    Args:
        name: of the target in the settings.
        target: its settings.
        root: the project's folder.
        environment: environment variables, one of which may hold the password.

    Raises:
        PublishError: the server cannot be reached, its key is not the known one, or it denies access.
    """
    client = paramiko.SSHClient()
    known = (
        root / Path(target.known_hosts).expanduser()
        if target.known_hosts
        else Path.home() / ".ssh" / "known_hosts"
    )
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
            timeout=_TIMEOUT_SECONDS,
            banner_timeout=_TIMEOUT_SECONDS,
            auth_timeout=_TIMEOUT_SECONDS,
        )
    except (paramiko.SSHException, OSError, PublishError) as fault:
        client.close()
        raise _translate_error(fault, name, target) from None
    return client


class _RejectUnknownHost(paramiko.MissingHostKeyPolicy):  # type: ignore[misc]
    """Rejects servers that are not in known_hosts: nothing is sent to them."""

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
            return PublishError(
                f"{fault.filename} cannot be read", 'correct "key:" or "known_hosts:", or create the file'
            )
        case paramiko.SSHException() if "No authentication methods" in str(fault):
            return _login_refused(name, target)
        case _:
            return PublishError(
                f"the server {target.host} cannot be reached: {fault}",
                'check the network, and "host:" and "port:"',
            )


def _login_refused(name: str, target: SftpTarget) -> PublishError:
    user = target.user or "your user"
    return PublishError(
        f"the server {target.host} accepts none of the available keys and passwords for {user}",
        f'add a key to the SSH agent, name its file with "key:", or set {password_variable(name)}',
    )
