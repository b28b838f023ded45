"""The torture suite: what a hostile or unlucky world can do to a site; see ``python -m tests.torture --help``."""
