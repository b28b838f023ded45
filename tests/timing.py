"""How long work takes, told so that a busy machine and a large process cannot change the answer."""

import gc
from collections.abc import Callable
from time import process_time

PATIENCE = 300
"""Seconds after which a test gives up waiting for what should have come. Nobody waits so long, unless it never comes."""
NOTICED = 0.25
"""Seconds below which growth says nothing."""
TRIES = 4


def least_seconds(work: Callable[[], object]) -> float:
    """Return the least processor time of a few runs of ``work``, which soon end once one was short.

    The collector rests: in a process that holds the objects of thousands of tests, one pass of it takes
    longer than the work.
    """
    least = float("inf")
    gc.disable()
    try:
        for _ in range(TRIES):
            started = process_time()
            work()
            if (least := min(least, process_time() - started)) < NOTICED:
                break
    finally:
        gc.enable()
    return least


def grows_in_proportion(work: Callable[[str], object], short: str, long: str) -> bool:
    """Tell whether ``work`` on ``long``, four times ``short``, takes clearly less than sixteen times as long."""
    taken = least_seconds(lambda: work(long))
    return taken < NOTICED or taken < 8 * least_seconds(lambda: work(short)) + NOTICED
