"""Run the command line as ``python -m clusterpress``."""

import os
import sys

# Python imports from the current folder first, which may be a project with a file "click.py".
if not sys.flags.safe_path and sys.path[0] in {"", os.getcwd()} and not os.path.isdir("clusterpress"):  # noqa: PTH109, PTH112 -- pathlib imports much that such a folder may contain
    del sys.path[0]

from clusterpress.cli.entrypoint import run

run()
