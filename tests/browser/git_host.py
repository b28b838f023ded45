"""A stand-in for GitHub and GitLab on this machine: their interfaces, as far as the editor uses them, on a real
bare repository."""

import base64
import hashlib
import json
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import RLock, Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

MAIN = "main"
PEOPLE = {"github_pat_anna0123456789": "anna", "github_pat_ben0123456789": "ben"}
"""Access token → the person who has it."""
ENVIRONMENT = {f"GIT_{one}_{key}": value for one in ("AUTHOR", "COMMITTER") for key, value in (("NAME", "Somebody"), ("EMAIL", "s@example.eu"))}  # fmt: skip


class RefusedError(Exception):
    """A request that the host refuses."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class GitHost:
    """One repository, its reviews, and who may use it."""

    def __init__(self, folder: Path) -> None:
        """Prepare a host whose bare repository is in ``folder``."""
        self.bare = folder
        self.lock = RLock()
        self.people = dict(PEOPLE)
        self.readers: set[str] = set()
        self.reviews: list[dict[str, Any]] = []
        self.statuses: dict[str, list[tuple[str, str]]] = {}
        self.log: list[tuple[str, str, str]] = []
        self.codes: dict[str, str] = {}

    def begin(self, project: Path) -> None:
        """Put a project into the repository."""
        folder = self.bare
        self.git("init", "--quiet", "--bare", f"--initial-branch={MAIN}", str(folder), at=project)
        where = {"GIT_DIR": str(folder), "GIT_WORK_TREE": str(project)}
        self.git("add", "content", "site_config.yml", at=project, more=where)
        self.git("commit", "--quiet", "-m", "Begin", at=project, more=where)

    def git(
        self, *words: str, given: bytes = b"", at: Path | None = None, more: dict[str, str] | None = None
    ) -> str:
        environment = {**os.environ, **ENVIRONMENT, **(more or {})}
        done = subprocess.run(["git", *words], cwd=at or self.bare, input=given, capture_output=True, env=environment, check=False)  # fmt: skip
        if done.returncode:
            raise RefusedError(404, done.stderr.decode().strip())
        return done.stdout.decode().strip()

    def head(self, branch: str) -> str:
        try:
            return self.git("rev-parse", "--verify", "--quiet", f"refs/heads/{branch}^{{commit}}")
        except RefusedError:
            return ""

    def branches(self, start: str) -> list[tuple[str, str]]:
        lines = self.git(
            "for-each-ref", "--format=%(refname:lstrip=2) %(objectname)", "refs/heads"
        ).splitlines()
        found = [(name, sha) for name, _, sha in (line.rpartition(" ") for line in lines)]
        return [(name, sha) for name, sha in found if name.startswith(start)]

    def files(self, commit: str) -> list[tuple[str, str]]:
        lines = self.git("ls-tree", "-r", "-z", commit).split("\0")
        return [(line.partition("\t")[2], line.split()[2]) for line in lines if line]

    def blob(self, name: str) -> bytes:
        done = subprocess.run(
            ["git", "cat-file", "blob", name], cwd=self.bare, capture_output=True, check=False
        )
        if done.returncode:
            raise RefusedError(404, "Not Found")
        return done.stdout

    def find(self, commit: str, path: str) -> str:
        return self.git("rev-parse", "--verify", "--quiet", f"{commit}:{path}")

    def store(self, content: bytes) -> str:
        return self.git("hash-object", "-w", "--stdin", given=content)

    def tree(self, base: str, changes: list[tuple[str, str | None]]) -> str:
        """Return a tree with other files: (path, digest or None)."""
        more = {"GIT_INDEX_FILE": str(self.bare / "stand-in.index")}
        self.git("read-tree", base, more=more)
        for path, blob in changes:
            if blob is None:
                self.git(
                    "rm", "--cached", "--quiet", "--", path, more={**more, "GIT_WORK_TREE": str(self.bare)}
                )
            else:
                self.git("update-index", "--add", "--cacheinfo", f"100644,{blob},{path}", more=more)
        return self.git("write-tree", more=more)

    def commit(self, tree: str, parents: list[str], message: str) -> str:
        return self.git(
            "commit-tree", tree, *(word for one in parents for word in ("-p", one)), "-m", message
        )

    def move(self, branch: str, commit: str, *, force: bool = False, is_new: bool = False) -> None:
        old = self.head(branch)
        if is_new and old:
            raise RefusedError(422, "Reference already exists")
        if old and not force and self.git("merge-base", old, commit) != old:
            raise RefusedError(422, "Update is not a fast forward")
        self.git("update-ref", f"refs/heads/{branch}", commit)

    def delete(self, branch: str) -> None:
        if not self.head(branch):
            raise RefusedError(422, "Reference does not exist")
        self.git("update-ref", "-d", f"refs/heads/{branch}")

    def open_review(self, **review: Any) -> dict[str, Any]:
        self.reviews.append({"number": len(self.reviews) + 1, "state": "open", "labels": [], **review})
        return self.reviews[-1]

    def merge(self, branch: str) -> bool:
        """Merge a branch; return False if both changed the same lines."""
        main, other = self.head(MAIN), self.head(branch)
        done = subprocess.run(["git", "merge-tree", "--write-tree", main, other], cwd=self.bare, capture_output=True, check=False)  # fmt: skip
        if done.returncode:
            return False
        tree = done.stdout.decode().split("\n")[0]
        self.move(MAIN, self.commit(tree, [main, other], f"Merge {branch}"))
        return True

    def history(self, ref: str, path: str) -> list[list[str]]:
        log = self.git("log", "--format=%H%x00%cI%x00%an%x00%s", ref, "--", path)
        return [line.split("\0") for line in log.splitlines()]

    def write(self, branch: str, path: str, text: str) -> None:
        """Change a file as somebody with another program does."""
        tree = self.tree(self.head(branch), [(path, self.store(text.encode()))])
        self.move(branch, self.commit(tree, [self.head(branch)], f"Change {path}"))

    def read(self, branch: str, path: str) -> str:
        return self.blob(f"{branch}:{path}").decode()


Routes = list[tuple[str, str, Callable[..., Any]]]


class Answers(BaseHTTPRequestHandler):
    """Answers requests as a host does, also from pages of other origins."""

    protocol_version = "HTTP/1.1"
    host: GitHost
    routes: Routes
    open_routes: Routes

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_OPTIONS(self) -> None:
        self._send(204, b"")

    def _answer(self) -> None:
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        self.host.log.append((self.command, self.path, body.decode("utf-8", "replace")))
        query = {key: values[-1] for key, values in parse_qs(parts.query, keep_blank_values=True).items()}
        query |= {key: values for key, values in parse_qs(parts.query).items() if key.endswith("[]")}  # type: ignore[misc]
        try:
            with self.host.lock:
                status, found = self._find(parts.path, query, body, token)
        except RefusedError as refusal:
            status, found = refusal.status, {"message": str(refusal)}
        if isinstance(found, str):
            is_page = found.startswith("<")
            self._send(
                status,
                found.encode() if is_page else b"",
                "text/html" if is_page else "",
                found if not is_page else "",
            )
        else:
            self._send(status, b"" if found is None else json.dumps(found).encode())

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _answer  # noqa: N815 (names of http.server)

    def _find(self, path: str, query: dict[str, Any], body: bytes, token: str) -> tuple[int, Any]:
        for method, pattern, work in self.open_routes:
            if method == self.command and (match := re.fullmatch(pattern, path)):
                found = work(self.host, query, body, *match.groups())
                return (302 if isinstance(found, str) and not found.startswith("<") else 200), found
        if token not in self.host.people:
            raise RefusedError(401, "Bad credentials")
        person = self.host.people[token]
        for method, pattern, work in self.routes:
            if method == self.command and (match := re.fullmatch(pattern, path)):
                if method != "GET" and person in self.host.readers:
                    raise RefusedError(403, "Resource not accessible by personal access token")
                given = json.loads(body) if body else {}
                groups = [unquote(one) for one in match.groups()]
                found = work(self.host, person, query, given, *groups)
                return (204, None) if found is None else ({"POST": 201}.get(method, 200), found)
        raise RefusedError(404, "Not Found")

    def handle(self) -> None:
        """Answer; a page that was left meanwhile needs nothing."""
        with suppress(ConnectionError):
            super().handle()

    def _send(self, status: int, content: bytes, kind: str = "application/json", place: str = "") -> None:
        self.send_response(status)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header(
            "Access-Control-Allow-Headers", "Authorization, Content-Type, Accept, X-GitHub-Api-Version"
        )
        self.send_header("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE")
        self.send_header("Access-Control-Expose-Headers", "Link, X-RateLimit-Remaining")
        if place:
            self.send_header("Location", place)
        if kind:
            self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def hosting(answers: type[Answers]) -> Iterator[str]:
    """Serve a host, and give its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), answers) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


def answers_of(host: GitHost, routes: Routes) -> type[Answers]:
    """Return what answers for a host."""
    return type("HostAnswers", (Answers,), {"host": host, "routes": routes, "open_routes": SIGN_IN})


def encoded(content: bytes) -> str:
    return base64.encodebytes(content).decode()


# Signing in: the helper of Netlify and Decap CMS, and OAuth with PKCE at GitLab.


def _helper(host: GitHost, query: dict[str, str], _: bytes) -> str:
    token = next(iter(host.people))
    provider = query["provider"]
    told = json.dumps(
        f"authorization:{provider}:success:{json.dumps({'token': token, 'provider': provider})}"
    )
    return (
        f"<!doctype html><title>Sign in</title><script>addEventListener('message', (event) => "
        f"opener.postMessage({told}, event.origin)); opener.postMessage('authorizing:{provider}', '*');</script>"
    )


def _authorize(host: GitHost, query: dict[str, str], _: bytes) -> str:
    host.codes["a-code"] = query["code_challenge"]
    assert (query["code_challenge_method"], query["client_id"]) == ("S256", "an-app")
    return f"{query['redirect_uri']}?{urlencode({'code': 'a-code', 'state': query['state']})}"


def _token(host: GitHost, _: dict[str, str], body: bytes) -> dict[str, str]:
    given = dict(parse_qs(body.decode()))
    digest = hashlib.sha256(given["code_verifier"][0].encode()).digest()
    if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != host.codes.pop(given["code"][0], ""):
        raise RefusedError(400, "invalid_grant")
    return {"access_token": next(iter(host.people)), "token_type": "Bearer"}


SIGN_IN: Routes = [
    ("GET", r"/auth", _helper),
    ("GET", r"/oauth/authorize", _authorize),
    ("POST", r"/oauth/token", _token),
]
