"""Paths in a project, in the program and in the user's cache; small values stored in the cache."""

import os
import pickle
import shutil
import sys
from pathlib import Path
from zlib import crc32

from clusterpress.pipeline.errors import CacheFolderError
from clusterpress.pipeline.user_folders import CACHES, user_folder
from clusterpress.pipeline.user_settings import user_settings_file
from clusterpress.values.digests import digest
from clusterpress.values.source_names import RECORD

CONFIG = "site_config.yml"
THEMES = "themes"
"""The folder of a project with its own themes."""
WORK_FOLDER = ".clusterpress"
"""The folder in a project for the lock, previews and lists that people read. Nothing in it is unpickled."""
CACHE_VARIABLE = "CLUSTERPRESS_CACHE"
"""Environment variable that names another folder for the user's cache."""
PACKAGE = Path(__file__).resolve().parent.parent
"""The folder of our own code."""
BUILT_IN_THEMES = (PACKAGE / "themes", PACKAGE.parent.parent / "themes")
"""Folders with the themes of the program, installed or in a checkout."""
PROBE_SUFFIX = ".probe"
"""Suffix of the file by which workers on other machines find out whether they see the cache folder."""
_WORK_FILES = ("lock", "links.json", "imported.json")
"""Files of our own in the work folder."""
_CHECKSUM_SIZE = 4
"""Bytes of a CRC-32 before each saved value: a flipped bit must not become a wrong page."""
_LOAD_ERRORS = (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, ValueError, TypeError)
"""Raised for a file that is missing, broken, or of another version."""


def theme_folders(root: Path, *, untrusted: bool = False) -> tuple[Path, ...]:
    """Return the folders with themes: the project's own if it is trusted, then those of the program."""
    if untrusted:
        return BUILT_IN_THEMES
    return root / THEMES, *BUILT_IN_THEMES


def project_inputs(root: Path) -> list[Path]:
    """Return the files and folders from which a project is opened, beside its own themes."""
    own = user_settings_file()
    return [*([own] if own else ()), root / CONFIG, root / RECORD, *BUILT_IN_THEMES, PACKAGE]


def cache_folder(root: Path) -> Path:
    """Return the folder in the user's cache for the project in ``root``, whether it exists or not.

    Pickled values are stored here, and not in the project folder, which may come from anybody.
    """
    root = root.resolve()
    return _cache_base() / f"{root.name}-{digest(str(root)).hex()[:16]}"


def handbook_folder() -> Path:
    """Return the folder in the user's cache for the pages of the handbook, whether it exists or not.

    Raises:
        CacheFolderError: this user has no home folder.
    """
    return _cache_base() / "handbook"


def make_cache_folder(root: Path) -> Path:
    """Return the same, created if need be, so that only this user can write in it.

    Raises:
        CacheFolderError: it cannot be created, or somebody else can write in it.
    """
    folder = cache_folder(root)
    hint = f"set {CACHE_VARIABLE} to a folder of your own"
    try:
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        if _is_ours(folder) and not is_private(folder):  # restored by a tool that forgets permissions
            shutil.rmtree(folder)
            folder.mkdir(mode=0o700)
    except OSError as fault:
        message = f"the cache folder {folder} cannot be created: {fault.strerror}; {hint}"
        raise CacheFolderError(message) from fault
    if not is_private(folder):
        raise CacheFolderError(f"the cache folder {folder} belongs to another user; {hint}")
    return folder


def make_work_folder(root: Path) -> Path:
    """Return the work folder of a project, created if need be, in which our own files are regular files.

    A project may come from anybody: what we write must not go through a link to another file, and nothing
    waits for a named pipe.

    Raises:
        CacheFolderError: it is no folder.
    """
    folder = root / WORK_FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as fault:
        raise CacheFolderError(f"{folder} is not a folder: delete it") from fault
    for name in _WORK_FILES:
        path = folder / name
        if path.is_symlink() or not (path.is_file() or path.is_dir() or not path.exists()):
            path.unlink()
    return folder


def is_private(folder: Path) -> bool:
    """Return whether a folder exists and only this user can write in it. Windows protects home folders."""
    return _is_ours(folder) and (sys.platform == "win32" or not folder.lstat().st_mode & 0o022)


def _is_ours(folder: Path) -> bool:
    """Return whether a folder, not a link to one, exists and belongs to this user."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    return sys.platform == "win32" or folder.stat().st_uid == os.getuid()


def store_file(root: Path) -> Path:
    """Return the SQLite file with the results of earlier builds of a project."""
    return cache_folder(root) / "store.sqlite"


def _cache_base() -> Path:
    """Return the folder for the caches of all projects.

    Raises:
        CacheFolderError: this user has no home folder.
    """
    if named := os.environ.get(CACHE_VARIABLE):
        return Path(named).absolute()
    try:
        return user_folder(CACHES)
    except RuntimeError as fault:
        raise CacheFolderError(f"you have no home folder for the cache; set {CACHE_VARIABLE}") from fault


def save_value(root: Path, name: str, value: object) -> None:
    """Save a value in the user's cache, completely or not at all.

    Args:
        root: the project's folder.
        name: of the file in the cache folder.
        value: any value that can be pickled.
    """
    path = make_cache_folder(root) / name
    temporary = path.with_name(f"{name}.{os.getpid()}")
    try:
        content = pickle.dumps(value, protocol=5)
        temporary.write_bytes(crc32(content).to_bytes(_CHECKSUM_SIZE, "big") + content)
        temporary.replace(path)
    except OSError:  # the disk is full or read-only: the next build takes as long as this one
        temporary.unlink(missing_ok=True)


def load_value(root: Path, name: str) -> object | None:
    """Return the value saved under a name for a project, or None if there is none that can be read."""
    folder = cache_folder(root)
    if not is_private(folder):
        return None
    try:
        raw = (folder / name).read_bytes()
        content = raw[_CHECKSUM_SIZE:]
        if crc32(content) != int.from_bytes(raw[:_CHECKSUM_SIZE], "big"):
            return None
        value: object = pickle.loads(content)  # noqa: S301 -- in a folder of this user alone
    except _LOAD_ERRORS:
        return None
    return value


def delete_cache(root: Path) -> None:
    """Delete everything in the cache folder of a project."""
    for path in cache_folder(root).iterdir():
        if not path.name.endswith(PROBE_SUFFIX):  # workers of other machines look for it
            path.unlink(missing_ok=True)


def delete_value(root: Path, name: str) -> None:
    """Delete the value saved under a name, if any."""
    (cache_folder(root) / name).unlink(missing_ok=True)
