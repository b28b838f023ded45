"""``python -m tests.torture [PART …] [--seed N] [--size tiny|small|full] [--jobs N]``: run the torture suite.

Each module of this folder with a function ``main(seed, size) -> row`` is a part; see `Row` and `as_row`. Parts run in processes
of their own, so that the worst that one of them meets ends only itself. The same seed gives the same trials.
"""

import argparse
import json
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from inspect import Parameter, signature
from pathlib import Path

from tests.torture.row import SIZES, Row, as_row, table

HERE = Path(__file__).parent
TOP = HERE.parents[1]
LIMIT = 7200
"""Seconds after which a part is ended."""


def find_parts() -> list[str]:
    """Return the names of all parts."""
    modules = (path for path in HERE.glob("*.py") if not path.stem.startswith("_"))
    return sorted(
        path.stem for path in modules if re.search(r"^def main\(", path.read_text("utf-8"), re.MULTILINE)
    )


def run_part(part: str, seed: int, size: str) -> Row:
    """Run a part in this process."""
    main = import_module(f"tests.torture.{part}").main
    wanted, given = signature(main).parameters, {"seed": seed, "size": size}
    # A part whose size is a number, or that has neither, keeps its own.
    taken = {
        name for name in given if name in wanted and wanted[name].default in (Parameter.empty, given[name])
    }
    return as_row(part, main(**{name: given[name] for name in taken}))


def run_apart(part: str, seed: int, size: str) -> Row:
    """Run a part in a process of its own."""
    began = time.monotonic()
    words = [sys.executable, "-m", "tests.torture", part, "--seed", str(seed), "--size", size, "--json"]
    try:
        done = subprocess.run(words, cwd=TOP, stdout=subprocess.PIPE, timeout=LIMIT, check=False)
        row = Row(**json.loads(done.stdout.splitlines()[-1]))
    except (subprocess.TimeoutExpired, ValueError, IndexError, TypeError) as fault:
        row = Row(part)
        row.count("tracebacks", f"the part itself failed: {fault!r:.200}")
    print(
        f"{part}: {row.trials} trials, {row.faults} faults ({time.monotonic() - began:.0f} s)",
        file=sys.stderr,
    )
    return row


def main() -> int:
    """Read the command line, run the parts, print the table; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.torture",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parts = find_parts()
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(parts)} (all)")
    parser.add_argument("--seed", type=int, default=1, help="of all random choices (1)")
    parser.add_argument("--size", choices=SIZES, default="small", help="how many trials (small)")
    parser.add_argument("--jobs", type=int, default=2, help="parts that run at the same time (2)")
    parser.add_argument("--json", action="store_true", help="run one part here, and print its row as JSON")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(parts):
        parser.error(f"there is no part {', '.join(sorted(unknown))}; there are {', '.join(parts)}")
    if options.json:
        row = run_part(options.parts[0], options.seed, options.size)
        print(json.dumps({name: getattr(row, name) for name in Row.__slots__}))
        return 0
    print(f"seed {options.seed}, size {options.size}", file=sys.stderr)
    with ThreadPoolExecutor(options.jobs) as pool:
        rows = list(
            pool.map(lambda part: run_apart(part, options.seed, options.size), options.parts or parts)
        )
    print(table(rows))
    for row in rows:
        for remark in row.remarks:
            print(f"{row.part}: {remark}")
    return int(any(row.faults for row in rows))


if __name__ == "__main__":
    sys.exit(main())
