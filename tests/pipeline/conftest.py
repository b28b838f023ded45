"""Stores that are closed after the test that opened them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing

import pytest

from clusterpress.pipeline.cache.store import Store


@pytest.fixture
def open_store() -> Iterator[Callable[..., Store]]:
    """Return a function that opens a store, with the arguments of `Store`."""
    with ExitStack() as stores:
        yield lambda *where, **how: stores.enter_context(closing(Store(*where, **how)))
