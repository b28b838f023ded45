"""Failures: what broke a build from inside, as a problem with a place, so that the preview can live on."""

from pathlib import Path
from traceback import extract_tb

from clusterpress.values.problems import Problem


def describe_failure(fault: Exception, root: Path, fallback_path: str) -> Problem:
    """Return the problem that a failed build is shown as.

    Args:
        fault: what was raised, most often by a template of a theme that is being worked on.
        root: the project's folder.
        fallback_path: the file to name when the fault itself names none in the project.
    """
    path, line = fallback_path, 1
    # Jinja puts the lines of templates into the traceback; the last one is where it went wrong.
    for frame in extract_tb(fault.__traceback__):
        if found := _inside(frame.filename, root):
            path, line = found, frame.lineno or 1
    if isinstance(fault, OSError) and (found := _inside(fault.filename, root)):
        path, line = found, 1
    words = (fault.strerror if isinstance(fault, OSError) else "") or str(fault) or "no more is known"
    message = f"{type(fault).__name__}: {words.splitlines()[0]}"
    return Problem(path=path, line=line, message=message, hint='run "clusterpress build" for details')


def _inside(name: object, root: Path) -> str:
    """Return a file's path relative to the project; empty for files elsewhere and for the program's own."""
    if not isinstance(name, str) or not Path(name).is_relative_to(root) or name.endswith(".py"):
        return ""
    return Path(name).relative_to(root).as_posix()
