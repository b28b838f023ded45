"""The entry point of the program, which ends as soon as everything is printed."""

import atexit
import gc
import os
import signal
import sys
import threading
from contextlib import suppress
from typing import Any

from clusterpress.cli.interrupts import STOPPED, end_when_told
from clusterpress.cli.streams import open_streams

_MACHINE = 3
"""Exit code, as in `clusterpress.cli.project`, which is not imported yet when it may be needed."""


def run() -> None:
    """Run the CLI; exit without interpreter finalisation.

    To free the hundreds of thousands of objects of a build one by one takes a tenth of a second.
    """
    # On Windows, a file "git.exe" in the project would run instead of the installed program.
    os.environ.setdefault("NoDefaultCurrentDirectoryInExePath", "1")
    # While modules are imported and sources read, there is hardly any garbage to collect.
    gc.set_threshold(100_000, 50, 100)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # in the background, it may be ignored
        end_when_told(signal.SIGINT)
    sys.unraisablehook = _report_unraisable
    threading.excepthook = _report_thread
    try:
        open_streams()
        from clusterpress.cli.commands import main

        main(prog_name="clusterpress")
    except SystemExit as ending:
        # While the exception is handled, its traceback keeps every object alive.
        _exit(ending.code)
    except KeyboardInterrupt:  # before the command began, or while it was being ended
        _exit(STOPPED)


def _report_unraisable(unraisable: Any) -> None:
    """Report an exception that Python cannot raise where it occurs; Ctrl-C there is nothing to report."""
    if not isinstance(unraisable.exc_value, KeyboardInterrupt):
        sys.__unraisablehook__(unraisable)


def _report_thread(ended: threading.ExceptHookArgs) -> None:
    """Report an exception that ended a thread.

    The thread of a pool ends with one if its process is killed right after a task was taken back from it
    (Python 3.11 and 3.12). Nothing is lost: this process does the task.
    """
    is_of_pool = type(ended.thread).__name__ == "_ExecutorManagerThread"
    if not (is_of_pool and getattr(ended.exc_type, "__name__", "") == "InvalidStateError"):
        threading.__excepthook__(ended)


def _exit(status: str | int | None) -> None:
    if not (status is None or isinstance(status, int)):
        sys.exit(status)
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join()
    atexit._run_exitfuncs()  # noqa: SLF001 -- what others asked to be done at the end
    try:
        sys.stdout.flush()
    except OSError as fault:
        status = status or _MACHINE
        with suppress(OSError):
            sys.stderr.write(f"clusterpress: the output cannot be written: {fault.strerror}\n")
    with suppress(OSError):
        sys.stderr.flush()
    os._exit(status or 0)
