"""The interface of GitHub, as far as the editor uses it (REST, version 2022-11-28)."""

import base64
from typing import Any

from tests.browser.git_host import MAIN, GitHost, RefusedError, Routes, encoded

Given = dict[str, Any]
REPO = "/api/v3/repos/owner/site"


def _repo(host: GitHost, person: str, *_: object) -> Given:
    return {
        "full_name": "owner/site",
        "permissions": {"push": person not in host.readers},
        "allow_merge_commit": True,
    }


def _pull(host: GitHost, one: Given) -> Given:
    return {
        "number": one["number"],
        "title": one["title"],
        "state": one["state"],
        "html_url": f"https://github.example/owner/site/pull/{one['number']}",
        "user": {"login": one["by"]},
        "updated_at": "2026-11-30T12:00:00Z",
        "labels": [{"name": name} for name in one["labels"]],
        "head": {"ref": one["branch"], "sha": host.head(one["branch"]) or one.get("head", ""), "repo": {"full_name": "owner/site"}},
        "mergeable": one.get("mergeable"),
        "mergeable_state": one.get("mergeable_state", "unknown"),
    }  # fmt: skip


def _review(host: GitHost, number: str) -> Given:
    for one in host.reviews:
        if one["number"] == int(number):
            return one
    raise RefusedError(404, "Not Found")


def _contents(host: GitHost, _: str, query: Given, __: Given, path: str) -> Given:
    sha = host.find(query["ref"], path)
    return {"sha": sha, "path": path, "content": encoded(host.blob(sha)), "encoding": "base64"}


def _make_tree(host: GitHost, _: str, __: Given, given: Given) -> Given:
    for one in given["tree"]:
        assert one["mode"] == "100644"
    return {"sha": host.tree(given["base_tree"], [(one["path"], one["sha"]) for one in given["tree"]])}


def _make_ref(host: GitHost, _: str, __: Given, given: Given) -> Given:
    host.move(given["ref"].removeprefix("refs/heads/"), given["sha"], is_new=True)
    return {"ref": given["ref"]}


def _move_ref(host: GitHost, _: str, __: Given, given: Given, branch: str) -> Given:
    host.move(branch, given["sha"], force=given["force"])
    return {"ref": f"refs/heads/{branch}"}


def _delete_ref(host: GitHost, _: str, __: Given, ___: Given, branch: str) -> None:
    host.delete(branch)


def _open(host: GitHost, person: str, _: Given, given: Given) -> Given:
    if host.head(given["head"]) == host.head(MAIN):
        raise RefusedError(422, "No commits between main and the branch")
    one = host.open_review(title=given["title"], branch=given["head"], body=given["body"], by=person)
    return _pull(host, one)


def _labels(host: GitHost, _: str, __: Given, given: Given, number: str) -> list[Given]:
    _review(host, number)["labels"] = given["labels"]
    return [{"name": name} for name in given["labels"]]


def _change(host: GitHost, _: str, __: Given, given: Given, number: str) -> Given:
    _review(host, number).update(state=given["state"])
    return _pull(host, _review(host, number))


def _merge(host: GitHost, _: str, __: Given, given: Given, number: str) -> Given:
    one = _review(host, number)
    if given["sha"] != host.head(one["branch"]):
        raise RefusedError(409, "Head branch was modified. Review and try the merge again.")
    if not host.merge(one["branch"]):
        one.update(mergeable=False, mergeable_state="dirty")
        raise RefusedError(405, "Pull Request is not mergeable")
    one.update(state="closed", head=given["sha"])
    return {"merged": True}


def _commits(host: GitHost, _: str, query: Given, __: Given) -> list[Given]:
    return [
        {"sha": sha, "commit": {"committer": {"date": time}, "author": {"name": name}, "message": words}}
        for sha, time, name, words in host.history(query["sha"], query["path"])
    ]


def _status(host: GitHost, _: str, __: Given, ___: Given, commit: str) -> Given:
    found = host.statuses.get(commit, [("check", "success")])
    return {"statuses": [{"context": name, "state": state, "target_url": "https://preview.example/1"} for name, state in found]}  # fmt: skip


def _make_blob(host: GitHost, _: str, __: Given, given: Given) -> Given:
    assert given["encoding"] == "base64"
    return {"sha": host.store(base64.b64decode(given["content"]))}


def _make_commit(host: GitHost, _: str, __: Given, given: Given) -> Given:
    return {"sha": host.commit(given["tree"], given["parents"], given["message"])}


def _compare(host: GitHost, _: str, __: Given, ___: Given, one: str, other: str) -> Given:
    return {"merge_base_commit": {"sha": host.git("merge-base", one, other)}}


def _ref(host: GitHost, _: str, __: Given, ___: Given, branch: str) -> Given:
    if not (sha := host.head(branch)):
        raise RefusedError(404, "Not Found")
    return {"object": {"sha": sha}}


ROUTES: Routes = [
    ("GET", "/api/v3/user", lambda _, person, *__: {"login": person}),
    ("GET", REPO, _repo),
    ("GET", f"{REPO}/git/ref/heads/(.+)", _ref),
    ("GET", f"{REPO}/git/commits/(\\w+)", lambda host, _, __, ___, sha: {"tree": {"sha": host.git("rev-parse", f"{sha}^{{tree}}")}}),
    ("GET", f"{REPO}/git/trees/(\\w+)", lambda host, _, __, ___, sha: {"truncated": False, "tree": [{"path": path, "sha": blob, "type": "blob"} for path, blob in host.files(sha)]}),
    ("GET", f"{REPO}/git/blobs/(\\w+)", lambda host, _, __, ___, sha: {"content": encoded(host.blob(sha)), "encoding": "base64"}),
    ("GET", f"{REPO}/contents/(.+)", _contents),
    ("POST", f"{REPO}/git/blobs", _make_blob),
    ("POST", f"{REPO}/git/trees", _make_tree),
    ("POST", f"{REPO}/git/commits", _make_commit),
    ("POST", f"{REPO}/git/refs", _make_ref),
    ("PATCH", f"{REPO}/git/refs/heads/(.+)", _move_ref),
    ("DELETE", f"{REPO}/git/refs/heads/(.+)", _delete_ref),
    ("GET", f"{REPO}/git/matching-refs/heads/(.+)", lambda host, _, __, ___, start: [{"ref": f"refs/heads/{name}", "object": {"sha": sha}} for name, sha in host.branches(start)]),
    ("GET", f"{REPO}/compare/(\\w+)\\.\\.\\.(\\w+)", _compare),
    ("GET", f"{REPO}/pulls", lambda host, *_: [_pull(host, one) for one in host.reviews if one["state"] == "open"]),
    ("POST", f"{REPO}/pulls", _open),
    ("GET", f"{REPO}/pulls/(\\d+)", lambda host, _, __, ___, number: _pull(host, _review(host, number))),
    ("PATCH", f"{REPO}/pulls/(\\d+)", _change),
    ("PUT", f"{REPO}/pulls/(\\d+)/merge", _merge),
    ("PUT", f"{REPO}/issues/(\\d+)/labels", _labels),
    ("GET", f"{REPO}/commits", _commits),
    ("GET", f"{REPO}/commits/(\\w+)/status", _status),
    ("GET", f"{REPO}/actions/runs", lambda *_: {"workflow_runs": []}),
]  # fmt: skip
