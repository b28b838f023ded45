"""Python environments with some packages hidden, or with others in their place, as folders of links."""

import os
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

GENERATOR = Path(__file__).parents[2] / "generator"


class Packages:
    """The installed packages without some of them."""

    def __init__(self, folder: Path, without: Iterable[str] = (), more: Iterable[Path] = ()) -> None:
        """Link the packages into a folder.

        Args:
            folder: a new folder.
            without: beginnings of the names that are left out, such as ``mkdocs_material-``.
            more: folders with packages that take precedence.
        """
        folder.mkdir(parents=True)
        for entry in Path(sysconfig.get_path("purelib")).iterdir():
            if not entry.name.startswith(tuple(without)):
                (folder / entry.name).symlink_to(entry)
        self.path = os.pathsep.join(map(str, (GENERATOR, *more, folder)))

    def run(self, *words: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run Python with these packages alone."""
        return subprocess.run(
            [sys.executable, "-S", *words], cwd=cwd, env={**os.environ, "PYTHONPATH": self.path, **variables},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
