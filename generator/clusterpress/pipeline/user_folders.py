"""Where the files of a user are on this system (XDG Base Directory Specification; its peers)."""

import os
import sys
from pathlib import Path
from typing import NamedTuple


class FolderNames(NamedTuple):
    """The names of one folder: on Windows and elsewhere, an environment variable and what stands for it."""

    windows: tuple[str, str]
    mac: str
    other: tuple[str, str]


CACHES = FolderNames(("LOCALAPPDATA", "AppData/Local"), "Library/Caches", ("XDG_CACHE_HOME", ".cache"))
SETTINGS = FolderNames(
    ("APPDATA", "AppData/Roaming"), "Library/Application Support", ("XDG_CONFIG_HOME", ".config")
)


def user_folder(names: FolderNames) -> Path:
    """Return our folder in one of the user's.

    Raises:
        RuntimeError: this user has no home folder.
    """
    if sys.platform == "darwin":
        return Path.home() / names.mac / "clusterpress"
    variable, below_home = names.windows if sys.platform == "win32" else names.other
    return Path(os.environ.get(variable) or Path.home() / below_home) / "clusterpress"
