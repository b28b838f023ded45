"""A program on a terminal of its own: what it shows, and what is typed into it."""

import fcntl
import os
import pty
import re
import select
import subprocess
import sys
import termios
from pathlib import Path

from tests.timing import PATIENCE


class Terminal:
    """``clusterpress`` with a terminal as its input and output."""

    def __init__(self, root: Path, *words: str, **environment: str) -> None:
        self._ours, theirs = pty.openpty()
        self._shown = ""
        self._run = subprocess.Popen(
            [sys.executable, "-m", "clusterpress", *words],
            cwd=root,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=_take_terminal,  # noqa: PLW1509 -- tests start no threads before this
            env={**os.environ, "TERM": "dumb", "NO_COLOR": "1", **environment},
        )
        os.close(theirs)

    def answer(self, question: str, text: str) -> str:
        """Wait for a question, type a line, and return what was shown before."""
        shown = self._until(question)
        os.write(self._ours, f"{text}\n".encode())
        return shown

    def end(self) -> tuple[int, str]:
        """Return the exit code and what was shown since the last answer."""
        shown = self._until(None)
        os.close(self._ours)
        return self._run.wait(PATIENCE), shown

    def _until(self, wanted: str | None) -> str:
        while wanted is None or not re.search(wanted, self._shown):
            ready, _, _ = select.select([self._ours], [], [], PATIENCE)
            assert ready, f"nothing came after: {self._shown!r}"
            try:
                read = os.read(self._ours, 4096)
            except OSError:  # Linux says so when the program has ended
                read = b""
            if not read:
                assert wanted is None, f"it ended before {wanted!r}: {self._shown!r}"
                break
            self._shown += read.decode(errors="replace").replace("\r\n", "\n")
        shown, self._shown = self._shown, ""
        return shown


def _take_terminal() -> None:
    """Make standard input the terminal from which Ctrl-C reaches the program."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
