"""Interrupts: Ctrl-C and the signal by which services are ended."""

import os
import signal

STOPPED = 130
"""Exit code: stopped with Ctrl-C, as shells have it (128 and the number of the signal)."""
_ENDINGS = (signal.SIGINT, signal.SIGTERM)


def end_when_told(*endings: signal.Signals) -> None:
    """Let signals raise KeyboardInterrupt, for an orderly end.

    A second one, which comes while the first is answered, ends the program at once: every file is written so
    that this does no more harm than a power cut.
    """
    for ending in endings:
        signal.signal(ending, _interrupt)


def _interrupt(_signal: int, _frame: object) -> None:
    for ending in _ENDINGS:
        if signal.getsignal(ending) is _interrupt:
            signal.signal(ending, lambda *_: os._exit(STOPPED))
    raise KeyboardInterrupt
