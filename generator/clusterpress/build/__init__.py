"""build: plan, compare, render what differs, commit; cache, lock, disk and the output folder live here."""

from typing import TYPE_CHECKING

from clusterpress.lazy_names import lazy_names

if TYPE_CHECKING:
    from clusterpress.build.building import Result, build, check
    from clusterpress.build.cluster import ClusterError, open_cluster
    from clusterpress.build.commit import ForeignFolderError, fill_folder, replace_file
    from clusterpress.build.companion import accompanied, get_ready
    from clusterpress.build.gather import Work
    from clusterpress.build.issues import OpenIssues, open_issues
    from clusterpress.build.lock import BusyError
    from clusterpress.build.memory import Memory
    from clusterpress.build.places import CONFIG
    from clusterpress.build.project import Project, find_theme, open_project
    from clusterpress.build.rehearsal import rehearse
    from clusterpress.build.scan import list_files
    from clusterpress.build.surveying import survey
    from clusterpress.build.up_to_date import Note, Question, look_up
    from clusterpress.build.workers import WorkerLostError, count_cores
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "BusyError": "lock",
            "CONFIG": "places",
            "ClusterError": "cluster",
            "ForeignFolderError": "commit",
            "Memory": "memory",
            "Note": "up_to_date",
            "OpenIssues": "issues",
            "Project": "project",
            "Question": "up_to_date",
            "Result": "building",
            "Work": "gather",
            "WorkerLostError": "workers",
            "accompanied": "companion",
            "build": "building",
            "check": "building",
            "count_cores": "workers",
            "fill_folder": "commit",
            "find_theme": "project",
            "get_ready": "companion",
            "list_files": "scan",
            "look_up": "up_to_date",
            "open_cluster": "cluster",
            "open_issues": "issues",
            "open_project": "project",
            "rehearse": "rehearsal",
            "replace_file": "commit",
            "survey": "surveying",
        },
    )

__all__ = [
    "CONFIG",
    "BusyError",
    "ClusterError",
    "ForeignFolderError",
    "Memory",
    "Note",
    "OpenIssues",
    "Project",
    "Question",
    "Result",
    "Work",
    "WorkerLostError",
    "accompanied",
    "build",
    "check",
    "count_cores",
    "fill_folder",
    "find_theme",
    "get_ready",
    "list_files",
    "look_up",
    "open_cluster",
    "open_issues",
    "open_project",
    "rehearse",
    "replace_file",
    "survey",
]
