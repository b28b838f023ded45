"""cache: results of earlier builds, in files that may be deleted at any time.

In: values by key. Out: the same values, or nothing. Steps of a build may not enter.
"""
