"""pages: a page planner comes in.

Out go outputs: each module plans pages of a kind and holds its makers, which render one page each.
MkDocs and Jinja may enter through `lazy_engine` alone.
"""
