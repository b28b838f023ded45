"""A report that fits on a screen: problems of one kind stand together, and errors come last.

An import can leave 17,000 warnings about 187 keys. Nobody reads these, so nobody sees the two errors among
them. Nothing is lost: every problem is counted, and the whole list is available on request.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from clusterpress.values.problems import Problem, Severity

MAX_LINES = 38
"""Lines of a report on a screen, besides the count and the way to the whole list."""
_MIN_MERGED = 4
"""So many problems in the same words become one line; fewer stand on a line each."""
_SHOWN_PLACES = 3
"""Places that such a line names."""
_ORDER = (Severity.NOTE, Severity.WARNING, Severity.ERROR)
"""The last lines are those that stay in view."""
_VARIABLE = re.compile(r'"[^"]*"|\S*[/\d]\S*')
"""What differs between messages of one kind: quoted words, paths, numbers."""


class Line(Struct, frozen=True):
    """A line of a report."""

    severity: Severity
    place: str
    """``path:line:column``; empty for a line that counts what is not shown."""
    words: str


def make_report(problems: Iterable[Problem], room: int = MAX_LINES) -> list[Line]:
    """Return the lines that tell of some problems, as many as there is room for.

    Args:
        problems: in any order.
        room: number of lines, at least 12.
    """
    kinds: dict[tuple[Severity, str], list[Sequence[Problem]]] = defaultdict(list)
    for alike in _merge(sorted(set(problems))):
        kinds[alike[0].severity, _kind_of(alike[0])].append(alike)
    shown = _choose({kind: len(groups) for kind, groups in kinds.items()}, room)
    lines: list[Line] = []
    for severity in _ORDER:
        groups = {kind: found for kind, found in kinds.items() if kind[0] is severity}
        lines += _lines_of(severity, groups, shown)
    return lines


def list_all(problems: Iterable[Problem]) -> list[Line]:
    """Return a line for each problem, by place; errors come last."""
    ordered = sorted(set(problems))
    return [_line([one]) for severity in _ORDER for one in ordered if one.severity is severity]


def _merge(problems: Iterable[Problem]) -> list[Sequence[Problem]]:
    """Return the problems in groups of the same words; those that are few stay alone."""
    alike: dict[tuple[str, ...], list[Problem]] = defaultdict(list)
    for one in problems:
        alike[one.severity, one.message, one.hint, one.rule].append(one)
    return [
        group
        for same in alike.values()
        for group in ([same] if len(same) >= _MIN_MERGED else [[one] for one in same])
    ]


def _kind_of(problem: Problem) -> str:
    return problem.rule or _VARIABLE.sub("…", problem.message)


def _choose(sizes: Mapping[tuple[Severity, str], int], room: int) -> dict[tuple[Severity, str], int]:
    """Return how many lines of each kind are shown: some of each kind, rather than all of one.

    Args:
        sizes: kind → number of its lines.
        room: number of lines.
    """
    if sum(sizes.values()) <= room:
        return dict(sizes)
    faults = {kind: size for kind, size in sizes.items() if kind[0] is Severity.ERROR}
    others = {kind: size for kind, size in sizes.items() if kind not in faults}
    reserved = min(2 * len(others), room // 2)
    shown = _share_out(faults, room - reserved)
    spent = sum(_cost(number, sizes[kind]) for kind, number in shown.items())
    return shown | _share_out(others, room - spent)


def _share_out(sizes: Mapping[tuple[Severity, str], int], room: int) -> dict[tuple[Severity, str], int]:
    """Give each kind a line in turn, as long as there is room."""
    shown = dict.fromkeys(sizes, 0)
    left = room - len({severity for severity, _ in sizes})  # a line for the kinds that get none
    kinds = sorted(sizes, key=lambda kind: (kind[0] is Severity.NOTE, sizes[kind], kind[1]))
    while kinds:
        growing = []
        for kind in kinds:
            number, size = shown[kind], sizes[kind]
            price = _cost(number + 1, size) - _cost(number, size)
            if price <= left:
                shown[kind], left = number + 1, left - price
                growing += [kind] if number + 1 < size else []
        kinds = growing
    return shown


def _cost(number: int, size: int) -> int:
    """Return the lines that a kind takes; one more counts what is not shown."""
    return number + (0 < number < size)


def _lines_of(
    severity: Severity,
    kinds: Mapping[tuple[Severity, str], Sequence[Sequence[Problem]]],
    shown: Mapping[tuple[Severity, str], int],
) -> list[Line]:
    """Return the lines of one severity: by place, then what is not shown."""
    chosen: list[Sequence[Problem]] = []
    rest: list[Line] = []
    unseen: list[int] = []
    for kind, groups in kinds.items():
        ordered = sorted(groups, key=lambda group: (-len(group), group[0]))
        chosen += ordered[: shown[kind]]
        hidden = sum(map(len, ordered[shown[kind] :]))
        if hidden and shown[kind]:
            rest.append(Line(severity, "", f"{hidden:,} more of this kind: {_describe(kind[1], groups)}"))
        elif hidden:
            unseen.append(hidden)
    if unseen:
        rest.append(Line(severity, "", f"{sum(unseen):,} more of {len(unseen):,} other kinds"))
    return [*map(_line, sorted(chosen, key=lambda group: group[0])), *rest]


def _describe(kind: str, groups: Sequence[Sequence[Problem]]) -> str:
    first = groups[0][0]
    words = _VARIABLE.sub("…", first.message)
    return f"{words} [{kind}]" if first.rule else words


def _line(group: Sequence[Problem]) -> Line:
    first = group[0]
    words = first.message_and_hint
    if len(group) > 1:
        others = ", ".join(f"{one.path}:{one.line}" for one in group[1:_SHOWN_PLACES])
        words += f" ({len(group):,} times; also {others})"
    return Line(first.severity, f"{first.path}:{first.line}:{first.column}:", words)
