"""Where a person or item still appears: in sources, site, caches, targets, history; and what to do about it.

In: a name; the folders of a project, its targets, its Git history. Out: places with remedies.
May not enter: changes of any file.
"""
