"""Uncollected: stretches of a build in which Python does not look for garbage, because there is none."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def gc_paused() -> Iterator[None]:
    """Keep Python from looking for garbage: a library or plan is hundreds of thousands of objects that stay.

    Not for work that leaves cycles behind, as converting Markdown does: memory would only grow.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
