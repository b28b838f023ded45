"""The plan: the files of all shards as outputs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from clusterpress.search.shards import Shard
from clusterpress.values.outputs import Bundle, Output


def folder_of(lang: str, shard: str) -> str:
    """Return the folder of a shard, as a path below the site's root that ends with a slash."""
    return f"assets/search/{lang}/{shard}/"


def folders(shards: Iterable[Shard]) -> Mapping[str, tuple[str, ...]]:
    """Return language → the folders of its shards, the newest first."""
    found: dict[str, tuple[str, ...]] = {}
    for shard in shards:
        found[shard.lang] = (*found.get(shard.lang, ()), folder_of(shard.lang, shard.name))
    return found


@dataclass(frozen=True, slots=True)
class FileGroup:
    """Files of an index that come and go together."""

    name: str
    """Names them among all files of all indexes."""
    origin: bytes
    """Digest of all that they depend on."""
    files: tuple[tuple[str, bytes], ...]
    """(path below the root, key of the stored value that is the content): equal keys mean equal contents."""


def outputs(found: Iterable[FileGroup]) -> Iterator[Bundle]:
    """Yield the outputs of the index, in bundles."""
    for one in found:
        yield Bundle(name=f"search/{one.name}", cache_key=one.origin, plan=partial(_publish_all, one.files))


def _publish_all(files: Iterable[tuple[str, bytes]]) -> Iterator[Output]:
    for path, key in files:
        yield Output(path=path, make=partial(publish), stored=(key,))


def publish(stored: tuple[bytes]) -> bytes:
    """Return a file of the index as it is stored."""
    return stored[0]
