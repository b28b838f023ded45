"""Why a run cannot go on, in a sentence with a remedy, and its exit code. No traceback reaches an editor."""

import errno
import traceback
from contextlib import suppress
from pathlib import Path

import click

from clusterpress.cli.interrupts import STOPPED
from clusterpress.cli.project import FAULTS, INTERNAL, MACHINE, USAGE
from clusterpress.pipeline.errors import ForeignFolderError, PipelineError
from clusterpress.pipeline.paths import PACKAGE, WORK_FOLDER

_REMEDIES = {
    errno.ENOSPC: "free space on this disk, then run the command again",
    errno.EDQUOT: "free space, or ask for a larger quota, then run the command again",
    errno.EFBIG: "the system limits the size of files: raise the limit (ulimit -f)",
    errno.EROFS: "the disk is read-only: choose another folder",
    errno.EACCES: "change its permissions, or run the command as its owner",
    errno.EPERM: "change its permissions, or run the command as its owner",
    errno.ENOENT: "run the command again, if another program has just moved or deleted it",
    errno.ENOTDIR: "a file is where a folder is needed: rename one of them",
    errno.EISDIR: "a folder is where a file is needed: rename one of them",
    errno.ENAMETOOLONG: "shorten the name",
    errno.ELOOP: "symbolic links lead in a circle: correct them",
    errno.EMFILE: "too many files are open: raise the limit (ulimit -n)",
    errno.ENOMEM: "close other programs, or use --jobs 1",
    errno.EIO: "check the disk or the network drive",
}
_DETAILS = "fault.txt"
"""File in the working folder of the project with the traceback of a fault of clusterpress."""


def explain(fault: BaseException, root: Path) -> tuple[str, int]:
    """Return a message and the exit code for what ended a run.

    Args:
        fault: any exception that a command raised.
        root: the project's folder.
    """
    match fault:
        case KeyboardInterrupt() | click.Abort():
            return "stopped", STOPPED
        case ForeignFolderError():
            return str(fault), USAGE
        case PipelineError():
            return str(fault), MACHINE
        case MemoryError():
            return f"there is not enough memory; {_REMEDIES[errno.ENOMEM]}", MACHINE
        case OSError():
            return _explain_os(fault, root)
    return _explain_own(fault, root), INTERNAL


def _explain_os(fault: OSError, root: Path) -> tuple[str, int]:
    """Return the same for an error of the operating system: a file that vanished, a full disk."""
    name = fault.filename if isinstance(fault.filename, str | Path) else None
    if name and Path(name) == root / "content" and isinstance(fault, FileNotFoundError | NotADirectoryError):
        return f"there is no folder content/ in {root}: create it, or put it back", FAULTS
    if not name and isinstance(fault, FileNotFoundError) and _is_folder_gone():
        return "the current folder was deleted: change to another folder", USAGE
    parts = [_shorten(name, root) if name else "", fault.strerror or str(fault) or type(fault).__name__]
    remedy = _REMEDIES.get(fault.errno or 0, "")
    return "; ".join(filter(None, (": ".join(filter(None, parts)), remedy))), MACHINE


def _is_folder_gone() -> bool:
    try:
        Path.cwd()
    except OSError:
        return True
    return False


def _shorten(name: str | Path, root: Path) -> str:
    path = Path(name)
    if path.name.startswith(".") and path.suffix == ".part":  # see `write_file`
        path = path.with_name(path.stem.removeprefix("."))
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def _explain_own(fault: BaseException, root: Path) -> str:
    """Return the message for a fault of the program; its traceback goes into a file, to report it with."""
    own = [
        one for one in traceback.extract_tb(fault.__traceback__) if Path(one.filename).is_relative_to(PACKAGE)
    ]
    where = f" in {Path(own[-1].filename).relative_to(PACKAGE).as_posix()}:{own[-1].lineno}" if own else ""
    first = next(iter(str(fault).splitlines()), "")
    message = f"a fault of clusterpress: {type(fault).__name__}: {first[:200]}{where}; please report it"
    with suppress(OSError):
        folder = root / WORK_FOLDER
        folder.mkdir(exist_ok=True)
        details = "".join(traceback.format_exception(fault))
        (folder / _DETAILS).write_text(details, encoding="utf-8", errors="backslashreplace")
        return f"{message} with {WORK_FOLDER}/{_DETAILS}"
    return message
