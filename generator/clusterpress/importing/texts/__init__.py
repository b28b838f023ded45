"""Foreign texts → Markdown of our dialect.

In: HTML or Markdown of another tool. Out: Markdown, links resolved through `References`.
May not enter: records, files, settings.
"""
