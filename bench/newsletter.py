"""``python -m bench.newsletter``: measure the PDF of an issue beside WeasyPrint, and print the results.

Two issues are set: the demo's own of six pages, and one of about a hundred pages from the corpus. Each PDF
is made by a process of its own, from the start of Python to the file. WeasyPrint sets the same issue from its
web edition on one page (``all/``), with the style sheet for printing that browsers get, its files beside it.
"""

import argparse
import pickle
import re
import shutil
import statistics
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct, field

from bench.corpus import Corpus
from bench.measuring import Run, peak_memory, run
from bench.sites import OurSite, lay_out

HERE = Path(__file__).parent
WORK = HERE.parent / ".bench" / "newsletter"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
POSTS = 110
"""Posts of the large issue: about a hundred pages."""
MAKE = """
import pickle, sys
make, arguments = pickle.load(open(sys.argv[1], "rb"))
open(sys.argv[2], "wb").write(make(*arguments))
"""
ISSUE = """---
title: Issue
newsletter: large
number: 1
date: 2026-01-01
sections:
  - {title: News, layout: feature, where: {kind: news}}
---
Dear readers.
"""


class Case(Struct):
    """One issue, and what was measured of it."""

    name: str
    job: Path
    """A file with the maker of its PDF and what the maker gets."""
    page: Path
    """Its web edition on one page."""
    pages: int = 0
    runs: dict[str, list[Run]] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)


def main() -> None:
    """Read the command line, measure, report."""
    parser = argparse.ArgumentParser(prog="python -m bench.newsletter", description=__doc__)
    parser.add_argument("--weasyprint", type=Path, required=True, help="the program of that name")
    parser.add_argument("--repeat", type=int, default=3, help="rounds; the median counts (3)")
    parser.add_argument("--write", type=Path, help="file for the results beside standard output")
    arguments = parser.parse_args()
    shutil.rmtree(WORK, ignore_errors=True)
    cases = [_lay_out("demo", HERE.parent, "clusters-cord/3"), _lay_out("large", _large(), "large/1")]
    for case in cases:
        _measure(case, arguments.weasyprint.absolute(), arguments.repeat)
    text = _report(cases, arguments.weasyprint, arguments.repeat)
    print(text)
    if arguments.write:
        arguments.write.write_text(text)


def _large() -> Path:
    """Return the project of the large issue."""
    site = OurSite(WORK / "project")
    lay_out(site, Corpus(POSTS))
    config = site.folder / "site_config.yml"
    config.write_text(config.read_text() + "newsletters: {large: {name: Large issue}}\n")
    path = site.folder / "content" / "newsletters" / "large" / "1.md"
    path.parent.mkdir(parents=True)
    path.write_text(ISSUE)
    return site.folder


def _lay_out(name: str, root: Path, issue: str) -> Case:
    """Write down what each tool gets."""
    from clusterpress.newsletters.issues import editions_of
    from clusterpress.newsletters.resolve import find_issue
    from clusterpress.pipeline.issues import open_issues, preview_files
    from clusterpress.pipeline.project import open_project
    from clusterpress.pipeline.run_context import RunContext

    project, problems = open_project(root)
    if project is None:
        raise SystemExit("\n".join(map(str, problems)))
    folder = WORK / name
    with open_issues(project, now=NOW, previews=False, run=RunContext(lambda *_: None)) as opened:
        found = find_issue(opened.issues, issue)
        editions = editions_of(found.entry)
        for path, content in preview_files(opened, found).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        output = opened.outputs[editions.pdf]
        job = folder / "job.pickle"
        job.write_bytes(pickle.dumps((output.make, opened.arguments(output))))
    return Case(name=name, job=job, page=folder / editions.all / "index.html")


def _measure(case: Case, weasyprint: Path, repeat: int) -> None:
    target = WORK / f"{case.name}.pdf"
    commands = {
        "clusterpress": (sys.executable, "-c", MAKE, case.job, target),
        "WeasyPrint": (weasyprint, case.page, WORK / f"{case.name}-weasyprint.pdf"),
    }
    log = WORK / "log.txt"
    for _ in range(repeat):
        for tool, command in commands.items():
            case.runs.setdefault(tool, []).append(run(command, HERE.parent, log))
    for tool, command in commands.items():
        case.memory[tool] = peak_memory(command, HERE.parent, log)
    said = subprocess.run(["pdfinfo", target], capture_output=True, check=True, text=True).stdout
    case.pages = int(re.search(r"Pages: +(\d+)", said)[1])


def _report(cases: list[Case], weasyprint: Path, repeat: int) -> str:
    version = subprocess.run([weasyprint, "--version"], capture_output=True, check=True, text=True).stdout
    lines = [
        "# The PDF of an issue beside WeasyPrint",
        "",
        f"`python -m bench.newsletter`, medians of {repeat} rounds taken in turn; {version.strip()}.",
        "Every PDF comes from a process of its own, Python's start and all imports included.",
        "CPU seconds are the processor's, and do not depend on what else the machine does.",
        "",
        "| pages | tool | seconds | CPU seconds | peak MB |",
        "|---:|---|---:|---:|---:|",
    ]
    for case in cases:
        for tool, runs in case.runs.items():
            seconds, cpu = (
                statistics.median(getattr(one, name) for one in runs) for name in ("seconds", "cpu")
            )
            lines.append(f"| {case.pages} | {tool} | {seconds:.2f} | {cpu:.2f} | {case.memory[tool]:.0f} |")
    lines += [
        "",
        "| pages | WeasyPrint ÷ clusterpress, seconds | CPU seconds | memory |",
        "|---:|---:|---:|---:|",
    ]
    for case in cases:
        ours, theirs = case.runs.values()
        ratios = [
            statistics.median(
                getattr(other, name) / getattr(own, name) for own, other in zip(ours, theirs, strict=True)
            )
            for name in ("seconds", "cpu")
        ]
        less = case.memory["WeasyPrint"] / case.memory["clusterpress"]
        lines.append(f"| {case.pages} | {ratios[0]:.1f} × | {ratios[1]:.1f} × | {less:.1f} × |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
