"""lint: warnings about items that are correct by themselves and doubtful beside others.

In: entries and index records of all items. Out: problems. Nothing here may change a library.
"""
