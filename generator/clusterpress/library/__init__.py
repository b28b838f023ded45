"""library: all items of a site in order.

In: index records of items, published pictures and files, settings. Out: a frozen library, problems.
Templates, HTML pages, the disk and the clock may not enter.
"""
