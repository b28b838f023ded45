"""Places: where the files of a project, and those of the program, lie."""

from pathlib import Path

CONFIG = "site_config.yml"
CACHE_FOLDER = ".clusterpress"
"""The folder with working files; it may be deleted at any time."""
STORE = "store.sqlite"
"""The file in it with what earlier builds found out."""
PACKAGE = Path(__file__).resolve().parent.parent
"""The folder of our own code."""


def theme_folders(root: Path) -> tuple[Path, ...]:
    """Return where themes are looked for: the project's own folder, then the one we ship."""
    return root / "themes", PACKAGE / "themes", PACKAGE.parent.parent / "themes"


def project_inputs(root: Path) -> list[Path]:
    """Return the files and folders on which it depends how a project is opened: settings, themes, code."""
    return [root / CONFIG, *theme_folders(root), PACKAGE]
