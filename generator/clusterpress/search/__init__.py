"""search: entries → the shards of a search index, and Pagefind's files as outputs."""
