"""preview: a local website that reloads after each save, and shows problems.

In: saved files, the pipeline. Out: HTTP responses. Publishing may not enter.
"""
