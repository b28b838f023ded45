"""values: the smallest values, which every floor may use.

In: plain Python values. Out: problems, digests, slugs, kinds of item, outputs, media types.
Nothing else of ours may be imported here.
"""
