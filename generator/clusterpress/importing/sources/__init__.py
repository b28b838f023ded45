"""sources: what other programs leave behind → records; one module for each kind of source, all pure."""

from clusterpress.importing.sources.drupal import read_drupal
from clusterpress.importing.sources.feeds import read_feed
from clusterpress.importing.sources.tools import TOOLS, Tool, find_tool
from clusterpress.importing.sources.trees import read_tree
from clusterpress.importing.sources.wordpress import read_wordpress

__all__ = ["TOOLS", "Tool", "find_tool", "read_drupal", "read_feed", "read_tree", "read_wordpress"]
