"""The plan: the files of all shards as outputs."""

from collections.abc import Iterable, Iterator, Mapping

from clusterpress.outputs import Output
from clusterpress.search.shards import Shard


def folder_of(lang: str, shard: str) -> str:
    """Return the folder of a shard, as a path below the site's root that ends with a slash."""
    return f"assets/search/{lang}/{shard}/"


def folders(shards: Iterable[Shard]) -> Mapping[str, tuple[str, ...]]:
    """Return language → the folders of its shards, the newest first."""
    found: dict[str, tuple[str, ...]] = {}
    for shard in shards:
        found[shard.lang] = (*found.get(shard.lang, ()), folder_of(shard.lang, shard.name))
    return found


def outputs(files: Iterable[tuple[str, bytes]]) -> Iterator[Output]:
    """Yield the outputs of the index.

    Args:
        files: (path below the root, key of the stored value that is its content), where the key is the
            digest of the content.
    """
    for path, key in files:
        yield Output(path=path, make=publish, inputs={}, stored=(key,))


def publish(content: bytes) -> bytes:
    """Return a file of the index as it is stored."""
    return content
