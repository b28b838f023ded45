"""The record of announcements: plain data that is committed with the content, a line for each item."""

import json
from collections.abc import Mapping
from pathlib import Path

from clusterpress.publishing.errors import PublishError
from clusterpress.sources.files import find_fault, write_file
from clusterpress.values.source_names import ANNOUNCED

_VERSION = 1

BEFORE, DRAFT, WAITING = "before", "draft", "waiting"
"""What became of an item on a network, if it is not the address of a post: it was published before anything
was announced; a draft was written; posting failed, and is tried again."""

Record = dict[str, dict[str, str]]
"""Identifier of an item → network → address of the post, or one of the words above."""


def read_record(root: Path) -> Record | None:
    """Return the record of a project, or None if it has none yet.

    Raises:
        PublishError: it cannot be read; without it, items could be announced twice.
    """
    file = root / ANNOUNCED
    if fault := find_fault(root, ANNOUNCED):
        raise PublishError(fault.message, fault.hint)
    if not file.is_file():
        return None
    try:
        items = json.loads(file.read_text("utf-8"))["items"]
        return {
            str(name): {str(key): str(value) for key, value in one.items()} for name, one in items.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise PublishError(f"{ANNOUNCED} cannot be read", "restore it from version control") from None


def write_record(root: Path, record: Mapping[str, Mapping[str, str]]) -> None:
    """Write the record.

    Raises:
        PublishError: it cannot be written.
    """
    lines = (
        f"  {json.dumps(name, ensure_ascii=False)}: {json.dumps(one, ensure_ascii=False)}"
        for name, one in sorted(record.items())
    )
    listed = ",\n".join(lines)
    content = f'{{\n "version": {_VERSION},\n "items": {{\n{listed}\n }}\n}}\n'
    if problem := find_fault(root, ANNOUNCED):
        raise PublishError(problem.message, problem.hint)
    try:
        write_file(root / ANNOUNCED, content.encode())
    except OSError as fault:
        hint = "make it writable: it keeps items from being announced twice"
        raise PublishError(f"{ANNOUNCED} cannot be written: {fault.strerror}", hint) from None
