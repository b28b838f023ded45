"""What people and files are shown while long work goes on."""

import os
import re
import subprocess
import sys

import pytest

from clusterpress.cli.reporting import progress

WORK = """
from clusterpress.cli.reporting import progress
with progress() as report:
    for done in range(0, 501, 50):
        report("reading", done, 500)
print("done")
"""
COLOUR = re.compile(r"\x1b\[[0-9;]*(3[0-8]|4[0-8])[0-9;]*m")


def on_a_terminal(script, **environment):
    """Return what a script writes to a terminal that it has for its standard error."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", **environment}
    environment = {name: value for name, value in environment.items() if value is not None}
    ran = subprocess.run(
        [sys.executable, "-c", script], stderr=theirs, stdout=subprocess.PIPE, env=environment, check=True
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            heard = os.read(ours, 65_536)
        except OSError:  # Linux' way to say that a terminal was closed
            heard = b""
        if not heard:
            break
        shown += heard
    os.close(ours)
    return shown.decode(), ran.stdout.decode()


def test_a_file_gets_a_line_for_each_stage_and_each_thousand(capsys):
    with progress() as report:
        for done in range(0, 2501, 32):
            report("reading", done, 2500)
        report("rendering", 39, 39)
    assert capsys.readouterr().err.splitlines() == [
        "reading: 2,500", "reading: 1,024 of 2,500", "reading: 2,016 of 2,500", "rendering: 39",
    ]  # fmt: skip


@pytest.mark.slow
def test_a_terminal_shows_count_rate_and_time_left_and_output_stays_clean():
    shown, output = on_a_terminal(WORK, NO_COLOR=None)
    assert re.search(r"reading .*\d+/500", shown)
    assert "500/500" in shown
    assert re.search(r"[\d,]+/s", shown)
    assert re.search(r"\d:\d\d:\d\d", shown)
    assert COLOUR.search(shown)
    assert output == "done\n"


@pytest.mark.slow
def test_colours_are_left_out_where_people_want_none():
    shown, _ = on_a_terminal(WORK, NO_COLOR="1")
    assert "500/500" in shown
    assert not COLOUR.search(shown)


@pytest.mark.slow
def test_a_simple_terminal_gets_lines():
    shown, _ = on_a_terminal(WORK, TERM="dumb")
    assert shown.split() == ["reading:", "500"]


@pytest.mark.slow
def test_a_run_with_nothing_to_show_leaves_the_terminal_alone():
    script = "from clusterpress.cli.reporting import progress\nwith progress():\n    print('done')"
    assert on_a_terminal(script) == ("", "done\n")


@pytest.mark.slow
def test_a_narrow_terminal_gets_no_bar():
    shown, _ = on_a_terminal(WORK, COLUMNS="20")
    assert "500/500" in shown
    assert "━" not in shown
