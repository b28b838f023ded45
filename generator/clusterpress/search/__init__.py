"""search: entries → the shards of a search index, and Pagefind's files as outputs."""

from clusterpress.search.merging import IndexFile, fragments, merge, width_of
from clusterpress.search.parts import Part, read_part
from clusterpress.search.plan import Files, folder_of, folders, outputs
from clusterpress.search.records import Record, make_record
from clusterpress.search.service import ServiceError, read_answers, read_files, requests
from clusterpress.search.shards import FIRST, Block, Shard, cut

__all__ = [
    "FIRST",
    "Block",
    "Files",
    "IndexFile",
    "Part",
    "Record",
    "ServiceError",
    "Shard",
    "cut",
    "folder_of",
    "folders",
    "fragments",
    "make_record",
    "merge",
    "outputs",
    "read_answers",
    "read_files",
    "read_part",
    "requests",
    "width_of",
]
