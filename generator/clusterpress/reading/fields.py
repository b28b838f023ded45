"""Plain values → the typed fields of a dataclass, with every fault in plain words."""

from collections.abc import Mapping
from typing import Any

from clusterpress.problems import Problem
from clusterpress.reading.field_faults import in_plain_words
from clusterpress.reading.hints import required_fields
from clusterpress.reading.values import Place, Readers, Value, place_of


def read_fields(
    model: type,
    values: Mapping[str, Value],
    lines: Mapping[str, Place],
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
        values: what the source says.
        lines: dotted name → place.
        path: the source, for problems.
        readers: how to read short spellings of nested dataclasses.
        reserved: fields that a source cannot set.
        hints: field → what to do when a required one is missing.
    """
    # pydantic takes 60 ms to import, and a build in which nothing changed has no use for it.
    from clusterpress.reading.schemas import adapter_of

    adapter = adapter_of(model, reserved)
    context = readers or {}
    problems: list[Problem] = []
    try:
        fields = adapter.validate_python(values, context=context)
    except ValueError as error:
        faults: list[Any] = error.errors(include_url=False)  # type: ignore[attr-defined]
        problems += in_plain_words(faults, model, lines, path)
        faulty = {fault["loc"][0] for fault in faults}
        sound = {key: value for key, value in values.items() if key not in faulty}
        fields = adapter.validate_python(sound, context=context)
    for name in sorted(required_fields(model) - reserved - values.keys()):
        hint = (hints or {}).get(name, f'add "{name}: …"')
        line, column = place_of(name, lines)
        message = f'"{name}" is {"empty" if name in lines else "missing"}'
        problems.append(Problem(path=path, line=line, column=column, message=message, hint=hint, field=name))
    return fields, problems
