"""values: the smallest values, which every layer may use.

In: plain Python values. Out: problems, digests, slugs, kinds of item, taxonomies, outputs, media types.
No other package of this program may be imported here.
"""
