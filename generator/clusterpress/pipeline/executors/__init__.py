"""executors: one function on many values, in processes of this machine or of a cluster.

In: a module-level function and values. Out: its results, in order. Nothing of a site may be known here.
"""
