"""The same function gives the same results in one process and in several, and nobody is left behind."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Future
from pathlib import Path

import pytest

from clusterpress.pipeline.errors import WorkerLostError
from clusterpress.pipeline.run_context import MIN_FOR_POOL, RunContext, map_batches

MANY = tuple(range(MIN_FOR_POOL + 50))


def run(jobs, start=""):
    return RunContext(lambda *_: None, jobs, start)


def double(factor, values):
    return [factor * value for value in values]


def who(_, _values):
    return os.getpid()


def handlers_of(_, _values):
    return signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)


def die(_, values):
    if MANY[-1] in values:
        os.kill(os.getpid(), signal.SIGKILL)
    return len(values)


def die_once(shared, values):
    at, mark = shared
    if at in values and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return double(2, values)


def die_early(mark, values):
    if len(values) > 1:  # a batch, not yet one value after the other
        time.sleep(0.1)
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return double(2, values)


def note(folder, values):
    (folder / str(values[0])).touch()


@pytest.mark.parametrize(("jobs", "start"), [(1, ""), (2, ""), (2, "spawn")])
def test_results_come_in_order_however_the_work_is_shared(jobs, start):
    results = list(map_batches(double, 2, MANY, run(jobs, start)))
    assert [number for _, batch in results for number in batch] == [2 * value for value in MANY]
    assert results[-1][0] == len(MANY)


def test_ctrl_c_reaches_this_process_alone_and_sigterm_ends_the_others_without_a_word():
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)  # as the preview does
    try:
        found = {handlers for _, handlers in map_batches(handlers_of, None, MANY, run(2))}
    finally:
        signal.signal(signal.SIGTERM, before)
    assert found == {(signal.SIG_IGN, signal.SIG_DFL)}


def test_several_processes_do_the_work():
    assert os.getpid() not in {process for _, process in map_batches(who, None, MANY, run(2))}


def test_little_work_is_done_in_this_process():
    assert {process for _, process in map_batches(who, None, MANY[:10], run(2))} == {os.getpid()}


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is not known there")
def test_the_value_at_which_workers_are_killed_twice_is_named():
    done = []
    with pytest.raises(WorkerLostError, match=rf"worked on {MANY[-1]} was ended .* memory"):
        done += map_batches(die, None, MANY, run(2))


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is not known there")
@pytest.mark.parametrize("at", [0, 100, MANY[-1]])
def test_the_work_of_a_worker_that_is_killed_is_done_again(tmp_path, at):
    results = list(map_batches(die_once, (at, tmp_path / "died"), MANY, run(2)))
    assert (tmp_path / "died").exists()
    assert [number for _, batch in results for number in batch] == [2 * value for value in MANY]
    assert results[-1][0] == len(MANY)


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is not known there")
def test_long_values_that_killed_workers_leave_in_the_pipe_are_done_by_another(tmp_path):
    values = [f"{at:09}" * 2_000 for at in MANY]
    results = list(map_batches(die_early, tmp_path / "died", values, run(2)))
    assert [one for _, batch in results for one in batch] == [2 * value for value in values]


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is not known there")
def test_no_task_of_a_broken_pool_is_cancelled(tmp_path, monkeypatch):
    cancelled = []
    monkeypatch.setattr(Future, "cancel", lambda task: bool(cancelled.append(task)))
    assert list(map_batches(die_once, (0, tmp_path / "died"), MANY, run(2)))
    assert cancelled == []


def test_tasks_that_nobody_waits_for_are_not_begun(tmp_path):
    results = map_batches(note, tmp_path, tuple(range(10_000)), run(2))
    next(results)
    results.close()
    assert len([*tmp_path.iterdir()]) < 10_000 // 32


ORPHANS = """
import os, time
from clusterpress.pipeline.run_context import map_batches
from clusterpress.pipeline.run_context import RunContext
def work(_, values):
    os.write(1, f"{os.getpid()}\\n".encode())  # in one piece: both write to one pipe
    time.sleep(60)
list(map_batches(work, None, range(1000), RunContext(lambda *_: None, 2, "fork")))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_workers_end_with_their_parent():
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    parent = subprocess.Popen(
        [sys.executable, "-c", ORPHANS], env=environment, stdout=subprocess.PIPE, text=True
    )
    workers = [int(parent.stdout.readline()) for _ in range(2)]
    parent.kill()
    parent.wait()
    parent.stdout.close()
    while any(Path(f"/proc/{worker}").exists() for worker in workers):
        time.sleep(0.01)
