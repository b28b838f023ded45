"""Where other machines install clusterpress from: the exact version and source that is installed here.

A name alone is not enough: whoever registers a name that is not on an index runs code on every site. pip,
pipx and uv record where a package came from (PEP 610, `direct_url.json`).
"""

import json
import re
from importlib.metadata import Distribution, distribution
from typing import Any
from urllib.parse import urlsplit

from clusterpress import REPOSITORY, __version__
from clusterpress.publishing.errors import PublishError

_PINNED = re.compile(
    r"git\+(?:https|ssh)://[\w.~:@/+-]+@[\w./+-]+|https://[\w.~:/%+-]+\.whl(?:#sha256=[0-9a-f]{64})?"
)
"""A Git address with a tag or commit, or the address of a wheel; without characters that shells interpret."""
_HINT = 'add --source "git+https://HOST/NAME@TAG", or the address of a wheel'


def find_requirement(extras: tuple[str, ...], given: str = "") -> str:
    """Return what pip installs to get this clusterpress on another machine: exact version and source.

    Args:
        extras: optional parts.
        given: the address that the user names; by default, the one from which it was installed here.

    Raises:
        PublishError: the address is not exact.
    """
    address = given or _recorded(distribution("clusterpress"))
    if not _PINNED.fullmatch(address):
        raise PublishError(f'"{address}" is not the exact address of one version', _HINT)
    parts = f"[{','.join(extras)}]" if extras else ""
    return f"clusterpress{parts} @ {address}"


def _recorded(installed: Distribution) -> str:
    """Return the address from which a package was installed, or else that of its release."""
    record: dict[str, Any] = json.loads(installed.read_text("direct_url.json") or "{}")
    url: str = record.get("url", "")
    commit = record.get("vcs_info", {})
    if commit:
        return f"{commit['vcs']}+{_without_user(url)}@{commit['commit_id']}"
    if url.startswith("https://"):
        return url + _hash_of(record.get("archive_info", {}))
    return f"git+{REPOSITORY}@v{__version__}"


def _without_user(url: str) -> str:
    """Return an address without a password, which must not stand in a file."""
    parts = urlsplit(url)
    if parts.password is None and parts.scheme == "ssh":
        return url
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _hash_of(archive: dict[str, Any]) -> str:
    digest = archive.get("hashes", {}).get("sha256") or archive.get("hash", "").removeprefix("sha256=")
    return f"#sha256={digest}" if digest else ""
