"""Leaving: the command line as a program of its own, which ends as soon as it has said all."""

import atexit
import gc
import os
import sys
import threading
from contextlib import suppress


def run() -> None:
    """Run the command line, and leave without taking Python apart.

    A build leaves some hundred thousand objects behind; to do away with them one by one takes a tenth of a
    second in which somebody waits.
    """
    # There is next to no garbage to find while modules are imported and sources put in order.
    gc.set_threshold(100_000, 50, 100)
    from clusterpress.cli.commands import main

    try:
        main(prog_name="clusterpress")
    except SystemExit as ending:
        # As long as this is handled, nothing of what led here is taken apart.
        _exit(ending.code)


def _exit(status: str | int | None) -> None:
    if not (status is None or isinstance(status, int)):
        sys.exit(status)
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join()
    atexit._run_exitfuncs()  # noqa: SLF001 -- what others asked to be done at the end
    with suppress(OSError):  # nobody listens any more
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status or 0)
