"""Renders Markdown text.

In: a Markdown text and the settings for markup. Out: a `Body`. Not here: other items, addresses, files.
"""
