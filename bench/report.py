"""The report: a table for each size with ratios, growth exponents, machine and versions."""

import math
import os
import platform
import statistics
import subprocess
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from bench.comparing import MEASURES, Measurements

Results = Mapping[int, Mapping[str, Measurements]]
"""Figures by size and tool."""

OURS = "clusterpress"
_PARTIAL = frozenset({"Material", "with search"})
"""Not measured at all sizes, or in all measures."""


def report(
    results: Results, hugo: Path | None, repeat: int, options: Sequence[str], texts: str = "plain"
) -> str:
    """Return the results as Markdown."""
    parts = [_head(hugo, repeat, options, texts)]
    for size, measurements in results.items():
        parts += [f"## {size:,} posts", _times(measurements), _counts(measurements)]
    if len(results) > 1:
        parts += ["## Growth", _growth(results)]
    return "\n\n".join(parts) + "\n"


def _head(hugo: Path | None, repeat: int, options: Sequence[str], texts: str) -> str:
    tools = [f"clusterpress {version('clusterpress')}", f"Python {platform.python_version()}"]
    tools += [f"{name} {version(name)}" for name in ("markdown", "mkdocs", "mkdocs-material")]
    if hugo:
        said = subprocess.run([hugo, "version"], capture_output=True, text=True, check=True).stdout.split()
        tools.append(
            f"Hugo {said[1].removeprefix('v').partition('-')[0]} with the templates of `bench/hugo/`"
        )
    flags = f" with `{' '.join(options)}`" if options else ""
    return (
        f"# Results on {texts} texts\n\n`make bench` writes this file. Each value is the median of {repeat}; "
        f"the tools run in turn{flags}. "
        f"Every build is a new process. After each edit, the benchmark verifies that the page shows it.\n\n"
        f"- Machine: {_machine()}\n- Versions: {', '.join(tools)}"
    )


def _machine() -> str:
    model = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor() or platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[1]
    return (
        f"{os.cpu_count()} cores ({model}), {memory:.0f} GiB, {platform.system()}; load {load:.1f} at the end"
    )


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines() if Path(path).exists() else []


def _times(measurements: Mapping[str, Measurements]) -> str:
    others = [name for name in measurements if name != OURS]
    heads = "".join(f" {name} | |" for name in others)
    rows = [f"| | {OURS} |{heads}", f"|---|--:|{'--:|---|' * len(others)}"]
    for measure, label in MEASURES.items():
        if measure not in measurements[OURS].values:
            continue
        ours = _median(measurements[OURS], measure)
        unit = "MB" if measure == "memory" else "s"
        cells = [label, _number(ours, unit)]
        for name in others:
            is_known = measure in measurements[name].values
            theirs = _median(measurements[name], measure) if is_known else ours
            cells += [_number(theirs, unit), _ratio(ours, theirs, unit)] if is_known else ["", ""]
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def _counts(measurements: Mapping[str, Measurements]) -> str:
    names = list(measurements)
    kinds = ("pages", "redirects", "RSS", "Atom", "JSON Feed", "other")
    rows = [f"| files | {' | '.join(names)} |", f"|---|{'--:|' * len(names)}"]
    rows += [
        f"| {kind} | {' | '.join(f'{measurements[name].counts[kind]:,}' for name in names)} |"
        for kind in kinds
    ]
    megabytes = (f"{measurements[name].counts['bytes'] / 1e6:,.0f}" for name in names)
    return "\n".join([*rows, f"| MB | {' | '.join(megabytes)} |"])


def _growth(results: Results) -> str:
    """Return how cost grows: the exponent e of time ~ posts^e between the two largest sizes."""
    small, large = sorted(results)[-2:]
    names = [name for name in results[large] if name in results[small] and name not in _PARTIAL]
    rows = [
        f"Exponents from {small:,} to {large:,} posts: 1 means proportional growth, 0 means no growth.\n",
        f"| | {' | '.join(names)} |",
        f"|---|{'--:|' * len(names)}",
    ]
    for measure, label in MEASURES.items():
        if measure not in results[large][names[0]].values or measure not in results[small][names[0]].values:
            continue
        exponents = (_exponent(results, name, measure) for name in names)
        rows.append(f"| {label} | {' | '.join(exponents)} |")
    return "\n".join(rows)


def _exponent(results: Results, name: str, measure: str) -> str:
    small, large = sorted(results)[-2:]
    if measure not in results[large][name].values:
        return ""
    before, after = (_median(results[size][name], measure) for size in (small, large))
    return f"{math.log(after / before) / math.log(large / small):.2f}"


def _median(measurements: Measurements, measure: str) -> float:
    return statistics.median(measurements.values[measure])


def _number(value: float, unit: str) -> str:
    return f"{value:,.0f} {unit}" if value >= 100 else f"{value:.2f} {unit}"


def _ratio(ours: float, theirs: float, unit: str) -> str:
    better, worse = ("less", "more") if unit == "MB" else ("faster", "slower")
    return f"{theirs / ours:.1f}× {better}" if ours <= theirs else f"{ours / theirs:.1f}× {worse}"
