"""Deleting: items move out of the content, into a folder from which they are restored."""

from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from typing import Any

from clusterpress.content.reader import read_item
from clusterpress.editing.errors import RequestRefusedError
from clusterpress.editing.file_names import check_new_path, place_in
from clusterpress.editing.history import keep_version
from clusterpress.editing.workspace import Workspace
from clusterpress.values.source_names import is_markdown

TRASH_FOLDER = ".clusterpress/deleted"
"""Folder of the project with the files that were deleted in the editor, the latest of each name."""
_MAX_TRIES = 100
"""Names that are tried for a restored item."""


def delete_item(workspace: Workspace, path: str) -> None:
    """Move a file out of the content, into a folder from which it can be restored.

    Raises:
        RequestRefusedError: it is no file, or the folder leads out of the project.
    """
    file = workspace.root / path
    if file.is_dir():
        words = f"{path} is a folder: folders are moved and deleted outside of the editor"
        raise RequestRefusedError(HTTPStatus.FORBIDDEN, words)
    if not file.is_file():
        raise RequestRefusedError(HTTPStatus.NOT_FOUND, f"{path} does not exist")
    kept = place_in(workspace.root, TRASH_FOLDER, path)
    if kept.is_file():  # an earlier item of the same name
        keep_version(workspace.root, path, kept.read_bytes())
    kept.parent.mkdir(parents=True, exist_ok=True)
    file.replace(kept)
    kept.touch()  # its time is now that of the deletion


def list_deleted(workspace: Workspace) -> list[dict[str, Any]]:
    """Return path, title, kind and time of each deleted item, the latest first."""
    workspace.refresh()
    trash = workspace.root / TRASH_FOLDER
    found = []
    for file in trash.rglob("*"):
        path = file.relative_to(trash).as_posix()
        if file.is_file() and is_markdown(path) and (kind := workspace.kind_of(path)):
            item, _ = read_item(file.read_bytes(), path, workspace.settings)
            moment = datetime.fromtimestamp(file.stat().st_mtime, UTC).isoformat()
            title = item.title if item else PurePosixPath(path).name
            found.append({"path": path, "title": title, "kind": kind, "time": moment})
    return sorted(found, key=lambda one: str(one["time"]), reverse=True)


def restore_item(workspace: Workspace, path: str) -> dict[str, str]:
    """Move a deleted file back, and return its path: a number is added to a name that is taken by now.

    Raises:
        RequestRefusedError: no such file was deleted, or the folder leads out of the project.
    """
    kept = place_in(workspace.root, TRASH_FOLDER, path)
    if not kept.is_file():
        words = f"{path} is not among the deleted items: it was restored already"
        raise RequestRefusedError(HTTPStatus.NOT_FOUND, words)
    free = _free_path(workspace.root, path)
    check_new_path(workspace.root, free)
    file = workspace.root / free
    file.parent.mkdir(parents=True, exist_ok=True)
    kept.replace(file)
    return {"path": free}


def _free_path(root: Path, path: str) -> str:
    start, _, end = PurePosixPath(path).name.partition(".")
    names = (f"{start}-{number}.{end}" for number in range(2, _MAX_TRIES))
    paths = (path, *(str(PurePosixPath(path).with_name(name)) for name in names))
    free = next((one for one in paths if not (root / one).exists()), None)
    if free is None:
        raise RequestRefusedError(HTTPStatus.CONFLICT, f"there are too many items called {start}")
    return free
