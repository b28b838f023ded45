"""The handbook: pages for people, and references generated from the models.

In: the models of items and settings. Out: Markdown, web pages with a search, and JSON Schema.
May not enter: any project.
"""
