"""Threads that end with an exception: all are reported, but for one that means nothing."""

import threading
from concurrent.futures import InvalidStateError

import pytest

from clusterpress.cli.entrypoint import _report_thread


def failing(name, fault):
    def fail():
        raise fault

    return type(name, (threading.Thread,), {})(target=fail)


@pytest.mark.parametrize(
    ("name", "fault", "is_told"),
    [
        ("_ExecutorManagerThread", InvalidStateError("CANCELLED"), False),
        ("_ExecutorManagerThread", ValueError("other"), True),
        ("Thread", InvalidStateError("CANCELLED"), True),
    ],
)
def test_only_the_end_of_a_killed_pool_is_not_reported(name, fault, is_told, monkeypatch, capsys):
    monkeypatch.setattr(threading, "excepthook", _report_thread)
    thread = failing(name, fault)
    thread.start()
    thread.join()
    assert ("Traceback" in capsys.readouterr().err) is is_told
