"""Run the command line as ``python -m clusterpress``."""

import os
import sys

# Python imports from the current folder first, which may be a project with a file "click.py" or "pathlib.py".
# Nothing may be imported before that is undone. The folder may have been deleted.
try:
    if not sys.flags.safe_path and sys.path[0] in {"", os.getcwd()} and not os.path.isdir("clusterpress"):  # noqa: PTH109, PTH112
        del sys.path[0]
except FileNotFoundError:
    pass

from clusterpress.cli.entrypoint import run

run()
