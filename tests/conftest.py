"""What tests of all floors share."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def golden():
    """Compare bytes with a file below tests/golden/; ``GOLDEN=renew pytest …`` writes the files anew."""

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
