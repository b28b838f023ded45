"""Pictures and other files that are dropped on the editor: stored beside the item that shows them."""

from http import HTTPStatus
from pathlib import PurePosixPath
from typing import Any

from clusterpress.editing.errors import RequestRefusedError
from clusterpress.editing.file_names import check_new_path, check_path
from clusterpress.editing.workspace import Workspace
from clusterpress.importing.sources.documents.pictures import Picture, read_picture
from clusterpress.parsing.values import ValueFault
from clusterpress.sources.files import write_file
from clusterpress.values.slugs import slugify

_MAX_TRIES = 1000


def read_shown(content: bytes, name: str) -> Picture:
    """Return a picture in a form that browsers show.

    Args:
        content: its bytes.
        name: of its file.

    Raises:
        ValueFault: browsers do not show such a file, and it cannot be converted.
    """
    if not content:
        raise ValueFault(f"{name} is empty", "choose another file")
    found = read_picture(content, name)
    if not found.is_shown:
        reason = found.note.partition(";")[0] or "is no picture that browsers show"
        remedy = "make it smaller" if "million pixels" in reason else "save it as PNG or JPEG"
        raise ValueFault(f"{name} {reason}", f"{remedy}, and try again")
    return found


def place_logo(found: Picture | None) -> tuple[str, dict[str, bytes]]:
    """Return the path of a new site's logo below content/, and the file to write; nothing without a logo."""
    if found is None:
        return "", {}
    path = f"static/img/logo{found.ending}"
    return path, {f"content/{path}": found.content}


def store_picture(workspace: Workspace, folder: str, name: str, content: bytes) -> dict[str, Any]:
    """Store a picture in a folder of content/, and return its path and the name by which an item shows it.

    A picture of the same name and content is not stored twice; another content gets a number.

    Args:
        workspace: the project.
        folder: where the item lies.
        name: of the file on the editor's computer.
        content: its bytes.

    Raises:
        ValueFault: browsers do not show such a file, and it cannot be converted.
        RequestRefusedError: it cannot be stored there.
    """
    found = read_shown(content, name)
    stem = slugify(PurePosixPath(name).stem) or "picture"
    for number in range(1, _MAX_TRIES):
        ending = "" if number == 1 else f"-{number}"
        path = check_path(workspace.root, f"{folder}/{stem[:80]}{ending}{found.ending}")
        file = workspace.root / path
        if file.is_file() and file.read_bytes() == found.content:
            break
        if not file.exists():
            check_new_path(workspace.root, path)
            write_file(file, found.content)
            break
    else:
        raise RequestRefusedError(HTTPStatus.CONFLICT, f"there are too many pictures called {stem}")
    return {"path": path, "src": PurePosixPath(path).name, "note": found.note}
