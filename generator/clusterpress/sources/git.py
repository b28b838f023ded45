"""Questions to Git about a project that may come from somebody else."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

_GIT = ("git", "-c", "core.fsmonitor=false", "-c", "log.showSignature=false", "-c", "core.quotePath=false")
"""Git without programs that the configuration of a foreign repository may name; paths come as they are."""


def ask_git(
    root: Path, *words: str, given: bytes | None = None, environment: Mapping[str, str] | None = None
) -> bytes | None:
    """Return what Git answers; None if it is not there or refuses, as outside a repository.

    Args:
        root: the project's folder.
        words: the command and its arguments.
        given: standard input.
        environment: environment variables; by default, those of this process.
    """
    command = [*_GIT, *words]
    try:
        done = subprocess.run(  # noqa: S603 -- our own words
            command, cwd=root, env=environment, input=given, capture_output=True, check=False
        )
    except OSError:
        return None
    return None if done.returncode else done.stdout
