"""pages: a page planner comes in.

Out go outputs: each module plans one kind of page and holds its makers, which render one page each.
MkDocs and Jinja may enter through `lazy_engine` alone.
"""
