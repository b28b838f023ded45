"""Files of a project on disk: found, read, and written.

In: the project's folder and its settings. Out: items, registers of names, and files edited in place.
May not enter: outputs, the build and its cache.
"""
