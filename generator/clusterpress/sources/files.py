"""Writing a file of the project: whole or not at all."""

from pathlib import Path


def write_file(path: Path, content: bytes) -> None:
    """Write a file in one step: a kill leaves the old content or the new.

    Permissions stay as they are. A symbolic link is followed: the file that it leads to is written. Missing
    folders are made.
    """
    target = path.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    try:
        part.write_bytes(content)
        if target.exists():
            part.chmod(target.stat().st_mode)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
