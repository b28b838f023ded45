"""What the companion does, each in a process of its own, which has one thread: `test_companion` runs them."""

import os
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path

from clusterpress.pipeline.executors.local import ALONE, spread
from clusterpress.pipeline.paths import STORE, WORKSHOP
from clusterpress.pipeline.speed import preforked as module
from clusterpress.pipeline.speed.preforked import accompanied


def project():
    root = Path(tempfile.mkdtemp())
    store = root / WORKSHOP / STORE
    store.parent.mkdir()
    store.touch()
    return root


def who(value):
    return os.getpid(), value


def end(parent):
    if os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    return "done here"


def fail(parent):
    if os.getpid() != parent:
        raise ValueError
    return "done here"


def answer_something_that_cannot_be_sent(parent):
    return "done here" if os.getpid() == parent else lambda: None


def sleep(parent):
    if os.getpid() != parent:
        time.sleep(60)
    return "done here"


def double(shared, values):
    return os.getpid(), [shared * value for value in values]


def another_process_answers_in_any_order(companion):
    first, second = companion.begin(who, "a"), companion.begin(who, "b")
    (other, b), (same, a) = second(), first()
    assert (a, b) == ("a", "b")
    assert other == same != os.getpid()
    assert companion.is_free()


def long_questions_and_answers_arrive_whole(companion):
    value = "x" * 3_000_000
    assert companion.begin(who, value)()[1] == value


def what_it_cannot_do_is_done_here(companion):
    for function in (fail, answer_something_that_cannot_be_sent):
        assert companion.begin(function, os.getpid())() == "done here"
        assert companion.begin(who, 1)()[0] != os.getpid()


def what_it_dies_of_is_done_here(companion):
    assert companion.begin(end, os.getpid())() == "done here"
    assert companion.begin(who, 1)() == (os.getpid(), 1)


def what_it_never_answers_is_done_here(companion):
    companion.begin(who, 0)()
    module.PATIENCE = 0.2
    assert companion.begin(sleep, os.getpid())() == "done here"


def what_cannot_be_asked_is_done_here(companion):
    assert companion.begin(lambda value: value + 1, 1)() == 2


def after_its_end_all_is_done_here(companion):
    asked = companion.begin(who, 1)
    companion.close()
    assert asked() == (os.getpid(), 1)
    assert not companion.is_free()


def what_is_little_is_shared_with_it(companion):
    companion.begin(who, 0)()
    for number in (1, ALONE, ALONE + 1, 50):
        results = [result for _, result in spread(double, 2, list(range(number)), 2, companion=companion)]
        assert sorted(value for _, part in results for value in part) == [2 * at for at in range(number)]
        assert {process for process, _ in results} != {os.getpid()}


def what_is_much_ends_it(companion):
    results = [result for _, result in spread(double, 2, list(range(500)), 2, companion=companion)]
    assert sum(len(part) for _, part in results) == 500
    assert not companion.is_free()


def it_ends_with_its_build(companion):
    process, _ = companion.begin(who, 0)()
    companion.close()
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return
    raise AssertionError


def beside_another_thread_there_is_none(_):
    stop = threading.Event()
    threading.Thread(target=stop.wait, daemon=True).start()
    with accompanied(project(), 2) as companion:
        assert companion is None
    stop.set()


if __name__ == "__main__":
    with accompanied(project(), 2) as started:
        assert started is not None
        globals()[sys.argv[1]](started)
