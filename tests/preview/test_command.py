"""``clusterpress serve`` as people start and stop it."""

import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from types import SimpleNamespace
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from clusterpress.cli.commands import main
from clusterpress.cli.serve import _TerminalReporter, describe
from clusterpress.preview.rebuild import RebuildResult
from tests.sites.small_site import FILES, Site

TWO = "content/news/two.md"


@contextmanager
def serving(root):
    """Start the command, and end it even when the test fails."""
    command = [sys.executable, "-m", "clusterpress", "--project", str(root), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def await_line(lines, pattern):
    """Return whether a line comes that is like the pattern, before the lines end."""
    return any(re.fullmatch(pattern, line) for line in lines)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C cannot be sent to a single process there")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_the_site_is_what_each_change_did_and_ends_when_told(tmp_path, ending):
    site = Site(tmp_path)
    with serving(tmp_path) as process:
        said = process.stdout
        found = re.fullmatch(r"Serving (http://127\.0\.0\.1:\d+/) — press Ctrl-C to stop\n", said.readline())
        with urlopen(found[1]) as response:
            assert b"Small site" in response.read()
        site.write(TWO, FILES[TWO] + "More.\n")
        assert await_line(said, rf"{TWO}: \d+ outputs rebuilt \(\d+\.\d s\)\n")
        site.write(TWO, "---\ntitle: Two\n---\n")
        assert await_line(said, rf"{TWO}: not rebuilt, the last good version stays \(.*\n")
        process.send_signal(ending)
        rest, faults = process.communicate()
    assert process.returncode == 0, faults
    # A slow machine may report the last save twice: while it is written, and when it is complete.
    assert [line for line in rest.splitlines() if not line.startswith(f"{TWO}: ")] == ["Stopped."]
    assert re.search(rf"^{TWO}:\d+:\d+: error: .*date", faults, re.MULTILINE)
    assert "Traceback" not in faults


def test_a_folder_without_a_project_is_wrong_usage(tmp_path):
    result = CliRunner().invoke(main, ["--project", str(tmp_path), "serve"])
    assert result.exit_code == 2
    assert "there is no site_config.yml" in result.output


def test_a_host_that_is_not_this_machine_is_wrong_usage(tmp_path):
    (tmp_path / "site_config.yml").touch()
    result = CliRunner().invoke(main, ["--project", str(tmp_path), "serve", "--host", "192.0.2.1"])
    assert result.exit_code == 2
    assert "warning: 192.0.2.1 lets others in your network read drafts" in result.output


@pytest.mark.parametrize(
    ("result", "line"),
    [
        (
            RebuildResult(changed=("a.md",), is_made=True, made=4, seconds=0.21),
            "a.md: 4 outputs rebuilt (0.2 s)",
        ),
        (
            RebuildResult(changed=("a.md",), is_made=True, made=1, gone=2),
            "a.md: 1 output rebuilt, 2 removed (0.0 s)",
        ),
        (
            RebuildResult(changed=("a.md", "b.md"), is_made=True),
            "a.md and 1 more file: nothing to rebuild (0.0 s)",
        ),
        (
            RebuildResult(changed=("a.md", "b.md", "c.md"), is_made=True, gone=3),
            "a.md and 2 more files: 3 removed (0.0 s)",
        ),
        (
            RebuildResult(changed=("content/news/sedsCaK67", "content/news/two.md"), is_made=True, made=3),
            "content/news/two.md and 1 more file: 3 outputs rebuilt (0.0 s)",
        ),
        (RebuildResult(changed=("a.md",)), "a.md: not rebuilt, the last good version stays (0.0 s)"),
    ],
)
def test_the_line_after_a_change(result, line):
    assert describe(result) == line


@pytest.mark.parametrize("has_browser", [True, False])
def test_the_address_of_the_editor_is_printed_once_and_opened(capsys, monkeypatch, has_browser):
    opened = []
    monkeypatch.setattr("webbrowser.open", lambda address: opened.append(address) or has_browser)
    editor = "http://127.0.0.1:8001/#token=secret"
    preview = SimpleNamespace(address="http://127.0.0.1:8000/", app_address=editor)
    reporter = _TerminalReporter(preview, _show=True)
    for _ in range(3):
        reporter.report(RebuildResult(is_made=True))
    said = capsys.readouterr().out
    assert said.count(f"Edit at {editor}\n") == 1
    assert said.count(f"No browser was found on this machine. The address is {editor}\n") == (not has_browser)
    assert opened == [editor]
