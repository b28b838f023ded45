"""Run the command line as ``python -m clusterpress``."""

from clusterpress.cli import main

main(prog_name="clusterpress")
