"""Keys and passwords: from the environment or the keyring of the system, never from files of the project."""

from collections.abc import Mapping
from pathlib import Path

from clusterpress.publishing.errors import PublishError

KEYRING_SERVICE = "clusterpress"
"""Name under which the keyring has the keys; the user is the name of the environment variable."""


def variable_of(service: str) -> str:
    """Return the environment variable with the key of a service."""
    return f"CLUSTERPRESS_{service.upper()}_{'PASSWORD' if service == 'smtp' else 'KEY'}"


def find_key(service: str, environ: Mapping[str, str], root: Path) -> str:
    """Return the key of a service.

    Args:
        service: name of the service in the settings.
        environ: the environment.
        root: folder of the project, to say that a key in a file there is not read.

    Raises:
        PublishError: there is no key.
    """
    variable = variable_of(service)
    if key := look_up(variable, environ):
        return key
    message = f"there is no key for {service}"
    hint = f"set {variable} in the environment, or run: keyring set {KEYRING_SERVICE} {variable}"
    if name := _file_with(variable, root):
        message = f"{message}, as clusterpress does not read keys from files of the project ({name})"
        hint = f"take it out of {name}, make a new one at the service, and {hint}"
    raise PublishError(message, hint)


def look_up(variable: str, environ: Mapping[str, str]) -> str:
    """Return a key by the name of its environment variable; empty if there is none."""
    return environ.get(variable, "").strip() or _from_keyring(variable)


def _from_keyring(variable: str) -> str:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return ""
    try:
        return keyring.get_password(KEYRING_SERVICE, variable) or ""
    except KeyringError:
        return ""


def _file_with(variable: str, root: Path) -> str:
    """Return the name of a file in which people often keep keys, if it has this one."""
    for path in sorted(root.glob(".env*")):
        if path.is_file() and variable in path.read_text("utf-8", "replace"):
            return path.name
    return ""
