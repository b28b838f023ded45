"""Only modules that read the user's cache, or what another process of ours sends, unpickle anything."""

import re
from pathlib import Path

GENERATOR = Path(__file__).parents[2] / "generator"
ALLOWED = {"cache/store.py", "cache/source_index.py", "paths.py", "dask_cluster.py"}


def test_nothing_else_is_unpickled():
    found = {
        path.relative_to(GENERATOR / "clusterpress/pipeline").as_posix()
        for path in GENERATOR.rglob("*.py")
        if re.search(
            r"\b(?:pickle|marshal|shelve|dill)\.(?:loads?|Unpickler|open)\b", path.read_text("utf-8")
        )
    }
    assert found == ALLOWED
