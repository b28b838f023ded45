"""build: plan, compare, render what differs, commit; cache, lock, disk and the output folder live here."""

from typing import TYPE_CHECKING

from clusterpress.build.building import Result, build, check
from clusterpress.build.commit import ForeignFolderError, fill_folder, replace_file
from clusterpress.build.gather import Work
from clusterpress.build.lock import BusyError
from clusterpress.build.project import CONFIG, Project, find_theme, open_project
from clusterpress.build.scan import list_files
from clusterpress.build.survey import survey
from clusterpress.build.workers import WorkerLostError, count_cores
from clusterpress.lazy_names import lazy_names

if TYPE_CHECKING:
    from clusterpress.build.issues import OpenIssues, open_issues
else:
    __getattr__ = lazy_names(__name__, {"OpenIssues": "issues", "open_issues": "issues"})

__all__ = [
    "CONFIG",
    "BusyError",
    "ForeignFolderError",
    "OpenIssues",
    "Project",
    "Result",
    "Work",
    "WorkerLostError",
    "build",
    "check",
    "count_cores",
    "fill_folder",
    "find_theme",
    "list_files",
    "open_issues",
    "open_project",
    "replace_file",
    "survey",
]
