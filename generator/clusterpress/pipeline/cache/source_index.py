"""The catalogue: what each source file looked like, and the abstract of the item that it is.

It is kept in the store as a number of drawers, each with the rows of some of the files, so that opening it
takes a few reads and a change writes one drawer. A row is believed only if the file has the time and size
noted in it; a drawer only if the settings still read front matter the same way.
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
"""Among so many drawers the rows are spread."""
BUCKET_KEYS = tuple(digest("catalogue", number) for number in range(BUCKETS))
"""Under these keys the drawers are stored."""
_PROBLEMS, _TERMS = IndexRecord._fields.index("problems"), IndexRecord._fields.index("terms")


class Row(NamedTuple):
    """What is known of a source file."""

    changed: int
    """Time of its last change, in nanoseconds; 0 when that was so recent that it must be read again."""
    size: int
    """Bytes."""
    digest: bytes
    """Digest of its bytes."""
    problems: tuple[Problem, ...]
    """What is wrong with its front matter."""
    index_record: IndexRecord | None
    """The item in short; None for a file that is no item, or not a good one."""


def load_source_index(store: Store, settings_digest: bytes) -> dict[str, Row]:
    """Return source path → row, as far as rows are known; what front matter means depends on the settings."""
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
    """Write the drawers of those paths whose rows were added, changed or taken out."""
    numbers = {_bucket_of(path) for path in touched}
    buckets: dict[int, list[tuple[object, ...]]] = {number: [] for number in numbers}
    for path, row in rows.items():
        if (number := _bucket_of(path)) in numbers:
            values = _flatten_record(row.index_record) if row.index_record else None
            buckets[number].append((path, *row[:3], _flatten_problems(row.problems), values))
    # Of plain values, `marshal` makes and reads bytes in half the time that `pickle` takes.
    store.save_packed(
        (BUCKET_KEYS[number], marshal.dumps((settings_digest, bucket))) for number, bucket in buckets.items()
    )


def _flatten_record(index_record: IndexRecord) -> tuple[object, ...]:
    """Return an abstract as plain values, in which a name that many items have is one and the same text.

    Such a text is stored once for all items of a drawer, and is looked up twice as fast.
    """
    values: list[object] = [*index_record]
    values[_PROBLEMS] = _flatten_problems(index_record.problems)
    values[_TERMS] = tuple(tuple(map(intern, names)) for names in index_record.terms)
    return tuple(values)


def _flatten_problems(problems: Iterable[Problem]) -> tuple[tuple[object, ...], ...]:
    return tuple(
        (one.path, one.line, one.column, one.severity.value, one.message, one.hint, one.field, one.rule)
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
            rule=rule,
        )
        for path, line, column, severity, message, hint, field, rule in flattened
    )


@lru_cache(maxsize=1 << 15)
def _bucket_of(path: str) -> int:
    return crc32(path.encode()) % BUCKETS
