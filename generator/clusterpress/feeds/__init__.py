"""feeds: what readers can follow, as RSS 2.0, Atom and JSON Feed, and the list of all feeds as OPML."""

from clusterpress.feeds.addresses import OPML, STYLE, feed_path
from clusterpress.feeds.plan import outputs

__all__ = ["OPML", "STYLE", "feed_path", "outputs"]
