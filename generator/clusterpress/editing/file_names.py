"""Names of files that the editor may ask for, and those under which it may save a new one."""

import re
import unicodedata
from http import HTTPStatus
from pathlib import Path

from clusterpress.editing.errors import RequestRefusedError
from clusterpress.values.source_names import is_left_out

LONGEST_NAME = 200
"""Bytes of the longest name of a new file or folder. Systems allow 255, and versions add ends to it."""
_LONGEST_PATH = 1000
"""Bytes of the longest path below a project."""

_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices, with any end (Microsoft, "Naming Files, Paths, and Namespaces")."""
_SIGNS = re.compile(
    r'[\x00-\x1f\x7f-\x9f<>:"|?*\\\u2028-\u202e\u2066-\u2069\ufffd\ud800-\udfff]|%[0-9a-f]{2}', re.IGNORECASE
)
"""Signs that some system refuses, that turn the direction of writing, and what addresses would decode."""


def check_path(root: Path, path: str) -> str:
    """Return the path of a file below content/.

    Args:
        root: the project's folder, resolved.
        path: as asked for, relative to it.

    Raises:
        RequestRefusedError: the path, or a symbolic link in it, leads elsewhere.
    """
    if len(path.encode(errors="replace")) > _LONGEST_PATH:
        raise RequestRefusedError(HTTPStatus.NOT_FOUND, "the path is too long for a file")
    parts = path.split("/")
    is_odd = "\\" in path or "\0" in path or any(part in {"", ".", ".."} for part in parts)
    if is_odd or parts[0] != "content" or len(parts) == 1 or not _is_inside(root, path):
        raise RequestRefusedError(HTTPStatus.FORBIDDEN, f"{_shown(path)} is outside content/")
    return path


def check_new_path(root: Path, path: str, without: str = "") -> None:
    """Check that a new file can have this path on every system.

    Args:
        root: the project's folder.
        path: of the new file, already checked by `check_path`.
        without: a file that is about to take the new name.

    Raises:
        RequestRefusedError: it cannot; the message names the part.
    """
    folder = root
    for part in path.split("/"):
        if fault := find_name_fault(part):
            raise RequestRefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, f'"{_shown(part)}" {fault}')
        if other := _differing_in_case(folder, part, root / without if without else None):
            words = f'"{part}" differs from "{other}" only in capitals: some systems cannot keep both'
            raise RequestRefusedError(HTTPStatus.CONFLICT, words)
        folder /= part
    for parent in (root / path).relative_to(root).parents:
        if (root / parent).exists() and not (root / parent).is_dir():
            raise RequestRefusedError(HTTPStatus.CONFLICT, f"{parent.as_posix()} is a file, not a folder")
    if (root / path).exists():
        raise RequestRefusedError(HTTPStatus.CONFLICT, f"{path} is a folder")


def place_in(root: Path, folder: str, path: str) -> Path:
    """Return the place of an item's path in a folder that the editor keeps in the project.

    Raises:
        RequestRefusedError: the folder leads out of the project.
    """
    place = root / folder / path
    if not place.resolve().is_relative_to(root):
        raise RequestRefusedError(HTTPStatus.FORBIDDEN, f"{folder} leads out of the project")
    return place


def find_name_fault(name: str) -> str:
    """Return why no new file or folder may have this name; empty if it may."""
    if _SIGNS.search(name):
        return "contains signs that names of files cannot have"
    if _DEVICE.fullmatch(name):
        return "is the name of a device on Windows"
    if name != name.strip() or name.endswith("."):
        return "begins or ends with a space, or ends with a full stop"
    if len(name.encode()) > LONGEST_NAME:
        return "is too long for the name of a file"
    return "would never be published: names like this are left out" if is_left_out(name) else ""


def _is_inside(root: Path, path: str) -> bool:
    try:
        place = (root / path).resolve()
    except (OSError, RuntimeError):  # a name that is too long, or links that lead in a circle
        return False
    # Python 3.13 leaves links that lead in a circle as they are.
    is_circle = any(one.is_symlink() for one in (place, *place.parents))
    return place.is_relative_to((root / "content").resolve()) and not is_circle


def _differing_in_case(folder: Path, name: str, without: Path | None) -> str:
    """Return a name of the folder that some systems take for the same as another one, or nothing."""
    if (folder / name).exists() or not folder.is_dir():
        return ""
    wanted = _folded(name)
    names = (one.name for one in folder.iterdir() if one != without)
    return next((one for one in names if _folded(one) == wanted), "")


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _shown(name: str) -> str:
    """Return a name as it can be shown: without what would break the line or its direction."""
    return _SIGNS.sub(lambda sign: sign[0] if sign[0].isprintable() else "�", name)[:100]
