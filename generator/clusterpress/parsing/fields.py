"""Converts plain values to the typed fields of a model, and explains every fault."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from textwrap import shorten
from typing import Any

from clusterpress.parsing.fast_fields import read_fast_fields
from clusterpress.parsing.hints import keys_at, required_fields
from clusterpress.parsing.source_text import find_controls
from clusterpress.parsing.values import Position, Readers, Value, ValueFault, problem_at
from clusterpress.values.plain import is_plain
from clusterpress.values.problems import Problem, did_you_mean


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
    """Return the fields of a model that could be read, and a problem for each that could not.

    Without a problem, the fields suffice to make an instance (but for the reserved ones).

    Args:
        model: a struct of texts, numbers, yes/no, choices, tuples, mappings and such structs.
        values: the values of the source.
        lines: dotted name → place.
        path: the source, for problems.
        readers: how to read short spellings of nested models.
        reserved: fields that a source cannot set.
        hints: required field → hint if it is missing.
    """
    fields = None if is_plain() else read_fast_fields(model, values, readers or {}, reserved)
    problems: list[Problem] = []
    if fields is None:
        # pydantic takes 60 ms to import, and most edits do not need it.
        from clusterpress.parsing.schemas import adapter_of

        adapter = adapter_of(model, reserved)
        try:
            fields = adapter.validate_python(values, context=readers or {})
        except ValueError as error:
            faults: list[Any] = error.errors(include_url=False)  # type: ignore[attr-defined]
            problems = _explain_field_errors(faults, model, values, lines, path)
            fields = _valid_fields(adapter, values, [fault["loc"] for fault in faults], readers or {})
    for name, character in find_controls(values):
        message = f'"{name}" has an invisible control character (U+{ord(character):04X})'
        problems.append(problem_at(name, lines, path, message, "delete it, or the escape that makes it"))
    for name in sorted(required_fields(model) - reserved - values.keys()):
        hint = (hints or {}).get(name, f'add "{name}: …"')
        message = f'"{name}" is {"empty" if name in lines else "missing"}'
        problems.append(problem_at(name, lines, path, message, hint))
    return fields, problems


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


def _explain_field_errors(
    faults: Iterable[Any], model: type, values: Mapping[str, Value], lines: Mapping[str, Position], path: str
) -> list[Problem]:
    """Return one problem for each of ``ValidationError.errors()``, in terms that editors know."""
    found: dict[object, Problem] = {}
    for fault in faults:
        location: tuple[str | int, ...] = fault["loc"]
        name = ".".join(str(step) for step in location)
        while name not in lines and "." in name:
            name = name.rpartition(".")[0]
        message, hint = _words(fault, model, values, name)
        # A union gives two errors for one value; two missing keys share the position of their block.
        identity = location if fault["type"] == "missing" else name
        found.setdefault(identity, problem_at(name, lines, path, message, hint))
    return list(found.values())


def _words(fault: Any, model: type, values: Mapping[str, Value], name: str) -> tuple[str, str]:
    label = next((part for part in reversed(name.split(".")) if not part.isdigit()), name)
    given, (*around, key) = fault["input"], fault["loc"]
    match fault["type"]:
        case "extra_forbidden":
            known = keys_at(model, tuple(around), values)
            return f'unknown key "{key}"', did_you_mean(str(key), known, f"known here: {', '.join(known)}")
        case "missing":
            return f'"{label}" has no "{key}"', f'add "{key}: …" to it'
        case "string_type" if isinstance(given, list):
            return f'"{label}" takes one text, not a list', "keep one of them"
        case "string_type":
            hint = "put it on one line, in quotes if it has a colon"
            return f'"{label}" takes a text, not a block of keys', hint
        case "dict_type":
            hint = "write its keys below it, indented"
            return f'"{label}" takes a block of keys, not {_kind(given)}', hint
        case "int_parsing" | "int_type" | "int_from_float" | "int_parsing_size":
            return f'"{label}" takes a whole number, not {_shown(given)}', "write digits alone"
        case "bool_parsing" | "bool_type":
            return f'"{label}" takes yes or no, not {_shown(given)}', "write true or false"
        case "literal_error":
            written = fault["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
            choices = [part for part in written.split(", ") if part]
            hint = did_you_mean(str(given), choices, f"write one of {', '.join(choices)}")
            return f'"{label}" cannot be {_shown(given)}', hint
        case "value_error" if isinstance(error := fault["ctx"]["error"], ValueFault):
            return error.message, error.hint
    return f'"{label}" cannot be {_shown(given)}', "look its form up in the reference"


def _kind(value: Any) -> str:
    return "a list" if isinstance(value, list) else "a block of keys" if isinstance(value, dict) else "a text"


def _shown(value: Any) -> str:
    return f'"{shorten(value, 60, placeholder=" …")}"' if isinstance(value, str) else _kind(value)
