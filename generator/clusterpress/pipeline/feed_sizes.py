"""Sizes of feeds: readers fetch a feed many times a day, and some refuse a large one."""

from collections.abc import Iterator
from pathlib import Path

from clusterpress.feeds.views import NAMES
from clusterpress.pipeline.cache.manifest import Manifest
from clusterpress.pipeline.commit import Stage
from clusterpress.pipeline.compare import Difference
from clusterpress.pipeline.paths import CONFIG
from clusterpress.values.problems import Problem, count
from clusterpress.values.rules import default_severity

MAX_BYTES = 1_000_000
"""Size from which a feed is large."""
_NAMES = tuple(NAMES.values())


def find_large_feeds(manifest: Manifest, difference: Difference, stage: Stage) -> Iterator[Problem]:
    """Yield a problem if feeds are large: those that were just made, or those of earlier builds."""
    known = [(path, size) for path, size in manifest.larger_than(MAX_BYTES) if path.endswith(_NAMES)]
    kept = {*difference.paths} - difference.stale.keys() if known else set()
    sizes = {path: size for path, size in known if path in kept}
    for path in difference.stale:
        if path.rpartition("/")[2] in _NAMES:
            size = Path(stage.staged_path(path)).stat().st_size
            if size > MAX_BYTES:
                sizes[path] = size
    if not sizes:
        return
    largest = max(sizes, key=lambda path: (sizes[path], path))
    yield Problem(
        path=CONFIG,
        field="feeds",
        severity=default_severity("large-feed"),
        message=f"{count(len(sizes), 'feed')} of more than 1 MB; /{largest} has {sizes[largest] / 1e6:.1f}",
        hint='readers fetch it all day: set "full_text: false" or a lower "limit" under "feeds:"',
        rule="large-feed",
        timed=True,
    )
