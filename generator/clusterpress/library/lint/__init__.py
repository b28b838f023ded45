"""lint: remarks about items that are right each by itself, and doubtful side by side.

In: index records of all items. Out: warnings. Nothing here may stop a build.
"""
