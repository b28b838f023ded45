"""``python -m bench``: measure clusterpress beside Hugo on the same posts, and print the results.

python -m bench                                      everything, into bench/RESULTS.md
python -m bench --sizes 1000 --repeat 1 --only body,none
python -m bench --sizes 10000 --no-hugo --stages     where one edited body's time goes
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

from msgspec.structs import replace

from bench.comparing import MEASURES, TRASH, Tool, compare, tools
from bench.corpus import Corpus
from bench.report import report

HERE = Path(__file__).parent
WORK = HERE.parent / ".bench"
os.environ["CLUSTERPRESS_CACHE"] = str(WORK / "cache")  # on the disk of the sites, and not in the user's home


def main() -> None:
    """Read the command line, measure, report."""
    parser = argparse.ArgumentParser(
        prog="python -m bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default="100,1000,10000", help="numbers of posts (100,1000,10000)")
    parser.add_argument("--repeat", type=int, default=3, help="rounds; the median counts (3)")
    parser.add_argument(
        "--only",
        default=",".join(MEASURES),
        help=f"measures: {', '.join(MEASURES)}; edit is body, title and new",
    )
    parser.add_argument("--no-hugo", action="store_true", help="measure clusterpress alone")
    parser.add_argument("--no-search", action="store_true", help="leave out the builds with search")
    parser.add_argument(
        "--material",
        type=int,
        default=1000,
        help="largest size at which MkDocs with Material is measured too",
    )
    parser.add_argument(
        "--stages", action="store_true", help="print the stages of a build after one body was edited"
    )
    parser.add_argument("--options", default="", help='flags for clusterpress, such as "--jobs 1"')
    parser.add_argument("--write", type=Path, help="file for the results beside standard output")
    arguments = parser.parse_args()
    measures = arguments.only.replace("edit", "body,title,new").split(",")
    if unknown := set(measures) - set(MEASURES):
        parser.error(f"unknown measures: {', '.join(sorted(unknown))}")
    hugo = None if arguments.no_hugo or arguments.stages else _hugo(parser)
    options = arguments.options.split()
    results = {}
    for size in map(int, arguments.sizes.split(",")):
        material = bool(hugo) and size <= arguments.material
        search = not (arguments.no_search or arguments.stages)
        found = tools(WORK, size, sys.executable, hugo, options, search=search, material=material)
        if arguments.stages:
            _show_stages(found[0], Corpus(size))
        else:
            results[size] = compare(WORK, size, found, measures, arguments.repeat)
    shutil.rmtree(WORK / TRASH, ignore_errors=True)
    if results:
        text = report(results, hugo, arguments.repeat, options)
        print(text)
        if arguments.write:
            arguments.write.write_text(text)


def _show_stages(ours: Tool, corpus: Corpus) -> None:
    """Build with -v: as it is, then with one body edited, then as it was."""
    post = corpus.post(corpus.size // 2)
    for words, version in (
        ("nothing changed, or the first build", post),
        ("one body edited", replace(post, body=f"{post.body}\nChanged.\n")),
        ("the body as it was", post),
    ):
        ours.site.write(version)
        print(f"{corpus.size:,} posts, {words}:", flush=True)
        subprocess.run([*ours.build, "-v"], cwd=ours.site.folder, check=True)


def _hugo(parser: argparse.ArgumentParser) -> Path:
    found = sorted(WORK.glob("venv/lib/python*/site-packages/hugo/binaries/hugo*"))
    return (
        found[0]
        if found
        else parser.error("Hugo is not here: run `make .bench/hugo.stamp`, or say --no-hugo")
    )


if __name__ == "__main__":
    main()
