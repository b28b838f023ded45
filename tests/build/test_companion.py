"""The companion does what it is asked in a process of its own; what it cannot do is done here."""

import os
import signal
import sys

import pytest

from clusterpress.build.companion import accompanied
from clusterpress.build.places import STORE, WORKSHOP
from clusterpress.build.workers import ALONE, spread

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are not forked here")


@pytest.fixture
def project(tmp_path):
    store = tmp_path / WORKSHOP / STORE
    store.parent.mkdir()
    store.touch()
    return tmp_path


@pytest.fixture
def companion(project):
    with accompanied(project, 2) as companion:
        yield companion


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


def double(shared, values):
    return os.getpid(), [shared * value for value in values]


def test_it_is_another_process_that_answers_in_any_order(companion):
    first, second = companion.begin(who, "a"), companion.begin(who, "b")
    (other, b), (same, a) = second(), first()
    assert (a, b) == ("a", "b")
    assert other == same != os.getpid()
    assert companion.is_free()


def test_long_questions_and_answers_arrive_whole(companion):
    value = "x" * 3_000_000
    assert companion.begin(who, value)()[1] == value


@pytest.mark.parametrize("function", [end, fail, answer_something_that_cannot_be_sent])
def test_what_it_cannot_do_is_done_here(companion, function):
    assert companion.begin(function, os.getpid())() == "done here"
    assert companion.begin(who, 1)()[1] == 1


def test_what_cannot_be_asked_is_done_here(companion):
    assert companion.begin(lambda value: value + 1, 1)() == 2


def test_after_its_end_all_is_done_here(companion):
    asked = companion.begin(who, 1)
    companion.close()
    assert asked() == (os.getpid(), 1)
    assert companion.begin(who, 2)() == (os.getpid(), 2)
    assert not companion.is_free()


@pytest.mark.parametrize("number", [1, ALONE, ALONE + 1, 50])
def test_what_is_little_is_shared_with_it(companion, number):
    companion.begin(who, 0)()
    results = [result for _, result in spread(double, 2, list(range(number)), 2, companion=companion)]
    assert sorted(value for _, part in results for value in part) == [2 * value for value in range(number)]
    assert {process for process, _ in results} != {os.getpid()}


def test_what_is_much_ends_it(companion):
    results = [result for _, result in spread(double, 2, list(range(500)), 2, companion=companion)]
    assert sum(len(part) for _, part in results) == 500
    assert not companion.is_free()


def test_there_is_none_where_it_would_not_help(project, tmp_path_factory):
    for root, cores in ((project, 1), (tmp_path_factory.mktemp("new"), 2)):
        with accompanied(root, cores) as companion:
            assert companion is None


def test_it_ends_with_its_build(project):
    with accompanied(project, 2) as companion:
        process, _ = companion.begin(who, 0)()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
