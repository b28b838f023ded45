"""What the companion does, each in a process of its own, which has one thread: `test_preforked` runs them."""

import os
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path

from clusterpress.pipeline.executors.local import MAX_FOR_WORKER, map_batches
from clusterpress.pipeline.paths import CACHE_FOLDER, STORE
from clusterpress.pipeline.speed import preforked as module
from clusterpress.pipeline.speed.preforked import preforked_worker


def project():
    root = Path(tempfile.mkdtemp())
    store = root / CACHE_FOLDER / STORE
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


def another_process_answers_in_any_order(worker):
    first, second = worker.submit(who, "a"), worker.submit(who, "b")
    (other, b), (same, a) = second(), first()
    assert (a, b) == ("a", "b")
    assert other == same != os.getpid()
    assert worker.is_idle()


def long_questions_and_answers_arrive_whole(worker):
    value = "x" * 3_000_000
    assert worker.submit(who, value)()[1] == value


def what_it_cannot_do_is_done_here(worker):
    for function in (fail, answer_something_that_cannot_be_sent):
        assert worker.submit(function, os.getpid())() == "done here"
        assert worker.submit(who, 1)()[0] != os.getpid()


def what_it_dies_of_is_done_here(worker):
    assert worker.submit(end, os.getpid())() == "done here"
    assert worker.submit(who, 1)() == (os.getpid(), 1)


def what_it_never_answers_is_done_here(worker):
    worker.submit(who, 0)()
    module.TIMEOUT = 0.2
    assert worker.submit(sleep, os.getpid())() == "done here"


def what_cannot_be_asked_is_done_here(worker):
    assert worker.submit(lambda value: value + 1, 1)() == 2


def after_its_end_all_is_done_here(worker):
    future = worker.submit(who, 1)
    worker.close()
    assert future() == (os.getpid(), 1)
    assert not worker.is_idle()


def what_is_little_is_shared_with_it(worker):
    worker.submit(who, 0)()
    for number in (1, MAX_FOR_WORKER, MAX_FOR_WORKER + 1, 50):
        results = [result for _, result in map_batches(double, 2, list(range(number)), 2, worker=worker)]
        assert sorted(value for _, part in results for value in part) == [2 * at for at in range(number)]
        assert {process for process, _ in results} != {os.getpid()}


def what_is_much_ends_it(worker):
    results = [result for _, result in map_batches(double, 2, list(range(500)), 2, worker=worker)]
    assert sum(len(part) for _, part in results) == 500
    assert not worker.is_idle()


def it_ends_with_its_build(worker):
    process, _ = worker.submit(who, 0)()
    worker.close()
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return
    raise AssertionError


def beside_another_thread_there_is_none(_):
    stop = threading.Event()
    threading.Thread(target=stop.wait, daemon=True).start()
    with preforked_worker(project(), 2) as worker:
        assert worker is None
    stop.set()


if __name__ == "__main__":
    with preforked_worker(project(), 2) as started:
        assert started is not None
        globals()[sys.argv[1]](started)
