"""External links: found in the sources, requested politely, reported where they stand.

In: items and the results of earlier days. Out: problems.
May not enter: the build; other packages make no HTTP requests to linked sites.
"""
