"""clusterpress: Markdown items in, a news site, feeds, calendars and newsletters out."""

__version__ = "0.1.0"
