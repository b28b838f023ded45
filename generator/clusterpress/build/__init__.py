"""build: plan, compare, render what differs, commit; cache, lock, disk and the output folder live here."""

from clusterpress.build.building import Result, build, check
from clusterpress.build.commit import ForeignFolderError
from clusterpress.build.lock import BusyError
from clusterpress.build.project import CONFIG, Project, open_project

__all__ = ["CONFIG", "BusyError", "ForeignFolderError", "Project", "Result", "build", "check", "open_project"]
