"""search: entries → the shards of a search index, and Pagefind's files as outputs.

In: entries with their bodies, answers of Pagefind. Out: records, merged indexes, outputs.
Processes and files on disk may not enter: the pipeline runs Pagefind and keeps its blocks.
"""
