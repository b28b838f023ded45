"""Git commands in a project's repository, and translations of their errors."""

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from clusterpress.config.settings import Settings
from clusterpress.publishing.errors import RESUME_HINT, PublishError, translate_error

_ACCESS = (
    "the repository denies access",
    "check Git's credentials: the SSH agent, the credential helper, or the token of the workflow",
)
_UNREACHABLE = ("the server cannot be reached", "check the network and the address")
_MOVED = ("somebody else has pushed to the branch meanwhile", "run the command again")
_ERROR_HINTS = {
    "not a git repository": (
        "the project is not in a Git repository",
        'run "git init" in its folder, or choose another type of target',
    ),
    "host key verification failed": (
        "the server's key is unknown, or differs from the known one",
        "compare it with the key that the host publishes, and add it to ~/.ssh/known_hosts",
    ),
    "permission denied": _ACCESS,
    "authentication failed": _ACCESS,
    "could not read username": _ACCESS,
    "could not read password": _ACCESS,
    "returned error: 403": _ACCESS,
    "protected branch": (
        "the branch is protected",
        "allow pushes to it in the host's settings, or choose another branch",
    ),
    "fetch first": _MOVED,
    "non-fast-forward": _MOVED,
    "stale info": _MOVED,
    "cannot lock ref": _MOVED,
    "does not appear to be a git repository": (
        "there is no such repository",
        'add it with "git remote add origin ADDRESS", or correct "repository:"',
    ),
    "repository not found": ("there is no such repository", 'correct "repository:", or ask for access to it'),
    "could not resolve host": _UNREACHABLE,
    "connection refused": _UNREACHABLE,
    "failed to connect": _UNREACHABLE,
    "hung up": ("the connection was interrupted", RESUME_HINT),
    "connection": ("the connection was interrupted", RESUME_HINT),
}
"""Part of Git's output → message and hint."""


@dataclass(frozen=True, slots=True)
class Git:
    """Git, as run in a project's repository."""

    root: Path
    environment: Mapping[str, str]

    def run(self, *words: str) -> bytes:
        """Return the output of a Git command.

        Raises:
            PublishError: it failed, or there is no Git.
        """
        try:
            done = subprocess.run(  # noqa: S603 -- the words are ours and the settings'
                self.line(*words), cwd=self.root, env=self.environment, capture_output=True, check=False
            )
        except FileNotFoundError:
            raise PublishError(
                "Git is not installed", "install it, or choose another type of target"
            ) from None
        if done.returncode:
            raise self.translate(done.stderr, f"git {words[0]} failed")
        return done.stdout

    def ask(self, *words: str) -> str:
        """Return the output of a Git command as text, stripped."""
        return self.run(*words).decode(errors="surrogateescape").strip()

    def line(self, *words: str) -> list[str]:
        """Return a command line that keeps Git from starting maintenance of the repository."""
        return ["git", "-c", "gc.auto=0", "-c", "maintenance.auto=false", *words]

    def translate(self, stderr_text: bytes, otherwise: str) -> PublishError:
        """Return our error for Git's error output."""
        return translate_error(_ERROR_HINTS, stderr_text.decode(errors="replace"), otherwise)


def open_repository(root: Path, settings: Settings, environment: Mapping[str, str]) -> Git:
    """Return Git for the repository of a project.

    Where Git has no identity for commits, as in a workflow, the site's publisher is the author. Without a
    terminal, Git asks for nothing.

    Args:
        root: the project's folder.
        settings: of the site, for the author of commits.
        environment: environment variables for Git.

    Raises:
        PublishError: there is no Git, or no repository.
    """
    asks = {} if sys.stdin.isatty() else {"GIT_TERMINAL_PROMPT": "0"}
    git = Git(root, {**asks, **environment, "LC_ALL": "C"})
    git.run("rev-parse", "--git-dir")
    is_known = "user.email=" in git.ask("config", "--list")
    return git if is_known else Git(root, {**_author(settings), **git.environment})


def _author(settings: Settings) -> dict[str, str]:
    name = settings.publisher or settings.name
    address = settings.contact or f"noreply@{urlsplit(settings.url).hostname}"
    return {
        f"GIT_{role}_{part}": value
        for role in ("AUTHOR", "COMMITTER")
        for part, value in (("NAME", name), ("EMAIL", address))
    }
