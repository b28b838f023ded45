"""Explains pydantic's errors in terms that editors know."""

from collections.abc import Callable, Iterable, Mapping
from textwrap import shorten
from typing import Any

from clusterpress.parsing.hints import keys_at
from clusterpress.parsing.values import Position, Value, ValueFault, problem_at
from clusterpress.values.problems import Problem, did_you_mean


def explain_field_errors(
    faults: Iterable[Any],
    model: type,
    values: Mapping[str, Value],
    lines: Mapping[str, Position],
    path: str,
) -> list[Problem]:
    """Return one problem for each fault that pydantic found in the values of ``model``.

    Args:
        faults: the result of ``ValidationError.errors()``.
        model: the dataclass whose fields were read.
        values: the values of the source.
        lines: dotted name → place.
        path: the source, for problems.
    """
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
    """Return message and hint."""
    label = next((part for part in reversed(name.split(".")) if not part.isdigit()), name)
    if fault["type"] == "extra_forbidden":
        return _unknown(fault, model, values)
    return _RULES.get(fault["type"], _invalid)(fault, label)


Rule = Callable[[Any, str], tuple[str, str]]


def _missing(fault: Any, label: str) -> tuple[str, str]:
    key = fault["loc"][-1]
    return f'"{label}" has no "{key}"', f'add "{key}: …" to it'


def _unknown(fault: Any, model: type, values: Mapping[str, Value]) -> tuple[str, str]:
    *around, key = fault["loc"]
    known = keys_at(model, tuple(around), values)
    return f'unknown key "{key}"', did_you_mean(str(key), known, f"known here: {', '.join(known)}")


def _not_text(fault: Any, label: str) -> tuple[str, str]:
    if isinstance(fault["input"], list):
        return f'"{label}" takes one text, not a list', "keep one of them"
    return f'"{label}" takes a text, not a block of keys', "put it on one line, in quotes if it has a colon"


def _not_block(fault: Any, label: str) -> tuple[str, str]:
    return (
        f'"{label}" takes a block of keys, not {_kind(fault["input"])}',
        "write its keys below it, indented",
    )


def _not_number(fault: Any, label: str) -> tuple[str, str]:
    return f'"{label}" takes a whole number, not {_shown(fault["input"])}', "write digits alone"


def _not_yes_or_no(fault: Any, label: str) -> tuple[str, str]:
    return f'"{label}" takes yes or no, not {_shown(fault["input"])}', "write true or false"


def _not_among(fault: Any, label: str) -> tuple[str, str]:
    choices = [
        part for part in fault["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", ") if part
    ]
    hint = did_you_mean(str(fault["input"]), choices, f"write one of {', '.join(choices)}")
    return f'"{label}" cannot be {_shown(fault["input"])}', hint


def _value_error(fault: Any, label: str) -> tuple[str, str]:
    error = fault["ctx"]["error"]
    return (error.message, error.hint) if isinstance(error, ValueFault) else _invalid(fault, label)


def _invalid(fault: Any, label: str) -> tuple[str, str]:
    return f'"{label}" cannot be {_shown(fault["input"])}', "look its form up in the reference"


def _kind(value: Any) -> str:
    return "a list" if isinstance(value, list) else "a block of keys" if isinstance(value, dict) else "a text"


def _shown(value: Any) -> str:
    return f'"{shorten(value, 60, placeholder=" …")}"' if isinstance(value, str) else _kind(value)


_RULES: dict[str, Rule] = {
    "missing": _missing,
    "string_type": _not_text,
    "dict_type": _not_block,
    "int_parsing": _not_number,
    "int_type": _not_number,
    "int_from_float": _not_number,
    "int_parsing_size": _not_number,
    "bool_parsing": _not_yes_or_no,
    "bool_type": _not_yes_or_no,
    "literal_error": _not_among,
    "value_error": _value_error,
}
