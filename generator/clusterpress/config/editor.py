"""The ``editor:`` block of the settings: the editor on the site itself, and the host of its repository."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal
from urllib.parse import urlsplit

from msgspec import Struct

from clusterpress.config.subscriptions import check_key_address
from clusterpress.parsing.values import Finding

_KEY_NAME = re.compile(r"\A(?:\w+_)?(?:key|token|secret|password|passwd|pass)", re.IGNORECASE)
_KEY_VALUE = re.compile(r"\b(?:gh[oprsu]_|github_pat_|gl(?:pat|oas|ptt|dt|rt|cbt|ft|imt|agent)-)\w{10}")
"""Begin of the access tokens of GitHub and GitLab, as their documentation lists them."""
_KEY_HINT = "take it out, and make a new one: staff sign in with keys of their own, and the page keeps none"
_OWNER_AND_NAME = re.compile(r"\A[\w.-]+/[\w.-]+")
_GROUPS_AND_NAME = re.compile(r"\A[\w.-]+(?:/[\w.-]+)+")
_BRANCH = re.compile(
    r"(?!.*(?:\.\.|//|@\{|\.lock$))[^\s~^:?*\[\\\x00-\x1f/.-][^\s~^:?*\[\\\x00-\x1f]*(?<![/.])"
)
"""Names of branches (git-check-ref-format); none begins like an option."""


class EditorSettings(Struct, frozen=True, kw_only=True):
    """The editor on the site, at ``/admin/``: staff sign in, and their changes are reviewed at the host."""

    backend: Literal["github", "gitlab"]
    """Host of the repository."""
    repo: str
    """The repository: ``owner/name``; for GitLab with all groups before the name."""
    branch: str = "main"
    """The branch that is published."""
    folder: str = ""
    """Folder of this project in the repository. Default: its top level."""
    host: str = ""
    """Address of a server of your own: GitLab or GitHub Enterprise. Default: github.com or gitlab.com."""
    auth: str = ""
    """Address of a sign-in helper that speaks the protocol of Netlify and Decap CMS:
    ``https://auth.example.eu/auth``. Without one, staff paste an access token."""
    app_id: str = ""
    """Identifier of an application that GitLab knows: staff sign in there, without a helper (PKCE)."""

    @property
    def web(self) -> str:
        """The address of the host for people, without a slash at its end."""
        return (self.host or f"https://{self.backend}.com").rstrip("/")

    @property
    def api(self) -> str:
        """The address of the host for programs, without a slash at its end."""
        if self.backend == "gitlab":
            return f"{self.web}/api/v4"
        return f"{self.web}/api/v3" if self.host else "https://api.github.com"


def check_editor(fields: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield a finding for each fault of the ``editor:`` block."""
    editor = fields.get("editor")
    if editor is None:
        return
    pattern, hint = _OWNER_AND_NAME, 'write "owner/name", as in the address of the repository'
    if editor.backend == "gitlab":
        pattern, hint = _GROUPS_AND_NAME, 'write "group/name", as in the address of the repository'
    if not pattern.fullmatch(editor.repo) or {".", ".."} & {*editor.repo.split("/")}:
        yield Finding("editor.repo", f'"{editor.repo}" is not the name of a repository', hint)
    if not _BRANCH.fullmatch(editor.branch):
        yield Finding("editor.branch", f'"{editor.branch}" is not the name of a branch', 'write "main"')
    if editor.folder and not re.fullmatch(
        r"(?!\.\.?(?:/|$))[^/\\]+(?:/(?!\.\.?(?:/|$))[^/\\]+)*", editor.folder
    ):
        message = f'"{editor.folder}" is not a folder of the repository'
        yield Finding("editor.folder", message, 'write it like "websites/news"')
    for key in ("host", "auth"):
        yield from _check_address(f"editor.{key}", getattr(editor, key))
    if editor.app_id and editor.backend != "gitlab":
        yield Finding(
            "editor.app_id", "only GitLab lets staff sign in this way", 'use "auth: …", or delete it'
        )
    if editor.app_id and editor.auth:
        yield Finding("editor.auth", "staff can sign in in one way only", 'keep "auth" or "app_id"')


def _check_address(place: str, address: str) -> Iterator[Finding]:
    if not address:
        return
    found = list(check_key_address(place, address, "keys", _KEY_HINT))
    parts = urlsplit("" if found else address)
    if parts.query or parts.fragment:
        found.append(Finding(place, "this address has a query or a fragment", "delete it"))
    yield from found


def find_editor_secrets(values: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield a finding for each key or password that stands in the ``editor:`` block.

    Args:
        values: the settings as written.
    """
    editor = values.get("editor")
    for key, value in editor.items() if isinstance(editor, dict) else ():
        if _KEY_NAME.fullmatch(key.replace("-", "_")) or _KEY_VALUE.search(str(value)):
            yield Finding(f"editor.{key}", "a key must not stand in this file", _KEY_HINT)
