"""Fit: take values out of a composed file that `check` would refuse, and report each of them."""

from collections.abc import Iterable

from msgspec.structs import replace

from clusterpress.config.settings import Settings
from clusterpress.content.reader import read_item
from clusterpress.importing.compose import Composed
from clusterpress.importing.paths import PLACEHOLDER_DATE
from clusterpress.importing.records import Remark
from clusterpress.parsing.values import Value
from clusterpress.pipeline.path_checks import MAX_NAME
from clusterpress.values.kinds import TAXONOMIES
from clusterpress.values.problems import Problem, errors
from clusterpress.values.slugs import slugify

_ROUNDS = 5
"""Times to read a file again: one value may hide the fault of another."""
_NEEDED = {"date": PLACEHOLDER_DATE.iso, "start": PLACEHOLDER_DATE.iso, "number": "1", "title": "Untitled"}
"""Key without which an item cannot be → what stands there until an editor writes the right value."""
_NAMES_OF_PAGES = {"aliases", *(one.field for one in TAXONOMIES)}
"""Keys whose values have pages of their own."""
_MAX_LENGTH = 60


def fit(composed: Composed, settings: Settings) -> Composed:
    """Return a file that reads without errors, as far as its front matter is concerned.

    Args:
        composed: the file.
        settings: of the project.
    """
    for _ in range(_ROUNDS):
        faults = errors(read_item(composed.text.encode(), composed.path, settings)[1])
        fields = {fault.field.partition(".")[0]: fault for fault in faults if fault.field}
        wrong = [fault for name, fault in fields.items() if name in composed.values or name in _NEEDED]
        if not wrong:
            break
        composed = _without(composed, wrong)
    return _without_long_names(composed)


def _without_long_names(composed: Composed) -> Composed:
    """Leave out old addresses and terms whose pages would have longer names than files can have."""
    values: dict[str, Value] = dict(composed.values)
    remarks = [*composed.remarks]
    for key in sorted(_NAMES_OF_PAGES & values.keys()):
        written = values[key]
        names = written if isinstance(written, list) else [written]
        long = [name for name in names if isinstance(name, str) and _is_too_long(name)]
        for name in long:
            message = f'"{key}: {name[:_MAX_LENGTH]}…" was left out: names have at most {MAX_NAME} bytes'
            hint = "set up a redirect on the server if the old address matters"
            remarks.append(Remark(message, hint if key == "aliases" else "write a shorter one"))
        if long:
            values[key] = [name for name in names if name not in long]
    return replace(composed, values=values, remarks=tuple(remarks))


def _is_too_long(name: str) -> bool:
    return any(max(len(part.encode()), len(slugify(part))) > MAX_NAME for part in name.split("/"))


def _without(composed: Composed, faults: Iterable[Problem]) -> Composed:
    values: dict[str, Value] = dict(composed.values)
    remarks = [*composed.remarks]
    for fault in faults:
        name = fault.field.partition(".")[0]
        written = " ".join(str(values.pop(name, "")).split())
        shown = f"{written[:_MAX_LENGTH]}…" if len(written) > _MAX_LENGTH else written
        if placeholder := _NEEDED.get(name):
            values |= {name: placeholder, "draft": "true"}
            message = f'"{name}: {shown}" cannot be read: {fault.message}'
            hint = f'it is a draft with a placeholder: write the right "{name}", and delete "draft"'
            remarks.append(Remark(message, hint, f"{name}:"))
        else:
            remarks.append(Remark(f'"{name}: {shown}" was left out: {fault.message}', fault.hint))
    return replace(composed, values=values, remarks=tuple(remarks))
