"""The user's own settings, which no project can bring: where they are, and what they say."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from clusterpress.values.problems import Problem

if TYPE_CHECKING:
    from clusterpress.config.user import UserSettings

USER_SETTINGS_VARIABLE = "CLUSTERPRESS_CONFIG"
"""Environment variable that names another file with the user's settings."""


def user_settings_file() -> Path | None:
    """Return the file with the user's settings, whether it exists or not (XDG Base Directory; its peers).

    None if this user has no home folder.
    """
    with suppress(RuntimeError):
        return _find_file()
    return None


def _find_file() -> Path:
    if named := os.environ.get(USER_SETTINGS_VARIABLE):
        return Path(named).absolute()
    if sys.platform == "win32":
        base = os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(base) / "clusterpress" / "config.yml"


def load_user_settings(root: Path) -> "tuple[UserSettings | None, list[Problem]]":
    """Return the user's settings, and their problems; None if there is no file, or an error in it.

    Args:
        root: the folder of the project that is opened. Its own files are never the user's settings.
    """
    file = user_settings_file()
    if file is None:
        return None, []
    if not file.exists():
        if USER_SETTINGS_VARIABLE not in os.environ:
            return None, []
        hint = f"correct the environment variable {USER_SETTINGS_VARIABLE}, or delete it"
        return None, [Problem(path=str(file), message="there is no such file of settings", hint=hint)]
    if file.resolve().is_relative_to(root.resolve()):
        hint = "put it outside the project, where nobody who edits the site can change it"
        return None, [Problem(path=str(file), message="your own settings are in the project", hint=hint)]
    from clusterpress.config.user import read_user_settings
    from clusterpress.parsing.source_text import decode_source

    text, unreadable = decode_source(file.read_bytes(), str(file))
    return (None, unreadable) if unreadable else read_user_settings(text, str(file))


def is_distrusted(root: Path) -> bool:
    """Return whether the user's settings say that only the content of projects is trusted, or are broken."""
    file = user_settings_file()
    if not ((file and file.exists()) or USER_SETTINGS_VARIABLE in os.environ):
        return False
    settings, _ = load_user_settings(root)
    return settings is None or settings.trust == "content"
