"""A profile of a build, as readable text."""

import cProfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from clusterpress.values.outputs import Output

if TYPE_CHECKING:
    from clusterpress.pipeline.build import Result

_SLOWEST = 25
"""How many outputs are named."""
_FUNCTIONS = 40
"""How many functions are named in each list."""


class Profile(Struct, frozen=True):
    """Measurements of a build that runs in one process."""

    calls: cProfile.Profile = field(default_factory=cProfile.Profile)
    outputs: list[tuple[str, str, float]] = field(default_factory=list)
    """Path, maker and seconds of each output made."""

    def record(self, output: Output, seconds: float) -> None:
        """Record the duration of an output."""
        function = output.make.func
        maker = f"{function.__module__}.{function.__qualname__}".removeprefix("clusterpress.")
        maker = " ".join(filter(None, (maker, output.inputs.get("template"))))
        self.outputs.append((output.path, maker, seconds))

    def write(self, file: Path, result: "Result") -> None:
        """Write the profile."""
        file.write_text("\n".join(self._lines(result)) + "\n", encoding="utf-8")

    def _lines(self, result: "Result") -> Iterator[str]:
        yield f"A build of {result.seconds:.2f} s in one process; profiling slows it down."
        yield "\nStages\n"
        for stage, seconds in result.stages.items():
            yield f"{seconds:9.3f} s  {seconds / result.seconds:4.0%}  {stage}"
        yield "\nKinds of output: seconds in all, number, milliseconds each, maker\n"
        yield from _kinds(self.outputs)
        yield f"\nSlowest outputs: the first {_SLOWEST} of {len(self.outputs):,}\n"
        for path, _, seconds in sorted(self.outputs, key=lambda one: -one[2])[:_SLOWEST]:
            yield f"{seconds:9.3f} s  {path}"
        functions = self.calls.getstats()
        yield "\nFunctions, by own seconds: those, seconds with what they call, calls, name\n"
        yield from _rows(sorted(functions, key=lambda one: -one.inlinetime)[:_FUNCTIONS])
        yield "\nFunctions of clusterpress, by seconds with what they call\n"
        ours = (one for one in functions if "  clusterpress/" in _name(one.code))
        yield from _rows(sorted(ours, key=lambda one: -one.totaltime)[:_FUNCTIONS])


def _kinds(outputs: Iterable[tuple[str, str, float]]) -> Iterator[str]:
    by_maker: dict[str, list[float]] = defaultdict(list)
    for _, maker, seconds in outputs:
        by_maker[maker].append(seconds)
    for maker, took in sorted(by_maker.items(), key=lambda one: -sum(one[1])):
        yield f"{sum(took):9.3f} s  {len(took):6,}  {1000 * sum(took) / len(took):8.2f} ms  {maker}"


def _rows(functions: Iterable[Any]) -> Iterator[str]:
    for one in functions:
        yield f"{one.inlinetime:9.3f} s {one.totaltime:9.3f} s {one.callcount:12,}  {_name(one.code)}"


def _name(code: CodeType | str) -> str:
    if isinstance(code, str):  # built in
        return code
    file = code.co_filename
    for start in ("site-packages/", "generator/", "lib/"):
        file = file.rpartition(start)[2]
    return f"{code.co_qualname}  {file}:{code.co_firstlineno}"
