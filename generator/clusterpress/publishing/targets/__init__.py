"""Targets: each place that a site can be published to, with the same operations.

In: paths and bytes. Out: files on the target.
May not enter: what is published, and in which order.
"""
