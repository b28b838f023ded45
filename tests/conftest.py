"""What tests of all layers share."""

import os
import signal
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import settings

GOLDEN = Path(__file__).parent / "golden"

# A shell lets what it starts in the background ignore Ctrl-C, and all programs that tests start would ignore it too.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

_MAY_SKIP = ("root may write everywhere",)
"""Reasons to skip a test that no installation removes."""

_skipped: Counter[str] = Counter()
"""Reason → number of skipped tests, and of skipped modules."""


def pytest_addoption(parser):
    """Let continuous integration insist on every test."""
    parser.addoption("--no-skips", action="store_true", help="fail when a test is skipped")


def pytest_runtest_logreport(report):
    """Count skipped tests, from workers too."""
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = str(report.longrepr[-1] if isinstance(report.longrepr, tuple) else report.longrepr)
        if not reason.endswith(_MAY_SKIP):
            _skipped[reason.removeprefix("Skipped: ")] += 1


pytest_collectreport = pytest_runtest_logreport
"""A module may be skipped as a whole."""


def pytest_terminal_summary(terminalreporter, config):
    """Say which tests may not be skipped, and why they were."""
    if config.getoption("--no-skips"):
        for reason, count in _skipped.most_common():
            line = f"--no-skips: {count} skipped, as {reason}"
            terminalreporter.write_line(line, red=True)


def pytest_sessionfinish(session, exitstatus):
    """Fail a run that passed but for skipped tests."""
    allowed = (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
    if _skipped and exitstatus in allowed and session.config.getoption("--no-skips"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session", autouse=True)
def _cache_of_the_tests(tmp_path_factory):
    """Keep what builds cache out of the developer's home, also in the processes that tests start."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("CLUSTERPRESS_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


def pytest_collection_modifyitems(items):
    """Mark the tests that compare with golden files, for ``make goldens``."""
    for item in items:
        if "golden" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.golden)


@pytest.fixture
def golden():
    """Compare bytes with a file below tests/golden/; ``make goldens`` writes the files anew."""

    def compare(name, made):
        file = GOLDEN / name
        if os.environ.get("GOLDEN") == "renew":
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(made)
        assert made.decode() == file.read_bytes().decode()

    return compare


# The same examples on every run, so that a fault belongs to a change; HYPOTHESIS_PROFILE=search looks further.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("search", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))
