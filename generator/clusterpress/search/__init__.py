"""search: entries → the shards of a search index, and Pagefind's files as outputs."""

from clusterpress.search.bundle import IndexFile, settle
from clusterpress.search.plan import folder_of, folders, outputs
from clusterpress.search.records import Record, make_record
from clusterpress.search.service import ServiceError, read_answers, read_files, requests
from clusterpress.search.shards import FIRST, LARGEST, Shard, cut

__all__ = [
    "FIRST",
    "LARGEST",
    "IndexFile",
    "Record",
    "ServiceError",
    "Shard",
    "cut",
    "folder_of",
    "folders",
    "make_record",
    "outputs",
    "read_answers",
    "read_files",
    "requests",
    "settle",
]
