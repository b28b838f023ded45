"""Run the command line as ``python -m clusterpress``."""

from clusterpress.cli.leaving import run

run()
