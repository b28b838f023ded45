"""importing: other sites and their exports → source files of ours, with a report of every record."""
