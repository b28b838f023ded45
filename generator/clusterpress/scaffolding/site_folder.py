"""The folder of a new site: whether it is free, what its theme can write, and its files."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from clusterpress.config.settings import Settings
from clusterpress.pipeline.paths import CONFIG
from clusterpress.pipeline.project import find_theme
from clusterpress.scaffolding.items import NewFile, ScaffoldError
from clusterpress.theme.theme import Theme, missing_labels

_ALLOWED = frozenset(
    {".git", ".venv", ".gitattributes", "LICENSE", ".clusterpress", ".DS_Store", "desktop.ini"}
)
"""What the folder of a new site may contain."""


def find_others(root: Path) -> list[str]:
    """Return the names in a folder that a new site cannot lie beside."""
    return sorted({path.name for path in root.glob("*")} - _ALLOWED)


def is_free(root: Path) -> bool:
    """Return whether a site can be created in a folder."""
    return not find_others(root)


def theme_of_new(root: Path) -> Theme:
    """Return the theme of a new site."""
    name = Settings(name="", url="").theme
    folder = find_theme(root, name)
    assert folder is not None  # noqa: S101 -- the package contains it
    return Theme(name=name, folder=str(folder), digest=b"")


def known_languages(root: Path) -> list[str]:
    """Return the codes of the languages in which the theme can write newsletters."""
    theme = theme_of_new(root)
    return [code for code in _codes(theme) if not _lacks_words(theme, code)]


def check_languages(root: Path, languages: Iterable[str]) -> str:
    """Return why the theme cannot write newsletters in a language; "" if it can."""
    theme = theme_of_new(root)
    for lang in languages:
        if _lacks_words(theme, lang):
            return f'the theme has no words in "{lang}"; it has {", ".join(_codes(theme))}'
    return ""


def _codes(theme: Theme) -> list[str]:
    return sorted(path.stem for path in Path(theme.folder).glob("newsletter/labels/*.yml"))


def _lacks_words(theme: Theme, lang: str) -> bool:
    return bool(missing_labels(theme, lang, "newsletter", "issue_number"))


def write_site(root: Path, files: Iterable[NewFile], pictures: Mapping[str, bytes] | None = None) -> None:
    """Write the files of a new site, the settings last; if that fails, take away what was written.

    Args:
        root: folder of the new site.
        files: its texts.
        pictures: path → content of further files.

    Raises:
        ScaffoldError: the folder is not empty any more.
        OSError: the disk takes no more.
    """
    if others := find_others(root):
        raise ScaffoldError(f"{root} is not empty ({', '.join(others[:3])}); choose a new folder")
    paths: list[Path] = []
    written: list[Path] = []
    try:
        contents = {**(pictures or {}), **{one.path: one.text.encode() for one in files}}
        for name in sorted(contents, key=lambda one: one == CONFIG):
            path = root / name
            paths.append(path)
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                written.append(path)
                file.write(contents[name])
    except OSError:
        for path in written:
            path.unlink(missing_ok=True)
        _remove_empty_folders(root, paths)
        raise


def _remove_empty_folders(root: Path, files: Iterable[Path]) -> None:
    folders = {parent for file in files for parent in file.parents if root in parent.parents}
    for folder in sorted(folders, key=lambda one: len(one.parts), reverse=True):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
