"""Reads items.

In: the bytes of one source file and the settings. Out: one checked, frozen item, or a problem for each fault.
Not here: other items, the text's HTML, writing files.
"""
