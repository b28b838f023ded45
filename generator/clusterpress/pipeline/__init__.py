"""pipeline: read, plan, compare, render, commit.

In: an opened project, a request. Out: the output folder, problems. Only here do a build's clock, disk, cache
and processes enter; MkDocs, feed formats and Typst may not.
"""
