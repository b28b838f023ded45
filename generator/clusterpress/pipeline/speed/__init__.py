"""speed: code that only saves time; without it, every build gives the same bytes.

In: a build's request. Out: the same results, earlier. No result may depend on this package.
"""
