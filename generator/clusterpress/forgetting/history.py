"""The history of Git: every version of every file that some branch, tag or published commit still holds."""

from collections.abc import Iterator
from pathlib import Path

from clusterpress.forgetting.names import NamePattern
from clusterpress.forgetting.places import Area, Findings, Place, search_file
from clusterpress.forgetting.readers import MAX_SIZE, UnreadableError
from clusterpress.sources.git import ask_git

PUBLISHED = "refs/clusterpress/"
"""References to the commits that were published, by target."""
_BATCH = 100
"""Versions that are read at once."""


def search_history(root: Path, pattern: NamePattern, findings: Findings) -> None:
    """Search the history of the repository in which a project lies, if there is one.

    Args:
        root: the project's folder.
        pattern: the name.
        findings: takes the places: one for each file, with the number of its versions.
    """
    if ask_git(root, "rev-parse", "--git-dir") is None:
        return
    if (ask_git(root, "rev-parse", "--is-shallow-repository") or b"").strip() == b"true":
        findings.unread.append(
            "the history of this Git repository: only a part of it is here (shallow clone)"
        )
    names = (ask_git(root, "for-each-ref", "--format=%(refname)") or b"").decode(errors="replace").split()
    published = [one for one in names if one.startswith(PUBLISHED)]
    others = [one for one in names if one not in published]
    head = ["HEAD"] if ask_git(root, "rev-parse", "--verify", "--quiet", "HEAD") else []
    # Git also notes the published branches among those of the remote.
    sources = [*head, *others, *(["--not", *published, "--not"] if published else [])]
    _search_commits(root, sources if head or others else [], Area.HISTORY, "", pattern, findings)
    for one in published:
        _search_commits(root, [one], Area.PUBLISHED_HISTORY, one.removeprefix(PUBLISHED), pattern, findings)


def _search_commits(
    root: Path, revisions: list[str], area: Area, target: str, pattern: NamePattern, findings: Findings
) -> None:
    if not revisions:
        return
    # Names of revisions never begin with "-": they come from Git itself.
    log = ask_git(root, "log", "--format=%an%n%ae%n%cn%n%ce%n%B", *revisions, "--") or b""
    if pattern.is_in(log.decode(errors="replace")):
        words = "authors and messages of commits"
        findings.places.append(Place(area, target, words, 0, "", ""))
    versions = dict[str, int]()
    for path, raw in _versions(root, revisions):
        findings.searched += 1
        try:
            if pattern.is_in(path) or next(search_file(path, raw, pattern), None):
                versions[path] = versions.get(path, 0) + 1
        except UnreadableError as fault:
            findings.unread.append(f"a version of {path} in the history: {fault}")
    for path, number in versions.items():
        words = "1 version" if number == 1 else f"{number} versions"
        findings.places.append(Place(area, target, path, 0, words, ""))


def _versions(root: Path, revisions: list[str]) -> Iterator[tuple[str, bytes]]:
    """Yield (path, content) of each version of each file; equal contents once."""
    listed = ask_git(root, "rev-list", "--objects", *revisions, "--") or b""
    paths = dict(line.partition(b" ")[::2] for line in listed.split(b"\n") if line)
    ids = list(paths)
    for start in range(0, len(ids), _BATCH):
        wanted = b"\n".join(ids[start : start + _BATCH]) + b"\n"
        sizes = ask_git(root, "cat-file", "--batch-check", given=wanted) or b""
        kept = [
            one
            for one, kind, size in (line.split() for line in sizes.splitlines())
            if kind == b"blob" and int(size) <= MAX_SIZE
        ]
        content = ask_git(root, "cat-file", "--batch", given=b"\n".join(kept) + b"\n") if kept else None
        yield from ((paths[one].decode(errors="replace"), raw) for one, raw in _split(content or b""))


def _split(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield (id, content) of each object in the output of ``git cat-file --batch``."""
    at = 0
    while at < len(content):
        end = content.index(b"\n", at)
        name, _, size = content[at:end].split()
        start, at = end + 1, end + 1 + int(size) + 1
        yield name, content[start : at - 1]
