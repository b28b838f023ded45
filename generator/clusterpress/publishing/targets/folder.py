"""A folder of this machine as a target."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from clusterpress.config.settings import FolderTarget
from clusterpress.publishing.errors import PublishError

PART = ".clusterpress-part"
"""Name of a file while it is written; it is then renamed."""


@contextmanager
def open_folder(settings: FolderTarget, root: Path, output: Path) -> Iterator["Folder"]:
    """Open a folder; it is created with its first file.

    Args:
        settings: of the target.
        root: the project's folder.
        output: the output folder.

    Raises:
        PublishError: the folder belongs to the project.
    """
    folder = (root / Path(settings.path).expanduser()).resolve()
    for own in (output.resolve(), root / "content", root / ".clusterpress"):
        if own in (folder, *folder.parents) or folder in own.parents:
            raise PublishError(
                f"{folder} is the project's own folder, or holds it", "choose another path for the target"
            )
    yield Folder(folder)


@dataclass(frozen=True, slots=True)
class Folder:
    """An opened folder."""

    folder: Path
    workers: int = 1
    atomic: bool = False

    @property
    def where(self) -> str:
        """The folder's path."""
        return str(self.folder)

    def read(self, path: str) -> bytes | None:
        """Return a file's content, or None if there is no such file."""
        file = self.folder / path
        with _translated_errors(file):
            return file.read_bytes() if file.is_file() else None

    def paths(self) -> Iterator[str]:
        """Yield the paths of all files."""
        for parent, _, names in os.walk(self.folder):
            for name in names:
                path = (Path(parent) / name).relative_to(self.folder).as_posix()
                if path != PART:
                    yield path

    def put(self, path: str, content: bytes) -> None:
        """Write a file under a temporary name, then rename it."""
        file, part = self.folder / path, self.folder / PART
        with _translated_errors(file):
            file.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(content)
            part.replace(file)

    def delete(self, path: str) -> None:
        """Remove a file, and the folders that it leaves empty."""
        file = self.folder / path
        with _translated_errors(file):
            file.unlink(missing_ok=True)
            for parent in file.parents:
                if parent == self.folder or not parent.is_dir() or any(parent.iterdir()):
                    break
                parent.rmdir()

    def finish(self, _message: str, /) -> None:
        """Remove the temporary file that a killed run may have left."""
        (self.folder / PART).unlink(missing_ok=True)


@contextmanager
def _translated_errors(file: Path) -> Iterator[None]:
    """Translate errors of the operating system."""
    try:
        yield
    except PermissionError:
        raise PublishError(f"no permission to write {file}", "ask who owns the folder") from None
    except (NotADirectoryError, IsADirectoryError, FileExistsError):
        message = f"another file or folder is in the way of {file}"
        raise PublishError(message, "move it away, or choose another path for the target") from None
    except OSError as fault:
        message = f"{file} cannot be written: {fault.strerror}"
        raise PublishError(
            message, "check whether the disk is full, and whether the drive is connected"
        ) from None
