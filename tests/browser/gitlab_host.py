"""The interface of GitLab, as far as the editor uses it (REST, version 4)."""

import base64
from typing import Any

from tests.browser.git_host import MAIN, GitHost, RefusedError, Routes, encoded

Given = dict[str, Any]
PROJECT = "/api/v4/projects/group%2Fsub%2Fsite"
REPO = f"{PROJECT}/repository"


def _project(host: GitHost, person: str, *_: object) -> Given:
    level = 20 if person in host.readers else 30
    return {"path_with_namespace": "group/sub/site", "permissions": {"project_access": {"access_level": level}, "group_access": None}}  # fmt: skip


def _branch(host: GitHost, _: str, __: Given, ___: Given, name: str) -> Given:
    if not (sha := host.head(name)):
        raise RefusedError(404, "404 Branch Not Found")
    return {"name": name, "commit": {"id": sha}}


def _branches(host: GitHost, _: str, query: Given, __: Given) -> list[Given]:
    assert query["search"].startswith("^")
    return [{"name": name, "commit": {"id": sha}} for name, sha in host.branches(query["search"][1:])]


def _delete_branch(host: GitHost, _: str, __: Given, ___: Given, name: str) -> None:
    host.delete(name)


def _file(host: GitHost, _: str, query: Given, __: Given, path: str) -> Given:
    sha = host.find(query["ref"], path)
    return {
        "blob_id": sha,
        "last_commit_id": _last(host, query["ref"], path),
        "content": encoded(host.blob(sha)),
    }


def _last(host: GitHost, ref: str, path: str) -> str:
    return host.git("log", "-1", "--format=%H", ref, "--", path)


def _commit(host: GitHost, _: str, __: Given, given: Given) -> Given:
    branch, start = given["branch"], given.get("start_sha", "")
    old = host.head(branch)
    if start and old and not given.get("force"):
        raise RefusedError(400, f"A branch called '{branch}' already exists.")
    base = start or old
    known = dict(host.files(base))
    changes: list[tuple[str, str | None]] = []
    for one in given["actions"]:
        path, action = one["file_path"], one["action"]
        if (action == "create") == (path in known):
            raise RefusedError(400, "A file with this name already exists" if path in known else "A file with this name doesn't exist")  # fmt: skip
        if action != "create" and one.get("last_commit_id") not in {None, _last(host, base, path)}:
            raise RefusedError(
                400, "You are attempting to update a file that has changed since you started editing it."
            )
        changes.append((path, None if action == "delete" else host.store(base64.b64decode(one["content"]))))
    sha = host.commit(host.tree(base, changes), [base], given["commit_message"])
    host.move(branch, sha, force=True)
    return {"id": sha}


def _request(host: GitHost, one: Given) -> Given:
    return {
        "iid": one["number"],
        "title": one["title"],
        "state": one["state"],
        "web_url": f"https://gitlab.example/group/sub/site/-/merge_requests/{one['number']}",
        "author": {"username": one["by"]},
        "updated_at": "2026-11-30T12:00:00Z",
        "labels": one["labels"],
        "source_branch": one["branch"],
        "source_project_id": 1,
        "target_project_id": 1,
        "sha": host.head(one["branch"]) or one.get("head"),
        "has_conflicts": one.get("has_conflicts", False),
        "detailed_merge_status": "conflict" if one.get("has_conflicts") else "mergeable",
    }


def _review(host: GitHost, number: str) -> Given:
    for one in host.reviews:
        if one["number"] == int(number):
            return one
    raise RefusedError(404, "404 Not found")


def _open(host: GitHost, person: str, _: Given, given: Given) -> Given:
    labels = [one for one in given["labels"].split(",") if one]
    return _request(host, host.open_review(title=given["title"], branch=given["source_branch"], body=given["description"], by=person, labels=labels))  # fmt: skip


def _change(host: GitHost, _: str, __: Given, given: Given, number: str) -> Given:
    one = _review(host, number)
    removed = given.get("remove_labels", "").split(",")
    one["labels"] = [name for name in one["labels"] if name not in removed]
    one["labels"] += [
        name for name in given.get("add_labels", "").split(",") if name and name not in one["labels"]
    ]
    if given.get("state_event") == "close":
        one["state"] = "closed"
    return _request(host, one)


def _merge(host: GitHost, _: str, __: Given, given: Given, number: str) -> Given:
    one = _review(host, number)
    if given["sha"] != host.head(one["branch"]):
        raise RefusedError(409, "SHA does not match HEAD of source branch")
    if not host.merge(one["branch"]):
        one["has_conflicts"] = True
        raise RefusedError(422, "Branch cannot be merged")
    one.update(state="merged", head=given["sha"])
    if given["should_remove_source_branch"]:
        host.delete(one["branch"])
    return _request(host, one)


def _list(host: GitHost, _: str, query: Given, __: Given) -> list[Given]:
    assert (query["state"], query["target_branch"]) == ("opened", MAIN)
    return [_request(host, one) for one in host.reviews if one["state"] == "open"]


def _commits(host: GitHost, _: str, query: Given, __: Given) -> list[Given]:
    return [
        {"id": sha, "committed_date": time, "author_name": name, "title": words}
        for sha, time, name, words in host.history(query["ref_name"], query["path"])
    ]


def _statuses(host: GitHost, _: str, __: Given, ___: Given, commit: str) -> list[Given]:
    found = host.statuses.get(commit, [("check", "success")])
    return [
        {"name": name, "status": state, "target_url": "https://preview.example/1"} for name, state in found
    ]


def _merge_base(host: GitHost, _: str, query: Given, __: Given) -> Given:
    return {"id": host.git("merge-base", *query["refs[]"])}


ROUTES: Routes = [
    ("GET", "/api/v4/user", lambda _, person, *__: {"username": person}),
    ("GET", PROJECT, _project),
    ("GET", f"{REPO}/branches", _branches),
    ("GET", f"{REPO}/branches/([^/]+)", _branch),
    ("DELETE", f"{REPO}/branches/([^/]+)", _delete_branch),
    ("GET", f"{REPO}/tree", lambda host, _, query, __: [{"id": blob, "path": path, "type": "blob"} for path, blob in host.files(query["ref"])]),
    ("GET", f"{REPO}/blobs/(\\w+)", lambda host, _, __, ___, sha: {"content": encoded(host.blob(sha)), "encoding": "base64"}),
    ("GET", f"{REPO}/files/([^/]+)", _file),
    ("POST", f"{REPO}/commits", _commit),
    ("GET", f"{REPO}/merge_base", _merge_base),
    ("GET", f"{REPO}/commits", _commits),
    ("GET", f"{REPO}/commits/(\\w+)/statuses", _statuses),
    ("GET", f"{PROJECT}/merge_requests", _list),
    ("POST", f"{PROJECT}/merge_requests", _open),
    ("GET", f"{PROJECT}/merge_requests/(\\d+)", lambda host, _, __, ___, number: _request(host, _review(host, number))),
    ("PUT", f"{PROJECT}/merge_requests/(\\d+)", _change),
    ("PUT", f"{PROJECT}/merge_requests/(\\d+)/merge", _merge),
]  # fmt: skip
