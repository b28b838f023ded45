"""Lists and logs: what needs attention, and what was published.

In: the library with all items; the installed packages. Out: rows.
May not enter: files on disk, formatting for the terminal.
"""
