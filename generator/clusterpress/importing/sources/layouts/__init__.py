"""Settings of other site generators → where their items are, and at which addresses they were published.

In: the names and bytes of a tree of files. Out: a `Layout`.
May not enter: records, the project.
"""
