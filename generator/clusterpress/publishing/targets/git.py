"""A branch of a Git repository as a target, as with ghp-import: one commit for each publishing.

``git fast-import`` writes the commit, and it is pushed at the end, so that readers see all of it or nothing.
The work tree, the index and all local branches of the project's repository stay unchanged. Fetched and
written commits are kept under ``refs/clusterpress/``.
"""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from msgspec import Struct

from clusterpress.config.settings import GitTarget, Settings
from clusterpress.publishing.errors import PublishError, translate_error


@contextmanager
def open_git(
    name: str, target: GitTarget, root: Path, settings: Settings, environment: Mapping[str, str]
) -> Iterator["_Branch"]:
    """Open a branch, and fetch it if it exists.

    Args:
        name: of the target in the settings.
        target: its settings.
        root: the project's folder.
        settings: of the site.
        environment: environment variables for Git.

    Raises:
        PublishError: there is no repository, or it denies access.
    """
    git = _open_repository(root, settings, environment)
    _refuse_sources(git, target)
    branch = f"refs/heads/{target.branch}"
    ref = f"refs/clusterpress/{name}"
    head = git.ask("ls-remote", "--heads", "--", values=(target.repository, branch)).partition("\t")[0]
    if head:
        # A shallow clone, as in a workflow, does not need the whole history of the branch.
        is_shallow = git.ask("rev-parse", "--is-shallow-repository") == "true"
        depth = ("--depth=1",) if is_shallow else ()
        git.run(
            *("fetch", "--no-tags", "--no-write-fetch-head", *depth, "--"),
            values=(target.repository, f"+{branch}:{ref}"),
        )
        head = git.ask("rev-parse", "--verify", values=(ref,))
    with closing(_Branch(git, target, ref, head)) as opened:
        yield opened


class _Git(Struct, frozen=True):
    root: Path
    environment: Mapping[str, str]

    def run(self, *words: str, values: tuple[str, ...] = ()) -> bytes:
        """Run Git; return what it prints.

        Args:
            words: the command and its options, as our code has them.
            values: from settings, files and servers. None of them can be an option.

        Raises:
            PublishError: Git is not installed, refuses, or would read a value as an option.
        """
        try:
            done = subprocess.run(  # noqa: S603 -- a list, with checked values
                self.line(*words, values=values),
                cwd=self.root,
                env=self.environment,
                capture_output=True,
                check=False,
            )
        except FileNotFoundError:
            hint = "install it, or choose another type of target"
            raise PublishError("Git is not installed", hint) from None
        if done.returncode:
            raise self.translate(done.stderr, f"git {words[0]} failed")
        return done.stdout

    def ask(self, *words: str, values: tuple[str, ...] = ()) -> str:
        """Return what Git prints, as text; see `run`."""
        return self.run(*words, values=values).decode(errors="surrogateescape").strip()

    def line(self, *words: str, values: tuple[str, ...] = ()) -> list[str]:
        """Return the command line; see `run`."""
        if option := next((value for value in values if value.startswith("-") or "\0" in value), None):
            raise PublishError(f'"{option}" would be an option of Git', "write a plain name or address")
        # Git must not start maintenance of the repository.
        return ["git", "-c", "gc.auto=0", "-c", "maintenance.auto=false", *words, *values]

    def translate(self, stderr_text: bytes, otherwise: str) -> PublishError:
        return translate_error("git", stderr_text.decode(errors="replace"), otherwise)


def _open_repository(root: Path, settings: Settings, environment: Mapping[str, str]) -> _Git:
    """Return Git for the repository of a project.

    Where Git has no identity for commits, as in a workflow, the site's publisher is the author. Without a
    terminal, Git asks for nothing.
    """
    asks = {} if sys.stdin.isatty() else {"GIT_TERMINAL_PROMPT": "0"}
    git = _Git(root, {**asks, **environment, "LC_ALL": "C"})
    git.run("rev-parse", "--git-dir")
    is_known = "user.email=" in git.ask("config", "--list")
    return git if is_known else _Git(root, {**_author(settings), **git.environment})


def _author(settings: Settings) -> dict[str, str]:
    name = settings.publisher or settings.name
    address = settings.contact or f"noreply@{urlsplit(settings.url).hostname}"
    return {
        f"GIT_{role}_{part}": value
        for role in ("AUTHOR", "COMMITTER")
        for part, value in (("NAME", name), ("EMAIL", address))
    }


class _Branch:
    workers = 1
    atomic = True

    def __init__(self, git: _Git, target: GitTarget, ref: str, head: str) -> None:
        self._git, self._target, self._ref, self._head = git, target, ref, head
        self._importer: subprocess.Popen[bytes] | None = None
        self.where = f"{target.repository} {target.branch}"

    @property
    def keeps_history(self) -> bool:
        return not self._target.force

    @property
    def has_history(self) -> bool:
        if not self._head or self.keeps_history:
            return False
        headers = self._git.ask("cat-file", "commit", values=(self._head,)).partition("\n\n")[0]
        return "\nparent " in headers

    def read(self, path: str) -> bytes | None:
        if not self._head or path not in self.paths():
            return None
        return self._git.run("cat-file", "blob", values=(f"{self._head}:{path}",))

    def paths(self) -> list[str]:
        if not self._head:
            return []
        names = self._git.ask("ls-tree", "-r", "-z", "--name-only", "--full-tree", values=(self._head,))
        return [name for name in names.split("\0") if name]

    def put(self, path: str, content: bytes) -> None:
        self._send(b"M 100644 inline %s\ndata %d\n" % (_quote(path), len(content)), content, b"\n")

    def delete(self, path: str) -> None:
        self._send(b"D %s\n" % _quote(path))

    def finish(self, message: str, /) -> None:
        self._send(b"done\n")
        importer, self._importer = self._importer, None
        stderr_text = importer.communicate()[1] if importer else b""
        if importer is None or importer.returncode:
            raise self._git.translate(stderr_text, "the commit could not be written")
        tree = self._git.ask("rev-parse", "--verify", values=(f"{self._ref}^{{tree}}",))
        parents = ("-p", self._head) if self._head and not self._target.force else ()
        commit = self._git.ask("commit-tree", *parents, "-m", message, values=(tree,))
        branch = f"refs/heads/{self._target.branch}"
        lease = (f"--force-with-lease={branch}:{self._head}",) if self._target.force else ()
        pushed = f"{commit}:{branch}"
        self._git.run("push", "--quiet", *lease, "--", values=(self._target.repository, pushed))
        self._git.run("update-ref", values=(self._ref, commit))

    def close(self) -> None:
        """Abandon an unfinished commit."""
        if self._importer:
            self._importer.kill()
            self._importer.communicate()

    def _send(self, *parts: bytes) -> None:
        self._importer = self._importer or self._begin()
        # If fast-import has died, `finish` reports why.
        with suppress(BrokenPipeError):
            _stdin(self._importer).writelines(parts)

    def _begin(self) -> "subprocess.Popen[bytes]":
        """Start a commit; Git discards it unless "done" ends it."""
        importer = subprocess.Popen(  # noqa: S603 -- the words are ours
            self._git.line("fast-import", "--quiet", "--done", "--force", "--date-format=raw"),
            cwd=self._git.root,
            env=self._git.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        committer = self._git.ask("var", "GIT_COMMITTER_IDENT")
        origin = f"from {self._head}\n" if self._head else ""
        start = f"commit {self._ref}\ncommitter {committer}\ndata 0\n{origin}"
        _stdin(importer).write(start.encode())
        return importer


def _stdin(importer: "subprocess.Popen[bytes]") -> IO[bytes]:
    assert importer.stdin  # noqa: S101 -- Popen was given a pipe
    return importer.stdin


def _quote(path: str) -> bytes:
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'.encode("utf-8", "surrogateescape")


def _refuse_sources(git: _Git, target: GitTarget) -> None:
    head = git.root / git.ask("rev-parse", "--git-path", "HEAD")
    current = head.read_text(encoding="utf-8").strip().removeprefix("ref: refs/heads/")
    if current == target.branch and target.repository in git.ask("remote").splitlines():
        hint = 'choose another branch, such as "gh-pages"'
        raise PublishError(f"{target.branch} is the branch with the sources", hint)
