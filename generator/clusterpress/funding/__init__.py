"""funding: what an EU-funded programme must show.

In: the funding record of a programme. Out: emblem, statements in all EU languages, and what the record lacks.
Items, pages and the library may not enter.
"""
