"""What the early worker does; `test_early_worker` runs each in a process of its own, which has one thread."""

import os
import signal
import sys
import threading
import time

from clusterpress.pipeline.run_context import MAX_FOR_WORKER, RunContext, map_batches
from clusterpress.pipeline.speed import early_worker as module
from clusterpress.pipeline.speed.early_worker import early_worker


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


def return_something_that_cannot_be_sent(parent):
    return "done here" if os.getpid() == parent else lambda: None


def sleep(parent):
    if os.getpid() != parent:
        time.sleep(60)
    return "done here"


def double(shared, values):
    return os.getpid(), [shared * value for value in values]


def run_with(worker):
    return RunContext(lambda *_: None, 2, worker=worker)


def is_alive(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def another_process_does_tasks_in_order(worker):
    first, second = worker.submit(who, "a"), worker.submit(who, "b")
    (other, b), (same, a) = second.result(), first.result()
    assert (a, b) == ("a", "b")
    assert other == same != os.getpid()


def long_values_arrive_whole(worker):
    value = "x" * 3_000_000
    assert worker.submit(who, value).result()[1] == value


def a_task_that_fails_there_is_done_here(worker):
    for function in (fail, return_something_that_cannot_be_sent):
        assert worker.submit(function, os.getpid()).result() == "done here"
        assert worker.submit(who, 1).result()[0] != os.getpid()


def a_task_that_kills_it_is_done_here(worker):
    assert worker.submit(end, os.getpid()).result() == "done here"
    assert worker.submit(who, 1).result() == (os.getpid(), 1)


def a_process_that_left_it_long_tasks_ends(worker):
    process, _ = worker.submit(who, 0).result()
    worker.submit(sleep, os.getpid())
    tasks = [worker.submit(who, "x" * 3_000_000) for _ in range(4)]
    time.sleep(0.2)  # the queue sends the next task, for which the pipe has no room
    assert tasks[-1].cancel()
    os.kill(process, signal.SIGKILL)
    assert tasks[0].result()[0] == os.getpid()


def a_task_without_end_is_done_here(worker):
    worker.submit(who, 0).result()
    module.TIMEOUT = 0.2
    assert worker.submit(sleep, os.getpid()).result() == "done here"


def a_task_that_cannot_be_sent_is_done_here(worker):
    assert worker.submit(lambda value: value + 1, 1).result() == 2


def after_its_end_all_is_done_here(worker):
    before = worker.submit(sleep, os.getpid())
    worker.close()
    assert before.result() == "done here"
    assert worker.submit(who, 1).result() == (os.getpid(), 1)
    assert len(threading.enumerate()) == 1


def little_work_is_shared_with_it(worker):
    worker.submit(who, 0).result()
    for number in (1, MAX_FOR_WORKER, MAX_FOR_WORKER + 1, 50):
        results = [result for _, result in map_batches(double, 2, list(range(number)), run_with(worker))]
        assert sorted(value for _, part in results for value in part) == [2 * at for at in range(number)]
        assert {process for process, _ in results} != {os.getpid()}


def much_work_ends_it(worker):
    process, _ = worker.submit(who, 0).result()
    results = [result for _, result in map_batches(double, 2, list(range(500)), run_with(worker))]
    assert sum(len(part) for _, part in results) == 500
    assert not is_alive(process)


def it_ends_with_its_build(worker):
    process, _ = worker.submit(who, 0).result()
    worker.close()
    assert not is_alive(process)


def it_ends_with_a_killed_parent(_):
    ours, theirs = os.pipe()
    if not os.fork():
        with early_worker() as worker:
            os.write(theirs, str(worker.submit(who, 0).result()[0]).encode())
            os.kill(os.getpid(), signal.SIGKILL)
    process = int(os.read(ours, 100))
    os.wait()
    while is_alive(process):
        time.sleep(0.01)


def beside_another_thread_there_is_none(_):
    stop = threading.Event()
    threading.Thread(target=stop.wait, daemon=True).start()
    with early_worker() as worker:
        assert worker is None
    stop.set()


if __name__ == "__main__":
    name = sys.argv[1]
    if name in {"it_ends_with_a_killed_parent", "beside_another_thread_there_is_none"}:
        globals()[name](None)
    else:
        with early_worker() as started:
            assert started is not None
            globals()[name](started)
