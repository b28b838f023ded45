"""Readers of foreign formats: bytes of an export → records in our words.

In: an export file or a tree of files. Out: `Export`.
May not enter: the project; where a record is stored is decided later.
"""
