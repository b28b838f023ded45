"""Run the command line as ``python -m clusterpress``."""

from clusterpress.cli.entrypoint import run

run()
