"""A project on disk: opens it, and computes the digests of its theme and of the tools."""

import os
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from clusterpress.config.settings import Settings
from clusterpress.pipeline.paths import CONFIG, PACKAGE, THEMES, WORK_FOLDER, theme_folders
from clusterpress.pipeline.speed.stamps import load_project, project_stamp_of, save_project
from clusterpress.pipeline.user_settings import is_distrusted, load_user_settings
from clusterpress.sources.files import find_fault, scan_of_themes
from clusterpress.theme.theme import Theme
from clusterpress.values.digests import digest, digest_bytes
from clusterpress.values.engines import ENGINES, THEME_PACKAGES
from clusterpress.values.problems import Problem, Severity, did_you_mean, errors

if TYPE_CHECKING:
    from clusterpress.config.user import UserSettings

_TOOLS = (
    "Babel", "Jinja2", "Markdown", "Pillow", "Pygments", "css-inline", "feedgen", "icalendar", "lxml",
    "nh3", "pagefind_bin", "pymdown-extensions", "selectolax", "typst",
    *(engine.package for engine in ENGINES.values()), *THEME_PACKAGES,
)  # fmt: skip
"""Distributions on which the bytes of outputs depend."""


class Project(Struct, frozen=True, kw_only=True):
    """A folder with ``site_config.yml`` and ``content/``, and the settings read from it."""

    root: Path
    settings: Settings
    theme: Theme
    tools: bytes
    """Digest of the code that makes outputs: our own, and the versions of its dependencies."""
    warnings: tuple[Problem, ...] = ()
    """Warnings about the settings."""
    stamp: bytes = b""
    """Digest of times and sizes of the files it was read from; empty if they changed a moment ago."""
    untrusted: bool = False
    """Whether nothing but its content is trusted: none of its code runs."""


def open_project(root: Path, *, untrusted: bool = False) -> tuple[Project | None, list[Problem]]:
    """Return the project in a folder, or the problems that prevent it from opening.

    Args:
        root: the folder.
        untrusted: whether to trust nothing but its content, whatever the user's own settings say.
    """
    path = root / CONFIG
    if not path.is_file():
        hint = 'change to the folder of your site, or create a site with "clusterpress new site DIR"'
        return None, [Problem(path=CONFIG, message=f"there is no {CONFIG} in {root}", hint=hint)]
    untrusted = untrusted or is_distrusted(root)
    stamp = project_stamp_of(root, untrusted=untrusted)
    cached = load_project(root, stamp)
    if isinstance(cached, Project) and cached.root == root:
        return cached, list(cached.warnings)
    project, problems = _open(path, root, untrusted=untrusted)
    if project:
        project = replace(project, warnings=tuple(problems), stamp=stamp.digest if stamp.is_stable else b"")
        save_project(root, stamp, project)
    return project, problems


def _open(path: Path, root: Path, *, untrusted: bool) -> tuple[Project | None, list[Problem]]:
    # Imported here: needed only when the settings or the theme have changed.
    from clusterpress.config.reader import place_problems, read_settings
    from clusterpress.markup.extensions import extension_problems
    from clusterpress.parsing.source_text import decode_source
    from clusterpress.pipeline.theme_checks import find_theme_problems
    from clusterpress.theme.theme import read_labels
    from clusterpress.website.mkdocs_block import missing_engine

    user, faults = load_user_settings(root)
    faults += _find_strays(root) if untrusted else []
    if faults:
        return None, faults
    text, unreadable = decode_source(path.read_bytes(), CONFIG)
    if unreadable:
        return None, unreadable
    settings, problems = read_settings(text, CONFIG)
    if settings is None:
        return None, problems
    if untrusted:
        settings, notes = _restrict(settings, root, user)
        problems += place_problems(notes, text, CONFIG)
    problems += [*extension_problems(settings, CONFIG), *missing_engine(settings)]
    theme, theme_problems = _open_theme(root, settings.theme, untrusted=untrusted)
    problems += theme_problems
    if theme and Path(theme.folder).is_relative_to(root / THEMES):
        problems += find_theme_problems(theme, f"{THEMES}/{theme.name}")
    if theme is None or errors(problems):
        return None, problems
    # Read once and cached with the project: all pages are planned with them. Errors in them are reported
    # where a page is made.
    with suppress(Exception):
        theme = replace(theme, labels={lang: read_labels(theme, lang) for lang in settings.languages})
    if settings.colour:
        theme = replace(theme, colour=settings.colour, digest=digest(theme.digest, settings.colour))
    tools = digest(digest_of_code(), versions_of_tools())
    return Project(root=root, settings=settings, theme=theme, tools=tools, untrusted=untrusted), problems


def _find_strays(root: Path) -> list[Problem]:
    """Return the faults of what a project that is not trusted may not bring as a link."""
    found = [find_fault(root, CONFIG)]
    if (root / WORK_FOLDER).is_symlink():
        found.append(Problem(path=WORK_FOLDER, message="this is a link, not a folder", hint="delete it"))
    return [fault for fault in found if fault]


def _restrict(settings: Settings, root: Path, user: "UserSettings | None") -> tuple[Settings, list[Problem]]:
    """Return the settings of a project that is not trusted, and a note for each thing that is left out."""
    from clusterpress.config.trust import restrict, untrusted_note

    settings, notes = restrict(settings, root / "content")
    if find_theme(root, settings.theme, untrusted=True) is None:
        notes.append(untrusted_note("theme"))
        settings = replace(settings, theme=Settings(name="", url="").theme)
    return replace(settings, publish=user.publish if user else {}), notes


def _open_theme(root: Path, name: str, *, untrusted: bool) -> tuple[Theme | None, list[Problem]]:
    """Return a theme by name, and its problems: links that leave the project, and special files."""
    folder = find_theme(root, name, untrusted=untrusted)
    if folder is None:
        names = sorted(
            {path.name for base in theme_folders(root) if base.is_dir() for path in base.iterdir()}
        )
        hint = did_you_mean(name, names, f"there are: {', '.join(names)}")
        return None, [Problem(path=CONFIG, message=f'there is no theme "{name}"', hint=hint)]
    if folder.parent != root / THEMES:
        return Theme(name=name, folder=str(folder), digest=digest_of_folder(folder)), []
    scan = scan_of_themes(root)
    for _ in scan.files(folder, f"{THEMES}/{name}"):
        pass
    if scan.faults:  # whoever reads a theme reads all its files
        return None, [_of_theme(fault) for fault in sorted(scan.faults)]
    return Theme(name=name, folder=str(folder), digest=digest_of_folder(folder)), []


def _of_theme(fault: Problem) -> Problem:
    """Return the fault of a file in a theme, as an error."""
    hint = "put the file itself here" if fault.severity is Severity.ERROR else fault.hint
    message = fault.message.replace("is not published", "cannot be part of a theme")
    return replace(fault, message=message, hint=hint, severity=Severity.ERROR, rule="")


def find_theme(root: Path, name: str, *, untrusted: bool = False) -> Path | None:
    """Return the folder of a theme by name, or None.

    Args:
        root: the project's folder.
        name: of the theme.
        untrusted: whether the project's own themes do not count.
    """
    return next(
        (base / name for base in theme_folders(root, untrusted=untrusted) if (base / name).is_dir()), None
    )


def digest_of_folder(folder: Path, suffixes: tuple[str, ...] = ()) -> bytes:
    """Return the digest of all files below a folder, or of those with a suffix, by name and content."""
    found = (Path(above, name) for above, _, names in os.walk(folder, followlinks=True) for name in names)
    files = sorted(
        path
        for path in found
        if path.is_file() and "__pycache__" not in path.parts and (not suffixes or path.suffix in suffixes)
    )
    return digest([(path.relative_to(folder).as_posix(), digest_bytes(path.read_bytes())) for path in files])


@cache
def digest_of_code() -> bytes:
    """Return the digest of our own code, as it was when this process first asked for it."""
    return digest_of_folder(PACKAGE, (".py", ".yml", ".css", ".js", ".html", ".types"))


@cache
def versions_of_tools() -> dict[str, str]:
    """Return name → version of each package on which the bytes of outputs depend, if it is installed."""
    from importlib.metadata import PackageNotFoundError, version

    versions = {}
    for name in _TOOLS:
        with suppress(PackageNotFoundError):
            versions[name] = version(name)
    return versions
