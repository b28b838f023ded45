"""The user's own settings, which no project can bring: where they are, and what they say."""

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from clusterpress.pipeline.user_folders import SETTINGS, user_folder
from clusterpress.values.problems import Problem

if TYPE_CHECKING:
    from clusterpress.config.user import UserSettings

USER_SETTINGS_VARIABLE = "CLUSTERPRESS_CONFIG"
"""Environment variable that names another file with the user's settings."""


def user_settings_file() -> Path | None:
    """Return the file with the user's settings, whether it exists or not.

    None if this user has no home folder.
    """
    if named := os.environ.get(USER_SETTINGS_VARIABLE):
        return Path(named).absolute()
    with suppress(RuntimeError):
        return user_folder(SETTINGS) / "config.yml"
    return None


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
