"""cli: words in, words out."""

from clusterpress.cli.commands import main

__all__ = ["main"]
