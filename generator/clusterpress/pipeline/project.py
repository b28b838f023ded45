"""A project on disk: opens it, and computes the digests of its theme and of the tools."""

from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from clusterpress.config.settings import Settings
from clusterpress.pipeline.paths import CONFIG, PACKAGE, theme_folders
from clusterpress.pipeline.speed.stamps import load_project, project_stamp_of, save_project
from clusterpress.theme.theme import Theme
from clusterpress.values.digests import digest, digest_bytes
from clusterpress.values.problems import Problem, did_you_mean, errors

_TOOLS = (
    "Babel", "Jinja2", "Markdown", "Pillow", "Pygments", "css-inline", "feedgen", "icalendar", "lxml",
    "mkdocs", "mkdocs-material", "nh3", "pagefind_bin", "pymdown-extensions", "selectolax", "typst",
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


def open_project(root: Path) -> tuple[Project | None, list[Problem]]:
    """Return the project in a folder, or the problems that prevent it from opening."""
    path = root / CONFIG
    if not path.is_file():
        hint = 'change to the folder of your site, or create a site with "clusterpress new site DIR"'
        return None, [Problem(path=CONFIG, message=f"there is no {CONFIG} in {root}", hint=hint)]
    stamp = project_stamp_of(root)
    cached = load_project(root, stamp)
    if isinstance(cached, Project) and cached.root == root:
        return cached, list(cached.warnings)
    project, problems = _open(path, root)
    if project:
        project = replace(project, warnings=tuple(problems), stamp=stamp.digest if stamp.is_stable else b"")
        save_project(root, stamp, project)
    return project, problems


def _open(path: Path, root: Path) -> tuple[Project | None, list[Problem]]:
    # Imported here: needed only when the settings or the theme have changed.
    from clusterpress.config.reader import read_settings
    from clusterpress.markup.extensions import extension_problems
    from clusterpress.parsing.source_text import decode_source
    from clusterpress.pipeline.theme_checks import find_theme_problems
    from clusterpress.theme.theme import read_labels
    from clusterpress.website.mkdocs_block import missing_engine

    text, unreadable = decode_source(path.read_bytes(), CONFIG)
    if unreadable:
        return None, unreadable
    settings, problems = read_settings(text, CONFIG)
    if settings is None:
        return None, problems
    problems += [*extension_problems(settings, CONFIG), *missing_engine(settings)]
    folder = find_theme(root, settings.theme)
    if folder is None:
        names = sorted(
            {path.name for base in theme_folders(root) if base.is_dir() for path in base.iterdir()}
        )
        hint = did_you_mean(settings.theme, names, f"there are: {', '.join(names)}")
        problem = Problem(path=CONFIG, message=f'there is no theme "{settings.theme}"', hint=hint)
        return None, [*problems, problem]
    theme = Theme(name=settings.theme, folder=str(folder), digest=digest_of_folder(folder))
    if folder.is_relative_to(root / "themes"):
        problems += find_theme_problems(theme, f"themes/{theme.name}")
    if errors(problems):
        return None, problems
    # Read once and cached with the project: all pages are planned with them. Errors in them are reported
    # where a page is made.
    with suppress(Exception):
        theme = replace(theme, labels={lang: read_labels(theme, lang) for lang in settings.languages})
    tools = digest(digest_of_code(), [*versions_of_tools().values()])
    return Project(root=root, settings=settings, theme=theme, tools=tools), problems


def find_theme(root: Path, name: str) -> Path | None:
    """Return the folder of a theme by name, or None."""
    return next((base / name for base in theme_folders(root) if (base / name).is_dir()), None)


def digest_of_folder(folder: Path, suffixes: tuple[str, ...] = ()) -> bytes:
    """Return the digest of all files below a folder, or of those with a suffix, by name and content."""
    files = sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and (not suffixes or path.suffix in suffixes)
    )
    return digest([(path.relative_to(folder).as_posix(), digest_bytes(path.read_bytes())) for path in files])


def digest_of_code() -> bytes:
    """Return the digest of our own code."""
    return digest_of_folder(PACKAGE, (".py", ".yml", ".css", ".types"))


def versions_of_tools() -> dict[str, str]:
    """Return name → version of each package on which the bytes of outputs depend."""
    from importlib.metadata import version

    return {name: version(name) for name in _TOOLS}
