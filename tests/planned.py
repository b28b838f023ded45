"""What planners list, taken apart."""

from clusterpress.values.outputs import Bundle


def expand_bundles(planned):
    """Yield all outputs, those of bundles too."""
    for one in planned:
        if isinstance(one, Bundle):
            yield from one.plan()
        else:
            yield one
