"""External links: finds them in the sources, requests them with pauses, reports problems at their lines.

In: items and the results of earlier days. Out: problems.
May not enter: the build; other packages make no HTTP requests to linked sites.
"""
