"""The one switch between the straight pipeline and the devices that only save time."""

import os

_VARIABLE = "CLUSTERPRESS_PLAIN"


def is_plain() -> bool:
    """Return whether ``CLUSTERPRESS_PLAIN=1`` is set: then no device runs that only saves time.

    The bytes of a site are the same either way.
    """
    return os.environ.get(_VARIABLE, "") == "1"
