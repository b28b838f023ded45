"""Converts plain values to the typed fields of a dataclass, and explains every fault."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from clusterpress.parsing.fast_fields import read_fast_fields
from clusterpress.parsing.field_errors import explain_field_errors
from clusterpress.parsing.hints import required_fields
from clusterpress.parsing.values import Position, Readers, Value, problem_at
from clusterpress.values.plain import is_plain
from clusterpress.values.problems import Problem


def read_fields(
    model: type,
    values: Mapping[str, Value],
    lines: Mapping[str, Position],
    path: str,
    *,
    readers: Readers | None = None,
    reserved: frozenset[str] = frozenset(),
    hints: Mapping[str, str] | None = None,
) -> tuple[dict[str, Any], list[Problem]]:
    """Return the fields of a dataclass that could be read, and a problem for each that could not.

    Without a problem, the fields suffice to make an instance (but for the reserved ones).

    Args:
        model: a dataclass of texts, numbers, yes/no, choices, tuples, mappings and such dataclasses.
        values: the values of the source.
        lines: dotted name → place.
        path: the source, for problems.
        readers: how to read short spellings of nested dataclasses.
        reserved: fields that a source cannot set.
        hints: required field → hint if it is missing.
    """
    fields = None if is_plain() else read_fast_fields(model, values, readers or {}, reserved)
    problems: list[Problem] = []
    if fields is None:
        fields, problems = _checked_fields(model, values, lines, path, readers or {}, reserved)
    for name in sorted(required_fields(model) - reserved - values.keys()):
        hint = (hints or {}).get(name, f'add "{name}: …"')
        message = f'"{name}" is {"empty" if name in lines else "missing"}'
        problems.append(problem_at(name, lines, path, message, hint))
    return fields, problems


def _checked_fields(
    model: type,
    values: Mapping[str, Value],
    lines: Mapping[str, Position],
    path: str,
    readers: Readers,
    reserved: frozenset[str],
) -> tuple[dict[str, Any], list[Problem]]:
    """Return the fields without faults, and the faults; the arguments are those of `read_fields`."""
    # pydantic takes 60 ms to import, and most edits do not need it.
    from clusterpress.parsing.schemas import adapter_of

    adapter = adapter_of(model, reserved)
    try:
        return adapter.validate_python(values, context=readers), []
    except ValueError as error:
        faults: list[Any] = error.errors(include_url=False)  # type: ignore[attr-defined]
        problems = explain_field_errors(faults, model, values, lines, path)
        return _valid_fields(adapter, values, [fault["loc"] for fault in faults], readers), problems


def _valid_fields(
    adapter: Any, values: Mapping[str, Value], invalid: list[tuple[Any, ...]], context: Readers
) -> dict[str, Any]:
    """Return the fields without faults; a block in which single keys have faults is kept without these."""
    valid = deepcopy(dict(values))
    for location in invalid:
        block: Any = valid
        for step in location[:-1]:
            block = block.get(step) if isinstance(block, dict) else None
        if isinstance(block, dict):
            block.pop(location[-1], None)
    try:
        fields: dict[str, Any] = adapter.validate_python(valid, context=context)
    except ValueError as error:
        for fault in error.errors(include_url=False):  # type: ignore[attr-defined]
            valid.pop(fault["loc"][0], None)
        fields = adapter.validate_python(valid, context=context)
    return fields
