"""The entry point of the program, which ends as soon as everything is printed."""

import atexit
import gc
import os
import sys
import threading
from contextlib import suppress


def run() -> None:
    """Run the CLI; exit without interpreter finalisation.

    To free the hundreds of thousands of objects of a build one by one takes a tenth of a second.
    """
    # On Windows, a file "git.exe" in the project would run instead of the installed program.
    os.environ.setdefault("NoDefaultCurrentDirectoryInExePath", "1")
    # While modules are imported and sources read, there is hardly any garbage to collect.
    gc.set_threshold(100_000, 50, 100)
    from clusterpress.cli.commands import main

    try:
        main(prog_name="clusterpress")
    except SystemExit as ending:
        # While the exception is handled, its traceback keeps every object alive.
        _exit(ending.code)


def _exit(status: str | int | None) -> None:
    if not (status is None or isinstance(status, int)):
        sys.exit(status)
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join()
    atexit._run_exitfuncs()  # noqa: SLF001 -- what others asked to be done at the end
    with suppress(OSError):  # nobody reads the output any more
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status or 0)
