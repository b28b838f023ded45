"""importing: other sites and their exports → source files of ours, with a report of every record."""

from clusterpress.importing.committing import Attachments
from clusterpress.importing.filing import Filing, fetch, list_files
from clusterpress.importing.records import Export, LeftOut, Record, Remark, Unimportable
from clusterpress.importing.report import Fate, Outcome, Report
from clusterpress.importing.running import Wishes, import_export
from clusterpress.importing.sources.drupal import read_drupal
from clusterpress.importing.sources.feeds import read_feed
from clusterpress.importing.sources.tools import TOOLS, find_tool
from clusterpress.importing.sources.trees import read_tree
from clusterpress.importing.sources.wordpress import read_wordpress

__all__ = [
    "TOOLS",
    "Attachments",
    "Export",
    "Fate",
    "Filing",
    "LeftOut",
    "Outcome",
    "Record",
    "Remark",
    "Report",
    "Unimportable",
    "Wishes",
    "fetch",
    "find_tool",
    "import_export",
    "list_files",
    "read_drupal",
    "read_feed",
    "read_tree",
    "read_wordpress",
]
