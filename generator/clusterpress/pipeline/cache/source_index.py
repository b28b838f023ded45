"""The source index: for each source file its time, size and digest, and the index record of its item.

The store contains it in buckets, each with the rows of some files: to load it takes few reads, and a change
writes one bucket. A row is valid while the file has the same time and size, and a bucket while the settings
are the same.
"""

import marshal
from collections.abc import Iterable, Mapping
from functools import lru_cache
from sys import intern
from typing import Any, NamedTuple
from zlib import crc32

from clusterpress.library.index_records import IndexRecord
from clusterpress.pipeline.cache.store import Store
from clusterpress.values.digests import digest
from clusterpress.values.problems import Problem, Severity

BUCKETS = 64
"""Number of buckets."""
BUCKET_KEYS = tuple(digest("source index", number) for number in range(BUCKETS))
"""The keys of the buckets in the store."""
_PROBLEMS, _TERMS = IndexRecord._fields.index("problems"), IndexRecord._fields.index("terms")


class Row(NamedTuple):
    """A source file."""

    changed: int
    """Time of its last change, in nanoseconds; 0 if that is so recent that the file must be read again."""
    size: int
    """Bytes."""
    digest: bytes
    """Digest of its bytes."""
    problems: tuple[Problem, ...]
    """Problems of its front matter."""
    index_record: IndexRecord | None
    """The index record of its item; None if the file is no item, or has errors."""


def load_source_index(store: Store, settings_digest: bytes) -> dict[str, Row]:
    """Return source path → row, for the rows that were stored with the same settings."""
    rows: dict[str, Row] = {}
    for packed in store.find_packed(BUCKET_KEYS).values():
        stored_digest, bucket = marshal.loads(packed)  # noqa: S302 -- our own values
        if stored_digest == settings_digest:
            for path, changed, size, content, faults, index_record in bucket:
                short = IndexRecord._make(index_record) if index_record else None
                if short and short.problems:
                    short = short._replace(problems=_restore_problems(short.problems))
                rows[path] = Row(changed, size, content, _restore_problems(faults) if faults else (), short)
    return rows


def update_source_index(
    store: Store, settings_digest: bytes, rows: Mapping[str, Row], touched: Iterable[str]
) -> None:
    """Write the buckets of the rows that changed.

    Args:
        store: receives the buckets.
        settings_digest: digest of the settings, on which the meaning of front matter depends.
        rows: source path → row, for all sources.
        touched: paths whose rows were added, changed or removed.
    """
    numbers = {_bucket_of(path) for path in touched}
    buckets: dict[int, list[tuple[object, ...]]] = {number: [] for number in numbers}
    for path, row in rows.items():
        if (number := _bucket_of(path)) in numbers:
            values = _flatten_record(row.index_record) if row.index_record else None
            buckets[number].append((path, *row[:3], _flatten_problems(row.problems), values))
    # For plain values, `marshal` takes half the time of `pickle`.
    store.save_packed(
        (BUCKET_KEYS[number], marshal.dumps((settings_digest, bucket))) for number, bucket in buckets.items()
    )


def _flatten_record(index_record: IndexRecord) -> tuple[object, ...]:
    """Return an index record as plain values. A name that many items have becomes one text object.

    Such a text is stored once for all items of a bucket, and is found twice as fast.
    """
    values: list[object] = [*index_record]
    values[_PROBLEMS] = _flatten_problems(index_record.problems)
    values[_TERMS] = tuple(tuple(map(intern, names)) for names in index_record.terms)
    return tuple(values)


def _flatten_problems(problems: Iterable[Problem]) -> tuple[tuple[object, ...], ...]:
    return tuple(
        (one.path, one.line, one.column, one.severity.value, one.message, one.hint, one.field)
        for one in problems
    )


def _restore_problems(flattened: Iterable[Any]) -> tuple[Problem, ...]:
    return tuple(
        Problem(
            path=path,
            line=line,
            column=column,
            severity=Severity(severity),
            message=message,
            hint=hint,
            field=field,
        )
        for path, line, column, severity, message, hint, field in flattened
    )


@lru_cache(maxsize=1 << 15)
def _bucket_of(path: str) -> int:
    return crc32(path.encode()) % BUCKETS
