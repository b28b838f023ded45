"""cache: what earlier builds found out, in files that may be deleted at any time.

In: values under digests. Out: the same values, or nothing. No step of a build may be decided here.
"""
