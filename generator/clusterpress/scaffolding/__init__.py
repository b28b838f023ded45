"""New items and new sites: answers → files.

In: the answers of the command line, and the records of the project. Out: paths and texts of files.
May not enter: the terminal; the command line asks, and writes the files.
"""
