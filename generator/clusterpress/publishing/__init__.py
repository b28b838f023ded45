"""publishing: what differs between the built site and a target, uploaded in an order that breaks no link."""

from clusterpress.publishing.changes import Changes, Remote, compare, look_at
from clusterpress.publishing.faults import PublishError
from clusterpress.publishing.files import SiteFile, gather_files
from clusterpress.publishing.ready_workflows import make_workflow
from clusterpress.publishing.targets import Target, open_target
from clusterpress.publishing.uploading import upload

__all__ = [
    "Changes",
    "PublishError",
    "Remote",
    "SiteFile",
    "Target",
    "compare",
    "gather_files",
    "look_at",
    "make_workflow",
    "open_target",
    "upload",
]
