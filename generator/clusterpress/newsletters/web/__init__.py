"""web: an issue comes in, as resolved.

Out goes the web edition: a cover, pages with some sections each, and the whole issue on one page.
MkDocs and Material may not enter: the web edition has templates of its own.
"""
