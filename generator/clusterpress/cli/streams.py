"""Standard input, output and error, which may be closed, full, or read by a program that has ended."""

import io
import os
import sys
from typing import Any

_ERRORS = 2
"""File number of standard error."""


class _Stream(io.FileIO):
    """Output that is dropped when its reader has ended, as in ``| head``: the work goes on.

    Messages that cannot be written for another reason are dropped too, as there is no place to say so.
    """

    def write(self, content: Any, /) -> int:
        """Write bytes, or drop them."""
        try:
            return super().write(content) or 0
        except OSError as fault:
            if isinstance(fault, BrokenPipeError) or self.fileno() == _ERRORS:
                return memoryview(content).nbytes
            raise


def open_streams() -> None:
    """Make standard streams usable, whatever the caller did with them.

    A closed one leads nowhere. Otherwise, the next file that is opened would take its number, and messages
    would be written into it.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number, which is this one
    if not (sys.stdout and sys.stdout.isatty()):
        sys.stdout = _text(1, is_buffered=True)
    if not (sys.stderr and sys.stderr.isatty()):
        sys.stderr = _text(2, is_buffered=False)


def _text(number: int, *, is_buffered: bool) -> io.TextIOWrapper:
    before = sys.stdout if number == 1 else sys.stderr
    encoding = before.encoding if before else "utf-8"
    raw = io.BufferedWriter(_Stream(number, "wb", closefd=False))
    return io.TextIOWrapper(raw, encoding=encoding, errors="replace", write_through=not is_buffered)
