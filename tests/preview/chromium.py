"""A real Chromium, spoken to through its debugging pipe (Chrome DevTools Protocol); nothing to install."""

import base64
import json
import os
import select
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-pipe",
)


class Page:
    """One page of the browser."""

    def __init__(self, commands: int, answers: int, patience: float) -> None:
        self._commands = commands
        self._answers = answers
        self._patience = patience
        self._number = 0
        self._read = b""
        self._session = ""
        self.loads = 0
        """How many pages were loaded."""

    def begin(self) -> None:
        target = self.command("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.command("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.command("Page.enable")

    def go(self, address: str) -> None:
        loads = self.loads
        self.command("Page.navigate", url=address)
        self.await_load(loads)

    def await_load(self, loads: int) -> None:
        """Wait until one more page was loaded than so many."""
        while self.loads <= loads:
            self._hear()

    def ask(self, script: str) -> Any:
        """Return the value of a script; of what it promises, if it is a promise."""
        answer = self.command("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def picture(self) -> bytes:
        """Return a PNG of what is to be seen."""
        return base64.b64decode(self.command("Page.captureScreenshot")["data"])

    def command(self, method: str, **parameters: object) -> dict[str, Any]:
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._commands, json.dumps(message).encode() + b"\0")
        while (heard := self._hear()).get("id") != self._number:
            pass
        assert "error" not in heard, heard
        return heard["result"]

    def _hear(self) -> dict[str, Any]:
        """Return the next message of the browser."""
        deadline = monotonic() + self._patience
        while b"\0" not in self._read:
            ready, _, _ = select.select([self._answers], [], [], max(0, deadline - monotonic()))
            assert ready, "the browser did not answer in time"
            self._read += os.read(self._answers, 65_536)
        message, _, self._read = self._read.partition(b"\0")
        heard = json.loads(message)
        self.loads += heard.get("method") == "Page.loadEventFired"
        return heard


@contextmanager
def open_page(profile: Path, patience: float) -> Iterator[Page]:
    """Start a browser with an empty profile and give its page."""
    assert CHROMIUM
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()
    # Chromium reads commands from file 3 and writes answers to file 4; the shell puts them there.
    start = f'exec "$0" "$@" 3<&{theirs_in} 4>&{theirs_out}'
    command = ["/bin/bash", "-c", start, CHROMIUM, *_FLAGS, f"--user-data-dir={profile}"]
    with subprocess.Popen(command, pass_fds=(theirs_in, theirs_out), stderr=subprocess.DEVNULL) as process:
        os.close(theirs_in)
        os.close(theirs_out)
        try:
            page = Page(ours_out, ours_in, patience)
            page.begin()
            yield page
        finally:
            process.terminate()
            os.close(ours_out)
            os.close(ours_in)
